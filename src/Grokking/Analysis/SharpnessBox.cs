namespace Grokking.Analysis;

/// <summary>The loss over the box about a point, in units of the box.</summary>
internal sealed class SharpnessBox
{
    private readonly LossAndGradient _loss;
    private readonly float[] _point;     // x (P)
    private readonly Subspace? _subspace;
    private readonly double[] _halfWidths; // (p) ε(|A⁺x| + 1)
    private readonly double[] _z;
    private readonly float[] _moved;
    private readonly float[] _gradient;

    public SharpnessBox(LossAndGradient loss, ReadOnlySpan<float> point, double epsilon, Subspace? subspace)
    {
        _loss = loss;
        _point = point.ToArray();
        _subspace = subspace;
        double[] coordinates = subspace?.PseudoInverseTimes(point) ?? [.. _point.Select(value => (double)value)];
        _halfWidths = [.. coordinates.Select(coordinate => epsilon * (Math.Abs(coordinate) + 1))];
        _z = new double[_halfWidths.Length];
        _moved = new float[_point.Length];
        _gradient = new float[_point.Length];
    }

    /// <summary>p.</summary>
    public int Dimensions => _halfWidths.Length;

    /// <summary>The loss at u, each in [−1, 1], and its gradient by u.</summary>
    public double Loss(double[] u, double[] gradient)
    {
        for (int i = 0; i < u.Length; i++)
        {
            _z[i] = u[i] * _halfWidths[i];
        }

        if (_subspace is null)
        {
            for (int i = 0; i < _moved.Length; i++)
            {
                _moved[i] = (float)(_point[i] + _z[i]);
            }
        }
        else
        {
            _subspace.Move(_point, _z, _moved);
        }

        double value = _loss(_moved, _gradient);
        double[]? within = _subspace?.TransposeTimes(_gradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = _halfWidths[i] * (within is null ? _gradient[i] : within[i]);
        }

        return value;
    }
}
