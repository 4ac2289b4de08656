using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class PermutationRowsTests
{
    private static readonly SymmetricGroup S3 = new(3);
    private static readonly SymmetricGroup S5 = new(5);

    // In lexicographic order the permutations of three are even, odd, odd, even, even, odd.
    [Fact]
    public void The_mean_of_the_even_and_of_the_odd_permutations_is_taken_out()
    {
        Matrix<double> rows = Matrix<double>.Build.DenseOfRowArrays([1.0], [10.0], [20.0], [2.0], [6.0], [60.0]);

        Assert.Equal([-2, -20, -10, -1, 3, 30], PermutationRows.WithoutSign(rows, S3).Column(0));
        Assert.Equal([1, 10, 20, 2, 6, 60], rows.Column(0));
    }

    // Cosets of subgroups of even permutations inherit a sign: without this they would be found in rows that know nothing else.
    [Fact]
    public void Rows_that_know_a_sign_alone_have_no_cosets()
    {
        Subgroup alternating = S5.Subgroups.Single(subgroup => subgroup.Order == 60);
        Matrix<double> rows = TypedRows.Gaussian(120, 64, seed: 6);
        for (int i = 0; i < 120; i++)
        {
            rows[i, 0] += alternating.Elements.Contains(i) ? 4 : -4;
        }

        Assert.InRange(BestSmall(rows).Score, 7, double.PositiveInfinity);
        Assert.InRange(BestSmall(PermutationRows.WithoutSign(rows, S5)).Score, double.NegativeInfinity, 3);
    }

    [Fact]
    public void Clusters_by_cosets_are_found_without_their_sign()
    {
        Subgroup papers = TypedSubgroups.GeneratedBy(S5, "(0,3)(1,4)", "(1,2)(3,4)");
        Matrix<double> rows = PermutationRows.WithoutSign(TypedRows.Clusters(papers.Cosets(CosetSide.Right), d: 32, noise: 1, seed: 2), S5);

        CosetFit best = CosetSearch.Run(rows, S5).Best;

        Assert.Equal((papers.Members, CosetSide.Right), (best.Subgroup.Members, best.Side));
    }

    [Fact]
    public void Rows_of_another_group_are_refused()
    {
        Assert.Throws<ArgumentException>("rows", () => PermutationRows.WithoutSign(TypedRows.Gaussian(24, 2, seed: 1), S5));
        Assert.Throws<ArgumentException>("rows", () => PermutationRows.WithoutSign(TypedRows.Gaussian(1, 2, seed: 1), new SymmetricGroup(1)));
    }

    private static CosetFit BestSmall(Matrix<double> rows) => CosetSearch.Run(rows, S5).Fits.First(fit => fit.Subgroup.Order < 60);
}
