using Grokking.Curves;
using Grokking.Tasks;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.2 and Figure 2 right: the more complicated and the less symmetric an operation, the more of its table a model needs.</summary>
public sealed class HarderOperationsNeedMoreData : Claim
{
    // "Enough" is this validation accuracy within the budget, for symmetric operations on the equations whose mirror does not train; the calibrated
    // accuracies lie far to one or the other side of it (calibration/results/power2022.csv).
    private const double EnoughAccuracy = 0.5;
    private const int Seeds = 2;

    // Too little data is still memorised, and a run that diverged or never began is none; x³+xy²+y is at 95 % and more when its steps end.
    private const double LeastTrainAccuracy = 0.9;
    private const string MirrorFree = "Symmetric operations are judged by the equations whose mirror does not train, which the figure counts with the others.";
    private const string Classes = "The figure's order was read from a reproduction, so only classes of operations are held to it.";

    // From easy to hard; the fractions are the two between which a class needs its data: too little, and enough; null where no such run is made.
    private static readonly OperationClass[] s_quick =
    [
        new([("x²+y²", Operations.SumOfSquares)], 0.1, 0.4),
        new([("x+y", Operations.Add), ("x·y", Operations.Multiply)], 0.2, 0.4),
        new([("x-y", Operations.Subtract), ("x/y", Operations.Divide)], 0.3, 0.5),
        new([("x²+xy+y²", Operations.SquaresAndProduct), ("x²+xy+y²+x", Operations.SquaresAndProductPlusX)], 0.5, 0.8),
        new([("x³+xy", Operations.CubeAndProduct)], 0.5, 0.9),
        new([("[x/y|x-y]", Operations.DivideOrSubtract)], 0.5, null),
        new([("x³+xy²+y", Operations.CubeAndProductOfSquare)], 0.95, null),
    ];

    private static readonly OperationClass[] s_paper =
    [
        new([("x²+y²", Operations.SumOfSquares)], null, 0.5),
        new([("x+y", Operations.Add), ("x-y", Operations.Subtract), ("x·y", Operations.Multiply), ("x/y", Operations.Divide)], 0.1, 0.5),
        new([("x²+xy+y²", Operations.SquaresAndProduct)], null, 0.8),
        new([("x²+xy+y²+x", Operations.SquaresAndProductPlusX), ("[x/y|x-y]", Operations.DivideOrSubtract), ("x³+xy", Operations.CubeAndProduct)], 0.5, 0.95),
        new([("x³+xy²+y", Operations.CubeAndProductOfSquare)], 0.95, null),
    ];

    /// <inheritdoc/>
    public override string Name => "harder-operations-need-more-data";

    /// <inheritdoc/>
    public override string Statement =>
        "Every operation needs a share of its table: x²+y², sums and products less of it than x²+xy+y²+x and the mixed and cubic operations, and x³+xy²+y more than 95 %.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2, Figure 2 right";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.TunedDeviation,
        Figures.Text($"Enough data is a validation accuracy of {100 * EnoughAccuracy:0} % within {QuickSmall.TunedBudget:N0} steps, tried at one or two fractions from 10 to 95 % of the table; with more steps the harder operations need less."),
        MirrorFree,
        "That the mixed operation generalises with most of the table is part of another claim.",
        "Within these steps x³+xy²+y does not memorise 95 % of its table either, so that too little data and too few steps are not told apart; another claim tries what it memorises.",
        Classes,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        Figures.Text($"Enough data is a validation accuracy of {100 * EnoughAccuracy:0} %, tried at one or two of 10, 50, 80 and 95 % of the table, x²+y² and x²+xy+y² where it is enough alone."),
        MirrorFree,
        Classes,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new(
            "Share of the table that an operation needs",
            "from the least to the most: x+y, x·y; x-y, x/y; mixed, x²+xy+y²+x, x³+xy; x³+xy²+y never",
            "Figure 2 right",
            (tier, groups) => string.Join("; ", Tried(tier).Zip(groups).GroupBy(each => each.First.Operation, Needed, StringComparer.Ordinal))),
        new(
            "Steps to 99 % validation accuracy, for each operation with enough data",
            "not given",
            "Figure 2 right",
            (tier, groups) => string.Join("; ", Tried(tier).Zip(groups).Where(each => each.First.IsEnough)
                .Select(each => $"{each.Second.Name}: {Figures.Median(each.Second.StepsToLearn(Equations.Val))}"))),
    ];

    /// <summary>Judges that a fraction is too little for an operation: no seed generalises.</summary>
    public static Finding JudgeTooLittle(TrainedGroup group)
    {
        IReadOnlyList<double> accuracies = Accuracies(group);
        return new(
            $"{group.Name}: too little, no seed above {Figures.Percent(EnoughAccuracy)} validation accuracy",
            Figures.Percents(accuracies),
            accuracies.Max() <= EnoughAccuracy);
    }

    /// <summary>Judges that the runs on too little data have learnt it.</summary>
    public static Finding JudgeTrained(IEnumerable<TrainedGroup> groups) => Finding.EveryAtLeast(
        "on too little data: best training accuracy", [.. groups.SelectMany(group => group.BestAccuracies(Equations.Train))], LeastTrainAccuracy, Figures.Percent);

    /// <summary>Judges that a fraction is enough for an operation: every seed generalises.</summary>
    public static Finding JudgeEnough(TrainedGroup group)
    {
        IReadOnlyList<double> accuracies = Accuracies(group);
        return new(
            $"{group.Name}: enough, every seed above {Figures.Percent(EnoughAccuracy)} validation accuracy",
            Figures.Percents(accuracies),
            accuracies.Min() > EnoughAccuracy);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. Tried(tier).Select(each => each.Group)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        (bool IsEnough, TrainedGroup Group)[] tried = [.. Tried(tier).Zip(groups, (each, trained) => (each.IsEnough, trained))];
        TrainedGroup easy = tried.First(each => each.IsEnough).Group, hard = tried.Last(each => !each.IsEnough).Group;
        return Verdict.Of(
            $"{tried.Count(each => Enough(each) == each.IsEnough)} of {tried.Length} operations and fractions on their side of {Figures.Percent(EnoughAccuracy)}",
            [
                .. tried.Select(each => each.IsEnough ? JudgeEnough(each.Group) : JudgeTooLittle(each.Group)),
                JudgeTrained(tried.Where(each => !each.IsEnough).Select(each => each.Group)),
                Finding.Refuses($"{easy.Name} as too little", [JudgeTooLittle(easy)]),
                Finding.Refuses($"{hard.Name} as enough", [JudgeEnough(hard)]),
            ]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        (string Operation, double Fraction, TrainedGroup Group)[] tried = [.. Tried(tier).Zip(groups, (each, trained) => (each.Operation, each.Fraction, trained))];
        string[] operations = [.. tried.Select(each => each.Operation).Distinct(StringComparer.Ordinal)];
        double[] fractions = [.. tried.Select(each => each.Fraction).Distinct().Order()];
        return
        [
            new HeatMap(
                "Median of the best validation accuracy, for symmetric operations where no mirror trains (Figure 2 right)",
                "share of the table that trains",
                [.. fractions.Select(fraction => Figures.Text($"{100 * fraction:0} %"))],
                "operation",
                operations,
                [
                    .. operations.Select(operation => (IReadOnlyList<HeatCell>)
                    [
                        .. fractions.Select(fraction => tried.Where(each => each.Fraction.Equals(fraction) && string.Equals(each.Operation, operation, StringComparison.Ordinal))
                            .Select(each => HeatCell.Median(Accuracies(each.Group))).FirstOrDefault(HeatCell.NotTrained)),
                    ]),
                ]),
        ];
    }

    // Each seed's best accuracy, without the validation equations that symmetry answers where there is one.
    private static IReadOnlyList<double> Accuracies(TrainedGroup group) =>
        group.BestAccuracies(group.Curves[0].Final.MirrorFreeValAccuracy is null ? Equations.Val : Equations.MirrorFreeVal);

    private static string Needed(string operation, IEnumerable<((bool IsEnough, string Operation, double Fraction, RunGroup Group) Tried, TrainedGroup Group)> groups)
    {
        double[] tooLittle = [.. groups.Where(each => JudgeTooLittle(each.Group).Holds && JudgeTrained([each.Group]).Holds).Select(each => each.Tried.Fraction)];
        double[] enough = [.. groups.Where(each => JudgeEnough(each.Group).Holds).Select(each => each.Tried.Fraction)];
        return (tooLittle.Length > 0, enough.Length > 0) switch
        {
            (true, true) when tooLittle.Max() < enough.Min() => Figures.Text($"{operation} {100 * tooLittle.Max():0} to {100 * enough.Min():0} %"),
            (true, false) => Figures.Text($"{operation} more than {100 * tooLittle.Max():0} %"),
            (false, true) => Figures.Text($"{operation} {100 * enough.Min():0} % or less"),
            _ => $"{operation} not told",
        };
    }

    private static bool Enough((bool IsEnough, TrainedGroup Group) each) =>
        each.IsEnough ? JudgeEnough(each.Group).Holds : !JudgeTooLittle(each.Group).Holds;

    private static IEnumerable<(bool IsEnough, string Operation, double Fraction, RunGroup Group)> Tried(Tier tier) =>
        from each in tier == Tier.Quick ? s_quick : s_paper
        from operation in each.Operations
        from tried in each.Tried
        select (tried.IsEnough, operation.Name, tried.Fraction, Group(tier, operation.Name, operation.Operation, tried.Fraction));

    private static RunGroup Group(Tier tier, string name, ModularOperation operation, double fraction) => tier == Tier.Quick
        ? RunGroup.Seeds(Figures.Text($"small model, {name} mod 43, {100 * fraction:0} % data"), QuickSmall.Tuned(operation, fraction), Seeds)
        : PaperSize.Group(name, operation, fraction);

    private sealed record OperationClass(IReadOnlyList<(string Name, ModularOperation Operation)> Operations, double? TooLittle, double? Enough)
    {
        public IEnumerable<(bool IsEnough, double Fraction)> Tried
        {
            get
            {
                if (TooLittle is { } tooLittle)
                {
                    yield return (false, tooLittle);
                }

                if (Enough is { } enough)
                {
                    yield return (true, enough);
                }
            }
        }
    }
}
