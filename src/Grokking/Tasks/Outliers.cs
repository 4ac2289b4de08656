using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Training examples whose answer is replaced by that of another training example: Power et al. 2022, A.4. Under one seed the outliers of a
/// smaller number are among those of a larger one and have the same answers there.
/// </summary>
public sealed class Outliers
{
    private readonly int[] _examples;
    private readonly int[] _answers;

    private Outliers(int[] examples, int[] answers) => (_examples, _answers) = (examples, answers);

    /// <summary>The outliers, ascending. One in about p of them has its own answer all the same, because the other example has it too.</summary>
    public ReadOnlySpan<int> Examples => _examples;

    /// <summary>(N) the answer of each example; that of an outlier is the other example's.</summary>
    public ReadOnlySpan<int> Answers => _answers;

    /// <summary>Draws outliers uniformly, each with another example of its own; outliers give no answers as long as they are half of the set at most.</summary>
    /// <param name="trueAnswers">(N) the answer of each example.</param>
    /// <param name="split">Says which of them train.</param>
    /// <param name="count">0 to the size of the training set less 1.</param>
    /// <param name="seed">The run's seed; the draw uses its stream "outliers".</param>
    public static Outliers Draw(ReadOnlySpan<int> trueAnswers, Split split, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(split);
        int[] order = split.Train.ToArray();
        Require.Between(count, 0, order.Length - 1, nameof(count));
        new RandomStream(seed, "outliers").Shuffle(order);

        // Half a turn away in the order lies another example, and no two share one.
        int[] answers = trueAnswers.ToArray();
        for (int i = 0; i < count; i++)
        {
            answers[order[i]] = trueAnswers[order[(i + (order.Length / 2)) % order.Length]];
        }

        int[] examples = order[..count];
        Array.Sort(examples);
        return new Outliers(examples, answers);
    }
}
