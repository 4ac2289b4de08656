using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Claims.Liu2022;

/// <summary>The toy of Liu et al. 2022, §3: ten symbols with scalar embeddings, the 55 sums of two of them, n of which train.</summary>
internal static class ToyAddition
{
    /// <summary>All pairs.</summary>
    public const int Pairs = 55;

    /// <summary>Training pairs at which the toy generalises with about every other seed.</summary>
    public const int Many = 50;

    /// <summary>Updates within which a run on <see cref="Many"/> pairs at the preset's rates mostly generalises, if it ever does.</summary>
    public const int Steps = 3000;

    /// <summary>How claims on it differ from the paper, for their lists.</summary>
    public const string Deviation = "Seeds of our own; model, rates, targets and precision are those of the released code.";

    /// <summary>The representation quality index of the embeddings.</summary>
    public static WeightStatistic Quality { get; } = new("representationQuality", (_, run) => RepresentationQuality.Of(Embeddings(run)).Index);

    /// <summary>How well the embeddings lie in the order of their symbols at equal steps.</summary>
    public static WeightStatistic Correlation { get; } = new("correlationWithSymbol", (_, run) => ArithmeticProgression.Correlation(Embeddings(run)));

    /// <summary>The accuracy over all pairs that the embeddings predict.</summary>
    public static WeightStatistic PredictedAccuracy { get; } = new(
        "predictedAccuracy",
        (experiment, run) =>
        {
            var table = new EquationTable((Operation)experiment.Task);
            int[] trained = Split.Draw(table, experiment.TrainFraction, experiment.Seed).Train.ToArray();
            return RepresentationQuality.Of(Embeddings(run)).PredictedAccuracy([.. trained.Select(i => new SymbolPair(table.Left[i], table.Right[i]))]);
        });

    /// <summary>The accuracy over all pairs that the network has.</summary>
    public static WeightStatistic RealAccuracy { get; } = new(
        "realAccuracy",
        (experiment, run) =>
        {
            CurvePoint final = run.Curve.Final;
            int trained = Split.CountTrain(Pairs, experiment.TrainFraction);
            return ((trained * final.TrainAccuracy) + ((Pairs - trained) * final.ValAccuracy)) / Pairs;
        });

    /// <summary>A run on this many training pairs.</summary>
    public static Experiment On(int trainingPairs) => Presets.Liu2022 with { TrainFraction = trainingPairs / (double)Pairs };

    private static Matrix<double> Embeddings(TrainedRun run)
    {
        float[] embeddings = run.Layout.Tensors[0].In(run.Parameters.Span).ToArray();
        return Matrix<double>.Build.Dense(embeddings.Length, 1, (symbol, _) => embeddings[symbol]);
    }
}
