using Grokking.Tasks;

namespace Grokking.Analysis;

/// <summary>The group S_n of all permutations of n things under the paper's product x·y, first x and then y, with all its subgroups.</summary>
public sealed class SymmetricGroup
{
    private const int LargestDegree = 5; // 5! elements fit the 128 bits of a set

    private readonly int[] _products; // (n!, n!)
    private readonly Lazy<IReadOnlyList<Subgroup>> _subgroups;

    /// <summary>Works out the table of products.</summary>
    /// <param name="degree">n, 1 to 5.</param>
    public SymmetricGroup(int degree)
    {
        Require.Between(degree, 1, LargestDegree, nameof(degree));
        Degree = degree;
        Order = Permutation.CountOf(degree);
        Permutation[] all = [.. Enumerable.Range(0, Order).Select(index => Permutation.FromIndex(degree, index))];
        _products = new int[Order * Order];
        for (int x = 0; x < Order; x++)
        {
            for (int y = 0; y < Order; y++)
            {
                _products[(x * Order) + y] = all[x].Then(all[y]).Index;
            }
        }

        _subgroups = new Lazy<IReadOnlyList<Subgroup>>(FindSubgroups);
    }

    /// <summary>n.</summary>
    public int Degree { get; }

    /// <summary>n!.</summary>
    public int Order { get; }

    /// <summary>
    /// All subgroups, from the trivial one to S_n, ascending in order: 1, 2, 6, 30 and 156 of them for n = 1 to 5
    /// (OEIS A005432).
    /// </summary>
    public IReadOnlyList<Subgroup> Subgroups => _subgroups.Value;

    internal int Product(int x, int y) => _products[(x * Order) + y];

    /// <summary>The set of all products of the generators. In a finite group that is the subgroup: an inverse is a power.</summary>
    internal UInt128 Generate(IReadOnlyList<int> generators)
    {
        UInt128 members = 1;
        List<int> reached = [0];
        for (int next = 0; next < reached.Count; next++)
        {
            foreach (int generator in generators)
            {
                int product = Product(reached[next], generator);
                if ((members >> product & 1) == 0)
                {
                    members |= UInt128.One << product;
                    reached.Add(product);
                }
            }
        }

        return members;
    }

    // Every subgroup grows from the trivial one by an element at a time.
    private IReadOnlyList<Subgroup> FindSubgroups()
    {
        Dictionary<UInt128, int[]> generatorsOf = new() { [1] = [] };
        Queue<UInt128> grown = new([1]);
        while (grown.TryDequeue(out UInt128 members))
        {
            for (int element = 0; element < Order; element++)
            {
                int[] generators = [.. generatorsOf[members], element];
                UInt128 larger = Generate(generators);
                if (generatorsOf.TryAdd(larger, generators))
                {
                    grown.Enqueue(larger);
                }
            }
        }

        return [.. generatorsOf.Keys.Select(members => new Subgroup(this, members)).OrderBy(subgroup => subgroup.Order).ThenBy(subgroup => subgroup.Members)];
    }
}
