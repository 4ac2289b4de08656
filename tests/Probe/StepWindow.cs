using System.Diagnostics;
using Grokking.Configuration;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>Times one run's steps a short window at a time.</summary>
public sealed class StepWindow
{
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(15);

    // The quick tier's model: its steps take a fraction of a millisecond and are made of the same kernels as the paper's.
    private readonly TrainingRun _run = new(Presets.Small with { BatchSize = 128 });

    /// <summary>Mean time of a step over the next window.</summary>
    public double MicrosecondsPerStep()
    {
        int steps = 0;
        var clock = Stopwatch.StartNew();
        do
        {
            if (!_run.TryStep())
            {
                throw new InvalidOperationException("The run diverged.");
            }

            steps++;
        }
        while (clock.Elapsed < s_window);

        return clock.Elapsed.TotalMicroseconds / steps;
    }
}
