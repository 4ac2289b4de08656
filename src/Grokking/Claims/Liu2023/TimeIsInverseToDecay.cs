using Grokking.Curves;
using Grokking.Numerics;
using MathNet.Numerics;

namespace Grokking.Claims.Liu2023;

/// <summary>Liu et al. 2023 ("Omnigrok"), Figure 2c: steps to generalisation are inverse to weight decay, steps to memorisation do not depend on it.</summary>
public sealed class TimeIsInverseToDecay : Claim
{
    private const double Slope = -1;
    private const double SlopeWithin = 0.3;
    private const double MostSpread = 2;
    private const double Scale = 2;

    private static readonly double[] s_decays = [0.1, 0.3, 1];

    /// <inheritdoc/>
    public override string Name => "time-is-inverse-to-decay";

    /// <inheritdoc/>
    public override string Statement => "From a doubled start a student generalises the later the weaker its weight decay, by the inverse, while it memorises at the same time.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (\"Omnigrok\"), §2, Figure 2c";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [TeacherRuns.Deviation, "One decade of decays; the paper's figure has one and a half."];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Slope of log steps to generalisation over log decay", "-1", "Figure 2c", (_, groups) => Figures.Text($"{SlopeOf(groups, s_decays, Equations.Val):0.00}")),
        new("Slope of log steps to memorisation over log decay", "0", "Figure 2c", (_, groups) => Figures.Text($"{SlopeOf(groups, s_decays, Equations.Train):0.00}")),
    ];

    /// <summary>Judges runs of several decays.</summary>
    /// <param name="groups">One a decay.</param>
    /// <param name="decays">The decay of each, growing.</param>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> decays)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(decays);
        double slope = SlopeOf(groups, decays, Equations.Val);
        double[] memorized = [.. groups.Select(group => MedianTime.Of(group.StepsTo(Equations.Train, TeacherRuns.Learnt)).AtMost)];
        double spread = memorized.Max() / memorized.Min();
        return
        [
            Finding.EveryAtLeast(
                "best validation accuracy", [.. groups.SelectMany(group => group.BestValAccuracies)], TeacherRuns.Learnt, Figures.Percent),
            new(
                Figures.Text($"slope of log median steps to generalisation over log decay is {Slope} ± {SlopeWithin}"),
                Figures.Text($"{slope:0.00}"),
                Math.Abs(slope - Slope) <= SlopeWithin),
            new(
                $"median steps to memorisation within {Figures.Times(MostSpread)} of each other",
                Figures.Times(spread),
                spread <= MostSpread),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. s_decays.Select(decay => TeacherRuns.At(Scale, decay))];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        Figures.Text($"t ∝ decay^{SlopeOf(groups, s_decays, Equations.Val):0.00}"),
        [
            .. Judge(groups, s_decays),
            Finding.Refuses("decays in reverse", Judge([.. groups.Reverse()], s_decays)),
            Finding.Refuses("one decay for all", Judge([.. groups.Select(_ => groups[0])], s_decays)),
        ]);

    // NaN where a median was not reached: a slope that no band holds.
    private static double SlopeOf(IReadOnlyList<TrainedGroup> groups, IReadOnlyList<double> decays, Equations equations) => Fit.Line(
        [.. decays.Select(decay => Elementary.Log(decay))],
        [.. groups.Select(group => Elementary.Log(MedianTime.Of(group.StepsTo(equations, TeacherRuns.Learnt)).Value ?? double.NaN))]).B;
}
