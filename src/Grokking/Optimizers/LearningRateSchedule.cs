using Grokking.Numerics;

namespace Grokking.Optimizers;

/// <summary>What scales the learning rate over the steps. The default is Power et al. 2022, A.1.2: linear warm-up over 10 updates, then constant.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>Steps of linear warm-up, ≥ 0. As in openai/grok the first step has rate 0 and step number <see cref="WarmupSteps"/> the peak.</summary>
    public int WarmupSteps { get; init; } = 10;

    /// <summary>
    /// The step, &gt; <see cref="WarmupSteps"/>, at which a half cosine from the peak reaches <see cref="FinalFraction"/> of it, which then stays;
    /// null for a constant rate. openai/grok's --anneal_lr.
    /// </summary>
    public int? AnnealedAtStep { get; init; }

    /// <summary>What the annealing leaves of the peak, [0, 1].</summary>
    public double FinalFraction { get; init; } = 0.1;

    /// <summary>The absolute rate of a step.</summary>
    /// <param name="peak">The rate after the warm-up.</param>
    /// <param name="step">Number of updates made before this one, ≥ 0.</param>
    public double Rate(double peak, int step)
    {
        Require.Holds(step >= 0, step, nameof(step), "≥ 0");
        if (step < WarmupSteps)
        {
            return peak * step / WarmupSteps;
        }

        if (AnnealedAtStep is not { } end)
        {
            return peak;
        }

        if (step >= end)
        {
            return peak * FinalFraction;
        }

        double progress = (step - WarmupSteps) / (double)(end - WarmupSteps);
        double cosine = Elementary.SinCos(Math.PI * progress).Cos;
        return peak * (FinalFraction + ((1 - FinalFraction) * 0.5 * (1 + cosine)));
    }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for the first field outside its range, naming field, value and range.</summary>
    public void Validate()
    {
        Require.Holds(WarmupSteps >= 0, WarmupSteps, nameof(WarmupSteps), "≥ 0");
        Require.Holds(FinalFraction is >= 0 and <= 1, FinalFraction, nameof(FinalFraction), "in [0, 1]");
        if (AnnealedAtStep is { } end)
        {
            Require.Holds(end > WarmupSteps, end, nameof(AnnealedAtStep), FormattableString.Invariant($"> WarmupSteps = {WarmupSteps}"));
        }
    }
}
