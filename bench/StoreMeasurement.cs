using System.Diagnostics;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>What it costs to keep a run in a store on this machine's disk. Times are of the clock, so waiting for the disk counts.</summary>
/// <param name="Engine">The engine's id.</param>
/// <param name="Steps">Of each run.</param>
/// <param name="Evaluations">Of each run.</param>
/// <param name="Pairs">Runs with a store, each beside one without.</param>
/// <param name="TrainMs">What the engine takes for a run, without all it calls; median.</param>
/// <param name="StoreMs">What everything else takes: looking for the run, beginning it, telling of its evaluations, keeping its result; median.</param>
/// <param name="StoreShare">The second over the first, median over the runs.</param>
/// <param name="CheckpointMs">One checkpoint, until it is on the disk; median.</param>
/// <param name="CheckpointShare">That over the time between two checkpoints.</param>
/// <param name="Overhead">The sum of the two shares.</param>
/// <param name="PairedOverhead">
/// A second way, by processor time alone: of a run with a store over the run without one beside it, less 1; median over the pairs.
/// </param>
internal sealed record StoreReport(
    string Engine,
    int Steps,
    int Evaluations,
    int Pairs,
    double TrainMs,
    double StoreMs,
    double StoreShare,
    double CheckpointMs,
    double CheckpointShare,
    double Overhead,
    double PairedOverhead);

/// <summary>Measures the store's share of a run's time, inside the run: a busy machine slows both parts down.</summary>
internal static class StoreMeasurement
{
    private const int Pairs = 21;

    // Often enough to have some in a run of a second.
    private static readonly CheckpointPace s_often = new(TimeSpan.FromMilliseconds(100), 1);

    public static StoreReport Run(Experiment experiment)
    {
        string folder = Directory.CreateTempSubdirectory("grokking-bench-").FullName;
        try
        {
            return Run(experiment, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StoreReport Run(Experiment experiment, string folder)
    {
        Console.Error.WriteLine("warming up …");
        MeasuredRun first = Measure(experiment, folder, "warm-up", CheckpointPace.Default);

        Console.Error.WriteLine($"{Pairs} pairs of runs …");
        List<MeasuredRun> kept = [];
        List<double> ratios = [];
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Whatever comes first of a pair, the other does in the next.
            double alone = pair % 2 == 0 ? ProcessorSecondsAlone(experiment) : 0;
            MeasuredRun run = Measure(experiment, folder, $"{pair}", CheckpointPace.Default);
            alone = pair % 2 == 0 ? alone : ProcessorSecondsAlone(experiment);
            kept.Add(run);
            ratios.Add(run.ProcessorSeconds / alone);
        }

        Console.Error.WriteLine("checkpoints …");
        double checkpoint = Statistics.Median(Measure(experiment, folder, "checkpoints", s_often).Checkpoints.Select(time => time.TotalMilliseconds));

        double share = Statistics.Median(kept.Select(run => run.Store / run.Training));
        double checkpointShare = checkpoint / CheckpointPace.Default.Shortest.TotalMilliseconds;
        return new StoreReport(
            new CpuEngine().Id,
            experiment.Steps,
            first.Evaluations,
            Pairs,
            Math.Round(Statistics.Median(kept.Select(run => run.Training.TotalMilliseconds)), 1),
            Math.Round(Statistics.Median(kept.Select(run => run.Store.TotalMilliseconds)), 2),
            Math.Round(share, 5),
            Math.Round(checkpoint, 2),
            Math.Round(checkpointShare, 5),
            Math.Round(share + checkpointShare, 5),
            Math.Round(Statistics.Median(ratios) - 1, 5));
    }

    private static double ProcessorSecondsAlone(Experiment experiment)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        new CpuEngine().Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static MeasuredRun Measure(Experiment experiment, string folder, string name, CheckpointPace pace)
    {
        var engine = new TimedEngine(new CpuEngine());
        var storing = new StoringEngine(engine, new RunStore(Path.Combine(folder, name)), pace: pace);
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        TrainedRun run = storing.Train(experiment, progress: null, checkpointing: null, CancellationToken.None);
        TimeSpan all = Stopwatch.GetElapsedTime(start);
        double processor = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
        return new MeasuredRun(run.Curve.Points.Count, engine.Own, all - engine.Own, processor, engine.Checkpoints);
    }

    private sealed record MeasuredRun(
        int Evaluations, TimeSpan Training, TimeSpan Store, double ProcessorSeconds, IReadOnlyList<TimeSpan> Checkpoints);

    // Stops its watch while the store is at work.
    private sealed class TimedEngine(ITrainingEngine engine) : ITrainingEngine, IProgress<TrainingProgress>, ICheckpointing
    {
        private readonly Stopwatch _own = new();
        private readonly List<TimeSpan> _checkpoints = [];
        private IProgress<TrainingProgress>? _progress;
        private ICheckpointing? _checkpointing;

        public string Id => engine.Id;

        public TimeSpan Own => _own.Elapsed;

        public IReadOnlyList<TimeSpan> Checkpoints => _checkpoints;

        public TrainedRun Train(
            Experiment experiment, IProgress<TrainingProgress>? progress, ICheckpointing? checkpointing, CancellationToken cancellationToken)
        {
            (_progress, _checkpointing) = (progress, checkpointing);
            _own.Start();
            TrainedRun run = engine.Train(experiment, this, this, cancellationToken);
            _own.Stop();
            return run;
        }

        public void Report(TrainingProgress value)
        {
            _own.Stop();
            _progress!.Report(value);
            _own.Start();
        }

        public Checkpoint? Latest()
        {
            _own.Stop();
            Checkpoint? latest = _checkpointing!.Latest();
            _own.Start();
            return latest;
        }

        // Asked before every step: two looks at a clock would cost more than the answer.
        public bool IsDue(int step) => _checkpointing!.IsDue(step);

        public void Save(Checkpoint checkpoint)
        {
            _own.Stop();
            long start = Stopwatch.GetTimestamp();
            _checkpointing!.Save(checkpoint);
            _checkpoints.Add(Stopwatch.GetElapsedTime(start));
            _own.Start();
        }
    }
}
