using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Claims.Gromov2023;

/// <summary>Gromov 2023, appendix: x²+xy+y² is learnt nearly without a mistake, and yet its validation loss stays above its training loss.</summary>
public sealed class HarderSumKeepsItsLossGap : Claim
{
    private const int Seeds = 5;
    private const int Steps = 500;
    private const int Modulus = 59;
    private const double Fraction = 0.9;
    private const double LeastVal = 0.95;
    private const double LeastGap = 2;

    /// <inheritdoc/>
    public override string Name => "harder-sum-keeps-its-loss-gap";

    /// <inheritdoc/>
    public override string Statement =>
        Figures.Text($"On {100 * Fraction:0} % of the table a quadratic MLP gets x²+xy+y² right on unseen equations, but with a loss at least twice that of training, a gap that x+y does not have.");

    /// <inheritdoc/>
    public override string Source => "Gromov 2023, Appendix";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        Figures.Text($"The network of Doshi et al. 2023 on mod {Modulus} under AdamW, decay 1, for {Steps:N0} updates; the paper uses gradient descent on mod 97."),
        "x²+xy+y² is symmetric, so most unseen equations have a mirror that trains; the accuracy on those without one stands beside.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Validation accuracy, x²+xy+y²", "about 1", "Appendix", (_, groups) => Figures.Percents(groups[0].FinalAccuracies(Equations.Val))),
        new("The same on equations without a trained mirror", "not given", "Appendix", (_, groups) => Figures.Percents(groups[0].FinalAccuracies(Equations.MirrorFreeVal))),
        new("Validation over training loss, x²+xy+y²", "does not close", "Appendix", (_, groups) => Figures.Range(Gaps(groups[0]), Figures.Times)),
        new("The same, x+y", "closes", "Appendix", (_, groups) => Figures.Range(Gaps(groups[1]), Figures.Times)),
    ];

    /// <summary>Judges runs that learn with a gap.</summary>
    public static IReadOnlyList<Finding> JudgeGap(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [Learns(group), Finding.EveryAtLeast($"{group.Name}: {GapName}", Gaps(group), LeastGap, Figures.Times)];
    }

    /// <summary>Judges runs that learn without one.</summary>
    public static IReadOnlyList<Finding> JudgeNoGap(TrainedGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [Learns(group), Finding.EveryAtMost($"{group.Name}: {GapName}", Gaps(group), LeastGap, Figures.Times)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [At("x²+xy+y²", Operations.SquaresAndProduct), At("x+y", Operations.Add)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return Verdict.Of(
            $"validation over training loss {Figures.Range(Gaps(groups[0]), Figures.Times)} with accuracy {Figures.Percents(groups[0].FinalAccuracies(Equations.Val))}; {Figures.Range(Gaps(groups[1]), Figures.Times)} on x+y",
            [
                .. JudgeGap(groups[0]),
                .. JudgeNoGap(groups[1]),
                Finding.Refuses("x+y in the place of x²+xy+y²", JudgeGap(groups[1])),
                Finding.Refuses("x²+xy+y² in the place of x+y", JudgeNoGap(groups[0])),
            ]);
    }

    private static string GapName => "validation over training loss at the end";

    private static Finding Learns(TrainedGroup group) =>
        Finding.EveryAtLeast($"{group.Name}: validation accuracy at the end", group.FinalAccuracies(Equations.Val), LeastVal, Figures.Percent);

    private static double[] Gaps(TrainedGroup group) => [.. group.Curves.Select(curve => curve.Final.ValLoss / curve.Final.TrainLoss)];

    private static RunGroup At(string name, ModularOperation operation) => RunGroup.Seeds(
        Figures.Text($"{name} mod {Modulus}"),
        Presets.Doshi2023 with
        {
            Task = operation with { Modulus = Modulus },
            TrainFraction = Fraction,
            Optimizer = (AdamW)Presets.Doshi2023.Optimizer with { WeightDecay = 1 },
            Steps = Steps,
        },
        Seeds);
}
