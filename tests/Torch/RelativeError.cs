using Grokking.Curves;
using Grokking.Models;

namespace Grokking.Tests.Torch;

/// <summary>How far what one engine computed is from what the other did.</summary>
internal static class RelativeError
{
    // A gradient that is zero in exact arithmetic (b_K) is rounding noise: measured against this share of the whole.
    private const double ShareForZero = 0.1;

    /// <summary>|actual − expected| / |expected|.</summary>
    public static double Of(double expected, double actual) => Math.Abs(actual - expected) / Math.Abs(expected);

    /// <summary>‖actual − expected‖ / ‖expected‖ of a flat buffer.</summary>
    public static double Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => Difference(expected, actual) / Norm(expected);

    /// <summary>The same of the tensor that is furthest off, with its name.</summary>
    public static (double Error, string Name) Worst(ParameterLayout layout, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        (double Error, string Name) worst = (0, "none");
        double whole = Norm(expected) / Math.Sqrt(expected.Length);
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            double size = Math.Max(Norm(tensor.In(expected)), ShareForZero * whole * Math.Sqrt(tensor.Count) * (IsZero(tensor) ? 1 : 0));
            double error = Difference(tensor.In(expected), tensor.In(actual)) / size;

            // Written so that NaN is the worst.
            if (!(error <= worst.Error))
            {
                worst = (error, tensor.Name);
            }
        }

        return worst;
    }

    /// <summary>The largest relative difference of two curves' losses and weight norms.</summary>
    public static double Of(LearningCurve expected, LearningCurve actual)
    {
        Assert.Equal(expected.Points.Select(point => point.Step), actual.Points.Select(point => point.Step));
        return expected.Points.Zip(
            actual.Points,
            (x, y) => Math.Max(Math.Max(Of(x.TrainLoss, y.TrainLoss), Of(x.ValLoss, y.ValLoss)), Of(x.WeightNorm, y.WeightNorm))).Max();
    }

    private static bool IsZero(ParameterTensor tensor) => tensor.Name.EndsWith("b_K", StringComparison.Ordinal);

    private static double Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return Math.Sqrt(squares);
    }

    private static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double squares = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = (double)actual[i] - expected[i];
            squares += error * error;
        }

        return Math.Sqrt(squares);
    }
}
