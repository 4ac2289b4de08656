using System.Globalization;
using System.Text.RegularExpressions;
using Grokking.Cli.Output;

namespace Grokking.Tests.Unit.Architecture;

/// <summary>What callers of the tool have to know stands in the README as it is in the code.</summary>
[Trait("Category", "Unit")]
public sealed partial class ReadmeTests
{
    private static readonly string[] s_folders = ["src", "tests"];
    private static readonly string s_readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));

    [Fact]
    public void The_README_has_every_exit_code()
    {
        string table = s_readme[s_readme.IndexOf("| exit code |", StringComparison.Ordinal)..];
        int[] codes =
        [
            .. table.Split('\n').TakeWhile(line => line.StartsWith('|'))
                .SelectMany(line => line.Split('|')[1].Split(','))
                .Select(cell => int.TryParse(cell, CultureInfo.InvariantCulture, out int code) ? code : -1)
                .Where(code => code >= 0),
        ];

        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => (int)code), codes);
    }

    [Fact]
    public void The_README_has_every_variable_that_is_read()
    {
        HashSet<string> read =
        [
            .. s_folders
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.cs", SearchOption.AllDirectories))
                .SelectMany(file => QuotedVariable().Matches(File.ReadAllText(file)).Select(match => match.Value.Trim('"'))),
        ];

        Assert.Contains("GROKKING_STORE", read);
        Assert.All(read, variable => Assert.Contains($"`{variable}`", s_readme, StringComparison.Ordinal));
    }

    // A test's own variable has TEST in its name.
    [GeneratedRegex("\"GROKKING_(?!TEST)[A-Z_]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedVariable();
}
