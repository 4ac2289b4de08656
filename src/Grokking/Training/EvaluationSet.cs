using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>Some equations as tokens, ready to be scored.</summary>
internal sealed class EvaluationSet
{
    private readonly int[] _tokens;   // (N, T)
    private readonly int[] _targets;  // (N, R)

    /// <summary>Takes the listed equations.</summary>
    public EvaluationSet(TokenSequences sequences, ReadOnlySpan<int> equations)
    {
        int T = sequences.Length, R = sequences.ReadPositions.Length;
        Count = equations.Length;
        _tokens = new int[Count * T];
        _targets = new int[Count * R];
        for (int i = 0; i < Count; i++)
        {
            sequences.Tokens.Slice(equations[i] * T, T).CopyTo(_tokens.AsSpan(i * T, T));
            sequences.Targets.Slice(equations[i] * R, R).CopyTo(_targets.AsSpan(i * R, R));
        }
    }

    /// <summary>N, the number of equations.</summary>
    public int Count { get; }

    /// <summary>At most <paramref name="limit"/> of the equations, drawn by the stream "evaluation" of the name, ascending; all without a limit.</summary>
    public static int[] Sample(ReadOnlySpan<int> equations, int? limit, ulong seed, string name)
    {
        int[] chosen = equations.ToArray();
        if (limit is { } most && most < chosen.Length)
        {
            new RandomStream(seed, "evaluation/" + name).Shuffle(chosen);
            chosen = chosen[..most];
            Array.Sort(chosen);
        }

        return chosen;
    }

    /// <summary>Loss and accuracy of the model on the set.</summary>
    public Scores Score(Model model, ReadOnlySpan<float> parameters) => model.Evaluate(parameters, _tokens, _targets);

    /// <summary>The tokens (n, T) and targets (n, R) of n equations of the set, from one on.</summary>
    public void Slice(int first, int count, out ReadOnlySpan<int> tokens, out ReadOnlySpan<int> targets)
    {
        int T = _tokens.Length / Count, R = _targets.Length / Count;
        tokens = _tokens.AsSpan(first * T, count * T);
        targets = _targets.AsSpan(first * R, count * R);
    }
}
