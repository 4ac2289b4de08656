using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>How much of the variance of rows 0 … n! − 1 lies within the cosets of a subgroup, and how much between them.</summary>
/// <remarks>
/// With N rows, m cosets, W the sum of squared distances of the rows to the means of their cosets and T to the mean of all:
/// the concentration is (W/(N − m)) / (T/(N − 1)) and the ratio F = ((T − W)/(m − 1)) / (W/(N − m)). Stander et al. 2024 call the first C_H;
/// with the divisors of a sample's variance it is 1 on average for independent rows, whatever the subgroup. W/T alone is smaller for every
/// smaller subgroup, structure or not, and cannot be compared between subgroups. F can, but for its spread: of independent rows its variance goes
/// with 1/(m − 1) + 1/(N − m), so that with few cosets a large F means less. The score is F's distance from 1 in units of that.
/// </remarks>
/// <param name="Subgroup">H, neither trivial nor the whole group.</param>
/// <param name="Side">On which side of the representatives it stands.</param>
/// <param name="WithinShare">W/T in [0, 1].</param>
/// <param name="Concentration">C_H: 0 where rows are a function of the coset, 1 on average where they know nothing of it.</param>
/// <param name="VarianceRatio">F ≥ 0: about 1 without structure, +∞ where rows are a function of the coset.</param>
public sealed record CosetFit(Subgroup Subgroup, CosetSide Side, double WithinShare, double Concentration, double VarianceRatio)
{
    /// <summary>(F − 1)/√(1/(m − 1) + 1/(N − m)): about 0 without structure, +∞ where rows are a function of the coset.</summary>
    public double Score
    {
        get
        {
            double m = Subgroup.Index, N = Subgroup.Index * Subgroup.Order;
            return (VarianceRatio - 1) / Math.Sqrt((1 / (m - 1)) + (1 / (N - m)));
        }
    }

    /// <summary>The fit of one subgroup's cosets.</summary>
    /// <param name="rows">(n!, d) rows in the lexicographic order of their permutations.</param>
    /// <param name="subgroup">Neither trivial nor the whole group.</param>
    /// <param name="side">On which side of the representatives it stands.</param>
    public static CosetFit Of(Matrix<double> rows, Subgroup subgroup, CosetSide side)
    {
        ArgumentNullException.ThrowIfNull(subgroup);
        CheckDivides(subgroup);
        return new CosetGram(rows, subgroup.Order * subgroup.Index).Fit(new CosetList(subgroup, side), places: null);
    }

    private static void CheckDivides(Subgroup subgroup)
    {
        if (subgroup.Order == 1 || subgroup.Index == 1)
        {
            throw new ArgumentException("The trivial subgroup and the whole group divide nothing.", nameof(subgroup));
        }
    }
}
