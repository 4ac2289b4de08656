namespace Grokking;

/// <summary>The name somebody probably meant: "did you mean" in every refusal of an unknown name.</summary>
public static class NearestName
{
    // A longer text is no mistyped name, and comparing it would take long.
    private const int LongestCompared = 64;

    /// <summary>The name with the fewest characters to insert, delete or replace, in either case; the first of equals. Of a far longer text just the first name.</summary>
    /// <param name="wanted">What was written.</param>
    /// <param name="names">At least one.</param>
    public static string To(string wanted, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return wanted.Length > LongestCompared
            ? names.First()
            : names.MinBy(name => Distance(wanted.ToUpperInvariant(), name.ToUpperInvariant()))!;
    }

    // Levenshtein's. previous[j] is the distance from the first i characters of one to the first j of the other.
    internal static int Distance(string from, string to)
    {
        int[] previous = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int[] current = new int[to.Length + 1];
            current[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = previous[j] + (from[i] == to[j] ? 0 : 1);
                current[j + 1] = Math.Min(replaced, Math.Min(previous[j + 1], current[j]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
