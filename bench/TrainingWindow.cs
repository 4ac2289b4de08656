using System.Diagnostics;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>A stretch of whole epochs of one run.</summary>
/// <param name="FirstStep">The step it began with.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="ProcessorSeconds">Processor time of the process in it.</param>
internal readonly record struct TrainingWindow(int FirstStep, int Steps, double Seconds, double ProcessorSeconds)
{
    public double StepsPerSecond => Steps / Seconds;

    /// <summary>1 when the core was this thread's alone, less when it had to wait.</summary>
    public double ProcessorShare => ProcessorSeconds / Seconds;

    public double MillisecondsPerStep => 1e3 * Seconds / Steps;

    /// <summary>Trains for at least the given time, to the end of the epoch.</summary>
    public static TrainingWindow Train(TrainingRun run, int stepsPerEpoch, double seconds)
    {
        int first = run.Step;
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        double elapsed;
        do
        {
            for (int i = 0; i < stepsPerEpoch; i++)
            {
                if (!run.TryStep())
                {
                    throw new InvalidOperationException($"The run diverged at step {run.Step}.");
                }
            }

            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (elapsed < seconds);

        return new TrainingWindow(first, run.Step - first, elapsed, (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds);
    }
}
