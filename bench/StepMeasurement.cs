using System.Diagnostics;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>What one training step costs. Rates are of the best window, for a shared machine can only slow a window down.</summary>
/// <param name="Engine">The engine's id.</param>
/// <param name="Isa">The vectors of its matrix products.</param>
/// <param name="StepsPerS">Steps per second.</param>
/// <param name="MsPerStep">Milliseconds of a step, mean over whole epochs with their short last batch.</param>
/// <param name="MedianMsPerStep">The same of the median window.</param>
/// <param name="GflopPerStep">10⁹ operations of the matrix products of a step, mean over the best window.</param>
/// <param name="GflopPerFullStep">10⁹ operations of the first batch, which is full.</param>
/// <param name="Gflops">10⁹ operations per second over the whole step, everything else in it included.</param>
/// <param name="PeakGflops">The best rate of <see cref="FmaPeak"/>, measured before and after every window.</param>
/// <param name="PeakFraction">Best rate of a window over best peak.</param>
/// <param name="MedianPeakFraction">Median over the windows of the rate over the mean of the two peaks around it.</param>
/// <param name="ProcessorShare">Processor time over time of the best window; below 1, other processes took the core and all rates are too low.</param>
/// <param name="BytesAllocatedPerStep">Managed bytes.</param>
/// <param name="TwoRunsSpeedup">Steps per second of two runs on two threads over those of one alone, median of alternating windows.</param>
/// <param name="FirstStepMs">From the experiment to the end of the first step, the JIT's time included.</param>
/// <param name="FirstStepAfterStartMs">From the start of the process to the end of the first step.</param>
/// <param name="Processors">Cores that the process may use.</param>
internal sealed record StepReport(
    string Engine,
    string Isa,
    double StepsPerS,
    double MsPerStep,
    double MedianMsPerStep,
    double GflopPerStep,
    double GflopPerFullStep,
    double Gflops,
    double PeakGflops,
    double PeakFraction,
    double MedianPeakFraction,
    double ProcessorShare,
    double BytesAllocatedPerStep,
    double TwoRunsSpeedup,
    double FirstStepMs,
    double FirstStepAfterStartMs,
    int Processors);

/// <summary>Measures one experiment's step.</summary>
internal static class StepMeasurement
{
    private const double WarmUpSeconds = 2.5;
    private const int Windows = 60;
    private const double WindowSeconds = 0.08;
    private const int AllocationSteps = 500;
    private const int Alternations = 7;
    private const double AlternationSeconds = 0.6;

    public static StepReport Run(Experiment experiment)
    {
        // First, while nothing is compiled yet.
        long start = Stopwatch.GetTimestamp();
        var run = new TrainingRun(experiment);
        run.TryStep();
        double firstStep = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double firstStepAfterStart = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;

        var work = new StepWork(experiment);
        while (run.Step < work.StepsPerEpoch)
        {
            run.TryStep();
        }

        Console.Error.WriteLine($"warming up for {WarmUpSeconds} s …");
        TrainingWindow.Train(run, work.StepsPerEpoch, WarmUpSeconds);

        Console.Error.WriteLine($"{Windows} windows of {WindowSeconds} s …");
        var windows = new List<(TrainingWindow Window, double Gflop, double Peak)>();
        var peaks = new List<double> { FmaPeak.Measure() };
        for (int i = 0; i < Windows; i++)
        {
            TrainingWindow window = TrainingWindow.Train(run, work.StepsPerEpoch, WindowSeconds);
            peaks.Add(FmaPeak.Measure());
            windows.Add((window, work.Operations(window.FirstStep, window.Steps) * 1e-9, (peaks[^2] + peaks[^1]) / 2));
        }

        Console.Error.WriteLine($"allocation over {AllocationSteps} steps …");
        double bytes = BytesPerStep(run);
        Console.Error.WriteLine($"two runs and one, {Alternations} times …");
        double speedup = TwoRunsSpeedup(experiment, run, work.StepsPerEpoch);

        (TrainingWindow best, double gflop, _) = windows.MaxBy(each => each.Window.StepsPerSecond);
        double gflops = windows.Max(each => each.Gflop / each.Window.Seconds), peak = peaks.Max();
        return new StepReport(
            new CpuEngine().Id,
            FmaPeak.Isa,
            Math.Round(best.StepsPerSecond, 2),
            Math.Round(best.MillisecondsPerStep, 4),
            Math.Round(Statistics.Median(windows.Select(each => each.Window.MillisecondsPerStep)), 4),
            Math.Round(gflop / best.Steps, 4),
            Math.Round(work.Operations(0) * 1e-9, 4),
            Math.Round(gflops, 1),
            Math.Round(peak, 1),
            Math.Round(gflops / peak, 4),
            Math.Round(Statistics.Median(windows.Select(each => each.Gflop / each.Window.Seconds / each.Peak)), 4),
            Math.Round(best.ProcessorShare, 3),
            bytes,
            Math.Round(speedup, 3),
            Math.Round(firstStep, 1),
            Math.Round(firstStepAfterStart, 1),
            Environment.ProcessorCount);
    }

    private static double BytesPerStep(TrainingRun run)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < AllocationSteps; i++)
        {
            run.TryStep();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)AllocationSteps;
    }

    // The run alone, then beside a second one with another seed; each thread counts its own steps over its own time.
    private static double TwoRunsSpeedup(Experiment experiment, TrainingRun run, int stepsPerEpoch)
    {
        var second = new TrainingRun(experiment with { Seed = experiment.Seed + 1 });
        TrainingWindow.Train(second, stepsPerEpoch, AlternationSeconds);
        var ratios = new List<double>();
        for (int i = 0; i < Alternations; i++)
        {
            double alone = TrainingWindow.Train(run, stepsPerEpoch, AlternationSeconds).StepsPerSecond;
            using var together = new Barrier(2);
            double besideRate = 0;
            var beside = new Thread(() =>
            {
                together.SignalAndWait();
                besideRate = TrainingWindow.Train(second, stepsPerEpoch, AlternationSeconds).StepsPerSecond;
            });
            beside.Start();
            together.SignalAndWait();
            double rate = TrainingWindow.Train(run, stepsPerEpoch, AlternationSeconds).StepsPerSecond;
            beside.Join();
            ratios.Add((rate + besideRate) / alone);
        }

        return Statistics.Median(ratios);
    }
}
