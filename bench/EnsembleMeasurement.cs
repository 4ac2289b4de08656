using System.Diagnostics;
using Grokking.TorchSharp;
using Grokking.Training;
using static TorchSharp.torch;

namespace Grokking.Bench;

/// <summary>What a step of several runs at once costs on the TorchSharp engine. Rates are of the best window.</summary>
/// <param name="Device">What it ran on.</param>
/// <param name="Runs">R, runs in the ensemble.</param>
/// <param name="SharesPrefixes">Whether equal beginnings of sequences were computed once.</param>
/// <param name="Backward">Where gradients came from.</param>
/// <param name="MsPerStep">Milliseconds of one step of all runs.</param>
/// <param name="RunStepsPerS">Updates per second, all runs together.</param>
/// <param name="MedianRunStepsPerS">The same of the median window.</param>
/// <param name="RatioPlain">RunStepsPerS over that of the peer's plain implementation; null without a peer.</param>
/// <param name="RatioTuned">The same for the tuned one.</param>
/// <param name="MsPerEvaluation">Milliseconds of one evaluation of all runs on all equations.</param>
/// <param name="ResidentMiB">Memory of the process after it all; what a GPU holds is not in it.</param>
/// <param name="Processors">Cores that the process may use.</param>
internal sealed record EnsembleReport(
    string Device,
    int Runs,
    bool SharesPrefixes,
    string Backward,
    double MsPerStep,
    double RunStepsPerS,
    double MedianRunStepsPerS,
    double? RatioPlain,
    double? RatioTuned,
    double MsPerEvaluation,
    double ResidentMiB,
    int Processors);

/// <summary>Measures ensembles of one experiment that differ in the seed.</summary>
internal static class EnsembleMeasurement
{
    private const int WarmUpSteps = 5;
    private const int Windows = 8;
    private const int StepsPerWindow = 8;

    /// <summary>Measures one size: as it is by default, without equal beginnings computed once, and with a derived backward pass.</summary>
    /// <exception cref="NotSupportedException">The device cannot be used; the message says why.</exception>
    public static IEnumerable<EnsembleReport> Compare(Experiment experiment, int size, PyTorchPeer? peer) =>
    [
        Run(experiment, size, sharesPrefixes: true, BackwardPass.Autograd, peer),
        Run(experiment, size, sharesPrefixes: false, BackwardPass.Autograd, peer),
        Run(experiment, size, sharesPrefixes: true, BackwardPass.Derived, peer),
    ];

    private static EnsembleReport Run(Experiment experiment, int size, bool sharesPrefixes, BackwardPass backward, PyTorchPeer? peer)
    {
        TorchDevice where = TorchLibrary.BuiltFor;
        if (TorchLibrary.WhyUnavailable(where) is string reason)
        {
            throw new NotSupportedException(reason);
        }

        EnsembleRun[] runs = [.. Enumerable.Range(0, size).Select(seed => new EnsembleRun(experiment with { Seed = (ulong)seed }, sharesPrefixes))];
        using var ensemble = new Ensemble(runs[0], new Device(TorchLibrary.TypeOf(where)), backward);
        ensemble.Join([.. runs.Select(run =>
        {
            RunBuffers buffers = run.Draw();
            return (run, buffers, buffers.Parameters);
        })]);

        // A copy to the host waits for everything before it.
        ensemble.Advance(WarmUpSteps);
        ensemble.Copy(runs[0]);
        double[] seconds = [.. Enumerable.Range(0, Windows).Select(_ => Time(() =>
        {
            ensemble.Advance(StepsPerWindow);
            ensemble.Copy(runs[0]);
        }))];
        double evaluation = Time(() => ensemble.Evaluate(runs));
        Array.Sort(seconds);
        double updates = (double)StepsPerWindow * size;
        return new EnsembleReport(
            where.ToString(),
            size,
            sharesPrefixes,
            backward.ToString(),
            1000 * seconds[0] / StepsPerWindow,
            updates / seconds[0],
            updates / Statistics.Median(seconds),
            updates / seconds[0] / peer?.PlainStepsPerS,
            updates / seconds[0] / peer?.TunedStepsPerS,
            1000 * evaluation,
            Environment.WorkingSet / (1024.0 * 1024),
            Environment.ProcessorCount);
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
