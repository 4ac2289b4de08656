using System.Text.RegularExpressions;

namespace Grokking.Tests.Unit.Architecture;

/// <summary>The folders of src/Grokking, lowest first. A folder uses the folders before it.</summary>
internal static partial class Layers
{
    public static IReadOnlyList<string> LowestFirst { get; } =
        ["Numerics", "Curves", "Tasks", "Models", "Optimizers", "Training", "Configuration", "Store", "Laboratory", "Analysis", "Claims", "Reporting"];

    /// <summary>The folders above its own that a source file refers to, by a using or by a qualified name.</summary>
    /// <param name="folder">One of <see cref="LowestFirst"/>, or "" for the root, below them all.</param>
    /// <param name="source">The file's text.</param>
    public static IReadOnlyList<string> UpwardUses(string folder, string source)
    {
        int own = folder.Length == 0 ? -1 : LowestFirst.ToList().IndexOf(folder);
        if (folder.Length > 0 && own < 0)
        {
            throw new ArgumentException($"{folder} is no layer; the layers are {string.Join(", ", LowestFirst)}.", nameof(folder));
        }

        // Inside namespace Grokking the first part of a qualified name may be left out.
        IEnumerable<string> used = Qualified().Matches(source).Concat(Relative().Matches(source)).Select(match => match.Groups["layer"].Value);
        return [.. used.Where(layer => LowestFirst.ToList().IndexOf(layer) > own).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"(?<!namespace\s+)\bGrokking\s*\.\s*(?<layer>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Qualified();

    [GeneratedRegex(
        @"(?<![\w.])(?<layer>Numerics|Curves|Tasks|Models|Optimizers|Training|Configuration|Store|Laboratory|Analysis|Claims|Reporting)\.[A-Z]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relative();
}
