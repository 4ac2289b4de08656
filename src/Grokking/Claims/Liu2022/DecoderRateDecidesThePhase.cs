using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Claims.Liu2022;

/// <summary>Liu et al. 2022, §4 and Figure 6a: the learning rate of the decoder leads from confusion through generalisation to memorisation.</summary>
public sealed class DecoderRateDecidesThePhase : Claim
{
    private const int Seeds = 10;
    private const int Steps = 10_000;
    private const double Slowest = 1e-5;
    private const double Slow = 2.2e-5;
    private const double Fast = 2.2e-3;
    private const double MostP = 0.01;

    // Liu et al. 2022, Table 1: a phase is told by 90 % of either accuracy.
    private const double Reached = 0.9;

    /// <inheritdoc/>
    public override string Name => "decoder-rate-decides-the-phase";

    /// <inheritdoc/>
    public override string Statement =>
        "With the embeddings' learning rate fixed, a decoder that learns too slowly never fits, one that learns slowly generalises, and one that learns fast memorises.";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2022, §4, Figure 6a, Table 1";

    /// <inheritdoc/>
    public override string ReportedOnly =>
        "one seed of ten fits even with the slowest decoder, and ten seeds are too few to tell 8 generalising runs from 2 at this p; the paper shows one seed.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        ToyAddition.Deviation,
        Figures.Text($"Three decoder rates and {Seeds} seeds instead of ten rates and one seed: how far a run generalises depends on its split. Grokking and comprehension are counted as one."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFigure> Published =>
    [
        new("Steps to 90 % training and validation accuracy, slow decoder", "4,486 and 6,413", "their result files of Figure 6a", (_, groups) => Times(groups[1])),
        new("The same, fast decoder", "at most 2,248 and never", "their result files of Figure 6a", (_, groups) => Times(groups[2])),
    ];

    /// <summary>Judges runs of a slow decoder beside runs of a fast one.</summary>
    public static IReadOnlyList<Finding> Judge(TrainedGroup slow, TrainedGroup fast)
    {
        ArgumentNullException.ThrowIfNull(slow);
        ArgumentNullException.ThrowIfNull(fast);
        double p = FisherTest.PValue(Count(slow, Equations.Val), slow.Curves.Count, Count(fast, Equations.Val), fast.Curves.Count);
        return
        [
            new($"{fast.Name}: every seed memorises", Of(fast, Equations.Train), Count(fast, Equations.Train) == fast.Curves.Count),
            new(
                Figures.Text($"more seeds generalise with {slow.Name} than with {fast.Name} (Fisher's exact test, p ≤ {MostP})"),
                Figures.Text($"{Of(slow, Equations.Val)} and {Of(fast, Equations.Val)}, p = {p:0.0000}"),
                p <= MostP),
        ];
    }

    /// <summary>Judges runs of a decoder that is too slow.</summary>
    public static IReadOnlyList<Finding> JudgeConfusion(TrainedGroup slowest)
    {
        ArgumentNullException.ThrowIfNull(slowest);
        return [new($"{slowest.Name}: no seed fits 90 % of its training pairs", Of(slowest, Equations.Train), Count(slowest, Equations.Train) == 0)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RunGroup> Groups(Tier tier) => [At("decoder rate 1e-5", Slowest), At("decoder rate 2.2e-5", Slow), At("decoder rate 2.2e-3", Fast)];

    /// <inheritdoc/>
    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => Verdict.Of(
        $"generalise: {string.Join(", ", groups.Select(group => Of(group, Equations.Val)))} of slowest, slow and fast decoders",
        [
            .. JudgeConfusion(groups[0]),
            .. Judge(groups[1], groups[2]),
            Finding.Refuses("the slow decoder as too slow", JudgeConfusion(groups[1])),
            Finding.Refuses("the fast decoder in the place of the slow one", Judge(groups[2], groups[1])),
        ]);

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimFigure> PaperFigures(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
    [
        new HeatMap(
            "Seeds that get to 90 % (Figure 6a, one row of it)",
            "learning rate of the decoder",
            [.. new[] { Slowest, Slow, Fast }.Select(rate => Figures.Text($"{rate:0.#e-0}"))],
            "equations",
            ["training", "validation"],
            [.. new[] { Equations.Train, Equations.Val }.Select(equations => (IReadOnlyList<HeatCell>)
                [.. groups.Select(group => new HeatCell(Count(group, equations) / (double)group.Curves.Count, Of(group, equations)))])]),
    ];

    private static RunGroup At(string name, double decoderRate)
    {
        var rates = (EmbeddingsApart)Presets.Liu2022.Optimizer;
        return RunGroup.Seeds(
            name,
            Presets.Liu2022 with { Optimizer = rates with { Others = (AdamW)rates.Others with { LearningRate = decoderRate } }, Steps = Steps },
            Seeds);
    }

    private static int Count(TrainedGroup group, Equations equations) => group.StepsTo(equations, Reached).Count(time => !time.IsCensored);

    private static string Of(TrainedGroup group, Equations equations) => Figures.Text($"{Count(group, equations)} of {group.Curves.Count}");

    private static string Times(TrainedGroup group) =>
        $"{Figures.Median(group.StepsTo(Equations.Train, Reached))} and {Figures.Median(group.StepsTo(Equations.Val, Reached))} (medians)";
}
