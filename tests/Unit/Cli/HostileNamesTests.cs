using System.CommandLine;
using System.Globalization;
using System.Text;
using Grokking.Cli.Commands;
using Grokking.Reporting;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Tests.Unit.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli;

/// <summary>Hostile names in the store, in the catalogue and on the command line: a printable line and a code, nothing run, nothing written elsewhere.</summary>
[Trait("Category", "Unit")]
public sealed class HostileNamesTests(HostileNamesTests.OneRun oneRun) : IClassFixture<HostileNamesTests.OneRun>, IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_with_hostile_names_are_shown_compared_and_exported()
    {
        IReadOnlyList<string> names = HostileNames.Names;
        Assert.InRange(names.Count, 60, 200);
        string root = _folder.At("store");

        // In memory first: a store on a disk waits for the disk at every step.
        var files = new MemoryFiles();
        var store = new RunStore(files);
        foreach (string name in names)
        {
            Experiment experiment = Presets.Small with { Operation = new ModularOperation(new ModularFormula(name, static (x, y, p) => x)) { Modulus = 7 } };
            StoredRuns.Complete(store, experiment, generalized: 100);
            StoredRuns.Begin(store, experiment with { Seed = 1 }, evaluated: 10).Dispose();
        }

        foreach (string path in files.Paths)
        {
            string place = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            await File.WriteAllBytesAsync(place, files[path]);
        }

        Directory.CreateDirectory(_folder.At("out"));
        string[] before = Files(root);
        string[][] commands =
        [
            ["store", "list"],
            ["store", "verify"],
            ["store", "gc", "--dry-run"],
            ["watch"],
            ["compare", root, root, "--out", _folder.At("out", "plot.html")],
            ["compare", root, root, "--out", _folder.At("out", "plot.svg")],
            ["export"],
            ["export", "--format", "jsonl"],
            ["export", "--format", "tensorboard", "--out", _folder.At("out", "logs")],
            ["export", "--format", "safetensors", "--names", "grokking", "--out", _folder.At("out", "models")],
        ];
        foreach (string[] command in commands)
        {
            using RecordedConsole console = InAJob(root);
            int code = await console.Run(command);

            Assert.True(code == 0, $"{string.Join(' ', command)}: {code} {console.Error}");
            AssertHarmless(console);
        }

        Assert.Equal(before, Files(root));
        Assert.Equal([_folder.At("out"), root], Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2 + (names.Count * 2), Files(_folder.At("out")).Length);
        foreach (string page in new[] { _folder.At("out", "plot.html"), _folder.At("out", "plot.svg") })
        {
            string text = await File.ReadAllTextAsync(page);
            Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Claims_with_hostile_names_are_shown_and_filed()
    {
        FakeClaim[] catalogue = [.. HostileNames.Names.Select(name => new FakeClaim(name, holds: name.Length % 2 == 0) { Says = name })];

        using RecordedConsole console = InAJob(_folder.At("store"));

        int code = await console.Run(
            [ClaimsCommand.Create(console.Console, catalogue, new FakeEngine())],
            "claims",
            "--junit",
            _folder.At("claims.xml"),
            "--json",
            _folder.At("claims.json"));

        Assert.Equal(2, code);
        AssertHarmless(console);
        Assert.Equal(catalogue.Length, System.Xml.Linq.XDocument.Load(_folder.At("claims.xml")).Descendants("testcase").Count());
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.At("claims.json")));
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public async Task A_hostile_argument_is_refused_in_one_line_or_means_nothing(string name)
    {
        string[][] commands =
        [
            [name],
            ["train", name, "--print-config"],
            ["train", "small", name, "--print-config"],
            ["train", "small", $"op={name}", "--print-config"],
            ["train", "--config", name, "--print-config"],
            ["sweep", "small", $"opt={name}", "--print-config"],
            ["compare", name, "seed=0"],
            ["compare", "seed=0", "seed=1", "--where", $"op={name}"],
            ["watch", "--store", name],
            ["store", name],
            ["store", "list", "--store", name],
            ["store", "list", "--where", name],
            ["export", name],
            ["export", $"engine={name}"],
            ["export", "--format", name],
            ["export", "--format", "safetensors", "--names", name, "--out", _folder.At("x")],
        ];
        foreach (string[] command in commands)
        {
            using RecordedConsole console = InAJob(oneRun.Root);
            int code = await console.Run(command);

            Assert.True(code is 0 or 5 or 8, $"{string.Join(' ', command)}: {code} {console.Error}");
            Assert.True(code == 0 || console.Error.Length < 2_000 + (3 * name.Length), console.Error);
            AssertHarmless(console);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    // A job's runner obeys lines, so nothing may become one.
    private static RecordedConsole InAJob(string store) => new(support: null, (StoreLocation.Variable, store), (WorkflowCommand.JobVariable, "true"));

    // No sign moves a cursor, hides or turns the line; no line is a command but the tool's own errors; nothing is the tool's own mistake.
    private static void AssertHarmless(RecordedConsole console)
    {
        string said = console.Output + console.Error;
        Assert.DoesNotContain("Internal error", said, StringComparison.Ordinal);
        Assert.DoesNotContain(said.EnumerateRunes(), rune => rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.DoesNotContain(
            said.Split('\n').Select(line => line.TrimStart()),
            line => line.StartsWith("::", StringComparison.Ordinal) && !line.StartsWith("::error title=", StringComparison.Ordinal));
        Assert.DoesNotContain("##[", said, StringComparison.Ordinal);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.Contains("/locks/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>A store for those who only ask.</summary>
    public sealed class OneRun : IDisposable
    {
        private readonly StoreFolder _folder = new();

        public OneRun() => StoredRuns.Complete(new RunStore(_folder.Path), Presets.Small);

        public string Root => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
