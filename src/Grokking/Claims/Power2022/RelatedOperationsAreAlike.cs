using Grokking.Curves;
using Grokking.Tasks;

namespace Grokking.Claims.Power2022;

/// <summary>Power et al. 2022, §3.2: x−y and x/y take about the same amount of data, and x+y and x·y are one operation under two names.</summary>
public sealed class RelatedOperationsAreAlike : Claim
{
    // The catalogue's band; a saved reproduction at the paper's size has x/y at 0.89 of x-y.
    private const double LeastRatio = 0.75;
    private const double GreatestRatio = 1.33;

    /// <inheritdoc/>
    public override string Name => "related-operations-are-alike";

    /// <inheritdoc/>
    public override string Statement => "x/y takes about as many steps to 99 % validation accuracy as x-y, and x·y about as many as x+y.";

    /// <inheritdoc/>
    public override string Source => "Power et al. 2022, §3.2";

    /// <inheritdoc/>
    public override string? ReportedOnly =>
        "here x/y is a little sooner than x-y, so that a few seeds leave the widest band that still tells x-y from x+y, and now and then do not tell these apart either.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        QuickSmall.Deviation,
        .. PaperDeviations,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        "Steps at one fraction of the table instead of the fraction that is needed.",
        "x·y over all residues, 0 among them; without 0 it is x+y mod p - 1 exactly, as a unit test shows on the tables.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps of x/y over those of x-y", "about the same amount of data", "§3.2", (_, groups) => Ratio(groups[1], groups[0])),
        new("Steps of x·y over those of x+y", "indistinguishable", "§3.2", (_, groups) => Ratio(groups[3], groups[2])),
    ];

    /// <summary>Judges whether one group takes as long as another.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup one, TrainedGroup other)
    {
        MedianRatio ratio = MedianRatio.Of(one.StepsToLearn(Equations.Val), other.StepsToLearn(Equations.Val));
        return
        [
            new(
                Figures.Text($"{one.Name} over {other.Name}: median steps to 99 % validation {LeastRatio:0.00}× to {GreatestRatio:0.00}×"),
                Figures.Ratio(ratio),
                ratio.Value is >= LeastRatio and <= GreatestRatio),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier switch
    {
        Tier.Quick =>
        [
            QuickSmall.Group("x-y mod 43, 60 % data", QuickSmall.Of(Operations.Subtract, 0.6)),
            QuickSmall.Group("x/y mod 43, 60 % data", QuickSmall.Of(Operations.Divide, 0.6)),
            QuickSmall.Group("x+y mod 43, 60 % data", QuickSmall.Within(Operations.Add, 0.6)),
            QuickSmall.Group("x·y mod 43, 60 % data", QuickSmall.Within(Operations.Multiply, 0.6)),
        ],
        _ =>
        [
            PaperSize.Group("x-y", Operations.Subtract, 0.5),
            PaperSize.Group("x/y", Operations.Divide, 0.5),
            PaperSize.Group("x+y", Operations.Add, 0.5),
            PaperSize.Group("x·y", Operations.Multiply, 0.5),
        ],
    };

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        (TrainedGroup subtract, TrainedGroup divide, TrainedGroup add, TrainedGroup multiply) = (groups[0], groups[1], groups[2], groups[3]);
        return Verdict.Of(
            $"x/y takes {Ratio(divide, subtract)} the steps of x-y, x·y {Ratio(multiply, add)} those of x+y",
            [
                .. Judge(divide, subtract),
                .. Judge(multiply, add),
                Finding.Refuses($"{subtract.Name} as an operation like {add.Name}", Judge(subtract, add)),
            ]);
    }

    private static string Ratio(TrainedGroup one, TrainedGroup other) =>
        Figures.Ratio(MedianRatio.Of(one.StepsToLearn(Equations.Val), other.StepsToLearn(Equations.Val)));
}
