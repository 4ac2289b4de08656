using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Claims.Kumar2024;

/// <summary>Kumar et al. 2024, Figure 3a: the lazier the units of a network learn, the longer validation loss lags behind training loss.</summary>
public sealed class LazierLearnsLater : Claim
{
    private const int Seeds = 5;
    private const double LeastGrowth = 3;

    // Half of the preset's: a run whose validation loss has not halved by then counts as at least that late, forty times and more.
    private const int Steps = 2000;

    // α of the least lazy network, and two within a decade of it. Their rates are those of the preset times 1/α².
    private static readonly double[] s_scales = [0.3, 1, 3];

    /// <inheritdoc/>
    public override string Name => "lazier-learns-later";

    /// <inheritdoc/>
    public override string Statement =>
        "The larger the scale of a committee machine's readout, and so the less its units have to change, the more times later its validation loss halves than its training loss.";

    /// <inheritdoc/>
    public override string Source => "Kumar et al. 2024, §3, Figure 3a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations
    {
        get
        {
            var task = (QuadraticRegression)Presets.Kumar2024.Task;
            return
            [
                Figures.Text($"Sizes of our own ({task.Width} inputs, {Network.DHidden} units, {Presets.Kumar2024.TrainFraction * task.Examples:0} examples), of the order of the paper's; gradient descent in place of gradient flow."),
            ];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Steps to half the validation loss over steps to half the training loss, from the least lazy to the laziest",
            "grows with α",
            "Figure 3a",
            (_, groups) => string.Join(", ", groups.Select(group => Figures.Median(Lags(group), Figures.Times)))),
    ];

    /// <summary>Judges runs from the least lazy to the laziest.</summary>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double growth = Growth(groups[0], groups[^1]);
        return
        [
            .. groups.Zip(groups.Skip(1), (eager, lazy) => new Finding(
                $"median lag of {lazy.Name} above that of {eager.Name}", $"≥ {Figures.Times(Growth(eager, lazy))}", Growth(eager, lazy) > 1)),
            new(
                $"median lag of {groups[^1].Name} ≥ {Figures.Times(LeastGrowth)} that of {groups[0].Name}",
                $"≥ {Figures.Times(growth)}",
                growth >= LeastGrowth),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. s_scales.Select(scale => RunGroup.Seeds(
            Figures.Text($"readout × {scale}"),
            Presets.Kumar2024 with
            {
                Model = Network with { ReadoutScale = scale },
                Optimizer = new Sgd { LearningRate = Presets.Kumar2024.Optimizer.LearningRate / (scale * scale) },
                Steps = Steps,
            },
            Seeds)),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"validation loss halves {string.Join(", ", groups.Select(group => Figures.Median(Lags(group), Figures.Times)))} later than training loss",
        [.. Judge(groups), Finding.Refuses("the scales in reverse", Judge([.. groups.Reverse()]))]);

    private static MlpConfig Network => (MlpConfig)Presets.Kumar2024.Model;

    private static double Growth(TrainedGroup eager, TrainedGroup lazy) => Lag(lazy).AtLeast / Lag(eager).AtMost;

    private static MedianTime Lag(TrainedGroup group) => MedianTime.Of(Lags(group));

    private static IReadOnlyList<EventTime> Lags(TrainedGroup group) => [.. group.Curves.Select(Lag)];

    // Of a run whose training loss never halves nothing is known: its lag may be any.
    private static EventTime Lag(LearningCurve curve)
    {
        CurvePoint start = curve.Points[0];
        CurvePoint? train = curve.Points.FirstOrDefault(point => point.TrainLoss <= start.TrainLoss / 2);
        CurvePoint? val = curve.Points.FirstOrDefault(point => point.ValLoss <= start.ValLoss / 2);
        return
            train is null ? EventTime.Censored(0) :
            val is null ? EventTime.Censored(curve.LastStep / (double)train.Step) :
            EventTime.Observed(val.Step / (double)train.Step);
    }
}
