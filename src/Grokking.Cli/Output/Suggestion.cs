using Grokking.Tasks;

namespace Grokking.Cli.Output;

/// <summary>What somebody may have meant by a name that is not there.</summary>
internal static class Suggestion
{
    /// <summary>The known name that is nearest to a wrong one, in any case of letters; null where none is near.</summary>
    public static string? For(string wrong, IEnumerable<string> known)
    {
        // Edit distances are quadratic in the length, and nobody mistypes a thousand letters.
        if (wrong.Length > 100)
        {
            return null;
        }

        string wanted = wrong.ToUpperInvariant();
        (string Name, int Distance) nearest = known
            .Select(name => (name, EditDistance.Between(name.ToUpperInvariant(), wanted)))
            .OrderBy(pair => pair.Item2)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .FirstOrDefault(("", int.MaxValue));
        return nearest.Distance <= 1 + (wanted.Length / 3) ? nearest.Name : null;
    }

    /// <summary>E.g. <c> Did you mean "claims"?</c>, with its space; empty where no known name is near.</summary>
    public static string Sentence(string wrong, IEnumerable<string> known) => For(wrong, known) is { } name ? $" Did you mean \"{name}\"?" : "";
}
