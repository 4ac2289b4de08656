using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class NumberLineTests
{
    // At frequency f neighbours on the circle differ by ±1/f mod n: 85·8 = 680 ≡ 1 mod 97, as in the paper's picture, and 97 − 85 = 12.
    [Theory]
    [InlineData(97, 1, 1)]
    [InlineData(97, 12, 8)]
    [InlineData(97, 85, 8)]
    [InlineData(59, 2, 29)]
    [InlineData(12, 5, 5)]
    public void A_circle_is_joined_by_its_step(int n, int frequency, int step)
    {
        var line = NumberLine.Recover(TypedRows.Circles(n, d: 32, seed: 1, (frequency, 1)));

        Assert.Equal(step, line.Step);
        Assert.Equal(1, line.Adjacency);
        Assert.Equal(Enumerable.Range(0, n).Select(i => i * step % n), line.Order);
    }

    [Fact]
    public void Among_several_frequencies_a_plane_of_one_of_them_is_found()
    {
        Matrix<double> rows = TypedRows.Circles(59, d: 64, seed: 2, (4, 3), (17, 2), (9, 1)) + (TypedRows.Gaussian(59, 64, seed: 3) * 0.1);

        var line = NumberLine.Recover(rows);

        Assert.Contains(line.Step, (int[])[15, 7, 13]); // 15·4 ≡ 1, 7·17 ≡ 1 and 13·9 ≡ −1 mod 59
        Assert.InRange(line.Adjacency, 0.95, 1);
    }

    [Fact]
    public void Random_rows_have_no_number_line()
    {
        foreach (int n in (int[])[31, 43, 59, 97])
        {
            for (ulong seed = 1; seed <= 10; seed++)
            {
                Assert.InRange(NumberLine.Recover(TypedRows.Gaussian(n, 64, seed)).Adjacency, 0, 0.4);
            }
        }
    }

    [Fact]
    public void A_picture_is_read_in_either_direction()
    {
        Matrix<double> points = Matrix<double>.Build.Dense(7, 2, (x, j) => j == 0 ? Math.Cos(2 * Math.PI * 5 * x / 7) : Math.Sin(2 * Math.PI * 5 * x / 7));
        Matrix<double> mirrored = Matrix<double>.Build.Dense(7, 2, (x, j) => j == 0 ? points[x, j] : -points[x, j]);

        Assert.Equal([0, 3, 6, 2, 5, 1, 4], NumberLine.InPlane(points).Order);
        Assert.Equal([0, 3, 6, 2, 5, 1, 4], NumberLine.InPlane(mirrored).Order);
    }

    [Fact]
    public void Two_elements_exchanged_cost_the_adjacency_of_their_four_joins()
    {
        int[] exchanged = [0, 1, 2, 3, 9, 5, 6, 7, 8, 4, 10, 11, 12, 13, 14, 15, 16];
        Matrix<double> points = Matrix<double>.Build.Dense(
            17, 2, (x, j) => j == 0 ? Math.Cos(2 * Math.PI * exchanged[x] / 17) : Math.Sin(2 * Math.PI * exchanged[x] / 17));

        Assert.Equal(13.0 / 17, NumberLine.InPlane(points).Adjacency, 1e-12);
    }

    [Fact]
    public void Rows_without_a_plane_are_refused()
    {
        Assert.Throws<ArgumentException>(() => NumberLine.Recover(TypedRows.Gaussian(8, 1, seed: 1)));
        Assert.Throws<ArgumentException>(() => NumberLine.Recover(TypedRows.Gaussian(7, 3, seed: 1)));
        Assert.Throws<ArgumentException>(() => NumberLine.InPlane(TypedRows.Gaussian(7, 3, seed: 1)));
        Assert.Throws<ArgumentException>(() => NumberLine.InPlane(TypedRows.Gaussian(4, 2, seed: 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberLine.Recover(TypedRows.Gaussian(8, 3, seed: 1), components: 1));
    }
}
