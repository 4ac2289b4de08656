using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>Which subgroup's cosets explain rows over S_n best (Power et al. 2022, Figure 3 left).</summary>
/// <param name="Fits">
/// Every subgroup but the trivial one and the whole group, left and right cosets, largest score first; of equal scores the larger subgroup first,
/// which says more.
/// </param>
public sealed record CosetSearch(IReadOnlyList<CosetFit> Fits)
{
    /// <summary>The subgroup and side with the largest score.</summary>
    public CosetFit Best => Fits[0];

    /// <summary>Tries all subgroups.</summary>
    /// <param name="rows">(n!, d) rows in the lexicographic order of their permutations.</param>
    /// <param name="group">S_n, 3 ≤ n ≤ 5.</param>
    public static CosetSearch Run(Matrix<double> rows, SymmetricGroup group)
    {
        IReadOnlyList<CosetList> candidates = CandidatesOf(group);
        var gram = new CosetGram(rows, group.Order);
        return new CosetSearch([
            .. candidates.Select(candidate => gram.Fit(candidate, places: null))
                .OrderByDescending(fit => fit.Score)
                .ThenByDescending(fit => fit.Subgroup.Order),
        ]);
    }

    /// <summary>How often rows dealt to the permutations at random have a subgroup with a score as large as the best one's: the search is part of the chance.</summary>
    /// <param name="rows">(n!, d) rows in the lexicographic order of their permutations.</param>
    /// <param name="group">S_n, 3 ≤ n ≤ 5.</param>
    /// <param name="deals">≥ 1; the smallest possible p is 1/(1 + deals).</param>
    public static double PValue(Matrix<double> rows, SymmetricGroup group, int deals = 199)
    {
        IReadOnlyList<CosetList> candidates = CandidatesOf(group);
        var gram = new CosetGram(rows, group.Order);
        return PermutationTest.PValue(Best(places: null), group.Order, Best, deals);

        double Best(int[]? places) => candidates.Max(candidate => gram.Fit(candidate, places).Score);
    }

    private static IReadOnlyList<CosetList> CandidatesOf(SymmetricGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Degree >= 3
            ? CosetList.AllOf(group)
            : throw new ArgumentException($"S{group.Degree} has no subgroup but the trivial one and itself; group must be S3, S4 or S5.", nameof(group));
    }
}
