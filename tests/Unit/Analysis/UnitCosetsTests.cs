using Grokking.Analysis;
using Grokking.Tasks;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class UnitCosetsTests
{
    private const double Bound = 0.01;

    private static readonly SymmetricGroup S4 = new(4);
    private static readonly Subgroup Alternating = S4.Subgroups.Single(subgroup => subgroup.Order == 12);

    [Theory]
    [InlineData(CosetSide.Left, CosetSide.Left)]
    [InlineData(CosetSide.Left, CosetSide.Right)]
    [InlineData(CosetSide.Right, CosetSide.Left)]
    [InlineData(CosetSide.Right, CosetSide.Right)]
    public void Indicators_of_cosets_have_concentration_0_for_every_subgroup(CosetSide left, CosetSide right)
    {
        Subgroup[] subgroups = [.. S4.Subgroups.Where(subgroup => subgroup.Order > 1 && subgroup.Index > 1)];

        IReadOnlyList<double> concentrations = Lowest(
            Columns([.. subgroups.Select(subgroup => Indicator(subgroup, left))]),
            Columns([.. subgroups.OrderByDescending(subgroup => subgroup.Order).Select(subgroup => Indicator(subgroup, right))]));

        Assert.Equal(28, concentrations.Count);
        Assert.All(concentrations, concentration => Assert.Equal(0, concentration));
    }

    [Fact]
    public void Random_functions_are_not_concentrated() =>
        Assert.All(Lowest(TypedRows.Gaussian(24, 100, seed: 1), TypedRows.Gaussian(24, 100, seed: 2)), lowest => Assert.InRange(lowest, 0.2, 1.1));

    [Fact]
    public void The_worse_of_the_two_operands_counts()
    {
        Matrix<double> coset = Columns(Indicator(Alternating, CosetSide.Left)), random = TypedRows.Gaussian(24, 1, seed: 3);
        double worse = Lowest(random, random)[0];

        Assert.InRange(worse, 0.2, 1.1);
        Assert.Equal(worse, Lowest(coset, random)[0]);
        Assert.Equal(worse, Lowest(random, coset)[0]);
    }

    // Of noise of standard deviation s beside ± 1 the variance is s² of the whole.
    [Fact]
    public void Units_that_know_even_from_odd_in_both_operands_are_counted()
    {
        Matrix<double> sign = Columns(i => Alternating.Elements.Contains(i) ? 1 : -1), noise = TypedRows.Gaussian(24, 1, seed: 4);
        Matrix<double> other = Columns(Indicator(S4.Subgroups.First(subgroup => subgroup.Order == 8), CosetSide.Left));

        Assert.Equal(1, SignUnits(sign, sign));
        Assert.Equal(1, SignUnits((-3 * sign) + 7, 0.01 * sign));
        Assert.Equal(1, SignUnits(sign + (0.05 * noise), sign));
        Assert.Equal(0, SignUnits(sign + (0.3 * noise), sign));
        Assert.Equal(0, SignUnits(sign, noise));
        Assert.Equal(0, SignUnits(noise, sign));
        Assert.Equal(0, SignUnits(other, other));
        Assert.Equal(2, SignUnits(sign.Append(other).Append(sign), sign.Append(other).Append(sign)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_function_that_does_not_vary_counts_1_and_knows_no_sign(double value)
    {
        Matrix<double> sign = Columns(i => Alternating.Elements.Contains(i) ? 1 : -1), still = Matrix<double>.Build.Dense(24, 1, value);

        Assert.Equal(1, Lowest(still, sign)[0]);
        Assert.Equal(1, Lowest(sign, still)[0]);
        Assert.Equal(1, Lowest(still, still)[0]);
        Assert.Equal(0, SignUnits(still, sign));
        Assert.Equal(0, SignUnits(sign, still));
        Assert.Equal(0, SignUnits(still, still));
    }

    [Fact]
    public void Another_group_and_weights_that_are_not_finite_are_refused()
    {
        HiddenUnits units = Units(TypedRows.Gaussian(24, 1, seed: 5), TypedRows.Gaussian(24, 1, seed: 6));
        HiddenUnits broken = Units(units.Left * double.NaN, units.Right);

        Assert.Throws<ArgumentException>("rows", () => UnitCosets.LowestConcentrations(units, new SymmetricGroup(3)));
        Assert.Throws<ArgumentException>("rows", () => UnitCosets.CountSignUnits(units, new SymmetricGroup(3), Bound));
        Assert.Throws<ArgumentException>("rows", () => UnitCosets.LowestConcentrations(broken, S4));
        Assert.Throws<ArgumentException>("rows", () => UnitCosets.CountSignUnits(broken, S4, Bound));
    }

    private static IReadOnlyList<double> Lowest(Matrix<double> left, Matrix<double> right) => UnitCosets.LowestConcentrations(Units(left, right), S4);

    private static int SignUnits(Matrix<double> left, Matrix<double> right) => UnitCosets.CountSignUnits(Units(left, right), S4, Bound);

    // What the units make of the answer does not count here.
    private static HiddenUnits Units(Matrix<double> left, Matrix<double> right) =>
        TypedUnits.Of(Operations.Compose with { Degree = 4 }, left, right, Matrix<double>.Build.Dense(24, left.ColumnCount));

    private static Matrix<double> Columns(params IReadOnlyList<Func<int, double>> functions) =>
        Matrix<double>.Build.Dense(24, functions.Count, (i, column) => functions[column](i));

    // 1 on the last coset, which is not the subgroup, and 0 elsewhere.
    private static Func<int, double> Indicator(Subgroup subgroup, CosetSide side)
    {
        IReadOnlyList<int> coset = subgroup.Cosets(side)[^1];
        return i => coset.Contains(i) ? 1 : 0;
    }
}
