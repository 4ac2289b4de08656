using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class FlatNormTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1003)]
    public void Compute_gives_the_bits_of_the_reference(int count)
    {
        float[] values = new float[count];
        new RandomStream(1, "values").FillNormal(values, 0, 1);
        Assert.Equal(BitConverter.DoubleToInt64Bits(FlatNorm.Reference(values)), BitConverter.DoubleToInt64Bits(FlatNorm.Compute(values)));
        Assert.Equal(Math.Sqrt(values.Sum(x => (double)x * x)), FlatNorm.Compute(values), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1003)]
    public void Any_value_that_is_not_finite_is_seen_wherever_it_is(int count)
    {
        float[] values = new float[count];
        new RandomStream(1, "values").FillNormal(values, 0, 1);
        Assert.True(FlatNorm.IsFinite(values));
        for (int i = 0; i < count; i += 7)
        {
            float finite = values[i];
            foreach (float value in new[] { float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue })
            {
                values[i] = value;
                Assert.Equal(double.IsFinite(FlatNorm.Reference(values)), FlatNorm.IsFinite(values));
            }

            values[i] = finite;
        }
    }
}
