namespace Grokking.Curves;

/// <summary>What was measured after <paramref name="Step"/> optimiser updates. Accuracies are shares in [0, 1], losses in the unit of the experiment's loss: nats for the cross-entropies, else squared error an output.</summary>
/// <param name="Step">Updates made so far; 0 is the untrained model.</param>
/// <param name="TrainLoss">Mean loss on the training equations.</param>
/// <param name="TrainAccuracy">Share of training equations answered right.</param>
/// <param name="ValLoss">Mean loss on the validation equations.</param>
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
    double WeightNorm)
{
    /// <summary>The accuracy at which a set counts as learnt (Power et al. 2022 measure steps until 99 %).</summary>
    public const double LearntAccuracy = 0.99;

    /// <summary>Whether both sets are learnt.</summary>
    public bool IsGeneralized => TrainAccuracy >= LearntAccuracy && ValAccuracy >= LearntAccuracy;

    /// <summary>Whether losses and norm are numbers; a run that measures something else has diverged.</summary>
    public bool IsFinite => double.IsFinite(TrainLoss) && double.IsFinite(ValLoss) && double.IsFinite(WeightNorm);

    /// <summary>The accuracy on these equations, a share in [0, 1].</summary>
    /// <exception cref="InvalidOperationException">The curve has no mirror-free validation equations.</exception>
    public double AccuracyOn(Equations equations) => equations switch
    {
        Equations.Train => TrainAccuracy,
        Equations.Val => ValAccuracy,
        Equations.MirrorFreeVal => MirrorFreeValAccuracy
            ?? throw new InvalidOperationException($"No mirror-free validation accuracy was measured at step {Step}."),
        _ => throw new ArgumentOutOfRangeException(
            nameof(equations), equations, $"equations must be one of {string.Join(", ", Enum.GetNames<Equations>())}."),
    };
}

/// <summary>On which equations something was measured.</summary>
public enum Equations
{
    /// <summary>Those the model trains on.</summary>
    Train,

    /// <summary>All others; Nanda et al. call them the test set.</summary>
    Val,

    /// <summary>The validation equations whose mirror is not in the training set.</summary>
    MirrorFreeVal,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All steps of the budget were made.</summary>
    BudgetSpent,

    /// <summary>The run generalised and its experiment asked to stop there.</summary>
    Generalized,

    /// <summary>The loss or a parameter became NaN or infinite; the last point is the last finite one, or that of step 0 where not even that is finite.</summary>
    Diverged,
}

/// <summary>A run's evaluations in the order of their steps. Knows nothing of what was trained.</summary>
/// <param name="Points">Ascending in <see cref="CurvePoint.Step"/>, the first at step 0.</param>
/// <param name="Budget">The steps the run was allowed, ≥ 1. A crossing not seen by the end of the run is censored.</param>
/// <param name="Outcome">How the run ended.</param>
public sealed record LearningCurve(IReadOnlyList<CurvePoint> Points, int Budget, RunOutcome Outcome)
{
    // Evaluations in a row that make a crossing a sustained one.
    private const int EvaluationsToSustain = 3;

    /// <summary>The last step that was evaluated.</summary>
    public int LastStep => Points[^1].Step;

    /// <summary>The last evaluation.</summary>
    public CurvePoint Final => Points[^1];

    /// <summary>The evaluation with the highest validation loss, the first of equals.</summary>
    public CurvePoint PeakValLoss => Points.MaxBy(point => point.ValLoss)!;

    /// <summary>Where the accuracy first is at or above <paramref name="threshold"/>, whatever comes later.</summary>
    /// <param name="equations">Whose accuracy.</param>
    /// <param name="threshold">A share in (0, 1].</param>
    public Milestone FirstCrossing(Equations equations, double threshold) =>
        Crossing(IsAtLeast(threshold, equations), evaluationsInARow: 1);

    /// <summary>
    /// Where the accuracy is at or above <paramref name="threshold"/> in the first of three evaluations in a row. A lucky evaluation does not count, and neither does a spike long after a model generalised. A run that stopped at its first
    /// crossing has no sustained one.
    /// </summary>
    /// <param name="equations">Whose accuracy.</param>
    /// <param name="threshold">A share in (0, 1].</param>
    public Milestone SustainedCrossing(Equations equations, double threshold) =>
        Crossing(IsAtLeast(threshold, equations), EvaluationsToSustain);

    /// <summary>The latest evaluation at or before <paramref name="step"/>; after the end of the run its last one.</summary>
    /// <param name="step">≥ 0.</param>
    public CurvePoint At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Points.Last(point => point.Step <= step);
    }

    /// <summary>The evaluation with the highest accuracy, the first of equals.</summary>
    public CurvePoint Best(Equations equations) => Points.MaxBy(point => point.AccuracyOn(equations))!;

    private static Func<CurvePoint, bool> IsAtLeast(double threshold, Equations equations)
    {
        if (!(threshold > 0 && threshold <= 1)) // this way round NaN fails too
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "threshold must be in (0, 1].");
        }

        return point => point.AccuracyOn(equations) >= threshold;
    }

    private Milestone Crossing(Func<CurvePoint, bool> holds, int evaluationsInARow)
    {
        int? lastBelow = null;
        int? firstOfRow = null;
        int row = 0;
        foreach (CurvePoint point in Points)
        {
            if (!holds(point))
            {
                (lastBelow, firstOfRow, row) = (point.Step, null, 0);
                continue;
            }

            firstOfRow ??= point.Step;
            row++;
            if (row == evaluationsInARow)
            {
                return new Milestone(lastBelow, firstOfRow);
            }
        }

        return new Milestone(lastBelow, By: null);
    }
}
