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
            x.Row(row), _affine is null ? default : _affine.Gain.In(parameters), _affine is null ? default : _affine.Bias.In(parameters), y.Row(row));

    /// <summary>Clears the gradients that <see cref="Backward"/> adds to.</summary>
    public void ClearGradient(Span<float> gradient)
    {
        _affine?.Gain.In(gradient).Clear();
        _affine?.Bias.In(gradient).Clear();
    }

    /// <summary>dx from dy for one row, in place; adds to the gradients of gain and bias.</summary>
    public void Backward(ReadOnlySpan<float> parameters, Matrix x, Matrix dy, int row, Span<float> gradient)
    {
        Span<float> d = dy.Row(row);
        if (_affine is null)
        {
            LayerNorm.Backward(d, x.Row(row), _mean[row], _rstd[row], default, d, default, default);
        }
        else
        {
            LayerNorm.Backward(
                d, x.Row(row), _mean[row], _rstd[row], _affine.Gain.In(parameters), d, _affine.Gain.In(gradient), _affine.Bias.In(gradient));
        }
    }
}
