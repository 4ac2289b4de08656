using Grokking.Curves;

namespace Grokking.Cli.Export;

/// <summary>One number of an evaluation: the row of a tidy table, the scalar of a TensorBoard file.</summary>
/// <param name="Set">On what it was measured: "train", "val", "mirror_free_val" or "weights".</param>
/// <param name="Name">"loss" in the unit of the experiment's loss, "accuracy" as a share in [0, 1], or "norm".</param>
/// <param name="Value">May be NaN or infinite.</param>
internal readonly record struct CurveMetric(string Set, string Name, double Value)
{
    /// <summary>E.g. "val/accuracy".</summary>
    public string Tag => $"{Set}/{Name}";

    /// <summary>All numbers of an evaluation, always in one order; one that was not measured is left out.</summary>
    public static IEnumerable<CurveMetric> Of(CurvePoint point)
    {
        yield return new CurveMetric("train", "loss", point.TrainLoss);
        yield return new CurveMetric("train", "accuracy", point.TrainAccuracy);
        yield return new CurveMetric("val", "loss", point.ValLoss);
        yield return new CurveMetric("val", "accuracy", point.ValAccuracy);
        if (point.MirrorFreeValAccuracy is { } accuracy)
        {
            yield return new CurveMetric("mirror_free_val", "accuracy", accuracy);
        }

        yield return new CurveMetric("weights", "norm", point.WeightNorm);
    }
}
