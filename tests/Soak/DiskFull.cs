using System.Diagnostics;
using Grokking.Laboratory;
using Grokking.Models;
using Grokking.Store;
using Grokking.Tests.Probe;
using Grokking.Tests.Soak.Trials;
using Grokking.Training;

namespace Grokking.Tests.Soak;

/// <summary>
/// A disk of a few megabytes fills up while a run trains. The message says so, the checkpoint from before is there, nothing of the file that did
/// not fit is, and when there is space again the run goes on to the bits of the unbroken one.
/// </summary>
internal static class DiskFull
{
    private const int LargestDisk = 8;

    private static readonly CheckpointPace s_pace = new(TimeSpan.FromTicks(1), 1);

    private static readonly Experiment s_experiment =
        ProbeRuns.PaperText with { Model = new TransformerConfig { NLayers = 1, DModel = 32 }, Steps = 300 };

    /// <summary>Fills disks of 1 to 8 megabytes in turn.</summary>
    /// <returns>How many disks were full.</returns>
    /// <exception cref="PlatformNotSupportedException">Nobody but root of a Linux system can make a disk.</exception>
    public static int Try(int count, int seed)
    {
        var chance = new Random(seed);
        int full = 0;
        for (int trial = 0; trial < count; trial++)
        {
            string disk = Directory.CreateTempSubdirectory("grokking-disk-").FullName;
            Mount(disk, (trial % LargestDisk) + 1);
            try
            {
                full += TryOn(disk, chance) ? 1 : 0;
            }
            catch (Exception exception) when (exception is Violation or StoreException)
            {
                throw new Violation($"seed {seed}, trial {trial}: {exception.Message}");
            }
            finally
            {
                Run("umount", disk);
                Directory.Delete(disk);
            }
        }

        Violation.Unless(full == count, $"only {full} of {count} disks were full");
        return full;
    }

    private static bool TryOn(string disk, Random chance)
    {
        var store = new RunStore(Path.Combine(disk, "store"));
        var engine = new StoringEngine(new CpuEngine(), store, pace: s_pace);
        using (var cancellation = new CancellationTokenSource())
        {
            try
            {
                engine.Train(s_experiment, new StopAt(100, cancellation), checkpointing: null, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                // Kept at step 100 or so.
            }
        }

        // Less than the next checkpoint needs.
        int longest = Directory.EnumerateFiles(disk, "ckpt-*", SearchOption.AllDirectories).Max(file => (int)new FileInfo(file).Length);
        string ballast = Path.Combine(disk, "ballast");
        long left = chance.Next(longest);
        using (FileStream file = File.Create(ballast))
        {
            file.Write(new byte[Math.Max(0, new DriveInfo(disk).AvailableFreeSpace - left)]);
        }

        bool full = false;
        try
        {
            Train(engine);
        }
        catch (StoreException exception)
        {
            full = true;
            Violation.Unless(exception.Message.Contains("No space left on device", StringComparison.Ordinal), "the message is: " + exception.Message);
            Violation.Unless(!exception.Message.Contains('\n', StringComparison.Ordinal), "the message has two lines");
        }

        string[] remains = [.. Directory.EnumerateFiles(disk, "*.tmp-*", SearchOption.AllDirectories)];
        Violation.Unless(remains.Length == 0, "left: " + string.Join(", ", remains));
        File.Delete(ballast);
        Violation.Unless(store.Verify().Problems.Count == 0, "the store is damaged");
        TrainedRun run = Train(engine);
        Violation.Unless(!full || run.Origin == RunOrigin.Resumed, "the checkpoint from before is gone");
        Violation.Unless(RightResults.IsRight(run, s_experiment), "the run has other bits");
        return full;
    }

    private static TrainedRun Train(StoringEngine engine) => engine.Train(s_experiment, progress: null, checkpointing: null, CancellationToken.None);

    private static void Mount(string folder, int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            throw new PlatformNotSupportedException("A disk of our own needs Linux and the right to mount one.");
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class StopAt(int step, CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
            {
                cancellation.Cancel();
            }
        }
    }
}
