namespace Grokking.Tests.Unit.Numerics;

/// <summary>Equality of floats as bits: −0 is not 0, and a NaN equals itself.</summary>
internal static class SameBits
{
    /// <summary>Fails at the first element whose bits differ.</summary>
    /// <param name="expected">From the reference.</param>
    /// <param name="actual">From the fast path.</param>
    /// <param name="what">The case, for the message.</param>
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail(FormattableString.Invariant($"{what}: element {i} is {actual[i]:R}, the reference has {expected[i]:R}."));
            }
        }
    }
}
