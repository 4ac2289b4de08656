using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;
using Correlations = MathNet.Numerics.Statistics.Correlation;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, A.5: where the training loss is flatter, validation accuracy is higher.</summary>
public sealed class GrokkedModelsAreFlatter : Claim
{
    private const double GreatestCorrelation = -0.4;
    private const string Measure = "Keskar's measure as it was published, φ = 100·(max f - f)/(1 + f) over a box in a random subspace of 10 dimensions.";

    // All seeds have memorised after 147 steps and none generalises within 850 (calibration/results/power2022.csv).
    private const int StepsToMemorize = 300;

    private static readonly WeightStatistic s_sharpness = new("sharpness", (experiment, run) =>
        new Sharpness().Measure(new LossSurface(experiment).TrainLossAndGradient, run.Parameters.Span).Value);

    /// <inheritdoc/>
    public override string Name => "grokked-models-are-flatter";

    /// <inheritdoc/>
    public override string Statement => "The sharper a run's minimum, the lower its validation accuracy.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, A.5";

    /// <inheritdoc/>
    public override string? ReportedOnly =>
        "the paper's code minimises the loss where the measure maximises it, and later work contests the direction. It depends on what is compared: along a run the model that only memorised is the sharper one, but models that grokked with weight decay are sharper than those that never did without it, whose training loss is some decades lower.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        Figures.Text($"5 runs of x-y at 60 % when they have memorised, after {StepsToMemorize} steps, and when they have generalised, instead of 20 runs of one setting."),
        Measure,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        Measure,
        "Adam on the product in S5 at 70 % of its table for 10,000 steps: what the paper's 20 runs trained on is not given. Within these no seed generalises, so that the accuracies differ by chance.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Rank correlation of sharpness and validation accuracy",
            "-0.795 (p < 0.000014, 20 runs)",
            "A.5",
            (_, groups) => Describe([.. groups.Take(2)])),
        new(
            "The same of runs with weight decay and runs without",
            "not given",
            "A.5",
            (tier, groups) => tier == Tier.Quick ? Describe([.. groups.Skip(2)]) : "not tried"),
    ];

    /// <summary>Judges runs by the sharpness and the accuracy they end with.</summary>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups)
    {
        double correlation = Correlation(groups);
        return
        [
            new(
                Figures.Text($"Spearman's correlation of sharpness and validation accuracy ≤ {GreatestCorrelation}"),
                Describe(groups),
                correlation <= GreatestCorrelation),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier)
    {
        Experiment quick = QuickSmall.Of(Operations.Subtract, 0.6), tuned = QuickSmall.Tuned(Operations.Subtract, 0.6);
        Experiment paper = Presets.Figure2Left with { TrainFraction = 0.7, Steps = 10_000, Optimizer = AdamW.Adam };
        IReadOnlyList<RunGroup> groups = tier == Tier.Quick
            ?
            [
                QuickSmall.Group(Figures.Text($"x-y mod 43, after {StepsToMemorize} steps"), quick with { Steps = StepsToMemorize }),
                QuickSmall.Group("x-y mod 43, when it has generalised", quick),
                QuickSmall.Group("x-y mod 43, AdamW, decay 1", tuned),
                QuickSmall.Group("x-y mod 43, Adam", tuned with { Optimizer = (AdamW)tuned.Optimizer with { WeightDecay = 0 } }),
            ]
            : [RunGroup.Seeds("x·y in S5, 70 % data, Adam", paper, 20)];
        return [.. groups.Select(group => group with { Statistics = [s_sharpness] })];
    }

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        // The paper's tier has one group.
        TrainedGroup[] judged = [.. groups.Take(2)];
        IReadOnlyList<TrainedGroup> reversed =
        [
            .. judged.Select(group => group with
            {
                Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
                {
                    [s_sharpness.Name] = [.. group.Of(s_sharpness).Select(value => -value)],
                },
            }),
        ];
        return Verdict.Of(
            $"rank correlation {Describe(judged)}",
            [.. Judge(judged), Finding.Refuses("the same runs, the sharpest taken for the flattest", Judge(reversed))]);
    }

    // Values that are all the same have none.
    private static string Describe(IReadOnlyList<TrainedGroup> groups)
    {
        double correlation = Correlation(groups);
        if (double.IsNaN(correlation))
        {
            return "none";
        }

        // A seed is drawn with its readings in all groups.
        Interval interval = Bootstrap.Central95(random =>
        {
            int[] places = Bootstrap.DrawPlaces(random, groups.Min(group => group.Curves.Count));
            double resampled = Correlation([.. groups.Select(group => group.Some(places))]);
            return double.IsNaN(resampled) ? new Interval(-1, 1) : new Interval(resampled, resampled);
        });
        return Figures.Text($"{correlation:0.00} (95 % {interval.Low:0.00} to {interval.High:0.00}, n = {groups.Sum(group => group.Curves.Count)})");
    }

    private static double Correlation(IReadOnlyList<TrainedGroup> groups)
    {
        (double Sharpness, double ValAccuracy)[] runs = Runs(groups);
        return Correlations.Spearman(runs.Select(run => run.Sharpness), runs.Select(run => run.ValAccuracy));
    }

    private static (double Sharpness, double ValAccuracy)[] Runs(IReadOnlyList<TrainedGroup> groups) =>
    [
        .. groups.SelectMany(group => group.Of(s_sharpness).Zip(group.Curves, (sharpness, curve) => (sharpness, curve.Final.ValAccuracy))),
    ];
}
