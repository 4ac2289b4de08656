using System.Text.Json;
using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Laboratory;
using Grokking.Optimizers;
using Grokking.Store;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class SweepCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grok-sweep-").FullName;
    private readonly RecordedConsole _console;

    public SweepCommandTests() => _console = new(variables: (StoreLocation.Variable, _folder));

    public void Dispose()
    {
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task All_combinations_are_trained_and_shown_in_their_order()
    {
        var engine = new FakeEngine();

        int code = await Run(engine, "small", "wd=0,1", "steps=9", "seed=3..4");

        Assert.Equal(0, code);
        Assert.Equal(4, engine.Trained.Count);
        Assert.All(engine.Trained, experiment => Assert.Equal(9, experiment.Steps));
        Assert.Equal([(0.0, 3UL), (0.0, 4UL), (1.0, 3UL), (1.0, 4UL)], engine.Trained.Select(each => (((AdamW)each.Optimizer).WeightDecay, each.Seed)).Order());
        string[] rows = [.. _console.OutputLines.SkipWhile(line => !line.StartsWith("wd  Seed", StringComparison.Ordinal)).Skip(2).Take(4)];
        Assert.Equal(["0   3  ", "0   4  ", "1   3  ", "1   4  "], rows.Select(row => row[..7]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Runs_that_differ_in_more_than_seeds_are_summed_up_over_their_seeds()
    {
        await Run(new FakeEngine(), "wd=0,1", "steps=9", "seed=3..5");

        Assert.Equal(
            ["wd  n  Generalised  Median step", "--  -  -----------  -----------", "0   3  0            > 9", "1   3  0            > 9"],
            _console.OutputLines[^5..^1],
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Without_lists_it_trains_one_run()
    {
        var engine = new FakeEngine();

        Assert.Equal(0, await Run(engine, "seed=3"));

        Assert.Equal(Presets.Small with { Seed = 3 }, Assert.Single(engine.Trained));
        Assert.DoesNotContain("Median", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_is_printed_as_a_list()
    {
        await Run(new FakeEngine(), "seed=1..3", "--print-config");

        Experiment[] printed =
            [.. JsonDocument.Parse(_console.Output).RootElement.EnumerateArray().Select(each => ExperimentJson.Read(each.GetRawText()))];
        Assert.Equal([1UL, 2UL, 3UL], printed.Select(each => each.Seed));
        Assert.Equal(Presets.Small with { Seed = 2 }, printed[1]);
    }

    [Theory]
    [InlineData("seed=0..100000", "seed has more than 100000 values")]
    [InlineData("seed=1,1", "seed has the value 1 twice.")]
    [InlineData("optimizer=sgd,lion", "optimizer must be one of Adam, AdamW, Sgd, EmbeddingsApart")]
    [InlineData("frac=0.3,3", "TrainFraction must be inside (0, 1) and is 3.")]
    public async Task A_sweep_with_one_bad_value_trains_nothing(string word, string expected)
    {
        var engine = new FakeEngine();

        Assert.Equal((int)ExitCode.BadInput, await Run(engine, word));

        Assert.StartsWith(expected, Assert.Single(_console.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(engine.Trained);
    }

    [Fact]
    public async Task Stopped_by_the_user_it_shows_what_has_ended_and_how_to_go_on()
    {
        using var source = new CancellationTokenSource();
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment.Steps == 9)
                {
                    // The longest begins first, and keeps its worker while the other trains the other two, the longer first.
                    token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                    token.ThrowIfCancellationRequested();
                }
            },
        };
        Task<int> running = CommandLine.Run(
            ["sweep", "steps=9,5,4", "--workers", "2"], _console.Console, [SweepCommand.Create(_console.Console, new BuiltEngines(engine))], source.Token);
        while (!_console.Output.Contains("done at step 4", StringComparison.Ordinal))
        {
            await Task.Delay(5);
        }

        await source.CancelAsync();

        Assert.Equal((int)ExitCode.Interrupted, await running);
        Assert.Matches("^Stopped with [12] of 3 runs at their end. To go on: grok sweep steps=9,5,4 --workers 2$", Assert.Single(_console.ErrorLines));
        Assert.Contains(_console.OutputLines, line => line.StartsWith("5      0 ", StringComparison.Ordinal));
        Assert.DoesNotContain(_console.OutputLines, line => line.StartsWith("9      0 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_run_stops_the_others_and_is_told()
    {
        var engine = new FakeEngine
        {
            During = (experiment, token) =>
            {
                if (experiment.Seed == 2)
                {
                    throw new IOException("No space left on device");
                }

                token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                token.ThrowIfCancellationRequested();
            },
        };

        int code = await Run(engine, "seed=1,2", "--workers", "2");

        Assert.Equal((int)ExitCode.InternalError, code);
        Assert.Equal("No space left on device", Assert.Single(_console.ErrorLines));
    }

    private Task<int> Run(ITrainingEngine engine, params string[] arguments) =>
        _console.Run([SweepCommand.Create(_console.Console, new BuiltEngines(engine))], ["sweep", .. arguments]);
}
