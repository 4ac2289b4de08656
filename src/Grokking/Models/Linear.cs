using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>A linear map y = x·W (+ b) of a model: where its weights lie, and the packed forms that <see cref="Gemm"/> reads.</summary>
internal sealed class Linear
{
    private readonly ParameterTensor _weight;
    private readonly ParameterTensor? _bias;
    private readonly PackedMatrix _forward;   // W   (in, out)
    private readonly PackedMatrix _backward;  // Wᵀ  (out, in)

    public Linear(LinearWeights weights)
    {
        _weight = weights.Weight;
        _bias = weights.Bias;
        _forward = new PackedMatrix(_weight.Rows, _weight.Columns);
        _backward = new PackedMatrix(_weight.Columns, _weight.Rows);
    }

    /// <summary>Takes over the current weights for the passes that follow.</summary>
    public void Load(ReadOnlySpan<float> parameters, bool forTraining)
    {
        _forward.Pack(_weight.In(parameters));
        if (forTraining)
        {
            _backward.PackTransposed(_weight.In(parameters));
        }
    }

    /// <summary>y = x·W + b for the rows [first, first + count).</summary>
    public void Forward(ReadOnlySpan<float> parameters, Matrix x, Matrix y, int first, int count)
    {
        Gemm.Multiply(x, _forward, y, first, count);
        if (_bias is not null)
        {
            RowSums.AddToEach(_bias.In(parameters), y, first, count);
        }
    }

    /// <summary>dW = xᵀ·dy and db = Σ dy over the first <paramref name="rows"/> rows.</summary>
    public void WeightGradient(Matrix x, Matrix dy, int rows, Span<float> gradient, Matrix scratch)
    {
        Gemm.MultiplyTransposed(x, dy, rows, _weight.In(gradient), scratch);
        if (_bias is not null)
        {
            Span<float> dBias = _bias.In(gradient);
            dBias.Clear();
            RowSums.AddEach(dy, rows, dBias);
        }
    }

    /// <summary>dx (+)= dy·Wᵀ for the rows [first, first + count).</summary>
    public void InputGradient(Matrix dy, Matrix dx, int first, int count, bool accumulate) =>
        Gemm.Multiply(dy, _backward, dx, first, count, accumulate);
}
