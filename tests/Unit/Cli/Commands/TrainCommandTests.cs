using System.CommandLine;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Laboratory;
using Grokking.Optimizers;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class TrainCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grok-train-").FullName;
    private readonly RecordedConsole _console;

    public TrainCommandTests() => _console = new(variables: (StoreLocation.Variable, Path.Combine(_folder, "store")));

    public void Dispose()
    {
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_preset_is_trained_with_what_differs_from_it()
    {
        var engine = new FakeEngine();

        int code = await Run(engine, "power2022-fig1-left", "p=59", "wd=0.5", "seed=7");

        Assert.Equal(0, code);
        Experiment trained = Assert.Single(engine.Trained);
        Assert.Equal(
            Presets.Figure1Left with { Task = Operations.Divide with { Modulus = 59 }, Optimizer = new AdamW { WeightDecay = 0.5 }, Seed = 7 }, trained);
        Assert.Empty(_console.Error);
    }

    [Fact]
    public async Task Without_a_preset_the_small_one_is_trained()
    {
        var engine = new FakeEngine();

        await Run(engine, "steps=9");
        await Run(engine);

        Assert.Equal([Presets.Small with { Steps = 9 }, Presets.Small], engine.Trained);
    }

    [Fact]
    public async Task The_table_names_the_seed_the_milestones_and_where_the_result_comes_from()
    {
        await Run(new FakeEngine(), "steps=9", "seed=3");

        Assert.Equal(
            [
                "Seed  Train 99 %  Val 99 %  Final train  Final val  Last step  Ended   Result",
                "----  ----------  --------  -----------  ---------  ---------  ------  -------",
                "3     > 9         > 9       50.0 %       25.0 %     9          budget  trained",
            ],
            _console.OutputLines[^4..^1],
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_was_trained_once_is_read_from_the_store_and_marked()
    {
        var engine = new FakeEngine();

        await Run(engine, "steps=9");
        Assert.EndsWith("trained", _console.OutputLines[^2], StringComparison.Ordinal);
        await Run(engine, "steps=9");

        Assert.EndsWith("(cached)", _console.OutputLines[^2], StringComparison.Ordinal);
        Assert.Contains(_console.OutputLines, line => line.EndsWith("(cached)", StringComparison.Ordinal) && line.StartsWith("[small seed=0] done", StringComparison.Ordinal));
        Assert.Equal($"Kept in {Path.Combine(_folder, "store")}", _console.OutputLines[^1]);
        Assert.Single(engine.Trained);
    }

    [Theory]
    [InlineData("--fresh", null)]
    [InlineData("seed=0", "1")]
    public async Task Asked_to_it_trains_anew(string word, string? variable)
    {
        using var console = new RecordedConsole(variables: [(StoreLocation.Variable, _folder), (StoreLocation.FreshVariable, variable!)]);
        var engine = new FakeEngine();

        await console.Run([TrainCommand.Create(console.Console, new BuiltEngines(engine))], "train", "steps=9", word);
        await console.Run([TrainCommand.Create(console.Console, new BuiltEngines(engine))], "train", "steps=9", word);

        Assert.Equal(2, engine.Trained.Count);
        Assert.EndsWith("trained", console.OutputLines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_result_of_the_same_experiment_is_code_7()
    {
        Assert.Equal(0, await Run(new FakeEngine(), "steps=9"));

        int code = await Run(new OtherEngine(), "steps=9", "--fresh");

        Assert.Equal((int)ExitCode.NotReproducible, code);
        Assert.Single(_console.ErrorLines);
    }

    [Theory]
    [InlineData(0, "It has no seed 3.", "--engine", "torch")]
    [InlineData(1, null)]
    public async Task What_the_engine_refuses_is_an_error_by_name_and_else_trains_on_the_CPU_engine(int trained, string? error, params string[] options)
    {
        var cpu = new FakeEngine();
        var torch = new FakeEnsembleEngine { Refuses = _ => "It has no seed 3." };
        Command command = TrainCommand.Create(_console.Console, new BuiltEngines(cpu, () => torch));

        int code = await _console.Run([command], ["train", "steps=9", "seed=3", .. options]);

        Assert.Equal((int)(error is null ? ExitCode.Success : ExitCode.BadInput), code);
        Assert.Equal(error ?? "", _console.ErrorLines[0]);
        Assert.Equal(error is null, _console.OutputLines.Contains("small trains on fake-1: It has no seed 3.", StringComparer.Ordinal));
        Assert.Equal((trained, 0), (cpu.Trained.Count, torch.Trained.Count));
    }

    [Fact]
    public async Task Pictures_that_are_not_there_are_code_5_and_no_run_is_begun()
    {
        var engine = new FakeEngine();

        // Without a digest no folder has the right ones.
        int code = await Run(engine, "liu2023", "op=IdxImages");

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.Single(_console.ErrorLines);
        Assert.Empty(engine.Trained);
        Assert.Empty(new RunStore(Path.Combine(_folder, "store")).List().Runs);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_code_5_and_nothing_is_trained()
    {
        var engine = new FakeEngine();
        string file = Write("");

        int code = await Run(engine, "steps=9", "--store", file);

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.Contains(file, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(engine.Trained);
    }

    [Fact]
    public async Task A_store_is_named_by_its_folder()
    {
        string store = Path.Combine(_folder, "elsewhere");

        await Run(new FakeEngine(), "steps=9", "--store", store);

        Assert.True(Directory.Exists(store));
        Assert.Equal($"Kept in {store}", _console.OutputLines[^1]);
    }

    [Theory]
    [InlineData("smal", "No preset is called \"smal\"; did you mean small? There are: paper-text, ")]
    [InlineData("[red]\u001b[31m", "No preset is called \"[red]\uFFFD[31m\"; did you mean ")]
    [InlineData("small nanda2023", "nanda2023 is no key=value.")]
    [InlineData("seeds=1", "seeds is no key; did you mean seed?")]
    [InlineData("steps=many", "steps must be a whole number")]
    [InlineData("frac=2", "TrainFraction must be inside (0, 1) and is 2.")]
    [InlineData("openai-code p=113", "Modulus must be 2 to 97")]
    [InlineData("small seed=0..9 wd=0.1", "train trains one experiment and these are 10. For all of them: grok sweep small seed=0..9 wd=0.1")]
    [InlineData("seed=1,2 --config /nowhere.json", "--config cannot read \"/nowhere.json\": ")]
    [InlineData("--workers 0", "--workers is 0; allowed: 1 to 1024.")]
    [InlineData("small --steps 1000", "\"--steps\" is no option; a key of the experiment is set without dashes: steps=VALUE. See: grok train --help")]
    [InlineData("small --WD=0.1", "\"--WD=0.1\" is no option; a key of the experiment is set without dashes: WD=0.1. See: grok train --help")]
    [InlineData("small --stor x", "\"--stor\" is no option; did you mean --store? ")]
    public async Task Bad_words_are_one_line_and_code_5_and_nothing_is_trained(string words, string expected)
    {
        var engine = new FakeEngine();

        int code = await Run(engine, words.Split(' '));

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.StartsWith(expected, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_console.Output);
        Assert.Empty(engine.Trained);
    }

    [Fact]
    public async Task What_is_printed_as_the_configuration_trains_the_same_experiment()
    {
        var engine = new FakeEngine();

        Assert.Equal(0, await Run(engine, "nanda2023", "optimizer=sgd", "optimizer.momentum=0.9", "op=x*y in S4", "--print-config"));
        Assert.Empty(engine.Trained);
        string file = Write(_console.Output);
        await Run(engine, "--config", file);

        Experiment expected = Presets.Nanda2023 with { Task = Operations.Compose with { Degree = 4 }, Optimizer = new Sgd { Momentum = 0.9 } };
        Assert.Equal(expected, Assert.Single(engine.Trained));
        Assert.Equal(CanonicalJson.Write(expected) + "\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_configuration_is_laid_over_the_preset_and_changes_over_it()
    {
        var engine = new FakeEngine();

        await Run(engine, "small", "seed=9", "--config", Write("""{"seed":1,"steps":5}"""));

        Assert.Equal(Presets.Small with { Seed = 9, Steps = 5 }, Assert.Single(engine.Trained));
    }

    [Theory]
    [InlineData("""{"task":"x+y","seeds":1}""", "seeds is no key; did you mean seed?")]
    [InlineData("""{"seed":1}""", "task is missing")]
    [InlineData("""{"task":"x+y","wd":1}""", "wd is no key")]
    [InlineData("seed: 1", "The text is no JSON")]
    [InlineData("", "The text is no JSON")]
    public async Task A_configuration_that_cannot_be_used_is_refused_by_its_key(string json, string expected)
    {
        int code = await Run(new FakeEngine(), "--config", Write(json));

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.StartsWith(expected, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_no_text_or_endless_is_refused()
    {
        string noText = Path.Combine(_folder, "half.json");
        await File.WriteAllBytesAsync(noText, [0x7b, 0xff, 0xfe]);

        Assert.Equal((int)ExitCode.BadInput, await Run(new FakeEngine(), "--config", noText));
        Assert.Equal((int)ExitCode.BadInput, await Run(new FakeEngine(), "--config", _folder));
        if (File.Exists("/dev/zero"))
        {
            Assert.Equal((int)ExitCode.BadInput, await Run(new FakeEngine(), "--config", "/dev/zero"));
        }

        Assert.All(_console.ErrorLines.Take(2), line => Assert.StartsWith("--config cannot read \"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopped_by_the_user_it_says_how_to_go_on_and_ends_with_code_3()
    {
        using var source = new CancellationTokenSource();
        var engine = new FakeEngine
        {
            During = (_, token) =>
            {
                source.Cancel();
                token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                token.ThrowIfCancellationRequested();
            },
        };

        int code = await CommandLine.Run(
            ["train", "small", "op=x*y in S", "seed=4"], _console.Console, [TrainCommand.Create(_console.Console, new BuiltEngines(engine))], source.Token);

        Assert.Equal((int)ExitCode.Interrupted, code);
        Assert.Equal("Stopped with 0 of 1 runs at their end. To go on: grok train small 'op=x*y in S' seed=4", Assert.Single(_console.ErrorLines));
    }

    [Fact]
    public async Task What_breaks_the_training_is_told_on_one_line()
    {
        var engine = new FakeEngine { During = (_, _) => throw new IOException("No space left on device") };

        int code = await Run(engine);

        Assert.Equal((int)ExitCode.InternalError, code);
        Assert.Equal("No space left on device", Assert.Single(_console.ErrorLines));
    }

    [Fact]
    public async Task A_real_run_learns_its_equations_by_heart()
    {
        int code = await _console.Run("train", "p=5", "width=16", "layers=1", "steps=100", "heads=2");

        Assert.Equal(0, code);
        Assert.Contains("100.0 %", _console.OutputLines[^2], StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "config.json");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> Run(ITrainingEngine engine, params string[] arguments)
    {
        Command command = TrainCommand.Create(_console.Console, new BuiltEngines(engine));
        return _console.Run([command], ["train", .. arguments]);
    }

    private sealed class OtherEngine : ITrainingEngine
    {
        private readonly FakeEngine _engine = new();

        public string Id => _engine.Id;

        public TrainedRun Train(
            Experiment experiment, IProgress<TrainingProgress>? progress, ICheckpointing? checkpointing, CancellationToken cancellationToken)
        {
            TrainedRun run = _engine.Train(experiment, progress, checkpointing, cancellationToken);
            return run with { Curve = run.Curve with { Points = [run.Curve.Points[0], run.Curve.Final with { ValLoss = 7 }] } };
        }
    }
}
