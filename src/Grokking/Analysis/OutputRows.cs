using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>The rows of the output layer, one for each element: what Power et al. 2022 look at in Figure 3.</summary>
public static class OutputRows
{
    /// <summary>(n, d_model) row i is the vector whose product with the residual stream is the logit of element i: a column of W_U.</summary>
    /// <param name="experiment">The run; its operation has n elements.</param>
    /// <param name="layout">Where its weights lie.</param>
    /// <param name="parameters">(P) its weights.</param>
    public static Matrix<double> Of(Experiment experiment, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(layout);
        if (parameters.Length != layout.Count)
        {
            throw new ArgumentException($"parameters has {parameters.Length} values and the layout {layout.Count}.", nameof(parameters));
        }

        ParameterTensor unembedding = layout.Tensors.Single(tensor => string.Equals(tensor.Name, "W_U", StringComparison.Ordinal));
        var operation = (Operation)experiment.Task;
        int first = TokenSequences.FirstElementOf(operation, experiment.Convention);
        Matrix<double> rows = Matrix<double>.Build.Dense(operation.ElementCount, unembedding.Rows);
        ReadOnlySpan<float> weights = unembedding.In(parameters);
        for (int element = 0; element < rows.RowCount; element++)
        {
            for (int j = 0; j < rows.ColumnCount; j++)
            {
                rows[element, j] = weights[(j * unembedding.Columns) + first + element];
            }
        }

        return rows;
    }
}
