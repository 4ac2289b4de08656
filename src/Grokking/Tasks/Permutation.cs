using System.Globalization;
using System.Text;

namespace Grokking.Tasks;

/// <summary>
/// A permutation of 0 … n − 1, written as its images σ(0) σ(1) … σ(n−1). The n! of them are numbered in the lexicographic order of
/// that writing, so number 0 is the identity and number n! − 1 the reversal.
/// </summary>
public sealed class Permutation
{
    private readonly int[] _images;

    private Permutation(int[] images) => _images = images;

    /// <summary>n, the number of things permuted.</summary>
    public int Degree => _images.Length;

    /// <summary>The place in the lexicographic order, in [0, n!).</summary>
    public int Index
    {
        get
        {
            // Lehmer code: the digit at i counts the later images that are smaller, and weighs (n − 1 − i)!.
            int index = 0;
            for (int i = 0; i < Degree; i++)
            {
                int smaller = 0;
                for (int j = i + 1; j < Degree; j++)
                {
                    if (_images[j] < _images[i])
                    {
                        smaller++;
                    }
                }

                index = (index * (Degree - i)) + smaller;
            }

            return index;
        }
    }

    /// <summary>Whether it takes an even number of exchanges, which is that of its pairs in the wrong order.</summary>
    public bool IsEven
    {
        get
        {
            bool even = true;
            for (int j = 1; j < Degree; j++)
            {
                for (int i = 0; i < j; i++)
                {
                    even ^= _images[i] > _images[j];
                }
            }

            return even;
        }
    }

    /// <summary>n!, the number of permutations of <paramref name="degree"/> things.</summary>
    public static int CountOf(int degree)
    {
        int count = 1;
        for (int i = 2; i <= degree; i++)
        {
            count *= i;
        }

        return count;
    }

    /// <summary>The permutation with this place in the lexicographic order.</summary>
    public static Permutation FromIndex(int degree, int index)
    {
        if (degree is < 1 or > 12)
        {
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "degree must be 1 to 12.");
        }

        int count = CountOf(degree);
        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"index must be 0 to {count - 1} in S{degree}.");
        }

        List<int> unused = [.. Enumerable.Range(0, degree)];
        int[] images = new int[degree];
        for (int i = 0; i < degree; i++)
        {
            count /= degree - i;
            images[i] = unused[index / count];
            unused.RemoveAt(index / count);
            index %= count;
        }

        return new Permutation(images);
    }

    /// <summary>
    /// This permutation first and <paramref name="next"/> after it: i ↦ next(this(i)). The paper's x·y is x.Then(y),
    /// because openai/grok computes <c>y[x]</c>.
    /// </summary>
    public Permutation Then(Permutation next)
    {
        int[] images = new int[Degree];
        for (int i = 0; i < Degree; i++)
        {
            images[i] = next._images[_images[i]];
        }

        return new Permutation(images);
    }

    /// <summary>The σ⁻¹ with σ.Then(σ⁻¹) the identity.</summary>
    public Permutation Inverse()
    {
        int[] images = new int[Degree];
        for (int i = 0; i < Degree; i++)
        {
            images[_images[i]] = i;
        }

        return new Permutation(images);
    }

    /// <summary>
    /// The notation of cycles, each from its least number on, without the numbers that stay: "(0,3)(1,4)" exchanges 0 with 3 and 1 with 4; "()" is
    /// the identity.
    /// </summary>
    public string ToCycles()
    {
        var text = new StringBuilder();
        bool[] seen = new bool[Degree];
        for (int start = 0; start < Degree; start++)
        {
            if (seen[start] || _images[start] == start)
            {
                continue;
            }

            List<int> cycle = [];
            for (int i = start; !seen[i]; i = _images[i])
            {
                seen[i] = true;
                cycle.Add(i);
            }

            text.Append(CultureInfo.InvariantCulture, $"({string.Join(',', cycle)})");
        }

        return text.Length == 0 ? "()" : text.ToString();
    }

    /// <summary>The images one after the other, e.g. "02134".</summary>
    public override string ToString() => string.Concat(_images);
}
