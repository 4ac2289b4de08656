using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class FlatScaleTests
{
    public static TheoryData<int> Lengths => [0, 1, 15, 16, 17, 31, 32, 33, 1003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_value_is_multiplied_once_and_nothing_past_the_end(int length)
    {
        float[] values = Sample.Normal(length + 3, "values");
        foreach (float factor in (float[])[0.3f, -2, 0, 1e-40f, float.PositiveInfinity, float.NaN])
        {
            float[] scaled = [.. values];

            FlatScale.Apply(scaled.AsSpan(0, length), factor);

            SameBits.Check([.. values.Select((value, i) => i < length ? value * factor : value)], scaled, $"times {factor}");
        }
    }

    [Fact]
    public void One_changes_no_bit()
    {
        float[] values = [.. Sample.Normal(37, "values"), -0f, float.Epsilon, float.MaxValue, float.NegativeInfinity], scaled = [.. values];

        FlatScale.Apply(scaled, 1);

        SameBits.Check(values, scaled, "times 1");
    }
}
