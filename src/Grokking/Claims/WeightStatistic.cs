using Grokking.Training;

namespace Grokking.Claims;

/// <summary>A number read off the weights that a run ends with, for a judge that asks for more than curves.</summary>
/// <param name="Name">What it is, e.g. "Fourier share"; a group has no two of one name.</param>
/// <param name="Read">Trains nothing; the same weights always give the same number.</param>
public sealed record WeightStatistic(string Name, Func<Experiment, TrainedRun, double> Read);
