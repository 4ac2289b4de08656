using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

/// <summary>Hidden units whose functions are known, read back from the weights of an MLP on one-hot inputs.</summary>
internal static class TypedUnits
{
    /// <summary>Units with these functions, each (elements, units).</summary>
    public static HiddenUnits Of(Operation operation, Matrix<double> left, Matrix<double> right, Matrix<double> answer)
    {
        Experiment experiment = Presets.Doshi2023 with
        {
            Task = operation,
            Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = left.ColumnCount },
        };

        // W_in (2n, units) and W_1 (units, n), row after row.
        double[] weights = [.. left.ToRowMajorArray(), .. right.ToRowMajorArray(), .. answer.ToColumnMajorArray()];
        return HiddenUnits.Of(experiment, new LossSurface(experiment).Layout, Array.ConvertAll(weights, weight => (float)weight));
    }
}
