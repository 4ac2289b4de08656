using System.Diagnostics;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Tests.Probe;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Soak.Trials;
using Grokking.Training;

namespace Grokking.Tests.Soak;

/// <summary>A report reads all curves of a large store, each verified, in five seconds of one core for ten thousand.</summary>
internal static class Listing
{
    private const double MostSeconds = 5;
    private const int RunsOfTheLimit = 10_000;
    private const string EngineId = "listing-1";
    private const int Budget = 100_000;
    private const double Growth = 1.05;

    public static int Try(int count)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("grokking-listing-");
        try
        {
            CurvePoint[] points = [.. Grid().Select(Point)];
            for (int run = 0; run < count; run++)
            {
                Add(folder.FullName, (ulong)run, points);
            }

            TimeSpan work = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            StoreListing listing = new RunStore(folder.FullName).List();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double processorSeconds = (Environment.CpuUsage.TotalTime - work).TotalSeconds;
            Violation.Unless(listing.Problems.Count == 0 && listing.Runs.Count == count, $"{listing.Runs.Count} of {count} runs were read");
            Violation.Unless(listing.Runs.All(run => run.Curve!.Points.Count == points.Length), "a curve was cut");
            Console.Error.WriteLine(FormattableString.Invariant($"{count} curves of {points.Length} evaluations, each verified: {seconds:F2} s, {processorSeconds:F2} s of processors"));
            // A machine that does other things besides has the result later; the work is the same.
            Violation.Unless(
                processorSeconds <= MostSeconds * Math.Max(1, (double)count / RunsOfTheLimit),
                FormattableString.Invariant($"it took {processorSeconds:F2} s of processors, {seconds:F2} s on the clock"));
            return count;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Written as the store writes it.
    private static void Add(string folder, ulong seed, IReadOnlyList<CurvePoint> points)
    {
        Experiment experiment = ProbeRuns.PaperText with { Seed = seed, Steps = Budget };
        var files = new MemoryFiles();
        using (RunWriter writer = new RunStore(files).TryBegin(RunKey.Of(experiment, EngineId), experiment, EngineId)!)
        {
            writer.Complete(new LearningCurve(points, Budget, RunOutcome.BudgetSpent), [new NamedTensor("W", [1], new[] { (float)seed })]);
        }

        files.CopyTo(folder);
    }

    private static IEnumerable<int> Grid()
    {
        for (int step = 0; step < Budget; step = (int)Math.Max(step + 1, Math.Ceiling(step * Growth)))
        {
            yield return step;
        }

        yield return Budget;
    }

    // Numbers with all their digits, as a real curve has them.
    private static CurvePoint Point(int step) =>
        new(step, Math.Sqrt(step + 0.1), 1 / (step + 1.1), Math.Sqrt(step + 0.3), 1 / (step + 1.7), 1 / (step + 2.3), Math.Sqrt(step + 7.7));
}
