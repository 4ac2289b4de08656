using System.Collections.Concurrent;
using System.Globalization;

namespace Grokking.Configuration;

/// <summary>A key with one or several values, as in <c>wd=0,0.1,1</c> or <c>seed=0..9</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Key">The key, as it was written.</param>
/// <param name="Path">The names of the fields that lead to it.</param>
/// <param name="Values">At least one.</param>
internal sealed record Assignment(string Text, string Key, string[] Path, IReadOnlyList<string> Values)
{
    /// <summary>The most values that one may have.</summary>
    public const int MostValues = ExperimentOverrides.MostExperiments;

    private readonly ConcurrentDictionary<Type, ILookup<object?, string>> _read = new();

    /// <summary>Reads one. Which keys there are shows only with an experiment; everything else is checked here.</summary>
    /// <exception cref="ExperimentFormatException">
    /// It is no <c>key=value</c>, a value is empty or there twice, or there are more than <see cref="MostValues"/>.
    /// </exception>
    public static Assignment Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = (equals < 0 ? text : text[..equals]).Trim();
        if (equals < 0 || key.Length == 0)
        {
            throw new ExperimentFormatException("", $"{ShownText.Of(text)} is no key=value.");
        }

        List<string> values = [];
        foreach (string item in text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0)
            {
                throw new ExperimentFormatException(key, "has an empty value.");
            }

            foreach (string value in Range(item, key, MostValues - values.Count))
            {
                values.Add(value);
            }
        }

        if (values.Count > MostValues)
        {
            throw TooMany(key);
        }

        return values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ExperimentFormatException(key, $"has the value {ShownText.Of(twice.Key)} twice.")
            : new Assignment(text, key, ExperimentKeys.PathOf(key), values);
    }

    /// <summary>The texts by the values that they are of a type.</summary>
    /// <exception cref="ExperimentFormatException">One is none of the type's values.</exception>
    public ILookup<object?, string> Read(Type type) => _read.GetOrAdd(type, _ => Values.ToLookup(text => ConfigValue.FromText(type, text, Key)));

    private static IEnumerable<string> Range(string item, string key, int most)
    {
        int dots = item.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return [item];
        }

        if (!Int128.TryParse(item.AsSpan(0, dots), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 first)
            || !Int128.TryParse(item.AsSpan(dots + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 last)
            || last < first)
        {
            throw new ExperimentFormatException(
                key, $"has the range {ShownText.Of(item)}; a range goes up from a whole number to another, like 0..9.");
        }

        // As a difference of unsigned numbers it holds what is more than an Int128 can.
        return (UInt128)last - (UInt128)first < (UInt128)Math.Max(most, 0)
            ? Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i).ToString(CultureInfo.InvariantCulture))
            : throw TooMany(key);
    }

    private static ExperimentFormatException TooMany(string key) =>
        new(key, FormattableString.Invariant($"has more than {MostValues} values; take fewer."));
}
