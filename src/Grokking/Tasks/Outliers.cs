using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Training equations whose answer is replaced by that of another training equation: Power et al. 2022, A.4. Under one seed the outliers of a
/// smaller number are among those of a larger one and have the same answers there.
/// </summary>
public sealed class Outliers
{
    private readonly int[] _equations;
    private readonly int[] _answers;

    private Outliers(int[] equations, int[] answers) => (_equations, _answers) = (equations, answers);

    /// <summary>The outliers, ascending. One in about p of them has its own answer all the same, because the other equation has it too.</summary>
    public ReadOnlySpan<int> Equations => _equations;

    /// <summary>(N) the answer of each equation of the table; that of an outlier is the other equation's.</summary>
    public ReadOnlySpan<int> Answers => _answers;

    /// <summary>Draws outliers uniformly, each with another equation of its own; outliers give no answers as long as they are half of the set at most.</summary>
    /// <param name="table">Has the answers.</param>
    /// <param name="split">Says which equations train.</param>
    /// <param name="count">0 to the size of the training set less 1.</param>
    /// <param name="seed">The run's seed; the draw uses its stream "outliers".</param>
    public static Outliers Draw(EquationTable table, Split split, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(split);
        int[] order = split.Train.ToArray();
        Require.Between(count, 0, order.Length - 1, nameof(count));
        new RandomStream(seed, "outliers").Shuffle(order);

        // Half a turn away in the order lies another equation, and no two share one.
        int[] answers = table.Answers.ToArray();
        for (int i = 0; i < count; i++)
        {
            answers[order[i]] = table.Answers[order[(i + (order.Length / 2)) % order.Length]];
        }

        int[] equations = order[..count];
        Array.Sort(equations);
        return new Outliers(equations, answers);
    }
}
