namespace Grokking.Curves;

/// <summary>
/// The milestones of one run that a snapshot keeps: first crossings of 50, 90, 95 and 99 % accuracy, and the sustained ones of 99 %.
/// </summary>
public sealed record Milestones(
    Milestone Train50,
    Milestone Train90,
    Milestone Train95,
    Milestone Train99,
    Milestone Val50,
    Milestone Val90,
    Milestone Val95,
    Milestone Val99,
    Milestone SustainedTrain99,
    Milestone SustainedVal99)
{
    /// <summary>Reads them off a curve.</summary>
    public static Milestones Of(LearningCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new(
            Train50: curve.FirstCrossing(Equations.Train, 0.50),
            Train90: curve.FirstCrossing(Equations.Train, 0.90),
            Train95: curve.FirstCrossing(Equations.Train, 0.95),
            Train99: curve.FirstCrossing(Equations.Train, 0.99),
            Val50: curve.FirstCrossing(Equations.Val, 0.50),
            Val90: curve.FirstCrossing(Equations.Val, 0.90),
            Val95: curve.FirstCrossing(Equations.Val, 0.95),
            Val99: curve.FirstCrossing(Equations.Val, 0.99),
            SustainedTrain99: curve.SustainedCrossing(Equations.Train, 0.99),
            SustainedVal99: curve.SustainedCrossing(Equations.Val, 0.99));
    }
}
