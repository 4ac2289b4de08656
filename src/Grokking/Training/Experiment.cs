using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>When a run may end before its budget.</summary>
public enum StoppingRule
{
    /// <summary>Never: all steps of the budget are made.</summary>
    AtBudget,

    /// <summary>
    /// At the first evaluation with train and validation accuracy ≥ 99 %. Later loss spikes, which AdamW with weight decay sets off in a grokked
    /// model, are then not part of the curve, and neither is a sustained crossing.
    /// </summary>
    WhenGeneralized,
}

/// <summary>Everything that decides a run: equal experiments give equal curves, bit for bit.</summary>
public sealed record Experiment
{
    /// <summary>What the model learns.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Share of all examples used for training, inside (0, 1); the rest is validation.</summary>
    public double TrainFraction { get; init; } = 0.5;

    /// <summary>
    /// k: as many training examples have the answer of another instead of their own, 0 to the size of the training set less 1 (Power et al. 2022,
    /// A.4: 0 to 3,000). Training loss and accuracy count their wrong answers as right; validation knows the true ones alone.
    /// </summary>
    public int Outliers { get; init; }

    /// <summary>How an equation becomes tokens, and which of them the loss covers; without equations it does not count.</summary>
    public SequenceConvention Convention { get; init; } = SequenceConvention.PaperText;

    /// <summary>The network.</summary>
    public ModelConfig Model { get; init; } = new TransformerConfig();

    /// <summary>What it minimises.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>
    /// Under <see cref="LossKind.SquaredError"/> with an MLP, the width 1 to 4096 of the random Gaussian vector that stands for each answer (Liu et al.
    /// 2022: 30); null for one-hot vectors.
    /// </summary>
    public int? TemplateWidth { get; init; }

    /// <summary>α &gt; 0: every weight is multiplied by it before the first update (Liu et al. 2023, "Omnigrok": 0.1 to 10).</summary>
    public double InitializationScale { get; init; } = 1;

    /// <summary>
    /// Whether all weights together are scaled back to the Euclidean norm that they started with after every update: the constrained optimisation of
    /// Liu et al. 2023, "Omnigrok".
    /// </summary>
    public bool ConstantNorm { get; init; }

    /// <summary>The update rule.</summary>
    public OptimizerConfig Optimizer { get; init; } = new AdamW();

    /// <summary>What scales the learning rate over the steps.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>The gradient is scaled down to this Euclidean norm, &gt; 0, where it is longer; null clips nothing, as in the paper.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>
    /// Whether each tensor's gradient loses its part along the weights and keeps its length: ⊥Grad of Prieto et al. 2025. It comes before clipping.
    /// </summary>
    public bool OrthogonalGradient { get; init; }

    /// <summary>Standard deviation σ ≥ 0 of the Gaussian noise added to every weight for one forward and backward pass (Power et al., A.1.2: 0.01).</summary>
    public double WeightNoise { get; init; }

    /// <summary>How an epoch is cut into batches.</summary>
    public BatchRule Batches { get; init; } = BatchRule.Paper;

    /// <summary>The largest batch, ≥ 1; <see cref="BatchRule.Full"/> ignores it.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>The budget in updates, ≥ 1.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>When the run may end before its budget.</summary>
    public StoppingRule Stopping { get; init; } = StoppingRule.AtBudget;

    /// <summary>Ratio of consecutive evaluation steps, in (1, 2]: the resolution of every milestone.</summary>
    public double EvaluationGrowth { get; init; } = 1.05;

    /// <summary>At most this many training and this many validation examples are evaluated, ≥ 1, drawn once per run; null evaluates all.</summary>
    public int? EvaluationSample { get; init; }

    /// <summary>Feeds the named streams of examples and split, the outliers, the initialisation, the batches and every noise; changing one leaves the others.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> for the first field outside its range, naming field, value and range. Trains nothing.</summary>
    public void Validate()
    {
        Task.Validate();
        Require.Holds(TrainFraction > 0 && TrainFraction < 1, TrainFraction, nameof(TrainFraction), "inside (0, 1)");
        if (Outliers != 0)
        {
            Require.Between(Outliers, 0, Split.CountTrain(Task.CountExamples(), TrainFraction) - 1, nameof(Outliers));
        }

        Require.OneOf(Convention, nameof(Convention));
        if (Task is Operation operation)
        {
            TokenSequences.Validate(operation, Convention);
        }

        Model.Validate();
        Model.ValidateFor(Task, Convention);
        Require.OneOf(Loss, nameof(Loss));
        Require.Holds(
            !Task.IsRegression || Loss == LossKind.SquaredError, Loss, nameof(Loss), "SquaredError for a regression");
        Require.Holds(
            TemplateWidth is null
                || (TemplateWidth is >= 1 and <= 4096 && Loss == LossKind.SquaredError && Model is MlpConfig && !Task.IsRegression),
            TemplateWidth,
            nameof(TemplateWidth),
            "null, or 1 to 4096 with an MLP that learns classes under SquaredError,");
        Require.PositiveFloat(InitializationScale, nameof(InitializationScale));
        Optimizer.Validate();
        if (Optimizer is EmbeddingsApart && Model is MlpConfig { Input: MlpInput.OneHot or MlpInput.Vectors } withoutEmbeddings)
        {
            Require.Holds(holds: false, withoutEmbeddings.Input, "Model.Input", "SummedEmbeddings or SeparateEmbeddings under EmbeddingsApart");
        }

        Require.Holds(
            Optimizer is not EmbeddingsApart || Model is not DiagonalConfig,
            Optimizer.GetType().Name,
            nameof(Optimizer),
            "another than EmbeddingsApart with a diagonal network, which has no embeddings,");
        Schedule.Validate();
        Require.Holds(ClipNorm is null or (> 0 and < double.PositiveInfinity), ClipNorm, nameof(ClipNorm), "null, or > 0 and finite");
        Require.NotNegativeFloat(WeightNoise, nameof(WeightNoise));
        Require.OneOf(Batches, nameof(Batches));
        Require.Holds(BatchSize >= 1, BatchSize, nameof(BatchSize), "≥ 1");
        Require.Holds(Steps >= 1, Steps, nameof(Steps), "≥ 1");
        Require.OneOf(Stopping, nameof(Stopping));
        Require.Holds(EvaluationGrowth > 1 && EvaluationGrowth <= 2, EvaluationGrowth, nameof(EvaluationGrowth), "in (1, 2]");
        Require.Holds(EvaluationSample is null or >= 1, EvaluationSample, nameof(EvaluationSample), "null or ≥ 1");
    }
}
