using System.Text;

namespace Grokking.Cli.Export;

/// <summary>A name for a run's file or folder that every file system takes and no shell, spreadsheet or web page reads anything into.</summary>
internal static class RunFileName
{
    private const int LongestPart = 60;

    /// <summary>E.g. "x+y-mod-97_seed0_0a1b2c3d4e5f": operation, seed and the beginning of the key, of which no two runs of a store share all.</summary>
    public static string Of(ExportedRun run) =>
        $"{Part(run.Task)}_seed{Part(run.Text(RunColumns.SeedPath))}_{Part(run.ShortKey)}";

    // ASCII letters, digits, + and single dashes for everything else; never empty. x/y and x*y stay apart from x-y.
    private static string Part(string text)
    {
        var part = new StringBuilder();
        string spelt = text.Replace("/", "-div-", StringComparison.Ordinal).Replace("*", "-times-", StringComparison.Ordinal);
        foreach (char unit in spelt)
        {
            if (part.Length == LongestPart)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(unit) || unit == '+')
            {
                part.Append(unit);
            }
            else if (part.Length > 0 && part[^1] != '-')
            {
                part.Append('-');
            }
        }

        return part.ToString().TrimEnd('-') is { Length: > 0 } name ? name : "run";
    }
}
