using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class TSneTests
{
    private static readonly IReadOnlyList<IReadOnlyList<int>> Six = [.. Enumerable.Range(0, 60).Chunk(10)];

    [Fact]
    public void Planted_clusters_are_drawn_apart()
    {
        Matrix<double> rows = TypedRows.Clusters(Six, d: 32, noise: 0.2, seed: 1);

        Matrix<double> points = new TSne { Perplexity = 8 }.Draw(rows).Points;

        // Every point is nearer to all of its cluster than to any other point.
        Assert.Equal(1, NeighbourPurity.Compute(points, Six, neighbours: 9));
    }

    [Fact]
    public void A_circle_is_drawn_as_one()
    {
        Matrix<double> points = new TSne { Perplexity = 12 }.Draw(TypedRows.Circles(59, d: 32, seed: 2, (8, 1))).Points;

        var line = NumberLine.InPlane(points);

        Assert.Equal(22, line.Step); // 22·8 ≡ −1 mod 59
        Assert.Equal(1, line.Adjacency);
    }

    [Fact]
    public void Rows_without_clusters_get_none()
    {
        Matrix<double> points = new TSne { Perplexity = 8 }.Draw(TypedRows.Gaussian(60, 32, seed: 3)).Points;

        Assert.InRange(NeighbourPurity.Compute(points, Six, neighbours: 9), 0, 0.35);
    }

    [Fact]
    public void The_same_rows_have_the_same_picture_to_the_bit()
    {
        Matrix<double> rows = TypedRows.Gaussian(30, 8, seed: 4);

        TSnePicture first = new TSne { Perplexity = 5 }.Draw(rows), second = new TSne { Perplexity = 5 }.Draw(rows);

        Assert.Equal(
            first.Points.Enumerate().Select(BitConverter.DoubleToInt64Bits), second.Points.Enumerate().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(first.Divergence, second.Divergence);
    }

    [Fact]
    public void The_descent_lowers_the_divergence()
    {
        Matrix<double> rows = TypedRows.Clusters(Six, d: 32, noise: 0.5, seed: 5);

        double[] divergences = [After(1), After(100), After(1000)];

        Assert.True(divergences[2] < 0.5 * divergences[0], string.Join(' ', divergences));
        Assert.True(divergences[1] < divergences[0], string.Join(' ', divergences));
        Assert.All(divergences, divergence => Assert.True(divergence >= 0));

        double After(int iterations) => new TSne { Perplexity = 8, Iterations = iterations }.Draw(rows).Divergence;
    }

    [Fact]
    public void Equal_rows_may_be_drawn_and_stay_together()
    {
        Matrix<double> points = new TSne { Perplexity = 8 }.Draw(TypedRows.Clusters(Six, d: 32, noise: 0, seed: 6)).Points;

        Assert.All(points.Enumerate(), value => Assert.True(double.IsFinite(value)));
        Assert.Equal(1, NeighbourPurity.Compute(points, Six, neighbours: 9));
    }

    [Fact]
    public void The_picture_lies_about_the_origin()
    {
        Matrix<double> points = new TSne { Perplexity = 3, Iterations = 50 }.Draw(TypedRows.Gaussian(20, 8, seed: 7)).Points;

        Assert.Equal(0, points.ColumnSums()[0], 1e-9);
        Assert.Equal(0, points.ColumnSums()[1], 1e-9);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Matrix<double> rows = TypedRows.Gaussian(20, 8, seed: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TSne { Perplexity = 7 }.Draw(rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TSne { Perplexity = 1 }.Draw(rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TSne { Perplexity = double.NaN }.Draw(rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TSne { Perplexity = 5, Iterations = 0 }.Draw(rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TSne { Perplexity = 1.5 }.Draw(TypedRows.Gaussian(6, 8, seed: 1)));
        Assert.Throws<ArgumentException>(() => new TSne { Perplexity = 3 }.Draw(Matrix<double>.Build.Dense(20, 2, 1)));
    }
}
