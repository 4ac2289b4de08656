using Grokking.Tasks;

namespace Grokking.Models;

/// <summary>
/// A diagonal linear network f(x) = Σ_i (u_i² − v_i²)·x_i for two classes, of which it gives the second the logit f and the first 0 (Woodworth et al. 2020;
/// Lyu et al. 2024, §3.2). All u and v start at 1: the scale of the start is that of the experiment.
/// </summary>
public sealed record DiagonalConfig : ModelConfig
{
    /// <inheritdoc/>
    public override void Validate()
    {
    }

    /// <inheritdoc/>
    public override void ValidateFor(LearningTask task, SequenceConvention convention)
    {
        ArgumentNullException.ThrowIfNull(task);
        Require.Holds(task is VectorTask { IsRegression: false, AnswerCount: 2 }, task.Name, "Task", "one of vectors in two classes with a diagonal network");
    }

    /// <inheritdoc/>
    public override Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new DiagonalNetwork(sequences.InputVectors!, loss);
    }

    /// <inheritdoc/>
    public override ModelConfig WithoutDropout() => this;

    /// <inheritdoc/>
    public override double EstimateCost(LearningTask task) => ((VectorTask)task).InputWidth;
}
