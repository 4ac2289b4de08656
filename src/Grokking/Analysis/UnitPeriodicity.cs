using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// How periodic the hidden units of a network on residues are: a unit that adds has one Fourier frequency in both operands and in the answer (Gromov
/// 2023; Doshi et al. 2023, §3).
/// </summary>
public static class UnitPeriodicity
{
    /// <summary>
    /// One a unit, in [0, 1]: the mean over its three functions of the inverse participation ratio of their Fourier spectra. 1 for three cosines, about
    /// 4/p for random weights; see <see cref="FourierSpectrum"/>. A function that does not vary has no frequency and counts 0, so that a dead unit is
    /// not periodic.
    /// </summary>
    public static IReadOnlyList<double> Ratios(HiddenUnits units)
    {
        ArgumentNullException.ThrowIfNull(units);
        Matrix<double>[] functions = [units.Left, units.Right, units.Answer];
        return [.. Enumerable.Range(0, units.Count).Select(unit => functions.Average(function => RatioOf(function, unit)))];
    }

    private static double RatioOf(Matrix<double> function, int unit)
    {
        Matrix<double> values = function.SubMatrix(0, function.RowCount, unit, 1);
        return RowSet.AreAllTheSame(values) ? 0 : FourierSpectrum.Of(values).InverseParticipationRatio;
    }
}
