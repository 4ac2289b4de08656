using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Claims.Liu2022;

/// <summary>The toy of Liu et al. 2022 under other learning rates and decays of its two parts, and the phase that a run is then in.</summary>
internal static class ToyPhases
{
    // Liu et al. 2022, Table 1: a run generalises if it gets to 90 % of both accuracies; without training accuracy it is confused.
    private const double Reached = 0.9;

    /// <summary>A group at these rates of the embeddings and of the decoder, and a weight decay of the decoder.</summary>
    public static RunGroup At(string name, Experiment toy, double representationRate, double decoderRate, double decoderDecay, int seeds)
    {
        var rates = (EmbeddingsApart)toy.Optimizer;
        return RunGroup.Seeds(
            name,
            toy with
            {
                Optimizer = rates with
                {
                    Embeddings = (AdamW)rates.Embeddings with { LearningRate = representationRate },
                    Others = (AdamW)rates.Others with { LearningRate = decoderRate, WeightDecay = decoderDecay },
                },
            },
            seeds);
    }

    /// <summary>When each run fits its training pairs.</summary>
    public static IReadOnlyList<EventTime> FitTimes(TrainedGroup group) => group.StepsTo(Equations.Train, Reached);

    /// <summary>When each run has fitted its training pairs and generalises: at the later of the two, never where one is missing.</summary>
    public static IReadOnlyList<EventTime> GeneralizationTimes(TrainedGroup group) =>
    [
        .. FitTimes(group).Zip(
            group.StepsTo(Equations.Val, Reached),
            (fit, val) => fit.IsCensored || (!val.IsCensored && fit.Time > val.Time) ? fit : val),
    ];

    /// <summary>How many runs fit their training pairs.</summary>
    public static int Fit(TrainedGroup group) => Seen(FitTimes(group));

    /// <summary>How many runs generalise.</summary>
    public static int Generalized(TrainedGroup group) => Seen(GeneralizationTimes(group));

    /// <summary>Some of the runs of a group in words, e.g. "8 of 10".</summary>
    public static string Of(TrainedGroup group, int runs) => Figures.Text($"{runs} of {group.Curves.Count}");

    /// <summary>The same as a cell of a phase diagram.</summary>
    public static HeatCell Cell(TrainedGroup group, int runs) => new(runs / (double)group.Curves.Count, Of(group, runs));

    /// <summary>The medians of both times in words.</summary>
    public static string Medians(TrainedGroup group) => $"{Figures.Median(FitTimes(group))} and {Figures.Median(GeneralizationTimes(group))} (medians)";

    /// <summary>That more runs generalise in one group than in another than chance allows.</summary>
    /// <param name="more">The group that is said to generalise.</param>
    /// <param name="fewer">The other.</param>
    /// <param name="mostP">Bound of Fisher's exact test, one-sided.</param>
    public static Finding MoreGeneralize(TrainedGroup more, TrainedGroup fewer, double mostP)
    {
        double p = FisherTest.PValue(Generalized(more), more.Curves.Count, Generalized(fewer), fewer.Curves.Count);
        return new(
            Figures.Text($"more seeds generalise with {more.Name} than with {fewer.Name} (Fisher's exact test, p ≤ {mostP})"),
            Figures.Text($"{Of(more, Generalized(more))} and {Of(fewer, Generalized(fewer))}, p = {p:0.0000}"),
            p <= mostP);
    }

    private static int Seen(IReadOnlyList<EventTime> times) => times.Count(time => !time.IsCensored);
}
