using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class FourierSpectrumTests
{
    [Theory]
    [InlineData(97, 1)]
    [InlineData(97, 48)]
    [InlineData(59, 13)]
    [InlineData(96, 7)]
    [InlineData(96, 48)]
    public void One_cosine_is_one_frequency(int n, int frequency)
    {
        var spectrum = FourierSpectrum.Of(TypedRows.Circles(n, d: 8, seed: 1, (frequency, 1)));

        Assert.Equal(1, spectrum.Shares[frequency], 1e-12);
        Assert.Equal(1, spectrum.TopShare(1), 1e-12);
        Assert.Equal(1, spectrum.InverseParticipationRatio, 1e-12);
    }

    [Fact]
    public void The_mean_is_no_part_of_the_spectrum()
    {
        Matrix<double> rows = TypedRows.Gaussian(59, 16, seed: 2);

        var plain = FourierSpectrum.Of(rows);
        var moved = FourierSpectrum.Of(rows + 1000);

        Assert.Equal(0, plain.Shares[0]);
        Assert.Equal(1, plain.Shares.Sum(), 1e-12);
        Assert.All(Enumerable.Range(0, plain.Shares.Count), frequency => Assert.Equal(plain.Shares[frequency], moved.Shares[frequency], 1e-9));
    }

    // Parseval: two frequencies in directions of their own share the variance as their squared amplitudes share it.
    [Fact]
    public void Shares_follow_the_squared_amplitudes()
    {
        Matrix<double> rows = Matrix<double>.Build.Dense(59, 2, (x, j) => (j == 0 ? 3 : 1) * Math.Cos(2 * Math.PI * (j == 0 ? 5 : 11) * x / 59));

        var spectrum = FourierSpectrum.Of(rows);

        Assert.Equal(0.9, spectrum.Shares[5], 1e-12);
        Assert.Equal(0.1, spectrum.Shares[11], 1e-12);
        Assert.Equal(0.9, spectrum.TopShare(1), 1e-12);
        Assert.Equal(1, spectrum.TopShare(2), 1e-12);
        Assert.Equal(0.82, spectrum.InverseParticipationRatio, 1e-12);
    }

    // Shares of the m = ⌊n/2⌋ frequencies of an odd n are those of m independent exponentials: the mean of Σ share² is 2/(m + 1).
    [Theory]
    [InlineData(97, 2.0 / 49)]
    [InlineData(43, 2.0 / 22)]
    public void Random_rows_have_the_concentration_of_chance(int n, double expected)
    {
        Matrix<double> rows = TypedRows.Gaussian(n, 256, seed: 3);
        var spectrum = FourierSpectrum.Of(rows);

        double ofAColumn = rows.EnumerateColumns().Average(column => FourierSpectrum.Of(column.ToColumnMatrix()).InverseParticipationRatio);
        Assert.InRange(ofAColumn, 0.95 * expected, 1.05 * expected);
        Assert.InRange(spectrum.TopShare(5), 5.0 / (n / 2), 1.4 * 5.0 / (n / 2));
        Assert.InRange(spectrum.InverseParticipationRatio, 1.0 / (n / 2), 1.05 / (n / 2));
    }

    [Fact]
    public void Rows_in_another_order_lose_their_frequencies()
    {
        Matrix<double> rows = TypedRows.Circles(59, d: 32, seed: 4, (3, 1), (20, 1));
        rows.PermuteRows(new MathNet.Numerics.Permutation([.. Enumerable.Range(0, 59).Select(x => x * x * x % 59)]));

        Assert.True(FourierSpectrum.Of(rows).TopShare(2) < 0.5);
    }

    [Fact]
    public void Rows_without_structure_to_measure_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FourierSpectrum.Of(Matrix<double>.Build.Dense(5, 2, 0.1)));
        Assert.Throws<ArgumentException>(() => FourierSpectrum.Of(TypedRows.Gaussian(2, 2, seed: 1)));
        Matrix<double> broken = TypedRows.Gaussian(5, 2, seed: 1);
        broken[3, 1] = double.NaN;
        Assert.Throws<ArgumentException>(() => FourierSpectrum.Of(broken));
        Assert.Throws<ArgumentOutOfRangeException>(() => FourierSpectrum.Of(TypedRows.Gaussian(5, 2, seed: 1)).TopShare(0));
    }
}
