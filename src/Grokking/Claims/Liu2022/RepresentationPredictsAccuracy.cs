namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §3.1 and Figure 3: how many sums a network gets right follows from its embeddings alone.</summary>
public sealed class RepresentationPredictsAccuracy : Claim
{
    private const int Seeds = 3;
    private const int Steps = 5000;
    private const double LeastCorrelation = 0.95;
    private const double MostDifference = 0.05;

    private static readonly int[] s_trainingPairs = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 54];

    /// <inheritdoc/>
    public override string Name => "representation-predicts-accuracy";

    /// <inheritdoc/>
    public override string Statement =>
        "Over all training set sizes the accuracy of the toy network is the one that the parallelograms among its embeddings predict.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §3.1, Figure 3";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => [ToyAddition.Deviation];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Pearson's correlation over 33 runs", "0.996", "their result files", (_, groups) => Shown(Correlation(groups, Predicted))),
        new("Mean absolute difference", "0.019", "their result files", (_, groups) => Figures.Text($"{Differences(groups, Predicted).Average():0.000}")),
        new("Largest difference", "0.127", "their result files", (_, groups) => Figures.Text($"{Differences(groups, Predicted).Max():0.000}")),
    ];

    /// <summary>Judges a prediction over the runs of all groups.</summary>
    /// <param name="groups">One a training set size.</param>
    /// <param name="prediction">The accuracies of a group that were predicted.</param>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<TrainedGroup> groups, Func<TrainedGroup, IReadOnlyList<double>> prediction)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(prediction);
        double correlation = Correlation(groups, prediction), difference = Differences(groups, prediction).Average();
        return
        [
            new(
                Figures.Text($"Pearson's correlation of predicted and real accuracy ≥ {LeastCorrelation}"),
                Shown(correlation),
                correlation >= LeastCorrelation),
            new(
                Figures.Text($"mean absolute difference of predicted and real accuracy ≤ {MostDifference}"),
                Figures.Text($"{difference:0.000}"),
                difference <= MostDifference),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. s_trainingPairs.Select(pairs => RunGroup.Seeds(
            Figures.Text($"{pairs} of 55 pairs"), ToyAddition.On(pairs) with { Steps = Steps }, Seeds) with
        {
            Statistics = [ToyAddition.PredictedAccuracy, ToyAddition.RealAccuracy],
        }),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        Figures.Text($"correlation {Shown(Correlation(groups, Predicted))}, mean absolute difference {Differences(groups, Predicted).Average():0.000}"),
        [
            .. Judge(groups, Predicted),
            Finding.Refuses(
                "the predictions of the training set sizes in reverse",
                Judge(groups, group => Predicted(groups[^(1 + groups.ToList().IndexOf(group))]))),
        ]);

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new PlaneFigure(
            "Accuracy of each run over the one that its embeddings predict (Figure 3)",
            new FigureAxis("predicted accuracy", IsLogarithmic: false),
            new FigureAxis("accuracy", IsLogarithmic: false),
            [
                new FigureSeries("equal", SeriesKind.Guide, [], [new FigurePoint(0, 0), new FigurePoint(1, 1)]),
                new FigureSeries(
                    "runs",
                    SeriesKind.Train,
                    [.. groups.SelectMany(Predicted).Zip(groups.SelectMany(group => group.Of(ToyAddition.RealAccuracy)), (predicted, real) => new FigurePoint(predicted, real))],
                    []),
            ]),
    ];

    private static IReadOnlyList<double> Predicted(TrainedGroup group) => group.Of(ToyAddition.PredictedAccuracy);

    // Where all accuracies are one there is none.
    private static string Shown(double correlation) => double.IsNaN(correlation) ? "none" : Figures.Text($"{correlation:0.000}");

    private static double Correlation(IReadOnlyList<TrainedGroup> groups, Func<TrainedGroup, IReadOnlyList<double>> prediction) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(groups.SelectMany(prediction), groups.SelectMany(group => group.Of(ToyAddition.RealAccuracy)));

    private static double[] Differences(IReadOnlyList<TrainedGroup> groups, Func<TrainedGroup, IReadOnlyList<double>> prediction) =>
    [
        .. groups.SelectMany(prediction).Zip(groups.SelectMany(group => group.Of(ToyAddition.RealAccuracy)), (predicted, real) => Math.Abs(predicted - real)),
    ];
}
