using System.Runtime.Intrinsics;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class SubnormalsTests
{
    [Theory]
    [InlineData(1.17549435e-38f, 1.17549435e-38f)]
    [InlineData(-1.17549435e-38f, -1.17549435e-38f)]
    [InlineData(1.1754942e-38f, 0f)]
    [InlineData(-1.4e-45f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(-0.5f, -0.5f)]
    public void Only_subnormal_values_become_zero(float x, float expected)
    {
        Assert.Equal(expected, Subnormals.Flush(x));
        Assert.Equal(expected, Subnormals.Flush(Vector512.Create(x))[15]);
    }

    [Fact]
    public void Without_it_a_decay_stops_at_the_smallest_of_them()
    {
        float stuck = float.Epsilon;

        Assert.Equal(float.Epsilon, stuck * 0.95f);
        Assert.Equal(0, Subnormals.Flush(stuck * 0.95f));
    }
}
