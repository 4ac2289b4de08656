using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Which examples of a task train and which validate: of an operation, the equations of its table. The draw sees their number only: operations with
/// equally many equations get the same one. Under one seed the training set of a smaller fraction lies inside that of a larger one.
/// </summary>
public sealed class Split
{
    private readonly int[] _train;
    private readonly int[] _val;
    private readonly int[] _mirrorFreeVal;

    private Split(int[] train, int[] val, int[] mirrorFreeVal) => (_train, _val, _mirrorFreeVal) = (train, val, mirrorFreeVal);

    /// <summary>The training examples, ascending.</summary>
    public ReadOnlySpan<int> Train => _train;

    /// <summary>All other examples, ascending.</summary>
    public ReadOnlySpan<int> Val => _val;

    /// <summary>
    /// The validation equations a ∘ b, ascending, whose mirror b ∘ a is not a training equation. a ∘ a is its own mirror and an undefined
    /// b ∘ a trains nobody, so both are here. Of a symmetric operation these are the ones that knowing its symmetry does not answer. Without mirrors, all.
    /// </summary>
    public ReadOnlySpan<int> MirrorFreeVal => _mirrorFreeVal;

    /// <summary>Draws the training equations uniformly, <see cref="CountTrain"/> of them.</summary>
    /// <param name="table">Has N equations; at least 2.</param>
    /// <param name="trainFraction">Inside (0, 1); Power et al. 2022 go from 0.05 to 0.95.</param>
    /// <param name="seed">The run's seed; the draw uses its stream "split".</param>
    public static Split Draw(EquationTable table, double trainFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        Split plain = Draw(table.Count, trainFraction, seed);
        return new Split(plain._train, plain._val, WithoutTrainedMirror(table, plain._train, plain._val));
    }

    /// <summary>The same of examples that have no mirrors.</summary>
    /// <param name="count">N ≥ 2.</param>
    /// <param name="trainFraction">Inside (0, 1).</param>
    /// <param name="seed">The run's seed; the draw uses its stream "split".</param>
    public static Split Draw(int count, double trainFraction, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (!(trainFraction > 0 && trainFraction < 1)) // this way round NaN fails too
        {
            throw new ArgumentOutOfRangeException(nameof(trainFraction), trainFraction, "TrainFraction must be inside (0, 1).");
        }

        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed, "split").Shuffle(order);

        int trainCount = CountTrain(count, trainFraction);
        int[] train = order[..trainCount];
        int[] val = order[trainCount..];
        Array.Sort(train);
        Array.Sort(val);
        return new Split(train, val, val);
    }

    /// <summary>How many of N examples train: round(N · <paramref name="trainFraction"/>), at least 1 and at most N − 1.</summary>
    /// <param name="examples">N ≥ 2.</param>
    /// <param name="trainFraction">Inside (0, 1).</param>
    public static int CountTrain(int examples, double trainFraction) =>
        // openai/grok rounds halves to even too.
        Math.Clamp((int)Math.Round(examples * trainFraction, MidpointRounding.ToEven), 1, examples - 1);

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
