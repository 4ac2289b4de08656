using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// How far the hidden units of a network on S_n know their operands by cosets alone: of a unit that does, what an operand adds depends on the coset of
/// some subgroup only (Stander et al. 2024, §5).
/// </summary>
public static class UnitCosets
{
    /// <summary>
    /// One a unit, ≥ 0: the lowest C_H of its functions of the left and of the right operand over all subgroups H and both sides, the larger of the two;
    /// see <see cref="CosetFit"/>. 0 where cosets are all that counts. A function that does not vary tells no operands apart and counts 1, the mean of
    /// C_H for random ones, so that a dead unit knows nothing of cosets.
    /// </summary>
    /// <param name="units">Of a network on S_n.</param>
    /// <param name="group">S_n, 3 ≤ n ≤ 5.</param>
    public static IReadOnlyList<double> LowestConcentrations(HiddenUnits units, SymmetricGroup group)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(group);
        IReadOnlyList<CosetList> candidates = CosetList.AllOf(group);
        return [.. Enumerable.Range(0, units.Count).Select(unit => Math.Max(Lowest(units.Left, unit), Lowest(units.Right, unit)))];

        double Lowest(Matrix<double> function, int unit)
        {
            Matrix<double> values = function.SubMatrix(0, function.RowCount, unit, 1);
            if (RowSet.AreAllTheSame(values))
            {
                return 1;
            }

            var gram = new CosetGram(values, group.Order);
            return candidates.Min(candidate => gram.Fit(candidate, places: null).Concentration);
        }
    }

    /// <summary>
    /// How many units tell even operands from odd ones and nothing else: C_H of the alternating group below a bound, in both operands. A dead unit is
    /// none of them.
    /// </summary>
    /// <param name="units">Of a network on S_n.</param>
    /// <param name="group">S_n, 3 ≤ n ≤ 5.</param>
    /// <param name="bound">&gt; 0; Stander et al. 2024 take 0.01.</param>
    public static int CountSignUnits(HiddenUnits units, SymmetricGroup group, double bound)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(group);
        Subgroup alternating = group.Subgroups.Single(subgroup => subgroup.Index == 2);
        return Enumerable.Range(0, units.Count).Count(unit => IsSign(units.Left, unit) && IsSign(units.Right, unit));

        bool IsSign(Matrix<double> function, int unit)
        {
            Matrix<double> values = function.SubMatrix(0, function.RowCount, unit, 1);
            return !RowSet.AreAllTheSame(values) && CosetFit.Of(values, alternating, CosetSide.Left).Concentration < bound;
        }
    }
}
