namespace Grokking.Optimizers;

/// <summary>What scales the learning rate over the steps. The default is Power et al. 2022, A.1.2: linear warm-up over 10 updates, then constant.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>Steps of linear warm-up, ≥ 0. As in openai/grok the first step has rate 0 and step number <see cref="WarmupSteps"/> the peak.</summary>
    public int WarmupSteps { get; init; } = 10;
}
