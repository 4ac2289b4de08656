using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>The loss of an experiment over the answers of its examples.</summary>
internal static class AnswerLoss
{
    /// <summary>The loss with its templates, which the seed's stream "templates" draws where there are any.</summary>
    public static OutputLoss Of(Experiment experiment, TokenSequences sequences)
    {
        int classes = sequences.OutputSize;
        return experiment switch
        {
            { Task: VectorTask { RightBelow: { } rightBelow } } => OutputLoss.SquaredError(sequences.TargetVectors!, rightBelow),
            { Loss: LossKind.CrossEntropy } => OutputLoss.CrossEntropy(classes),
            { Loss: LossKind.FloatCrossEntropy } => OutputLoss.FloatCrossEntropy(classes),
            { Loss: LossKind.StableMax } => OutputLoss.StableMax(classes),
            { TemplateWidth: { } width } => OutputLoss.SquaredError(Templates(classes, width, experiment.Seed)),
            _ => OutputLoss.SquaredError(classes),
        };
    }

    /// <summary>(classes, width) the vectors that stand for the classes, drawn by the stream "templates".</summary>
    public static Matrix Templates(int classes, int width, ulong seed)
    {
        var templates = new Matrix(classes, width);
        var stream = new RandomStream(seed, "templates");
        for (int c = 0; c < classes; c++)
        {
            stream.FillNormal(templates.Row(c), mean: 0, standardDeviation: 1);
        }

        return templates;
    }
}
