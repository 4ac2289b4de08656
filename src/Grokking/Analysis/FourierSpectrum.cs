using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace Grokking.Analysis;

/// <summary>
/// How the variance of rows 0 … n − 1, taken as functions on the integers mod n, is shared out among the frequencies 1 … ⌊n/2⌋. The mean,
/// frequency 0, is no part of it; k and n − k are one frequency, as of a real function they are.
/// </summary>
/// <remarks>
/// The share of k in a column w is |ŵ(k)|² + |ŵ(n − k)|² over the sum of |ŵ|² without |ŵ(0)|², ŵ(k) = Σₓ w(x)·exp(−2πikx/n). Its inverse
/// participation ratio Σₖ share(k)² (Gromov 2023; Doshi et al. 2023) is 1 for one cosine, and about 4/n for independent Gaussians.
/// </remarks>
public sealed class FourierSpectrum
{
    private readonly double[] _shares; // (⌊n/2⌋ + 1), 0 at frequency 0

    private FourierSpectrum(double[] shares) => _shares = shares;

    /// <summary>(⌊n/2⌋ + 1) the share of each frequency in the variance of all columns together; 0 at frequency 0. They add to 1.</summary>
    public IReadOnlyList<double> Shares => _shares;

    /// <summary>The inverse participation ratio of <see cref="Shares"/>, in [1/⌊n/2⌋, 1].</summary>
    public double InverseParticipationRatio => _shares.Sum(share => share * share);

    /// <summary>The spectrum of rows (n, d).</summary>
    /// <param name="rows">n ≥ 3 rows in the order of their residues, finite and not all the same.</param>
    public static FourierSpectrum Of(Matrix<double> rows)
    {
        Matrix<double> centred = RowSet.Centred(rows, least: 3);
        double[][] powers = [.. centred.EnumerateColumns().Select(PowerOf)];
        double[] shares = [.. Enumerable.Range(0, (rows.RowCount / 2) + 1).Select(frequency => powers.Sum(power => power[frequency]))];
        double sum = shares.Sum();
        return new FourierSpectrum([.. shares.Select(share => share / sum)]);
    }

    /// <summary>The share of the <paramref name="count"/> strongest frequencies together, in (0, 1].</summary>
    /// <param name="count">1 to ⌊n/2⌋; more take all.</param>
    public double TopShare(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _shares.OrderDescending().Take(count).Sum();
    }

    private static double[] PowerOf(Vector<double> column)
    {
        int n = column.Count;
        Complex[] transformed = [.. column.Select(value => new Complex(value, 0))];
        Fourier.Forward(transformed, FourierOptions.NoScaling);
        double[] power = new double[(n / 2) + 1];
        for (int k = 1; k < n; k++)
        {
            (double re, double im) = (transformed[k].Real, transformed[k].Imaginary);
            power[Math.Min(k, n - k)] += (re * re) + (im * im);
        }

        return power;
    }
}
