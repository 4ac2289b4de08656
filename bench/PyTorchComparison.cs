using System.Text.Json;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>A step here and a step in PyTorch. Times are of the best window; the windows of all three took turns, each on one core.</summary>
/// <param name="Engine">The engine's id.</param>
/// <param name="Isa">The vectors of its matrix products.</param>
/// <param name="MsPerStep">Milliseconds of a step, mean over whole epochs.</param>
/// <param name="PeakGflops">The multiply-add peak of the core.</param>
/// <param name="Pytorch">PyTorch's side; null where no Python has torch.</param>
internal sealed record ComparisonReport(string Engine, string Isa, double MsPerStep, double PeakGflops, PyTorchReport? Pytorch);

/// <summary>PyTorch's side of a comparison.</summary>
/// <param name="About">What the script says of its torch.</param>
/// <param name="Blas">The library of its matrix products.</param>
/// <param name="GemmGflops">Their rate.</param>
/// <param name="Fair">Whether that rate is at least half of the core's peak. Otherwise the ratios compare with a slow BLAS, not with PyTorch.</param>
/// <param name="PlainMsPerStep">plain_model.py.</param>
/// <param name="TunedMsPerStep">tuned_model.py.</param>
/// <param name="RatioPlain">How many of our steps fit into one of plain_model.py.</param>
/// <param name="RatioTuned">The same for tuned_model.py.</param>
/// <param name="MedianRatioPlain">Median over the rounds of the ratio within the round.</param>
/// <param name="MedianRatioTuned">The same for tuned_model.py.</param>
internal sealed record PyTorchReport(
    JsonElement About,
    string? Blas,
    double GemmGflops,
    bool Fair,
    double PlainMsPerStep,
    double TunedMsPerStep,
    double RatioPlain,
    double RatioTuned,
    double MedianRatioPlain,
    double MedianRatioTuned);

/// <summary>Lets the engine and PyTorch train the same model in turns.</summary>
internal static class PyTorchComparison
{
    private const double WarmUpSeconds = 2.5;
    private const double WindowSeconds = 0.6;
    private const int Rounds = 8;
    private const double FairShareOfPeak = 0.5;

    public static ComparisonReport Run(Experiment experiment)
    {
        int stepsPerEpoch = new StepWork(experiment).StepsPerEpoch;
        var run = new TrainingRun(experiment);
        TrainingWindow.Train(run, stepsPerEpoch, WarmUpSeconds);
        Console.Error.WriteLine("starting PyTorch …");
        using PyTorchProcess? pytorch = PyTorchProcess.TryStart();
        if (pytorch is null)
        {
            Console.Error.WriteLine("No python3 here can import torch (Debian: apt install python3-torch); only this engine is measured.");
        }

        var own = new List<double>();
        var plain = new List<double>();
        var tuned = new List<double>();
        double peak = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {Rounds} …");
            peak = Math.Max(peak, FmaPeak.Measure());
            own.Add(TrainingWindow.Train(run, stepsPerEpoch, WindowSeconds).MillisecondsPerStep);
            if (pytorch is not null)
            {
                plain.Add(pytorch.MillisecondsPerStep("plain"));
                tuned.Add(pytorch.MillisecondsPerStep("tuned"));
            }
        }

        PyTorchReport? report = pytorch is null ? null : Report(pytorch.About, peak, own, plain, tuned);
        return new ComparisonReport(new CpuEngine().Id, FmaPeak.Isa, Math.Round(own.Min(), 4), Math.Round(peak, 1), report);
    }

    private static PyTorchReport Report(JsonElement about, double peak, List<double> own, List<double> plain, List<double> tuned)
    {
        double gemm = about.GetProperty("gemm_gflops").GetDouble();
        return new PyTorchReport(
            about,
            about.GetProperty("blas").GetString(),
            gemm,
            gemm >= FairShareOfPeak * peak,
            Math.Round(plain.Min(), 3),
            Math.Round(tuned.Min(), 3),
            Math.Round(plain.Min() / own.Min(), 2),
            Math.Round(tuned.Min() / own.Min(), 2),
            Math.Round(Statistics.Median(plain.Zip(own, (theirs, ours) => theirs / ours)), 2),
            Math.Round(Statistics.Median(tuned.Zip(own, (theirs, ours) => theirs / ours)), 2));
    }
}
