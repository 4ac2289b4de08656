using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Which equations of a table train and which validate. The draw sees the size of the table only: operations with equally many equations
/// get the same one. Under one seed the training set of a smaller fraction lies inside that of a larger one.
/// </summary>
public sealed class Split
{
    private readonly int[] _train;
    private readonly int[] _val;
    private readonly int[] _mirrorFreeVal;

    private Split(int[] train, int[] val, int[] mirrorFreeVal) => (_train, _val, _mirrorFreeVal) = (train, val, mirrorFreeVal);

    /// <summary>The training equations, ascending.</summary>
    public ReadOnlySpan<int> Train => _train;

    /// <summary>All other equations, ascending.</summary>
    public ReadOnlySpan<int> Val => _val;

    /// <summary>
    /// The validation equations a ∘ b, ascending, whose mirror b ∘ a is not a training equation. a ∘ a is its own mirror and an undefined
    /// b ∘ a trains nobody, so both are here. Of a symmetric operation these are the ones that knowing its symmetry does not answer.
    /// </summary>
    public ReadOnlySpan<int> MirrorFreeVal => _mirrorFreeVal;

    /// <summary>Draws the training equations uniformly, <see cref="CountTrain"/> of them.</summary>
    /// <param name="table">Has N equations; at least 2.</param>
    /// <param name="trainFraction">Inside (0, 1); Power et al. 2022 go from 0.05 to 0.95.</param>
    /// <param name="seed">The run's seed; the draw uses its stream "split".</param>
    public static Split Draw(EquationTable table, double trainFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!(trainFraction > 0 && trainFraction < 1)) // this way round NaN fails too
        {
            throw new ArgumentOutOfRangeException(nameof(trainFraction), trainFraction, "TrainFraction must be inside (0, 1).");
        }

        int[] order = [.. Enumerable.Range(0, table.Count)];
        new RandomStream(seed, "split").Shuffle(order);

        int trainCount = CountTrain(table.Count, trainFraction);
        int[] train = order[..trainCount];
        int[] val = order[trainCount..];
        Array.Sort(train);
        Array.Sort(val);
        return new Split(train, val, WithoutTrainedMirror(table, train, val));
    }

    /// <summary>How many of N equations train: round(N · <paramref name="trainFraction"/>), at least 1 and at most N − 1.</summary>
    /// <param name="equations">N ≥ 2.</param>
    /// <param name="trainFraction">Inside (0, 1).</param>
    public static int CountTrain(int equations, double trainFraction) =>
        // openai/grok rounds halves to even too.
        Math.Clamp((int)Math.Round(equations * trainFraction, MidpointRounding.ToEven), 1, equations - 1);

    private static int[] WithoutTrainedMirror(EquationTable table, int[] train, int[] val)
    {
        bool[] isTrained = new bool[table.Count];
        foreach (int equation in train)
        {
            isTrained[equation] = true;
        }

        List<int> mirrorFree = [];
        foreach (int equation in val)
        {
            int? mirror = table.IndexOf(table.Right[equation], table.Left[equation]);
            if (mirror is null || !isTrained[mirror.Value])
            {
                mirrorFree.Add(equation);
            }
        }

        return [.. mirrorFree];
    }
}
