namespace Grokking.Optimizers;

/// <summary>The checks every update rule makes of what it is called with.</summary>
internal static class UpdateArguments
{
    /// <summary>The arguments of one update of <paramref name="count"/> parameters.</summary>
    public static void Check(int count, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradient, int step)
    {
        CheckLength(parameters.Length, count, nameof(parameters));
        CheckLength(gradient.Length, count, nameof(gradient));
        Require.Holds(step >= 0, step, nameof(step), "≥ 0");
    }

    /// <summary>A buffer has one element a parameter.</summary>
    public static void CheckLength(int length, int count, string buffer)
    {
        if (length != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{buffer} has length {length} but must have {count}."), buffer);
        }
    }
}
