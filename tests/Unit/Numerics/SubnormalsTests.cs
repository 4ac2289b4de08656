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

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(33)]
    public void CopyWithout_keeps_what_reaches_the_bound_and_NaN(int length)
    {
        float[] from = [.. Enumerable.Range(0, length).Select(i => (i % 5) switch { 0 => 1e-14f, 1 => -0.99e-14f, 2 => -1e-14f, 3 => float.NaN, _ => -0f })];
        float[] expected = [.. from.Select(x => MathF.Abs(x) < 1e-14f ? 0 : x), 7], actual = [.. expected.Select(_ => 7f)];

        Subnormals.CopyWithout(1e-14f, from, actual.AsSpan(0, length));

        SameBits.Check(expected, actual, "copy");
    }

    [Fact]
    public void Without_it_a_decay_stops_at_the_smallest_of_them()
    {
        float stuck = float.Epsilon;

        Assert.Equal(float.Epsilon, stuck * 0.95f);
        Assert.Equal(0, Subnormals.Flush(stuck * 0.95f));
    }
}
