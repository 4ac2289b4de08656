using Grokking.Curves;
using Correlations = MathNet.Numerics.Statistics.Correlation;

namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §3.1 and Figure 3: how many sums a network gets right follows from its embeddings alone.</summary>
public sealed class RepresentationPredictsAccuracy : Claim
{
    private const int Seeds = 3;
    private const int Steps = 5000;
    private const double MostDifference = 0.05;

    // calibration/results/liu2022.csv: 0.974 to 0.999 in sets of thirty runs.
    private const double LeastCorrelation = 0.95;
    private const int LeastUnseen = 5;

    // Of a count that was made from a share.
    private const int Decimals = 9;

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
        new("Pearson's correlation over 33 runs", "0.996", "their result files", (_, groups) => Shown(Correlation([.. groups.SelectMany(Predicted)], [.. groups.SelectMany(Real)]))),
        new("Mean absolute difference", "0.019", "their result files", (_, groups) => Figures.Thousandths(Differences([.. groups.Select(Predicted)], groups).Average())),
        new("Largest difference", "0.127", "their result files", (_, groups) => Figures.Thousandths(Differences([.. groups.Select(Predicted)], groups).Max())),
    ];

    /// <summary>
    /// Judges predictions. All of them count the training pairs as right, which alone correlates with the accuracy by more than 0.95: so the correlation is
    /// held over the unseen pairs, of runs with at least five.
    /// </summary>
    /// <param name="pairs">The training pairs of each group's runs.</param>
    /// <param name="predicted">The accuracies over all pairs that were predicted of each group's runs.</param>
    /// <param name="groups">Whose own accuracies they are held to.</param>
    public static IReadOnlyList<Finding> Judge(IReadOnlyList<int> pairs, IReadOnlyList<IReadOnlyList<double>> predicted, IReadOnlyList<TrainedGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(groups);
        double correlation = UnseenCorrelation(pairs, predicted, groups), difference = Differences(predicted, groups).Average();
        return
        [
            new(
                Figures.Text($"Pearson's correlation of predicted and real accuracy over the unseen pairs ≥ {LeastCorrelation}"),
                Shown(correlation),
                correlation >= LeastCorrelation),
            new(
                Figures.Text($"mean absolute difference of predicted and real accuracy over all pairs ≤ {MostDifference}"),
                Figures.Thousandths(difference),
                difference <= MostDifference),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        .. s_trainingPairs.Select(pairs => RunGroup.Seeds(
            Figures.Text($"{pairs} of {ToyAddition.Pairs} pairs"), ToyAddition.On(pairs) with { Steps = Steps }, Seeds) with
        {
            Statistics = [ToyAddition.PredictedAccuracy, ToyAddition.RealAccuracy],
        }),
    ];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        IReadOnlyList<double>[] predicted = [.. groups.Select(Predicted)];
        IReadOnlyList<double>[] shares = [.. groups.Zip(s_trainingPairs, (group, pairs) => Enumerable.Repeat(pairs / (double)ToyAddition.Pairs, group.Curves.Count).ToArray())];
        IReadOnlyList<Finding> findings = Judge(s_trainingPairs, predicted, groups);
        return Verdict.Of(
            $"correlation over unseen pairs {findings[0].Measured}, mean absolute difference {findings[1].Measured}",
            [
                .. findings,
                Finding.Refuses("the share of training pairs as the prediction", Judge(s_trainingPairs, shares, groups)),
                Finding.Refuses("the predictions of the training set sizes in reverse", Judge(s_trainingPairs, [.. predicted.Reverse()], groups)),
            ]);
    }

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
                    [.. groups.SelectMany(Predicted).Zip(groups.SelectMany(Real), (predicted, real) => new FigurePoint(predicted, real))],
                    []),
            ]),
    ];

    private static IReadOnlyList<double> Predicted(TrainedGroup group) => group.Of(ToyAddition.PredictedAccuracy);

    private static IReadOnlyList<double> Real(TrainedGroup group) => group.Of(ToyAddition.RealAccuracy);

    // Where all accuracies are one there is none.
    private static string Shown(double correlation) => double.IsNaN(correlation) ? "none" : Figures.Thousandths(correlation);

    private static double UnseenCorrelation(IReadOnlyList<int> pairs, IReadOnlyList<IReadOnlyList<double>> predicted, IReadOnlyList<TrainedGroup> groups)
    {
        int[] sizes = [.. Enumerable.Range(0, pairs.Count).Where(i => ToyAddition.Pairs - pairs[i] >= LeastUnseen)];
        return Correlation(
            [.. sizes.SelectMany(i => predicted[i].Select(accuracy => Math.Round((ToyAddition.Pairs * accuracy) - pairs[i], Decimals) / (ToyAddition.Pairs - pairs[i])))],
            [.. sizes.SelectMany(i => groups[i].FinalAccuracies(Equations.Val))]);
    }

    private static double Correlation(double[] predicted, double[] real) => Correlations.Pearson(predicted, real);

    private static double[] Differences(IReadOnlyList<IReadOnlyList<double>> predicted, IReadOnlyList<TrainedGroup> groups) =>
        [.. predicted.SelectMany(accuracies => accuracies).Zip(groups.SelectMany(Real), (one, other) => Math.Abs(one - other))];
}
