namespace Grokking.Tasks;

/// <summary>Levenshtein's distance: the fewest characters to insert, delete or replace to turn one text into another.</summary>
internal static class EditDistance
{
    public static int Between(string from, string to)
    {
        // previous[j] is the distance from the first i characters of one to the first j of the other.
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
