using Grokking.Configuration;

namespace Grokking.Claims.Liu2022;

/// <summary>
/// Liu et al. 2022, §4 and Figure 6a, two corners of its grid: fast embeddings under a slow decoder generalise, slow embeddings under a fast decoder
/// memorise.
/// </summary>
public sealed class RepresentationMustOutpaceDecoder : Claim
{
    private const int Seeds = 15;
    private const double FastRepresentation = 1e-2;
    private const double SlowRepresentation = 1e-4;
    private const double FastDecoder = 2.2e-3;
    private const double SlowDecoder = 2.2e-5;
    private const double MostP = 0.01;

    // The paper calls 90 % generalisation. Of calibration/results/liu2022.csv 38 of 105 runs with the embeddings ahead get there, too few to tell fifteen from none.
    private const double Half = 0.5;

    private static readonly double[] s_representations = [FastRepresentation, 1e-3, SlowRepresentation];
    private static readonly double[] s_decoders = [SlowDecoder, 2.2e-4, FastDecoder];

    /// <inheritdoc/>
    public override string Name => "representation-must-outpace-decoder";

    /// <inheritdoc/>
    public override string Statement =>
        "The toy network gets most unseen sums right where its embeddings learn fast and its decoder slowly, and only memorises where it is the other way round.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §4, Figure 6a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Two corners of the grid on {Seeds} seeds instead of the grid on one, and half of the unseen sums instead of 90 %: how far a run generalises depends on its split."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> PaperDeviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Three rates of either instead of ten, {Seeds} seeds instead of one, and half of the unseen sums instead of 90 %: how far a run generalises depends on its split."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Phase, fast embeddings and a slow decoder", "comprehension or grokking", "Figure 6a", (_, groups) => Phase(groups[0])),
        new("Phase, slow embeddings and a fast decoder", "memorization", "Figure 6a", (_, groups) => Phase(groups[^1])),
    ];

    /// <summary>Judges runs with fast embeddings and a slow decoder beside runs where it is the other way round.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup representationAhead, TrainedGroup decoderAhead)
    {
        ArgumentNullException.ThrowIfNull(representationAhead);
        ArgumentNullException.ThrowIfNull(decoderAhead);
        double p = FisherTest.PValue(MostRight(representationAhead), representationAhead.Curves.Count, MostRight(decoderAhead), decoderAhead.Curves.Count);
        return
        [
            new(
                Figures.Text($"more seeds get more than {100 * Half:0} % of the unseen sums right with {representationAhead.Name} than with {decoderAhead.Name} (Fisher's exact test, p ≤ {MostP})"),
                Figures.Text($"{ToyPhases.Of(representationAhead, MostRight(representationAhead))} and {ToyPhases.Of(decoderAhead, MostRight(decoderAhead))}, p = {p:0.0000}"),
                p <= MostP),
            new(
                Figures.Text($"{representationAhead.Name}: most seeds get more than {100 * Half:0} % of the unseen sums right"),
                ToyPhases.Of(representationAhead, MostRight(representationAhead)),
                2 * MostRight(representationAhead) > representationAhead.Curves.Count),
            new($"{decoderAhead.Name}: no seed generalises", ToyPhases.Of(decoderAhead, ToyPhases.Generalized(decoderAhead)), ToyPhases.Generalized(decoderAhead) == 0),
            new(
                $"{decoderAhead.Name}: every seed fits 90 % of its training pairs",
                ToyPhases.Of(decoderAhead, ToyPhases.Fit(decoderAhead)),
                ToyPhases.Fit(decoderAhead) == decoderAhead.Curves.Count),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => tier == Tier.Paper
        ? [.. s_representations.SelectMany(representation => s_decoders.Select(decoder => At(representation, decoder)))]
        : [At(FastRepresentation, SlowDecoder), At(SlowRepresentation, FastDecoder)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"most unseen sums right: {ToyPhases.Of(groups[0], MostRight(groups[0]))} with the embeddings ahead, {ToyPhases.Of(groups[^1], MostRight(groups[^1]))} with the decoder ahead",
        [.. Judge(groups[0], groups[^1]), Finding.Refuses("the two in each other's place", Judge(groups[^1], groups[0]))]);

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new HeatMap(
            "Seeds that generalise (Figure 6a, where it is trained)",
            "learning rate of the decoder",
            [.. s_decoders.Select(Rate)],
            "embeddings' rate",
            [.. s_representations.Select(Rate)],
            [.. s_representations.Select(representation => (IReadOnlyList<HeatCell>)[.. s_decoders.Select(decoder => Cell(At(representation, decoder).Name, groups))])]),
    ];

    private static int MostRight(TrainedGroup group) => group.BestValAccuracies.Count(accuracy => accuracy > Half);

    private static HeatCell Cell(string name, IReadOnlyList<TrainedGroup> groups) =>
        groups.FirstOrDefault(group => string.Equals(group.Name, name, StringComparison.Ordinal)) is { } trained
            ? ToyPhases.Cell(trained, ToyPhases.Generalized(trained))
            : HeatCell.NotTrained;

    private static RunGroup At(double representationRate, double decoderRate) => ToyPhases.At(
        $"embeddings {Rate(representationRate)}, decoder {Rate(decoderRate)}", Presets.Liu2022, representationRate, decoderRate, decoderDecay: 0, Seeds);

    private static string Rate(double rate) => Figures.Text($"{rate:0.#e-0}");

    private static string Phase(TrainedGroup group) =>
        $"{ToyPhases.Of(group, ToyPhases.Fit(group))} fit, {ToyPhases.Of(group, ToyPhases.Generalized(group))} generalise; {ToyPhases.Medians(group)}";
}
