using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The first linear map of an MLP whose inputs are the task's own vectors.</summary>
internal sealed class VectorInput : InputLayer
{
    private readonly Matrix _vectors;          // (V, D) of all examples
    private readonly ParameterTensor _weight;
    private readonly ParameterTensor? _bias;
    private readonly Linear _map;
    private readonly Matrix _x;                // (slice, D) of the current slice
    private readonly Matrix _dWeight;          // (D, d_hidden) its gradient

    /// <summary>Appends its tensors to the layout: W_in and, where there is one, b_in.</summary>
    public VectorInput(MlpConfig config, ParameterLayout layout, Matrix vectors, int slice)
    {
        _vectors = vectors;
        _weight = layout.Add("W_in", vectors.Columns, config.DHidden);
        _bias = config.Biases ? layout.Add("b_in", config.DHidden) : null;
        _map = new Linear(new LinearWeights(_weight, _bias));
        _x = new Matrix(slice, vectors.Columns);
        _dWeight = new Matrix(vectors.Columns, config.DHidden);
    }

    /// <inheritdoc/>
    /// <remarks>No gradient flows into the inputs, so the map never works backward.</remarks>
    public override void Load(ReadOnlySpan<float> parameters, bool forTraining) => _map.Load(parameters, forTraining: false);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, Matrix hidden, int count)
    {
        for (int row = 0; row < count; row++)
        {
            _vectors.Row(tokens[row]).CopyTo(_x.Row(row));
        }

        _map.Forward(parameters, _x, hidden, 0, count);
    }

    /// <inheritdoc/>
    public override void ClearGradient(Span<float> gradient)
    {
        _bias?.In(gradient).Clear();
        _dWeight.Clear(_dWeight.Rows);
    }

    /// <inheritdoc/>
    public override void Backward(Matrix dHidden, int count, Span<float> gradient)
    {
        if (_bias is not null)
        {
            RowSums.AddEach(dHidden, count, _bias.In(gradient));
        }

        Gemm.MultiplyTransposed(_x, dHidden, count, _dWeight, accumulate: true);
    }

    /// <inheritdoc/>
    public override void FinishGradient(Span<float> gradient, Matrix scratch) => _dWeight.CopyTo(_weight.In(gradient));
}
