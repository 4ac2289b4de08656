using System.Diagnostics;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>A stretch of whole epochs of one run.</summary>
/// <param name="FirstStep">The step it began with.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Seconds">Its time.</param>
internal readonly record struct TrainingWindow(int FirstStep, int Steps, double Seconds)
{
    public double StepsPerSecond => Steps / Seconds;

    public double MillisecondsPerStep => 1e3 * Seconds / Steps;

    /// <summary>Trains for at least the given time, to the end of the epoch.</summary>
    public static TrainingWindow Train(TrainingRun run, int stepsPerEpoch, double seconds)
    {
        int first = run.Step;
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

        return new TrainingWindow(first, run.Step - first, elapsed);
    }
}
