using Grokking.Analysis;
using Grokking.Numerics;
using Grokking.Tasks;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class UnitPeriodicityTests
{
    private const int P = 13;

    // Unit k has frequency k + 1, with a phase and an amplitude of its own in each function.
    [Fact]
    public void Cosines_of_one_frequency_have_ratio_1() => Assert.All(
        Ratios(Waves(6, phase: 0.1, scale: 1), Waves(6, phase: 0.7, scale: 3) + 2, Waves(6, phase: 0.4, scale: 0.01)), ratio => Assert.Equal(1, ratio, 1e-6));

    [Fact]
    public void Random_weights_have_about_4_in_p()
    {
        const int p = 97;
        IReadOnlyList<double> ratios = UnitPeriodicity.Ratios(TypedUnits.Of(
            Operations.Add with { Modulus = p }, TypedRows.Gaussian(p, 300, seed: 1), TypedRows.Gaussian(p, 300, seed: 2), TypedRows.Gaussian(p, 300, seed: 3)));

        Assert.InRange(ratios.Average(), 0.95 * 4 / p, 1.05 * 4 / p);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 2.0 / (p - 1), 0.1));
    }

    // Two frequencies that share the variance evenly have ½.
    [Fact]
    public void The_ratio_is_the_mean_of_the_three_functions()
    {
        Matrix<double> one = Waves(1, phase: 0.2, scale: 1), two = one + Waves(2, phase: 0.5, scale: 1).SubMatrix(0, P, 1, 1);

        Assert.Equal(5 / 6.0, Ratio(two, one, one), 1e-6);
        Assert.Equal(5 / 6.0, Ratio(one, two, one), 1e-6);
        Assert.Equal(5 / 6.0, Ratio(one, one, two), 1e-6);
        Assert.Equal(0.5, Ratio(two, two, two), 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_function_that_does_not_vary_counts_0(double value)
    {
        Matrix<double> wave = Waves(1, phase: 0.2, scale: 1), still = Matrix<double>.Build.Dense(P, 1, value);

        Assert.Equal(2 / 3.0, Ratio(still, wave, wave), 1e-6);
        Assert.Equal(1 / 3.0, Ratio(wave, still, still), 1e-6);
        Assert.Equal(0, Ratio(still, still, still));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        Matrix<double> wave = Waves(1, phase: 0.2, scale: 1);

        Assert.Throws<ArgumentException>("rows", () => Ratios(wave, wave * double.NaN, wave));
        Assert.Throws<ArgumentException>("rows", () => Ratios(wave, wave, Matrix<double>.Build.Dense(P, 1, double.PositiveInfinity)));
    }

    private static IReadOnlyList<double> Ratios(Matrix<double> left, Matrix<double> right, Matrix<double> answer) =>
        UnitPeriodicity.Ratios(TypedUnits.Of(Operations.Add with { Modulus = P }, left, right, answer));

    private static double Ratio(Matrix<double> left, Matrix<double> right, Matrix<double> answer) => Ratios(left, right, answer)[0];

    // (P, units) scale · cos(2π(fx/P + phase)), f = 1 for the first unit and one more for each after it.
    private static Matrix<double> Waves(int units, double phase, double scale) => Matrix<double>.Build.Dense(
        P, units, (x, unit) => scale * Elementary.SinCos(2 * Math.PI * (((unit + 1) * x % P / (double)P) + phase)).Cos);
}
