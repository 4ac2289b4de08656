using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>One layer normalisation of a model, with what its backward pass needs of the forward pass.</summary>
internal sealed class Norm
{
    private readonly NormWeights? _affine;
    private readonly float[] _mean;  // (rows)
    private readonly float[] _rstd;  // (rows)

    public Norm(NormWeights? affine, int rows)
    {
        _affine = affine;
        _mean = new float[rows];
        _rstd = new float[rows];
    }

    /// <summary>y = LN(x) for one row.</summary>
    public void Forward(ReadOnlySpan<float> parameters, Matrix x, Matrix y, int row) =>
        (_mean[row], _rstd[row]) = LayerNorm.Forward(
            x, _affine is null ? default : _affine.Gain.In(parameters), _affine is null ? default : _affine.Bias.In(parameters), y, row);

    /// <summary>Clears the gradients that <see cref="Backward"/> adds to.</summary>
    public void ClearGradient(Span<float> gradient)
    {
        _affine?.Gain.In(gradient).Clear();
        _affine?.Bias.In(gradient).Clear();
    }

    /// <summary>dx from dy for one row, in place; adds to the gradients of gain and bias.</summary>
    public void Backward(ReadOnlySpan<float> parameters, Matrix x, Matrix dy, int row, Span<float> gradient)
    {
        if (_affine is null)
        {
            LayerNorm.Backward(dy, x, row, _mean[row], _rstd[row], default, default, default);
        }
        else
        {
            LayerNorm.Backward(
                dy, x, row, _mean[row], _rstd[row], _affine.Gain.In(parameters), _affine.Gain.In(gradient), _affine.Bias.In(gradient));
        }
    }
}
