using System.CommandLine;
using System.Xml;
using System.Xml.Linq;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Numerics;
using Grokking.Reporting;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Unit.Cli;
using Grokking.Training;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Names that mean harm, of stored runs and on the command line: a printable line and a code, nothing run, nothing written elsewhere.</summary>
internal static class NameTrials
{
    private const string StoreName = "store";
    private const int NamesInAStore = 100;

    /// <summary>Names that have broken other programs: a path, a device, markup, a formula, a command, the other direction, or too much.</summary>
    public static IReadOnlyList<string> HandWritten { get; } =
    [
        // Paths, and what a store's own files are called.
        "../../x", "..\\..\\x", "..", ".", "/", "/etc/passwd", "~", "~/x", "C:\\x", "C:x", "\\\\host\\share", "a/b", "a\\b", "x/../../y", "file:///etc/passwd",
        "spec.json", "manifest.json.tmp-1-1", new string('/', 300), string.Concat(Enumerable.Repeat("../", 1365)),

        // Names that a file system keeps for itself or cannot keep, and options.
        "con", "CON", "NUL", "AUX ", "lpt1.txt", "a:b", "a:stream", "a>b", "a<b", "a*b", "a?b", "trailing ", "trailing.", " ", ".hidden", "-rf", "--help", "@file", "",

        // Characters that end, move or turn a line, or are none.
        "a\0b", "a\nb", "a\r\nb", "\t", "a\bb", "\u0007", "\u001b[31m", "\u001b]0;title\u0007", "\u0085", "\u2028\u2029", "\u202Egnp.exe", "\u2066a\u2069", "\u200B",
        "\uFEFF", "\uFFFF", "😀", "👩‍👩‍👧‍👦", "é", "e\u0301", "\u0301", "ＣＯＮ", "İ", "ı", "ß",

        // Markup, formulas and commands of other readers.
        "[x]", "[red]x[/]", "[[/]", "{0}", "{{x}}", "%s%n", "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@x", "::error::x", "::set-output name=a::b", "%0A::error::", "x ##[error]y",
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "<!--", "]]>", "&amp;", "|a|b|", "$(reboot)", "`reboot`", "%PATH%",
        "$HOME", "a;b", "a|b", "a&b", "; rm -rf x", "\"", "'", "''", "' OR 1=1 --", "null", "true", "__proto__", "__metadata__",

        // Too much.
        new string('a', 4096), new string('[', 4096), string.Concat(Enumerable.Repeat("😀", 2048)),
    ];

    /// <summary>Tries generated names, each as an argument and as the operation of a stored run.</summary>
    /// <param name="count">Number of names.</param>
    /// <param name="seed">Of the names.</param>
    /// <returns>The number of names.</returns>
    public static int Try(int count, int seed)
    {
        using var folder = new ScratchFolder("grokking-names");
        CreateStore(folder.Path);
        foreach (int[] numbers in Enumerable.Range(0, count).Chunk(NamesInAStore))
        {
            try
            {
                string[] names = [.. numbers.Select(number => Generate(seed, number))];
                Array.ForEach(names, name => TryAsArgument(name, folder.Path));
                TryInAStore(names);
            }
            catch (Violation found)
            {
                throw new Violation($"seed {seed}, names {numbers[0]} to {numbers[^1]}: {found.Message}");
            }
        }

        return count;
    }

    /// <summary>One to four of the hand-written names in a row, mostly with some bytes changed. The same seed and number make the same name.</summary>
    public static string Generate(int seed, int number)
    {
        var stream = new RandomStream((ulong)seed, "hostile/names", (ulong)number);
        int parts = 1 + stream.NextInt(4);
        string name = string.Concat(Enumerable.Range(0, parts).Select(_ => HandWritten[stream.NextInt(HandWritten.Count)]));
        return parts == 1 || stream.NextInt(2) == 0 ? MutatedText.ByBytes(name, stream) : name;
    }

    /// <summary>Makes the store that <see cref="TryAsArgument"/> asks, with one run.</summary>
    public static void CreateStore(string folder) => StoredRuns.Complete(new RunStore(Path.Combine(folder, StoreName)), Presets.Small);

    /// <summary>Says a name wherever a command takes one that it only reads.</summary>
    /// <param name="name">What is said.</param>
    /// <param name="folder">Has a store and nothing else.</param>
    /// <param name="tool">The commands; the tool's own by default.</param>
    public static void TryAsArgument(string name, string folder, Func<CliConsole, IReadOnlyList<Command>>? tool = null)
    {
        string[] before = Entries(folder);
        bool wasThere = Path.Exists(name);
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
            ["export", "--format", "safetensors", "--names", name, "--out", Path.Combine(folder, "x")],
        ];
        foreach (string[] command in commands)
        {
            Run(command, Path.Combine(folder, StoreName), tool, (code, error) => code == 0 || (code is 5 or 8 && error.Length < 2_000 + (3 * name.Length)));
            Violation.Unless(
                Entries(folder).SequenceEqual(before, StringComparer.Ordinal) && Path.Exists(name) == wasThere,
                $"something is written by {string.Join(' ', command)}");
        }
    }

    /// <summary>Shows, compares and exports runs with these names.</summary>
    /// <param name="names">Of the runs' operations.</param>
    /// <param name="tool">The commands; the tool's own by default.</param>
    public static void TryInAStore(IReadOnlyList<string> names, Func<CliConsole, IReadOnlyList<Command>>? tool = null)
    {
        using var folder = new ScratchFolder("grokking-names");
        string root = Path.Combine(folder.Path, StoreName), made = Path.Combine(folder.Path, "made");
        string page = Path.Combine(made, "plot.html"), figure = Path.Combine(made, "plot.svg");
        Directory.CreateDirectory(made);
        Fill(root, names);
        string[] before = Entries(root);
        string[][] commands =
        [
            ["store", "list"],
            ["store", "verify"],
            ["store", "gc", "--dry-run"],
            ["watch"],
            ["compare", root, root, "--out", page],
            ["compare", root, root, "--out", figure],
            ["export"],
            ["export", "--format", "jsonl"],
            ["export", "--format", "tensorboard", "--out", Path.Combine(made, "logs")],
            ["export", "--format", "safetensors", "--names", "grokking", "--out", Path.Combine(made, "models")],
        ];
        foreach (string[] command in commands)
        {
            Run(command, root, tool, (code, _) => code == 0);
        }

        Violation.Unless(Entries(root).SequenceEqual(before, StringComparer.Ordinal), "something is written into the store");
        Violation.Unless(Directory.GetFileSystemEntries(folder.Path).Length == 2, "something is written elsewhere");
        int files = Directory.GetFiles(made, "*", SearchOption.AllDirectories).Length;
        Violation.Unless(files == 2 + (2 * names.Count), $"{names.Count} runs are {files} files");
        foreach (string text in new[] { File.ReadAllText(page), File.ReadAllText(figure) })
        {
            Violation.Unless(!text.Contains("<script>alert", StringComparison.Ordinal) && !text.Contains("<img", StringComparison.Ordinal), "a name is an element of a page");
        }

        Violation.Unless(IsXml(figure), "a figure is no XML");
    }

    /// <summary>No sign moves a cursor, hides or turns the line; no line is a command but the tool's own errors; nothing is the tool's own mistake.</summary>
    public static void CheckHarmless(RecordedConsole console)
    {
        string said = console.Output + console.Error;
        Violation.Unless(!said.Contains("Internal error", StringComparison.Ordinal), $"a mistake of the tool: {said}");
        Violation.Unless(!Unprintable.IsIn(said.Replace("\n", "", StringComparison.Ordinal)), $"unprintable: {said}");
        Violation.Unless(
            said.Split('\n').Select(line => line.TrimStart()).All(line =>
                !line.StartsWith("::", StringComparison.Ordinal) || line.StartsWith("::error title=", StringComparison.Ordinal)),
            $"a line that a job's runner obeys: {said}");
        Violation.Unless(!said.Contains("##[", StringComparison.Ordinal), $"a line that a job's runner obeys: {said}");
    }

    /// <summary>A console whose reader obeys lines, so that nothing may become one.</summary>
    public static RecordedConsole InAJob(string store) => new(support: null, (StoreLocation.Variable, store), (WorkflowCommand.JobVariable, "true"));

    private static void Run(string[] command, string store, Func<CliConsole, IReadOnlyList<Command>>? tool, Func<int, string, bool> isRight)
    {
        using RecordedConsole console = InAJob(store);
        int code = console.Run((tool ?? Grokking.Cli.Program.Commands)(console.Console), command).GetAwaiter().GetResult();
        Violation.Unless(isRight(code, console.Error), $"{string.Join(' ', command)}: {code} {console.Error}");
        CheckHarmless(console);
    }

    // In memory first: a store on a disk waits for the disk at every step.
    private static void Fill(string root, IReadOnlyList<string> names)
    {
        var files = new MemoryFiles();
        var store = new RunStore(files);
        for (int i = 0; i < names.Count; i++)
        {
            var formula = new ModularFormula(names[i], static (x, y, p) => x);
            Experiment experiment = Presets.Small with { Task = new ModularOperation(formula) { Modulus = 7 }, Seed = (ulong)i };
            StoredRuns.Complete(store, experiment, generalized: 100);
            StoredRuns.Begin(store, experiment with { TrainFraction = 0.7 }, evaluated: 10).Dispose();
        }

        files.CopyTo(root);
    }

    private static bool IsXml(string file)
    {
        try
        {
            XDocument.Load(file);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    // Whoever reads may lock.
    private static string[] Entries(string folder) =>
    [
        .. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/locks", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
