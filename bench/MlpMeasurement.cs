using System.Diagnostics;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>Times of one pass forward and backward of an MLP over its whole training set.</summary>
/// <param name="Examples">Of the training set.</param>
/// <param name="SlicedMs">In slices that stay in the second-level cache, milliseconds, median.</param>
/// <param name="WholeMs">All examples at once.</param>
/// <param name="SliceRatio">Whole over sliced, of the medians.</param>
/// <param name="DyingMs">In slices, with every third unit's weights near 1e-30, as decay leaves them.</param>
/// <param name="DyingRatio">Dying over living, of the medians.</param>
internal sealed record MlpReport(int Examples, double SlicedMs, double WholeMs, double SliceRatio, double DyingMs, double DyingRatio);

/// <summary>What slices save, and that dying units cost nothing: <see cref="Mlp"/>.</summary>
internal static class MlpMeasurement
{
    private const int Rounds = 25;
    private const float Dying = 1e-30f;

    public static MlpReport Run(Experiment experiment)
    {
        var operation = (Operation)experiment.Task;
        var table = new EquationTable(operation);
        var sequences = TokenSequences.Encode(table, experiment.Convention);
        int[] train = Split.Draw(table, experiment.TrainFraction, experiment.Seed).Train.ToArray();
        int[] tokens = [.. train.SelectMany(i => sequences.Tokens.Slice(i * sequences.Length, sequences.Length).ToArray())];
        int[] targets = [.. train.Select(i => sequences.Targets[i])];
        var config = (MlpConfig)experiment.Model;
        var loss = OutputLoss.SquaredError(sequences.OutputSize);
        Mlp sliced = new(config, sequences.VocabularySize, sequences.Length, loss);
        Mlp whole = new(config, sequences.VocabularySize, sequences.Length, loss, inputVectors: null, slice: train.Length);
        float[] living = new float[sliced.Layout.Count], dying = new float[living.Length], gradient = new float[living.Length];
        sliced.Initialize(experiment.Seed, living);
        sliced.Initialize(experiment.Seed, dying);
        foreach (ParameterTensor tensor in sliced.Layout.Tensors)
        {
            // Of W_in a unit is a column, of W_1 a row.
            for (int i = 0; i < tensor.Count; i++)
            {
                int unit = tensor.Columns == config.DHidden ? i % tensor.Columns : i / tensor.Columns;
                dying[tensor.Offset + i] *= unit % 3 == 0 ? Dying : 1;
            }
        }

        List<double> slicedMs = [], wholeMs = [], dyingMs = [];
        for (int round = -3; round < Rounds; round++)
        {
            (double a, double b, double c) = (Time(sliced, living), Time(whole, living), Time(sliced, dying));
            if (round >= 0)
            {
                slicedMs.Add(a);
                wholeMs.Add(b);
                dyingMs.Add(c);
            }
        }

        double median = Statistics.Median(slicedMs);
        return new MlpReport(
            train.Length, median, Statistics.Median(wholeMs), Statistics.Median(wholeMs) / median, Statistics.Median(dyingMs), Statistics.Median(dyingMs) / median);

        double Time(Mlp model, float[] parameters)
        {
            long start = Stopwatch.GetTimestamp();
            model.Load(parameters, forTraining: true);
            model.LossAndGradient(parameters, tokens, targets, gradient);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
