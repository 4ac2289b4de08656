namespace Grokking.Curves;

/// <summary>What was measured after <paramref name="Step"/> optimiser updates. Accuracies are shares in [0, 1], losses are in nats.</summary>
/// <param name="Step">Updates made so far; 0 is the untrained model.</param>
/// <param name="TrainLoss">Mean cross-entropy on the training equations, nats.</param>
/// <param name="TrainAccuracy">Share of training equations answered right.</param>
/// <param name="ValLoss">Mean cross-entropy on the validation equations, nats.</param>
/// <param name="ValAccuracy">Share of validation equations answered right.</param>
/// <param name="MirrorFreeValAccuracy">
/// The same over the validation equations a ∘ b whose mirror b ∘ a is not in the training set; null where there are none.
/// For a symmetric operation a model that has only learnt symmetry scores about the train fraction on the others.
/// </param>
/// <param name="WeightNorm">Euclidean norm of all parameters.</param>
public sealed record CurvePoint(
    int Step,
    double TrainLoss,
    double TrainAccuracy,
    double ValLoss,
    double ValAccuracy,
    double? MirrorFreeValAccuracy,
    double WeightNorm);

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All steps of the budget were made.</summary>
    BudgetSpent,

    /// <summary>The run generalised and its experiment asked to stop there.</summary>
    Generalized,

    /// <summary>The loss or a parameter became NaN or infinite; the last point is the last finite one.</summary>
    Diverged,
}

/// <summary>A run's evaluations in the order of their steps. Knows nothing of what was trained.</summary>
/// <param name="Points">Ascending in <see cref="CurvePoint.Step"/>, the first at step 0.</param>
/// <param name="Budget">The steps the run was allowed, ≥ 1. A crossing not seen by the end of the run is censored.</param>
/// <param name="Outcome">How the run ended.</param>
public sealed record LearningCurve(IReadOnlyList<CurvePoint> Points, int Budget, RunOutcome Outcome)
{
    /// <summary>The last step that was evaluated.</summary>
    public int LastStep => Points[^1].Step;
}
