using Grokking.Curves;

namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §4 and Figure 6b: weight decay of the decoder leads from generalisation to memorisation.</summary>
public sealed class DecoderDecayEndsGeneralization : Claim
{
    // calibration/results/liu2022.csv: without decay about half of the runs generalise; fewer seeds are now and then too few for the test.
    private const int Seeds = 40;
    private const double Representation = 1e-3;
    private const double Decoder = 1e-4;
    private const double Some = 5;
    private const double TooMuch = 10;
    private const double MostP = 0.01;

    // calibration/results/liu2022.csv: the least of 280 seeds with too much decay is at 38 %; the same answer to all pairs is right for a tenth of them.
    private const double LeastTrain = 0.25;

    private static readonly double[] s_three = [0, Some, TooMuch];
    private static readonly double[] s_all = [0, 1, 2, 3, 4, Some, 6, 7, 8, 9, TooMuch];

    /// <inheritdoc/>
    public override string Name => "decoder-decay-ends-generalization";

    /// <inheritdoc/>
    public override string Statement =>
        "Without weight decay on its decoder the toy network often generalises, with too much of it never.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §4, Figure 6b, Table 1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Three decays and {Seeds} seeds instead of eleven decays and one seed, and {ToyAddition.Many} training pairs instead of 45, within {ToyAddition.Steps:N0} updates: on 45 most splits do not generalise. That some decay makes a run later is not judged: too few of its runs generalise."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"{Seeds} seeds instead of one, and {ToyAddition.Many} training pairs instead of 45, within {ToyAddition.Steps:N0} updates: on 45 most splits do not generalise."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps to 90 % training and validation accuracy, no decay", "1,130 and 1,529", "their result files of Figure 6", (_, groups) => ToyPhases.Medians(groups[0])),
        new(Figures.Text($"The same, decay {Some}"), "1,669 and 3,385 at 5 to 6", "their result files of Figure 6b", (tier, groups) => ToyPhases.Medians(groups[Array.IndexOf(Decays(tier), Some)])),
        new(Figures.Text($"The same, decay {TooMuch}"), "validation never, from 7 on", "their result files of Figure 6b", (_, groups) => ToyPhases.Medians(groups[^1])),
    ];

    /// <summary>Judges runs without and with too much decay of the decoder.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup none, TrainedGroup tooMuch)
    {
        ArgumentNullException.ThrowIfNull(none);
        ArgumentNullException.ThrowIfNull(tooMuch);
        return
        [
            ToyPhases.MoreGeneralize(none, tooMuch, MostP),
            new($"{tooMuch.Name}: no seed generalises", ToyPhases.Of(tooMuch, ToyPhases.Generalized(tooMuch)), ToyPhases.Generalized(tooMuch) == 0),
            Finding.EveryAtLeast($"{tooMuch.Name}: best training accuracy", tooMuch.BestAccuracies(Equations.Train), LeastTrain, Figures.Percent),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. Decays(tier).Select(At)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        TrainedGroup none = groups[0], some = groups[Array.IndexOf(Decays(tier), Some)], tooMuch = groups[^1];
        return Verdict.Of(
            $"generalise: {string.Join(", ", new[] { none, some, tooMuch }.Select(group => ToyPhases.Of(group, ToyPhases.Generalized(group))))} with no, some and too much decay",
            [
                .. Judge(none, tooMuch),
                Finding.Refuses("too much decay in the place of none", Judge(tooMuch, none)),
                Finding.Refuses("some decay in the place of too much", Judge(none, some)),
            ]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new HeatMap(
            "Seeds that get to 90 % (Figure 6b)",
            "weight decay of the decoder",
            [.. Decays(tier).Select(decay => Figures.Text($"{decay}"))],
            "runs",
            ["fit", "generalise"],
            [[.. groups.Select(group => ToyPhases.Cell(group, ToyPhases.Fit(group)))], [.. groups.Select(group => ToyPhases.Cell(group, ToyPhases.Generalized(group)))]]),
    ];

    private static double[] Decays(Tier tier) => tier == Tier.Paper ? s_all : s_three;

    private static RunGroup At(double decay) => ToyPhases.At(
        Figures.Text($"decoder decay {decay}"), ToyAddition.On(ToyAddition.Many) with { Steps = ToyAddition.Steps }, Representation, Decoder, decay, Seeds);
}
