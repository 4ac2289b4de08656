using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Store;
using Grokking.Tests.Unit.Store;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class StoreCommandTests : IDisposable
{
    private static readonly Experiment s_small = Presets.Small;

    private readonly StoreFolder _folder = new();
    private readonly RecordedConsole _console = new();
    private readonly RunStore _store;

    public StoreCommandTests() => _store = new RunStore(_folder.Path);

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task List_shows_every_run_and_how_far_it_is()
    {
        string first = StoredRuns.Complete(_store, s_small, generalized: 2100);
        string second = StoredRuns.Complete(_store, s_small with { Seed = 1 });
        StoredRuns.Begin(_store, s_small with { Seed = 2 }).Dispose();

        int code = await Run("store", "list");

        Assert.Equal(0, code);
        Assert.Equal(
            [
                $"{first[..12]}  x-y mod 43, 60 % data, AdamW, seed 0  2,100 of 8,000        99.5 %  2,100        test-1",
                $"{second[..12]}  x-y mod 43, 60 % data, AdamW, seed 1  8,000 of 8,000        20.0 %  > 8,000      test-1",
            ],
            _console.OutputLines[2..4]);
        Assert.Contains("seed 2  of 8,000, unfinished", _console.OutputLines[4], StringComparison.Ordinal);
        Assert.Equal($"3 of 3 runs in {_folder.Path}, 1 unfinished", _console.OutputLines[^1]);
    }

    [Theory]
    [InlineData("seed=0", 1)]
    [InlineData("seed=0..1,p=43", 2)]
    [InlineData("op=x+y", 0)]
    public async Task List_takes_a_filter(string filter, int expected)
    {
        StoredRuns.Complete(_store, s_small);
        StoredRuns.Complete(_store, s_small with { Seed = 1 });

        await Run("store", "list", "--where", filter);

        Assert.StartsWith($"{expected} of 2 runs", _console.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_of_a_whole_store_is_code_0()
    {
        StoredRuns.Complete(_store, s_small);

        Assert.Equal(0, await Run("store", "verify"));
        Assert.Equal([$"1 runs in {_folder.Path} are whole, 0 damaged."], _console.OutputLines);
    }

    [Fact]
    public async Task A_damaged_run_is_told_by_list_and_put_into_quarantine_by_verify_with_code_6()
    {
        string key = StoredRuns.Complete(_store, s_small);
        string run = _folder.At("v1", "runs", key[..2], key);
        await File.AppendAllTextAsync(Path.Combine(run, "curve.csv"), "1");

        Assert.Equal(0, await Run("store", "list"));
        Assert.Equal("grok store verify puts what is damaged into quarantine.", _console.ErrorLines[^1]);
        Assert.Equal((int)ExitCode.StoreDamaged, await Run("store", "verify"));
        Assert.Equal($"0 runs in {_folder.Path} are whole, 1 damaged.", _console.OutputLines[^1]);
        Assert.StartsWith($"Damaged and not used: run {key}: ", _console.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
        Assert.Equal(0, await Run("store", "verify"));
    }

    [Fact]
    public async Task A_stray_folder_is_told_and_damages_nothing()
    {
        StoredRuns.Complete(_store, s_small);
        Directory.CreateDirectory(_folder.At("v1", "runs", "zz", "notes[x]"));

        Assert.Equal(0, await Run("store", "verify"));
        Assert.Equal(["v1/runs/zz/notes[x]: is no folder of a run and was not looked into."], _console.ErrorLines);
    }

    [Fact]
    public async Task Gc_removes_leftovers_unless_it_only_asks()
    {
        string key = StoredRuns.Complete(_store, s_small);
        string left = _folder.At("v1", "runs", key[..2], key, "curve.csv.tmp-1-1");
        await File.WriteAllTextAsync(left, "half");

        Assert.Equal(0, await Run("store", "gc", "--dry-run"));
        Assert.Equal($"1 files, 4 bytes in {_folder.Path} would go.", _console.OutputLines[^1]);
        Assert.True(File.Exists(left));
        Assert.Equal(0, await Run("store", "gc"));
        Assert.Equal($"1 files, 4 bytes in {_folder.Path} are gone.", _console.OutputLines[^1]);
        Assert.False(File.Exists(left));
        Assert.NotNull(_store.Find(s_small, StoredRuns.Engine));
    }

    [Fact]
    public async Task Runs_of_other_code_are_marked_and_gc_removes_them_where_that_is_said()
    {
        StoredRuns.Complete(_store, s_small);
        string other = StoredRuns.Complete(_store, OtherCode.KeyOf(s_small, StoredRuns.Engine), s_small, [new NamedTensor("b", [1], new float[1])]);

        Assert.Equal(0, await Run("store", "list"));
        string line = Assert.Single(_console.OutputLines, line => line.EndsWith("other code", StringComparison.Ordinal));
        Assert.StartsWith(other[..12], line, StringComparison.Ordinal);
        Assert.Equal(
            $"2 of 2 runs in {_folder.Path}, 0 unfinished, 1 of other code, which this build does not use; grok store gc --other-code removes them",
            _console.OutputLines[^1]);

        string run = _folder.At("v1", "runs", other[..2], other);
        Assert.Equal(0, await Run("store", "gc"));
        Assert.Equal(0, await Run("store", "gc", "--other-code", "--dry-run"));
        Assert.True(Directory.Exists(run));
        Assert.Equal(0, await Run("store", "gc", "--other-code"));
        Assert.StartsWith("4 files, ", _console.OutputLines[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
        Assert.NotNull(_store.Find(s_small, StoredRuns.Engine));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("verify")]
    [InlineData("gc")]
    public async Task A_store_that_is_not_there_is_refused_and_not_made(string verb)
    {
        string nowhere = _folder.At("nowhere");

        Assert.Equal((int)ExitCode.BadInput, await _console.Run("store", verb, "--store", nowhere));
        Assert.Equal([$"There is no store in {nowhere}."], _console.ErrorLines);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task The_store_is_the_variables_where_no_option_names_one()
    {
        StoredRuns.Complete(_store, s_small);
        using var console = new RecordedConsole(null, (StoreLocation.Variable, _folder.Path));

        Assert.Equal(0, await console.Run("store", "verify"));
        Assert.Equal([$"1 runs in {_folder.Path} are whole, 0 damaged."], console.OutputLines);
    }

    [Fact]
    public async Task Two_stores_are_compared()
    {
        using var other = new StoreFolder();
        var candidate = new RunStore(other.Path);
        for (ulong seed = 0; seed < 4; seed++)
        {
            StoredRuns.Complete(_store, s_small with { Seed = seed }, generalized: 1000);
            StoredRuns.Complete(candidate, s_small with { Seed = seed, BatchSize = 256 }, generalized: 1300);
        }

        int code = await _console.Run("compare", _folder.Path, other.Path, "--fail-if-slower", "1.2");

        Assert.Equal((int)ExitCode.DoesNotHold, code);
        Assert.Contains("They differ in batchSize: 512 → 256", _console.OutputLines, StringComparer.Ordinal);
        Assert.Equal("LATER: ×1.30 (95 % interval ×1.30 to ×1.30)", _console.OutputLines[^1]);
    }

    private Task<int> Run(params string[] arguments) => _console.Run([.. arguments, "--store", _folder.Path]);
}
