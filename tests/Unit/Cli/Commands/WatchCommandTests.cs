using Grokking.Cli.Commands;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Store;
using Grokking.Tests.Unit.Store;

namespace Grokking.Tests.Unit.Cli.Commands;

[Trait("Category", "Unit")]
public sealed class WatchCommandTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly RunStore _store;

    public WatchCommandTests() => _store = new RunStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task In_a_pipe_it_prints_once_what_trains_and_what_waits()
    {
        using var console = new RecordedConsole();
        StoredRuns.Complete(_store, Presets.Small);
        using RunWriter training = StoredRuns.Begin(_store, Presets.Small with { Seed = 1 }, 0, 400);
        StoredRuns.Begin(_store, Presets.Small with { Seed = 2 }, 0, 300).Dispose();

        int code = await console.Run("watch", "--store", _folder.Path);

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "x-y mod 43, 60 % data, AdamW, seed 1  400/8,000  50.0 %  25.0 %",
                "x-y mod 43, 60 % data, AdamW, seed 2  300/8,000  50.0 %  25.0 %           waits",
                $"1 runs train, 1 wait to go on, 1 are finished in {_folder.Path}",
            ],
            console.OutputLines[2..]);
    }

    [Fact]
    public async Task On_a_terminal_it_refreshes_until_Ctrl_C_which_is_no_error()
    {
        using var console = new RecordedConsole(new TerminalSupport(Redraws: true, Styles: false));
        using var stop = new CancellationTokenSource();
        using RunWriter training = StoredRuns.Begin(_store, Presets.Small, 0, 400);

        Task<int> watching = CommandLine.Run(
            ["watch", "--store", _folder.Path], console.Console, [WatchCommand.Create(console.Console)], stop.Token);
        await stop.CancelAsync();

        Assert.Equal(0, await watching);
        Assert.Contains("400/8,000", console.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", console.Output);
    }

    [Fact]
    public void Whether_a_run_is_trained_shows_in_its_lock_and_leaves_it_alone()
    {
        string key = RunKey.Of(Presets.Small, StoredRuns.Engine).Hash;
        Assert.False(_store.IsTrained(key));
        using (StoredRuns.Begin(_store, Presets.Small))
        {
            Assert.True(_store.IsTrained(key));
            Assert.True(_store.IsTrained(key));
        }

        Assert.False(_store.IsTrained(key));
        using RunWriter again = StoredRuns.Begin(_store, Presets.Small);
        Assert.NotNull(again);
    }
}
