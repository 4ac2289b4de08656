using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Points_on_a_line_have_one_component()
    {
        // (3, 4)·t about the mean of t = −1, 0, 4, moved far away.
        Matrix<double> rows = Matrix<double>.Build.DenseOfRowArrays([97, 96], [100, 100], [112, 116]);

        var components = PrincipalComponents.Of(rows, 2);

        Assert.Equal(1, components.Shares[0], 1e-12);
        Assert.Equal(0, components.Shares[1], 1e-12);
        Assert.Equal(-10, components.Scores[0, 0], 1e-9);
        Assert.Equal(-5, components.Scores[1, 0], 1e-9);
        Assert.Equal(15, components.Scores[2, 0], 1e-9);
    }

    [Fact]
    public void All_components_keep_the_distances()
    {
        Matrix<double> rows = TypedRows.Gaussian(9, 5, seed: 1);

        var components = PrincipalComponents.Of(rows, 9);

        double[,] expected = Distances.Squared(rows), actual = Distances.Squared(components.Scores);
        for (int i = 0; i < 9; i++)
        {
            for (int j = 0; j < 9; j++)
            {
                Assert.Equal(expected[i, j], actual[i, j], 1e-9);
            }
        }

        Assert.Equal(1, components.Shares.Sum(), 1e-12);
        Assert.Equal(components.Shares.OrderDescending(), components.Shares);
    }

    [Fact]
    public void A_count_of_components_that_the_rows_cannot_have_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalComponents.Of(TypedRows.Gaussian(4, 9, seed: 1), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalComponents.Of(TypedRows.Gaussian(4, 9, seed: 1), 0));
    }
}
