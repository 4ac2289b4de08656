using Grokking.Analysis;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Claims.Power2022;

/// <summary>What claims read off the output layer's rows (Power et al. 2022, Figure 3).</summary>
internal static class OutputRowStatistics
{
    /// <summary>
    /// Of the subgroups of which one may be the best. A5, of order 60, may not: its cosets tell even from odd, which a model that only memorised may know, and no
    /// cosets are credited with that (<see cref="PermutationRows.WithoutSign"/>).
    /// </summary>
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
        new("subgroupOrder", (experiment, run) => BestCosets(experiment, run).Subgroup.Order);

    /// <summary>How well the cosets of the best small subgroup explain the rows: <see cref="CosetFit.Score"/>, about 0 without structure.</summary>
    public static WeightStatistic CosetScore { get; } =
        new("cosetScore", (experiment, run) => BestCosets(experiment, run).Score);

    /// <summary>How often rows dealt out at random have cosets that explain them as well; 0.005 at the least.</summary>
    public static WeightStatistic CosetPValue { get; } =
        new("cosetPValue", (experiment, run) => CosetSearch.PValue(WithoutSign(experiment, run), Group(experiment)));

    /// <summary>The subgroup of S_n and the side whose cosets explain the rows best, their sign left aside.</summary>
    public static CosetFit BestCosets(Experiment experiment, TrainedRun run) =>
        CosetSearch.Run(WithoutSign(experiment, run), Group(experiment)).Fits.First(fit => fit.Subgroup.Order <= GreatestSmallOrder);

    private static SymmetricGroup Group(Experiment experiment) => new(((Tasks.PermutationOperation)experiment.Task).Degree);

    private static Matrix<double> WithoutSign(Experiment experiment, TrainedRun run) => PermutationRows.WithoutSign(Rows(experiment, run), Group(experiment));

    private static Matrix<double> Rows(Experiment experiment, TrainedRun run) => OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
}
