using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Optimizers;

[Trait("Category", "Unit")]
public sealed class GradientClippingTests
{
    [Fact]
    public void A_long_gradient_is_scaled_to_the_norm_and_the_norm_before_is_returned()
    {
        float[] gradient = [.. Enumerable.Repeat(0f, 40), 3f, 4f];
        Assert.Equal(5.0, GradientClipping.Clip(gradient, 1));
        Assert.Equal([.. Enumerable.Repeat(0f, 40), 0.6f, 0.8f], gradient);
    }

    [Fact]
    public void A_short_gradient_stays()
    {
        float[] gradient = [3f, 4f];
        Assert.Equal(5.0, GradientClipping.Clip(gradient, 5));
        Assert.Equal([3f, 4f], gradient);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_not_finite_shows_in_the_norm(float value)
    {
        float[] gradient = [.. Enumerable.Repeat(1f, 20), value, 1f];
        Assert.False(double.IsFinite(GradientClipping.Clip(gradient, 1)));
        Assert.Equal(1f, gradient[0]);
    }

    [Fact]
    public void A_huge_finite_gradient_has_a_finite_norm()
    {
        float[] gradient = [.. Enumerable.Repeat(float.MaxValue, 64)];
        Assert.Equal(8.0 * float.MaxValue, GradientClipping.Clip(gradient, 1));
        Assert.Equal(0.125f, gradient[0], 1e-6f);
    }

    [Fact]
    public void A_bad_norm_is_refused()
    {
        Refusal.Of("maxNorm", 0.0, () => GradientClipping.Clip(new float[2], 0));
        Refusal.Of("maxNorm", double.NaN, () => GradientClipping.Clip(new float[2], double.NaN));
    }
}
