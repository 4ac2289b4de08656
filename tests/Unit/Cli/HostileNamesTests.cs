using System.CommandLine;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Tests.Soak.Trials;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Tests.Unit.Store;

namespace Grokking.Tests.Unit.Cli;

/// <summary>Hostile names in the store, in the catalogue and on the command line: a printable line and a code, nothing run, nothing written elsewhere.</summary>
[Trait("Category", "Unit")]
public sealed class HostileNamesTests(HostileNamesTests.OneRun oneRun) : IClassFixture<HostileNamesTests.OneRun>, IDisposable
{
    // Fixed, so that a pull request fails for its own changes only.
    private const int Seed = 20220106;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_with_hostile_names_are_shown_compared_and_exported()
    {
        Assert.InRange(NameTrials.HandWritten.Count, 60, 200);
        NameTrials.TryInAStore(NameTrials.HandWritten);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void A_hostile_argument_is_refused_in_one_line_or_means_nothing(string name) => NameTrials.TryAsArgument(name, oneRun.Folder);

    [Fact]
    public void Generated_names_do_no_more() => Assert.Equal(60, NameTrials.Try(60, Seed));

    [Fact]
    public void A_seed_makes_the_same_names_and_another_seed_others()
    {
        string[] names = [.. Enumerable.Range(0, 2_000).Select(number => NameTrials.Generate(Seed, number))];

        Assert.Equal(names, [.. Enumerable.Range(0, 2_000).Select(number => NameTrials.Generate(Seed, number))], StringComparer.Ordinal);
        Assert.InRange(names.Except(NameTrials.HandWritten, StringComparer.Ordinal).Count(), 1_800, 2_000);
        Assert.NotEqual(names[0], NameTrials.Generate(Seed + 1, 0), StringComparer.Ordinal);
    }

    [Fact]
    public void A_tool_that_does_anything_else_is_found()
    {
        NameTrials.CreateStore(_folder.Path);
        (string Found, Func<CliConsole, int> Watch)[] tools =
        [
            ("unprintable", console => Say(console, "a\u001b[2J")),
            ("unprintable", console => Say(console, "\u202Ea")),
            ("runner obeys", console => Say(console, " ::set-output name=a::b")),
            ("runner obeys", console => Say(console, "a ##[error]b")),
            ("InvalidOperationException", _ => throw new InvalidOperationException()),
            (": 2 ", _ => 2),
            ("something is written", console => Write(console, "x")),
            ("something is written", console => Write(console, "../x")),
        ];
        foreach ((string found, Func<CliConsole, int> watch) in tools)
        {
            Assert.Contains(found, Assert.Throws<Violation>(() => NameTrials.TryInAStore(["x"], Tool)).Message, StringComparison.Ordinal);
            Assert.Contains(found, Assert.Throws<Violation>(() => NameTrials.TryAsArgument("x", _folder.Path, Tool)).Message, StringComparison.Ordinal);

            IReadOnlyList<Command> Tool(CliConsole console)
            {
                var command = new Command("watch") { TreatUnmatchedTokensAsErrors = false };
                command.SetAction(_ => watch(console));
                return [command, .. Grokking.Cli.Program.Commands(console).Where(each => !string.Equals(each.Name, command.Name, StringComparison.Ordinal))];
            }
        }

        static int Say(CliConsole console, string text)
        {
            console.Out.WriteLine(text);
            return 0;
        }

        static int Write(CliConsole console, string path)
        {
            File.AppendAllText(Path.Combine(console.Variable(StoreLocation.Variable)!, path), "");
            return 0;
        }
    }

    [Fact]
    public async Task Claims_with_hostile_names_are_shown_and_filed()
    {
        FakeClaim[] catalogue = [.. NameTrials.HandWritten.Select(name => new FakeClaim(name, holds: name.Length % 2 == 0) { Says = name })];

        using RecordedConsole console = NameTrials.InAJob(_folder.At("store"));

        int code = await console.Run(
            [ClaimsCommand.Create(console.Console, catalogue, new BuiltEngines(new FakeEngine()))],
            "claims",
            "--junit",
            _folder.At("claims.xml"),
            "--json",
            _folder.At("claims.json"));

        Assert.Equal(2, code);
        NameTrials.CheckHarmless(console);
        Assert.Equal(catalogue.Length, System.Xml.Linq.XDocument.Load(_folder.At("claims.xml")).Descendants("testcase").Count());
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.At("claims.json")));
    }

    /// <summary>A store for those who only ask.</summary>
    public sealed class OneRun : IDisposable
    {
        private readonly StoreFolder _folder = new();

        public OneRun() => NameTrials.CreateStore(_folder.Path);

        public string Folder => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
