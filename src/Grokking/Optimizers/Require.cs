namespace Grokking.Optimizers;

/// <summary>Range checks whose message names the field, the value and the range. A NaN is in no range.</summary>
internal static class Require
{
    public static void Positive(double value, string field) => Holds(value > 0 && double.IsFinite(value), value, field, "> 0 and finite");

    public static void NotNegative(double value, string field) => Holds(value >= 0 && double.IsFinite(value), value, field, "≥ 0 and finite");

    public static void Share(double value, string field) => Holds(value >= 0 && value < 1, value, field, "in [0, 1)");

    /// <summary>The arguments of one update of <paramref name="count"/> parameters.</summary>
    public static void UpdateOf(int count, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradient, int step)
    {
        Length(parameters.Length, count, nameof(parameters));
        Length(gradient.Length, count, nameof(gradient));
        Holds(step >= 0, step, nameof(step), "≥ 0");
    }

    public static void Length(int length, int count, string field)
    {
        if (length != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{field} has length {length} but must have {count}."), field);
        }
    }

    public static void Holds<T>(bool holds, T value, string field, string range)
        where T : struct
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(field, value, FormattableString.Invariant($"{field} is {value} but must be {range}."));
        }
    }
}
