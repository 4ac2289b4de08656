using Grokking.Analysis;
using Grokking.Numerics;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class SharpnessTests
{
    private const int P = 40;

    private static readonly float[] s_point = [.. Enumerable.Range(0, P).Select(i => (i % 7) - 3f)];

    // A line has no curvature: over the box it rises by Σ half-width · |slope|, in the coordinates of the subspace.
    [Fact]
    public void A_linear_loss_in_a_subspace_rises_by_the_sum_of_its_slopes()
    {
        float[] slopes = Slopes(seed: 1);
        var subspace = Subspace.Random(P, dimensions: 5, seed: 3);
        double[] coordinates = subspace.PseudoInverseTimes(s_point), along = subspace.TransposeTimes(slopes);
        double rise = 0;
        for (int j = 0; j < 5; j++)
        {
            rise += 1e-2 * (Math.Abs(coordinates[j]) + 1) * Math.Abs(along[j]);
        }

        SharpnessResult result = new Sharpness { Epsilon = 1e-2, Dimensions = 5, Seed = 3 }.Measure(Linear(slopes, at0: 100), s_point);

        double atPoint = 100 + Dot(slopes, s_point);
        Assert.Equal(atPoint, result.Loss, 1e-9);
        Assert.Equal(rise, result.LargestLoss - result.Loss, 1e-4 * rise);
        Assert.Equal(100 * rise / (1 + atPoint), result.Value, 1e-4 * result.Value);
    }

    // ½ Σ hᵢ(xᵢ − cᵢ)² about its minimum c: every corner of the box is as high, ½ Σ hᵢ ε²(|cᵢ| + 1)². The gradient at c is 0.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void A_bowl_rises_to_the_corners_of_the_box(float curvature)
    {
        float[] h = [.. Enumerable.Range(0, P).Select(i => curvature * (1 + (i % 5)))];
        double rise = Enumerable.Range(0, P).Sum(i => 0.5 * h[i] * 0.1 * 0.1 * (Math.Abs(s_point[i]) + 1) * (Math.Abs(s_point[i]) + 1));

        SharpnessResult result = new Sharpness { Epsilon = 0.1, Dimensions = null }.Measure(Bowl(h, s_point, at0: 2), s_point);

        Assert.Equal(2, result.Loss);
        Assert.Equal(100 * rise / 3, result.Value, 1e-5 * result.Value);
    }

    // Off its minimum the bowl rises most on the side away from it: xᵢ = cᵢ + 1 and half-widths wᵢ give ½ Σ hᵢ((1 + wᵢ)² − 1).
    [Fact]
    public void On_a_slope_the_side_away_from_the_minimum_is_found()
    {
        float[] h = [.. Enumerable.Repeat(1f, P)], centre = [.. s_point.Select(x => x - 1)];
        double rise = s_point.Sum(x => 0.5 * (Math.Pow(1 + (0.1 * (Math.Abs(x) + 1)), 2) - 1));

        SharpnessResult result = new Sharpness { Epsilon = 0.1, Dimensions = null, Starts = 1 }.Measure(Bowl(h, centre, at0: 0), s_point);

        Assert.Equal(rise, result.LargestLoss - result.Loss, 1e-4 * rise);
    }

    // A hill whose top lies inside the box is climbed to the top and no farther.
    [Fact]
    public void A_top_inside_the_box_is_the_maximum()
    {
        float[] h = [.. Enumerable.Range(0, P).Select(i => -(1f + (i % 5)))], top = [.. s_point.Select((x, i) => x + (i % 2 == 0 ? 0.05f : -0.02f))];

        SharpnessResult result = new Sharpness { Epsilon = 0.1, Dimensions = null, Iterations = 50 }.Measure(Bowl(h, top, at0: 5), s_point);

        Assert.Equal(5, result.LargestLoss, 1e-5);
        Assert.True(result.Loss < 4.95);
    }

    [Fact]
    public void A_loss_that_is_the_same_everywhere_has_sharpness_0()
    {
        SharpnessResult result = new Sharpness().Measure(Linear(new float[P], at0: 3), s_point);

        Assert.Equal(new SharpnessResult(0, 3, 3), result);
    }

    [Fact]
    public void Directions_have_length_1_and_coordinates_are_those_of_the_nearest_point_of_the_subspace()
    {
        var subspace = Subspace.Random(P, dimensions: 4, seed: 2);
        float[] unit = new float[P];
        subspace.Move(new float[P], [0, 0, 1, 0], unit);
        Assert.Equal(1, FlatNorm.Compute(unit), 1e-6);

        double[] coordinates = [0.5, -2, 3, 1];
        float[] inside = new float[P];
        subspace.Move(new float[P], coordinates, inside);
        double[] found = subspace.PseudoInverseTimes(inside);
        for (int j = 0; j < 4; j++)
        {
            Assert.Equal(coordinates[j], found[j], 1e-5);
        }

        // The rest of any point is orthogonal to the subspace.
        float[] rest = new float[P];
        subspace.Move(s_point, [.. subspace.PseudoInverseTimes(s_point).Select(z => -z)], rest);
        Assert.All(subspace.TransposeTimes(rest), product => Assert.Equal(0, product, 1e-5));
    }

    [Fact]
    public void The_seed_decides_the_directions()
    {
        LossAndGradient bowl = Bowl([.. Enumerable.Range(0, P).Select(i => i + 1f)], new float[P], at0: 0);
        Assert.Equal(new Sharpness { Seed = 1 }.Measure(bowl, s_point), new Sharpness { Seed = 1 }.Measure(bowl, s_point));
        Assert.NotEqual(new Sharpness { Seed = 1 }.Measure(bowl, s_point), new Sharpness { Seed = 2 }.Measure(bowl, s_point));
    }

    [Fact]
    public void A_trained_model_has_a_sharpness_that_grows_with_the_box()
    {
        TrainedRun run = TinyExperiments.Train(TinyExperiments.Add with { Steps = 100 });
        var surface = new LossSurface(TinyExperiments.Add);

        SharpnessResult small = new Sharpness { Epsilon = 1e-2 }.Measure(surface.TrainLossAndGradient, run.Parameters.Span);
        SharpnessResult large = new Sharpness { Epsilon = 1e-1 }.Measure(surface.TrainLossAndGradient, run.Parameters.Span);

        Assert.Equal(run.Curve.Final.TrainLoss, small.Loss, 1e-9);
        Assert.InRange(small.Value, 1e-6, large.Value / 2);
    }

    [Fact]
    public void Fields_outside_their_ranges_are_refused()
    {
        LossAndGradient flat = Linear(new float[P], at0: 1);
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new Sharpness { Epsilon = 0 }.Measure(flat, s_point));
        Assert.Throws<ArgumentOutOfRangeException>("Dimensions", () => new Sharpness { Dimensions = 0 }.Measure(flat, s_point));
        Assert.Throws<ArgumentOutOfRangeException>("Dimensions", () => new Sharpness { Dimensions = P + 1 }.Measure(flat, s_point));
        Assert.Throws<ArgumentOutOfRangeException>("Starts", () => new Sharpness { Starts = 0 }.Measure(flat, s_point));
        Assert.Throws<ArgumentOutOfRangeException>("Iterations", () => new Sharpness { Iterations = 0 }.Measure(flat, s_point));
    }

    private static float[] Slopes(ulong seed)
    {
        float[] slopes = new float[P];
        new RandomStream(seed, "slopes").FillNormal(slopes, mean: 0, standardDeviation: 1);
        return slopes;
    }

    private static LossAndGradient Linear(float[] slopes, double at0) => (parameters, gradient) =>
    {
        slopes.CopyTo(gradient);
        return at0 + Dot(slopes, parameters);
    };

    private static LossAndGradient Bowl(float[] h, float[] centre, double at0) => (parameters, gradient) =>
    {
        double value = at0;
        for (int i = 0; i < parameters.Length; i++)
        {
            double away = (double)parameters[i] - centre[i];
            value += 0.5 * h[i] * away * away;
            gradient[i] = (float)(h[i] * away);
        }

        return value;
    };

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (double)x[i] * y[i];
        }

        return sum;
    }
}
