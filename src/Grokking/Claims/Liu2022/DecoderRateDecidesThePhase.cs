using Grokking.Configuration;

namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §4 and Figure 6a: the learning rate of the decoder leads from confusion through generalisation to memorisation.</summary>
public sealed class DecoderRateDecidesThePhase : Claim
{
    private const int Seeds = 5;
    private const double Slowest = 1e-5;
    private const double Slow = 2.2e-5;
    private const double Fast = 2.2e-3;
    private const double Representation = 1e-3;
    private const double MostP = 0.01;

    private static readonly double[] s_three = [Slowest, Slow, Fast];
    private static readonly double[] s_all = [Slowest, Slow, 4.6e-5, 1e-4, 2.2e-4, 4.6e-4, 1e-3, Fast, 4.6e-3, 1e-2];

    /// <inheritdoc/>
    public override string Name => "decoder-rate-decides-the-phase";

    /// <inheritdoc/>
    public override string Statement =>
        "With the embeddings' learning rate fixed, a decoder that learns too slowly never fits, one that learns slowly generalises, and one that learns fast memorises.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §4, Figure 6a, Table 1";

    /// <inheritdoc/>
    public override string ReportedOnly =>
        "now and then a seed fits even with the slowest decoder, and these seeds are too few to tell most generalising runs from few at this p; the paper shows one seed.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Three decoder rates and {Seeds} seeds instead of ten rates and one seed: how far a run generalises depends on its split. Grokking and comprehension are counted as one."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"{Seeds} seeds instead of one: how far a run generalises depends on its split. Grokking and comprehension are counted as one."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps to 90 % training and validation accuracy, slow decoder", "4,486 and 6,413", "their result files of Figure 6a", (tier, groups) => ToyPhases.Medians(At(Slow, tier, groups))),
        new("The same, fast decoder", "at most 2,248 and never", "their result files of Figure 6a", (tier, groups) => ToyPhases.Medians(At(Fast, tier, groups))),
    ];

    /// <summary>Judges runs of a slow decoder beside runs of a fast one.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup slow, TrainedGroup fast)
    {
        ArgumentNullException.ThrowIfNull(slow);
        ArgumentNullException.ThrowIfNull(fast);
        return
        [
            new($"{fast.Name}: every seed fits 90 % of its training pairs", ToyPhases.Of(fast, ToyPhases.Fit(fast)), ToyPhases.Fit(fast) == fast.Curves.Count),
            ToyPhases.MoreGeneralize(slow, fast, MostP),
        ];
    }

    /// <summary>Judges runs of a decoder that is too slow.</summary>
    public static IReadOnlyList<Finding> JudgeConfusion(TrainedGroup slowest)
    {
        ArgumentNullException.ThrowIfNull(slowest);
        return [new($"{slowest.Name}: no seed fits 90 % of its training pairs", ToyPhases.Of(slowest, ToyPhases.Fit(slowest)), ToyPhases.Fit(slowest) == 0)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [.. Rates(tier).Select(At)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups)
    {
        TrainedGroup slowest = At(Slowest, tier, groups), slow = At(Slow, tier, groups), fast = At(Fast, tier, groups);
        return Verdict.Of(
            $"generalise: {string.Join(", ", new[] { slowest, slow, fast }.Select(group => ToyPhases.Of(group, ToyPhases.Generalized(group))))} of slowest, slow and fast decoders",
            [
                .. JudgeConfusion(slowest),
                .. Judge(slow, fast),
                Finding.Refuses("the slow decoder as too slow", JudgeConfusion(slow)),
                Finding.Refuses("the fast decoder in the place of the slow one", Judge(fast, slow)),
            ]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new HeatMap(
            "Seeds that get to 90 % (Figure 6a, a row of it)",
            "learning rate of the decoder",
            [.. Rates(tier).Select(Rate)],
            "runs",
            ["fit", "generalise"],
            [[.. groups.Select(group => ToyPhases.Cell(group, ToyPhases.Fit(group)))], [.. groups.Select(group => ToyPhases.Cell(group, ToyPhases.Generalized(group)))]]),
    ];

    private static double[] Rates(Tier tier) => tier == Tier.Paper ? s_all : s_three;

    private static TrainedGroup At(double decoderRate, Tier tier, IReadOnlyList<TrainedGroup> groups) => groups[Array.IndexOf(Rates(tier), decoderRate)];

    private static RunGroup At(double decoderRate) =>
        ToyPhases.At($"decoder rate {Rate(decoderRate)}", Presets.Liu2022, Representation, decoderRate, decoderDecay: 0, Seeds);

    private static string Rate(double rate) => Figures.Text($"{rate:0.#e-0}");
}
