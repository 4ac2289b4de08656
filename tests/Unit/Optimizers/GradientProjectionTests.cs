using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Optimizers;

/// <summary>⊥Grad: Prieto et al. 2025, §5.</summary>
[Trait("Category", "Unit")]
public sealed class GradientProjectionTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(1e-12f)]
    [InlineData(1e12f)]
    public void Each_tensor_s_gradient_is_orthogonal_to_its_weights_and_keeps_its_length(float scale)
    {
        ParameterLayout layout = Layout((97, 33), (16, 1), (5, 7), (2, 1));
        float[] w = Sample.Normal(layout.Count, "weights"), g = Sample.Normal(layout.Count, "gradient", scale);
        float[] before = [.. g], weights = [.. w];

        GradientProjection.MakeOrthogonal(layout, w, g);

        Assert.Equal(weights, w);
        Assert.All(layout.Tensors, tensor =>
        {
            float[] w_t = Part(tensor, w), g_t = Part(tensor, g), before_t = Part(tensor, before);
            Assert.InRange(Cosine(w_t, g_t), -1e-6, 1e-6);
            Assert.InRange(FlatNorm.Compute(g_t) / FlatNorm.Compute(before_t), 1 - 1e-6, 1 + 1e-6);
            Assert.True(FlatDot.Compute(before_t, g_t) >= 0, $"{tensor.Name} turns round.");
        });
    }

    [Fact]
    public void It_is_the_formula_in_double()
    {
        ParameterLayout layout = Layout((8, 9));
        float[] w = Sample.Normal(72, "weights"), g = Sample.Normal(72, "gradient");
        double along = Dot(w, g) / Dot(w, w);
        double[] remainder = [.. g.Zip(w, (slope, weight) => slope - (along * weight))];
        double scale = Math.Sqrt(Dot(g, g) / remainder.Sum(x => x * x));

        GradientProjection.MakeOrthogonal(layout, w, g);

        Assert.All(remainder.Zip(g), pair => Assert.Equal(scale * pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_gradient_that_is_orthogonal_already_stays()
    {
        float[] g = [0, 3, 0, -4];

        GradientProjection.MakeOrthogonal(Layout((2, 2)), [1, 0, 2, 0], g);

        Assert.Equal([0, 3, 0, -4], g);
    }

    [Fact]
    public void A_tensor_is_projected_by_itself()
    {
        ParameterLayout layout = Layout((4, 4), (3, 1));
        float[] w = Sample.Normal(19, "weights"), g = Sample.Normal(19, "gradient"), alone = g[..16];

        GradientProjection.MakeOrthogonal(layout, w, g);
        GradientProjection.MakeOrthogonal(Layout((4, 4)), w.AsSpan(0, 16), alone);

        SameBits.Check(alone, g.AsSpan(0, 16), "first tensor");
    }

    [Fact]
    public void Weights_of_zero_leave_the_gradient_and_a_gradient_of_zero_stays_zero()
    {
        float[] g = Sample.Normal(33, "gradient"), before = [.. g], none = new float[33];

        GradientProjection.MakeOrthogonal(Layout((33, 1)), new float[33], g);
        GradientProjection.MakeOrthogonal(Layout((33, 1)), Sample.Normal(33, "weights"), none);

        Assert.All(before.Zip(g), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Abs(pair.First)));
        Assert.All(none, slope => Assert.Equal(0, slope));
    }

    // A tensor of one weight has no direction but its own; 1e9/1e-30 is no float.
    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1f, 1e9f)]
    [InlineData(0.1f, -0.7f)]
    [InlineData(1e-20f, 3f)]
    [InlineData(1e-38f, 3e38f)]
    [InlineData(3e38f, 3e38f)]
    [InlineData(0f, 0f)]
    public void A_gradient_along_the_weights_stays_finite(float weight, float slope)
    {
        float[] one = [slope], many = [.. Enumerable.Repeat(slope, 20)];

        GradientProjection.MakeOrthogonal(Layout((1, 1)), [weight], one);
        GradientProjection.MakeOrthogonal(Layout((4, 5)), [.. Enumerable.Repeat(weight, 20)], many);

        Assert.All([.. one, .. many], changed => Assert.True(float.IsFinite(changed), $"{changed}"));
    }

    [Fact]
    public void A_NaN_is_not_hidden()
    {
        float[] g = Sample.Normal(33, "gradient");
        g[7] = float.NaN;

        GradientProjection.MakeOrthogonal(Layout((33, 1)), Sample.Normal(33, "weights"), g);

        Assert.False(FlatNorm.IsFinite(g));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        ParameterLayout layout = Layout((97, 33), (16, 1));
        float[] w = Sample.Normal(layout.Count, "weights"), g = Sample.Normal(layout.Count, "gradient");

        Assert.Equal(0, AllocatedBytes.LeastOf(() => GradientProjection.MakeOrthogonal(layout, w, g)));
    }

    [Fact]
    public void Buffers_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>("parameters", () => GradientProjection.MakeOrthogonal(Layout((2, 2)), new float[3], new float[4]));
        Assert.Throws<ArgumentException>("gradient", () => GradientProjection.MakeOrthogonal(Layout((2, 2)), new float[4], new float[5]));
    }

    private static ParameterLayout Layout(params (int Rows, int Columns)[] shapes)
    {
        var layout = new ParameterLayout();
        for (int t = 0; t < shapes.Length; t++)
        {
            layout.Add($"W_{t}", shapes[t].Rows, shapes[t].Columns);
        }

        return layout;
    }

    private static float[] Part(ParameterTensor tensor, float[] buffer) => tensor.In((ReadOnlySpan<float>)buffer).ToArray();

    private static double Cosine(float[] x, float[] y) => FlatDot.Compute(x, y) / (FlatNorm.Compute(x) * FlatNorm.Compute(y));

    private static double Dot(float[] x, float[] y) => x.Zip(y, (a, b) => (double)a * b).Sum();
}
