using System.Globalization;
using System.Text.RegularExpressions;

namespace Grokking.Reporting;

/// <summary>How often a claim failed on seeds drawn from all sets of its calibration; docs/method.md says how they are drawn.</summary>
/// <param name="Failed">Draws that the claim fails on.</param>
/// <param name="Drawn">All draws.</param>
/// <param name="Sets">The sets of fresh seeds that they are drawn from.</param>
public sealed partial record FalseAlarms(int Failed, int Drawn, int Sets)
{
    private const string Start = "resampled from ";

    /// <summary>E.g. "0 of 1000 (7 sets)".</summary>
    public string InWords => string.Create(CultureInfo.InvariantCulture, $"{Failed} of {Drawn} ({Sets} {(Sets == 1 ? "set" : "sets")})");

    /// <summary>Those of all claims, by the claim's name, from what calibrations printed.</summary>
    /// <param name="results">Each file's name and text.</param>
    /// <exception cref="InvalidDataException">A line cannot be read, or a claim has two; the message names the files.</exception>
    public static IReadOnlyDictionary<string, FalseAlarms> Read(IEnumerable<(string File, string Text)> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Dictionary<string, (string File, FalseAlarms Alarms)> found = new(StringComparer.Ordinal);
        foreach ((string file, string text) in results)
        {
            foreach (string line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith(Start, StringComparison.Ordinal)))
            {
                (string claim, FalseAlarms alarms) = OfLine(line) ?? throw new InvalidDataException($"{file}: \"{line}\" is not \"{Start}N sets: CLAIM fails F of D times\".");
                if (!found.TryAdd(claim, (file, alarms)))
                {
                    throw new InvalidDataException($"{found[claim].File} and {file} both say how often {claim} fails.");
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => pair.Value.Alarms, StringComparer.Ordinal);
    }

    private static (string Claim, FalseAlarms Alarms)? OfLine(string line)
    {
        Match match = Line().Match(line);
        return match.Success && Number("failed") is { } failed && Number("drawn") is { } drawn && Number("sets") is { } sets
            ? (match.Groups["claim"].Value, new FalseAlarms(failed, drawn, sets))
            : null;

        int? Number(string name) => int.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    [GeneratedRegex(
        "^" + Start + "(?<sets>[0-9]+) sets?: (?<claim>[^ ]+) fails (?<failed>[0-9]+) of (?<drawn>[0-9]+) times$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
