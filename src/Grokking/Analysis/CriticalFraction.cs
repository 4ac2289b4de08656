using Grokking.Numerics;

namespace Grokking.Analysis;

/// <summary>
/// How much training data forces a linear representation E_k = a + kb, and with it generalization, whatever the training does: linear algebra
/// of the parallelograms that random training pairs make (Liu et al. 2022, Figure 4a).
/// </summary>
public sealed class CriticalFraction
{
    private readonly double[] _probabilities; // (N + 1) by the number of training pairs

    private CriticalFraction(double[] probabilities) => _probabilities = probabilities;

    /// <summary>
    /// r_c, in (0, 1], the fraction of the pairs at which the probability is ½, on the straight line between two numbers of pairs. About 0.4
    /// for p = 10.
    /// </summary>
    public double Fraction
    {
        get
        {
            int n = Array.FindIndex(_probabilities, probability => probability >= 0.5);
            double before = _probabilities[n - 1];
            return (n - 1 + ((0.5 - before) / (_probabilities[n] - before))) / (_probabilities.Length - 1);
        }
    }

    /// <summary>
    /// Draws random orders of the N = p(p + 1)/2 pairs. Training on n pairs is training on the first n of an order, so the probability never
    /// falls with n; at each n the draws are independent of each other.
    /// </summary>
    /// <param name="symbols">p, 3 to 49.</param>
    /// <param name="draws">≥ 1; a probability P is known to √(P(1 − P)/draws).</param>
    /// <param name="seed">Draw i is index i of its stream "training pairs".</param>
    public static CriticalFraction Draw(int symbols, int draws, ulong seed)
    {
        Require.Between(symbols, 3, ParallelogramEquations.MostSymbols, nameof(symbols));
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        IReadOnlyList<SymbolPair> pairs = SymbolPair.All(symbols);
        int[] drawsThatNeed = new int[pairs.Count + 1];
        var random = new RandomStream(seed, "training pairs");
        for (int draw = 0; draw < draws; draw++)
        {
            int[] order = [.. Enumerable.Range(0, pairs.Count)];
            random.Restart((ulong)draw);
            random.Shuffle(order);
            drawsThatNeed[PairsNeeded(order.Select(place => pairs[place]), symbols)]++;
        }

        double[] probabilities = new double[pairs.Count + 1];
        int linear = 0;
        for (int n = 0; n <= pairs.Count; n++)
        {
            linear += drawsThatNeed[n];
            probabilities[n] = linear / (double)draws;
        }

        return new CriticalFraction(probabilities);
    }

    /// <summary>The share, in [0, 1], of the draws in which this many training pairs force a linear representation.</summary>
    /// <param name="trainPairs">n, 0 to N.</param>
    public double Probability(int trainPairs)
    {
        Require.Between(trainPairs, 0, _probabilities.Length - 1, nameof(trainPairs));
        return _probabilities[trainPairs];
    }

    // All pairs together are enough for p ≥ 3.
    private static int PairsNeeded(IEnumerable<SymbolPair> order, int symbols)
    {
        var equations = new ParallelogramEquations(symbols);
        return 1 + order.TakeWhile(pair =>
        {
            equations.Add(pair);
            return equations.DegreesOfFreedom > 2;
        }).Count();
    }
}
