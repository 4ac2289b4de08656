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

    /// <summary>y = LN(x) for the rows [first, first + count).</summary>
    public void Forward(ReadOnlySpan<float> parameters, Matrix x, Matrix y, int first, int count) => LayerNorm.Forward(
        x,
        _affine is null ? default : _affine.Gain.In(parameters),
        _affine is null ? default : _affine.Bias.In(parameters),
        y,
        _mean,
        _rstd,
        first,
        count);

    /// <summary>Clears the gradients that <see cref="Backward"/> adds to.</summary>
    public void ClearGradient(Span<float> gradient)
    {
        _affine?.Gain.In(gradient).Clear();
        _affine?.Bias.In(gradient).Clear();
    }

    /// <summary>dx from dy for the rows [first, first + count), in place; adds to the gradients of gain and bias.</summary>
    public void Backward(ReadOnlySpan<float> parameters, Matrix x, Matrix dy, int first, int count, Span<float> gradient) => LayerNorm.Backward(
        dy,
        x,
        _mean,
        _rstd,
        _affine is null ? default : _affine.Gain.In(parameters),
        _affine is null ? default : _affine.Gain.In(gradient),
        _affine is null ? default : _affine.Bias.In(gradient),
        first,
        count);
}
