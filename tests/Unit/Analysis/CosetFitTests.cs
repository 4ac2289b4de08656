using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class CosetFitTests
{
    private static readonly SymmetricGroup S4 = new(4);
    private static readonly SymmetricGroup S5 = new(5);

    private static Subgroup Papers => TypedSubgroups.GeneratedBy(S5, "(0,3)(1,4)", "(1,2)(3,4)");

    [Theory]
    [InlineData(CosetSide.Left)]
    [InlineData(CosetSide.Right)]
    public void The_indicator_of_a_coset_has_concentration_0(CosetSide side) =>
        Assert.All(S4.Subgroups.Where(subgroup => subgroup.Order > 1 && subgroup.Index > 1), subgroup =>
            Assert.All(subgroup.Cosets(side), coset =>
            {
                var fit = CosetFit.Of(Matrix<double>.Build.Dense(24, 1, (i, _) => coset.Contains(i) ? 1 : 0), subgroup, side);
                Assert.Equal((0, 0, double.PositiveInfinity), (fit.WithinShare, fit.Concentration, fit.VarianceRatio));
            }));

    [Fact]
    public void Random_rows_have_concentration_1_for_every_subgroup()
    {
        Assert.All(CosetSearch.Run(TypedRows.Gaussian(120, 500, seed: 1), S5).Fits, fit =>
        {
            int m = fit.Subgroup.Index;
            Assert.InRange(fit.Concentration, 0.95, 1.05);
            Assert.InRange(fit.WithinShare, 0.95 * (120 - m) / 119, 1.05 * (120 - m) / 119);
            Assert.InRange(fit.VarianceRatio, 0.7, 1.4);
        });
    }

    // Cosets {0, 1} … of a subgroup of order 2 in S3: values 0 2 | 4 6 | 10 14 about the means 1, 5, 12 and 6.
    [Fact]
    public void The_shares_are_those_worked_out_by_hand()
    {
        var group = new SymmetricGroup(3);
        Subgroup subgroup = TypedSubgroups.GeneratedBy(group, "(1,2)");
        double[] values = new double[6];
        foreach ((IReadOnlyList<int> coset, (double low, double high)) in subgroup.Cosets(CosetSide.Left).Zip([(0.0, 2.0), (4.0, 6.0), (10.0, 14.0)]))
        {
            (values[coset[0]], values[coset[1]]) = (low, high);
        }

        var fit = CosetFit.Of(Matrix<double>.Build.Dense(6, 1, values), subgroup, CosetSide.Left);

        // W = 2 + 2 + 8 = 12, T = 36 + 16 + 4 + 0 + 16 + 64 = 136.
        Assert.Equal(12.0 / 136, fit.WithinShare, 1e-12);
        Assert.Equal(12.0 / 3 / (136.0 / 5), fit.Concentration, 1e-12);
        Assert.Equal(124.0 / 2 / (12.0 / 3), fit.VarianceRatio, 1e-9);
        Assert.Equal(14.5 / Math.Sqrt((1.0 / 2) + (1.0 / 3)), fit.Score, 1e-9);
    }

    [Theory]
    [InlineData(CosetSide.Left)]
    [InlineData(CosetSide.Right)]
    public void The_search_finds_the_papers_subgroup_in_rows_clustered_by_it(CosetSide side)
    {
        Matrix<double> rows = TypedRows.Clusters(Papers.Cosets(side), d: 32, noise: 1, seed: 2);

        CosetFit best = CosetSearch.Run(rows, S5).Best;

        Assert.Equal(Papers.Elements, best.Subgroup.Elements);
        Assert.Equal(side, best.Side);
        Assert.Equal(0.05, CosetSearch.PValue(rows, S5, deals: 19), 1e-12);
    }

    // One number for each of two cosets reaches a large variance ratio more easily than a dozen places in many dimensions.
    [Fact]
    public void A_sign_beside_the_clusters_does_not_hide_them()
    {
        Subgroup alternating = S5.Subgroups.Single(subgroup => subgroup.Order == 60);
        Matrix<double> rows = TypedRows.Clusters(Papers.Cosets(CosetSide.Left), d: 32, noise: 3, seed: 2);
        for (int i = 0; i < 120; i++)
        {
            rows[i, 0] += alternating.Elements.Contains(i) ? 3 : -3;
        }

        CosetFit best = CosetSearch.Run(rows, S5).Best;

        Assert.Equal(Papers.Elements, best.Subgroup.Elements);
        Assert.True(CosetFit.Of(rows, alternating, CosetSide.Left).VarianceRatio > best.VarianceRatio);
    }

    [Fact]
    public void Without_noise_the_largest_of_the_subgroups_that_explain_everything_is_best()
    {
        Subgroup alternating = S4.Subgroups.Single(subgroup => subgroup.Order == 12);
        Matrix<double> sign = Matrix<double>.Build.Dense(24, 1, (i, _) => alternating.Elements.Contains(i) ? 1 : -1);

        Assert.Same(alternating, CosetSearch.Run(sign, S4).Best.Subgroup);
    }

    [Fact]
    public void In_random_rows_the_search_finds_nothing_beyond_chance()
    {
        double[] ps = [.. Enumerable.Range(1, 40).Select(seed => CosetSearch.PValue(TypedRows.Gaussian(24, 16, (ulong)seed), S4, deals: 39))];

        // Uniform over 1/40 … 1: the mean of 40 is within five standard errors of ½, and no more than a few lie below 0.1.
        Assert.InRange(ps.Average(), 0.27, 0.73);
        Assert.InRange(ps.Count(p => p <= 0.1), 0, 12);
    }

    [Fact]
    public void All_subgroups_are_tried_on_both_sides()
    {
        IReadOnlyList<CosetFit> fits = CosetSearch.Run(TypedRows.Gaussian(24, 4, seed: 3), S4).Fits;

        Assert.Equal(2 * 28, fits.Count);
        Assert.Equal(56, fits.Select(fit => (fit.Subgroup, fit.Side)).Distinct().Count());
        Assert.Equal(fits.OrderByDescending(fit => fit.Score), fits);
    }

    [Fact]
    public void Clusters_are_pure_and_random_rows_as_pure_as_chance()
    {
        IReadOnlyList<IReadOnlyList<int>> cosets = Papers.Cosets(CosetSide.Left);

        Assert.Equal(1, NeighbourPurity.Compute(TypedRows.Clusters(cosets, d: 32, noise: 0.1, seed: 4), cosets, neighbours: 9));
        Assert.InRange(NeighbourPurity.Compute(TypedRows.Gaussian(120, 32, seed: 5), cosets, neighbours: 9), 0.5 * 9 / 119, 1.5 * 9 / 119);
    }

    [Fact]
    public void Purity_counts_the_nearest_others_alone()
    {
        // On a line: 0 1 | 2 10. With one neighbour 0→1 and 1→0 (or 2, but 0 comes first) are right, 2→1 is wrong, 10→2 right.
        Matrix<double> line = Matrix<double>.Build.DenseOfRowArrays([0.0], [1.0], [2.0], [10.0]);

        Assert.Equal(3.0 / 4, NeighbourPurity.Compute(line, [[0, 1], [2, 3]], neighbours: 1), 1e-12);
        Assert.Equal(1.0 / 3, NeighbourPurity.Compute(line, [[0, 1], [2, 3]], neighbours: 3), 1e-12);
    }

    [Fact]
    public void What_divides_nothing_and_rows_of_another_group_are_refused()
    {
        Matrix<double> rows = TypedRows.Gaussian(24, 2, seed: 1);
        Assert.Throws<ArgumentException>(() => CosetFit.Of(rows, S4.Subgroups[0], CosetSide.Left));
        Assert.Throws<ArgumentException>(() => CosetFit.Of(rows, S4.Subgroups[^1], CosetSide.Left));
        Assert.Throws<ArgumentException>(() => CosetFit.Of(rows, Papers, CosetSide.Left));
        Assert.Throws<ArgumentException>(() => CosetSearch.Run(rows, S5));
        Assert.Throws<ArgumentException>(() => CosetSearch.Run(TypedRows.Gaussian(2, 2, seed: 1), new SymmetricGroup(2)));
    }
}
