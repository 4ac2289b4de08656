using System.Globalization;
using System.Text.Json;

namespace Grokking.Configuration;

/// <summary>A single value of a configuration, a number, a switch, a choice or a word, read from JSON or from a plain text.</summary>
internal static class ConfigValue
{
    /// <summary>Whether values of the type are single ones, not records.</summary>
    public static bool IsSingle(Type type)
    {
        Type bare = Bare(type);
        return bare.IsEnum || bare == typeof(int) || bare == typeof(ulong) || bare == typeof(double) || bare == typeof(bool) || bare == typeof(string);
    }

    /// <summary>The value of a JSON element, which has exactly the type's form: a number is no string, 1.5 is no integer.</summary>
    /// <exception cref="ExperimentFormatException">It has not.</exception>
    public static object? FromJson(Type type, JsonElement element, string key)
    {
        Type bare = Bare(type);
        if (element.ValueKind == JsonValueKind.Null && bare != type)
        {
            return null;
        }

        object? value = element.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False when bare == typeof(bool) => element.GetBoolean(),
            JsonValueKind.String when bare.IsEnum => Choice(bare, element.GetString()!, StringComparison.Ordinal),
            JsonValueKind.String when bare == typeof(string) => element.GetString(),
            JsonValueKind.Number when bare == typeof(int) && element.TryGetInt32(out int number) => number,
            JsonValueKind.Number when bare == typeof(ulong) && element.TryGetUInt64(out ulong number) => number,
            JsonValueKind.Number when bare == typeof(double) && element.TryGetDouble(out double number) && double.IsFinite(number) => number,
            _ => null,
        };
        return value ?? throw Refusal(type, element.GetRawText(), key);
    }

    /// <summary>The value of a plain text: numbers as in JSON, 1e5 for 100000 too, choices in either case, and null or none for nothing.</summary>
    /// <exception cref="ExperimentFormatException">The text is none of the type's values.</exception>
    public static object? FromText(Type type, string text, string key)
    {
        Type bare = Bare(type);
        if (bare != type && (Same(text, "null") || Same(text, "none")))
        {
            return null;
        }

        object? value = null;
        if (bare == typeof(bool))
        {
            value = bool.TryParse(text, out bool flag) ? flag : null;
        }
        else if (bare == typeof(string))
        {
            value = text;
        }
        else if (bare.IsEnum)
        {
            value = Choice(bare, text, StringComparison.OrdinalIgnoreCase);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            value = Number(bare, text, number);
        }

        return value ?? throw Refusal(type, text, key);
    }

    private static object? Number(Type type, string text, double number)
    {
        if (type == typeof(double))
        {
            return number;
        }

        // An exponent is for round numbers; the digits themselves are read exactly, a large seed too.
        const double largestExact = 1L << 53;
        bool whole = number == Math.Floor(number) && Math.Abs(number) <= largestExact;
        if (type == typeof(int))
        {
            return whole && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong exact) ? exact
            : whole && number >= 0 ? (ulong)number
            : null;
    }

    // Never a number or a combination, both of which Enum.Parse would take.
    private static object? Choice(Type type, string text, StringComparison comparison) =>
        Enum.GetNames(type).FirstOrDefault(name => string.Equals(name, text, comparison)) is { } name ? Enum.Parse(type, name) : null;

    private static ExperimentFormatException Refusal(Type type, string given, string key)
    {
        Type bare = Bare(type);
        if (bare.IsEnum)
        {
            return ExperimentFormatException.NoChoice(key, given, Enum.GetNames(bare));
        }

        string range = bare == typeof(bool) ? "true or false"
            : bare == typeof(string) ? "a text"
            : bare == typeof(int) ? $"a whole number from {int.MinValue} to {int.MaxValue}"
            : bare == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}"
            : "a finite number";
        return new(key, $"must be {range}{(bare == type ? "" : ", or null,")} and is {ShownText.Of(given)}.");
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool Same(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
