using System.Diagnostics;
using System.Runtime.InteropServices;
using Grokking.Cli.Output;
using Grokking.Store;
using Grokking.Tests.Probe;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Commands;

/// <summary>The tool as a process that is told to stop while it trains.</summary>
[Trait("Category", "Unit")]
public sealed partial class StoppedProcessTests : IDisposable
{
    // Of POSIX.
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly Experiment s_experiment =
        ExperimentOverrides.Parse(["p=13", "width=32", "steps=2000", "seed=5"]).Expand(Presets.Small)[0].Experiment;

    private readonly string _folder = Directory.CreateTempSubdirectory("grok-stopped-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_signal_leaves_a_run_that_goes_on_with_the_bits_of_the_unbroken_one()
    {
        // What a terminal sends on Ctrl+C, and a batch system before it kills.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        TrainedRun unbroken = new CpuEngine().Train(s_experiment, progress: null, checkpointing: null, CancellationToken.None);

        await Task.WhenAll(new[] { Interrupt, Terminate }.Select(signal => StopAndGoOn(signal, RunFingerprint.Of(unbroken))));
    }

    private async Task StopAndGoOn(int signal, RunFingerprint unbroken)
    {
        var store = new RunStore(Path.Combine(_folder, $"signal{signal}"));
        using (Process training = Start(store))
        {
            await HasBegun(store);
            Assert.Equal(0, Kill(training.Id, signal));
            string error = await training.StandardError.ReadToEndAsync().WaitAsync(s_patience);
            await training.WaitForExitAsync().WaitAsync(s_patience);

            Assert.Equal((int)ExitCode.Interrupted, training.ExitCode);
            Assert.Equal($"Stopped with 0 of 1 runs at their end. To go on: grok train p=13 width=32 steps=2000 seed=5 --store {store.Root}\n", error);
            Assert.Null(store.Find(s_experiment, "cpu-1"));
        }

        using Process resumed = Start(store);
        string output = await resumed.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await resumed.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("(resumed)", output, StringComparison.Ordinal);
        StoredRun kept = store.Find(s_experiment, "cpu-1")!;
        var run = new TrainedRun(kept.Curve!, new(), kept.ReadWeights().SelectMany(tensor => tensor.Values.ToArray()).ToArray());
        Assert.Equal(unbroken, RunFingerprint.Of(run));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    // Evaluated a few times, and far from its end.
    private static async Task HasBegun(RunStore store)
    {
        string key = RunKey.Of(s_experiment, "cpu-1").Hash;
        var waited = Stopwatch.StartNew();
        while (store.ReadProgress(key).Count < 5)
        {
            Assert.True(waited.Elapsed < s_patience, "The run has not begun.");
            await Task.Delay(10);
        }
    }

    private static Process Start(RunStore store) => Process.Start(
        new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "grok.dll"),
                "train", "p=13", "width=32", "steps=2000", "seed=5", "--store", store.Root,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
