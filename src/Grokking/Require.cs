namespace Grokking;

/// <summary>
/// Range checks of the fields of a configuration. A refusal is an <see cref="ArgumentOutOfRangeException"/> whose message names the field, the
/// allowed range and the value. A NaN is in no range.
/// </summary>
internal static class Require
{
    public static void Positive(double value, string field) => Holds(value > 0 && double.IsFinite(value), value, field, "> 0 and finite");

    /// <summary>Of a field that is rounded to a float before it is used: what is left must not be 0 or infinite.</summary>
    public static void PositiveFloat(double value, string field) =>
        Holds((float)value > 0 && float.IsFinite((float)value), value, field, "> 0 and finite as a float, 1.4e-45 to 3.4e38,");

    /// <inheritdoc cref="PositiveFloat"/>
    public static void NotNegativeFloat(double value, string field) =>
        Holds(value >= 0 && float.IsFinite((float)value), value, field, "≥ 0 and finite as a float, up to 3.4e38,");

    public static void Share(double value, string field) => Holds(value >= 0 && value < 1, value, field, "in [0, 1)");

    public static void Between(int value, int low, int high, string field)
    {
        // The text is made only for a refusal: checks inside a training step allocate nothing.
        if (value < low || value > high)
        {
            Holds(holds: false, value, field, FormattableString.Invariant($"{low} to {high}"));
        }
    }

    public static void OneOf<T>(T value, string field)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Holds(holds: false, value, field, "one of " + string.Join(", ", Enum.GetNames<T>()));
        }
    }

    public static void Holds<T>(bool holds, T value, string field, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(field, value, FormattableString.Invariant($"{field} must be {range} and is {value}."));
        }
    }
}
