using Grokking.Analysis;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>What claims read off the output layer's rows (Power et al. 2022, Figure 3).</summary>
internal static class OutputRowStatistics
{
    /// <summary>Of a small subgroup. A5 is none: its cosets, of order 60, tell even from odd, which a model that only memorised may know.</summary>
    public const int GreatestSmallOrder = 24;

    private const int Frequencies = 5;

    /// <summary>The share of the rows' variance in their five strongest Fourier frequencies; about 0.35 of 21 for rows without structure.</summary>
    public static WeightStatistic FourierShare { get; } =
        new("fourierShareOfTop5", (experiment, run) => FourierSpectrum.Of(Rows(experiment, run)).TopShare(Frequencies));

    /// <summary>The share of neighbours on the best circle that differ by one step: the paper's number line.</summary>
    public static WeightStatistic NumberLineAdjacency { get; } =
        new("numberLineAdjacency", (experiment, run) => NumberLine.Recover(Rows(experiment, run)).Adjacency);

    /// <summary>The order of the subgroup of S_n whose cosets explain the rows best.</summary>
    public static WeightStatistic SubgroupOrder { get; } =
        new("subgroupOrder", (experiment, run) => Cosets(experiment, run).Best.Subgroup.Order);

    /// <summary>How well the cosets of the best small subgroup explain the rows: <see cref="CosetFit.Score"/>, about 0 without structure.</summary>
    public static WeightStatistic CosetScore { get; } =
        new("cosetScore", (experiment, run) => Cosets(experiment, run).Fits.First(fit => fit.Subgroup.Order <= GreatestSmallOrder).Score);

    /// <summary>How often rows dealt out at random have cosets that explain them as well; 0.005 at the least.</summary>
    public static WeightStatistic CosetPValue { get; } =
        new("cosetPValue", (experiment, run) => CosetSearch.PValue(Rows(experiment, run), Group(experiment)));

    private static CosetSearch Cosets(Experiment experiment, TrainedRun run) => CosetSearch.Run(Rows(experiment, run), Group(experiment));

    private static SymmetricGroup Group(Experiment experiment) => new(((Tasks.PermutationOperation)experiment.Task).Degree);

    private static MathNet.Numerics.LinearAlgebra.Matrix<double> Rows(Experiment experiment, TrainedRun run) =>
        OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
}
