using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class FlatDotTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(97)]
    [InlineData(1003)]
    public void Compute_gives_the_bits_of_the_reference(int count)
    {
        float[] x = Sample.Normal(count, "x"), y = Sample.Normal(count, "y");

        Assert.Equal(BitConverter.DoubleToInt64Bits(FlatDot.Reference(x, y)), BitConverter.DoubleToInt64Bits(FlatDot.Compute(x, y)));
        Assert.Equal(x.Zip(y).Sum(pair => (double)pair.First * pair.Second), FlatDot.Compute(x, y), 1e-12);
        Assert.Equal(FlatDot.Compute(x, y), FlatDot.Compute(y, x));
    }

    [Fact]
    public void The_largest_and_smallest_floats_have_a_finite_product_that_is_not_zero()
    {
        float[] largest = [.. Enumerable.Repeat(float.MaxValue, 33)], smallest = [.. Enumerable.Repeat(float.Epsilon, 33)];

        Assert.Equal(33.0 * float.MaxValue * float.MaxValue, FlatDot.Compute(largest, largest), 1e-12 * float.MaxValue * float.MaxValue);
        Assert.Equal(33.0 * float.Epsilon * float.Epsilon, FlatDot.Compute(smallest, smallest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(32)]
    public void A_NaN_anywhere_is_seen(int place)
    {
        float[] x = Sample.Normal(33, "x"), y = Sample.Normal(33, "y");
        x[place] = float.NaN;

        Assert.True(double.IsNaN(FlatDot.Compute(x, y)));
    }
}
