using System.Collections.Concurrent;
using Grokking.Models;
using Grokking.Store;
using Grokking.Tests.Probe;
using Grokking.Training;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Holds what a store has to what the engine trains without a break and without a store.</summary>
internal static class RightResults
{
    private static readonly ConcurrentDictionary<Experiment, TrainedRun> s_right = new();

    /// <summary>The run of the engine alone, trained once.</summary>
    public static TrainedRun Of(Experiment experiment) =>
        s_right.GetOrAdd(experiment, static e => new CpuEngine().Train(e, progress: null, checkpointing: null, CancellationToken.None));

    /// <summary>Whether two runs are the same to the last bit.</summary>
    public static bool IsRight(TrainedRun run, Experiment experiment) => RunFingerprint.Of(run) == RunFingerprint.Of(Of(experiment));

    /// <summary>Every run is there with its bits, nothing is damaged, and a sweep leaves nothing but complete runs.</summary>
    public static void Check(string folder, IReadOnlyList<Experiment> experiments)
    {
        string engineId = new CpuEngine().Id;
        var store = new RunStore(folder);
        foreach (Experiment experiment in experiments)
        {
            StoredRun? run = store.Find(experiment, engineId);
            Violation.Unless(run is not null, $"the run of seed {experiment.Seed} is not complete");
            float[] weights = [.. run!.ReadWeights().SelectMany(tensor => tensor.Values.ToArray())];
            Violation.Unless(
                IsRight(new TrainedRun(run.Curve!, new ParameterLayout(), weights), experiment),
                $"the run of seed {experiment.Seed} is not the unbroken one, bit for bit");
        }

        StoreListing verified = store.Verify();
        Violation.Unless(verified.Problems.Count == 0, "damage: " + string.Join("; ", verified.Problems));
        Violation.Unless(!Directory.Exists(Path.Combine(folder, "v1", "quarantine")), "something was put aside");
        store.Collect();
        int files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
        Violation.Unless(files == 4 * experiments.Count, $"{experiments.Count} runs are {files} files");
    }
}
