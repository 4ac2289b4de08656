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

    private const int FewestSteps = 4_000;
    private const int MostSteps = 1_000_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

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

        await Task.WhenAll(StopsAndGoesOn(Interrupt), StopsAndGoesOn(Terminate));
    }

    // A machine may be so fast, or the signal so late, that the run is over before it: then a longer one is told to stop.
    private async Task StopsAndGoesOn(int signal)
    {
        int steps = FewestSteps;
        while (!await StoppedAndWentOn(signal, steps))
        {
            steps *= 4;
            Assert.True(steps <= MostSteps, $"No run was stopped by signal {signal} before its end.");
        }
    }

    private async Task<bool> StoppedAndWentOn(int signal, int steps)
    {
        string[] settings = ["p=13", "width=32", FormattableString.Invariant($"steps={steps}"), "seed=5"];
        Experiment experiment = ExperimentOverrides.Parse(settings).Expand(Presets.Small)[0].Experiment;
        var store = new RunStore(Path.Combine(_folder, FormattableString.Invariant($"signal{signal}-{steps}")));
        using (Process training = Start(settings, store))
        {
            await HasBegun(experiment, store);
            Assert.Equal(0, Kill(training.Id, signal));
            string error = await training.StandardError.ReadToEndAsync().WaitAsync(s_patience);
            await training.WaitForExitAsync().WaitAsync(s_patience);
            if (training.ExitCode == 0)
            {
                return false;
            }

            Assert.Equal((int)ExitCode.Interrupted, training.ExitCode);
            Assert.Equal($"Stopped with 0 of 1 runs at their end. To go on: grok train {string.Join(' ', settings)} --store {store.Root}\n", error);
            Assert.Null(store.Find(experiment, "cpu-1"));
        }

        using Process resumed = Start(settings, store);
        string output = await resumed.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await resumed.WaitForExitAsync().WaitAsync(s_patience);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("(resumed)", output, StringComparison.Ordinal);
        TrainedRun unbroken = new CpuEngine().Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
        StoredRun kept = store.Find(experiment, "cpu-1")!;
        var run = new TrainedRun(kept.Curve!, new(), kept.ReadWeights().SelectMany(tensor => tensor.Values.ToArray()).ToArray());
        Assert.Equal(RunFingerprint.Of(unbroken), RunFingerprint.Of(run));
        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    // Evaluated a few times.
    private static async Task HasBegun(Experiment experiment, RunStore store)
    {
        string key = RunKey.Of(experiment, "cpu-1").Hash;
        var waited = Stopwatch.StartNew();
        while (store.ReadProgress(key).Count < 5)
        {
            Assert.True(waited.Elapsed < s_patience, "The run has not begun.");
            await Task.Delay(10);
        }
    }

    private static Process Start(string[] settings, RunStore store) => Process.Start(
        new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "grok.dll"),
                "train", .. settings, "--store", store.Root,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
