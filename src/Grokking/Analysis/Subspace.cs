using Grokking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>A few random directions in the space of the weights: the columns of A, Gaussian, then brought to length 1.</summary>
internal sealed class Subspace
{
    private readonly float[][] _columns; // (p) of (P)

    private Subspace(float[][] columns) => _columns = columns;

    /// <summary>p.</summary>
    public int Dimensions => _columns.Length;

    /// <summary>Draws A (P, p) by the stream "sharpness directions", column j at index j.</summary>
    public static Subspace Random(int length, int dimensions, ulong seed)
    {
        var random = new RandomStream(seed, "sharpness directions");
        float[][] columns = new float[dimensions][];
        for (int j = 0; j < dimensions; j++)
        {
            random.Restart((ulong)j);
            columns[j] = new float[length];
            random.FillNormal(columns[j], mean: 0, standardDeviation: 1);
            float scale = (float)(1 / FlatNorm.Compute(columns[j]));
            for (int i = 0; i < length; i++)
            {
                columns[j][i] *= scale;
            }
        }

        return new Subspace(columns);
    }

    /// <summary>(p) Aᵀx.</summary>
    public double[] TransposeTimes(ReadOnlySpan<float> x)
    {
        double[] products = new double[Dimensions];
        for (int j = 0; j < Dimensions; j++)
        {
            ReadOnlySpan<float> column = _columns[j];
            for (int i = 0; i < column.Length; i++)
            {
                products[j] += (double)column[i] * x[i];
            }
        }

        return products;
    }

    /// <summary>(p) A⁺x = (AᵀA)⁻¹Aᵀx.</summary>
    public double[] PseudoInverseTimes(ReadOnlySpan<float> x)
    {
        Matrix<double> gram = Matrix<double>.Build.DenseOfRowArrays(_columns.Select(column => TransposeTimes(column)));
        return gram.Cholesky().Solve(Vector<double>.Build.Dense(TransposeTimes(x))).ToArray();
    }

    /// <summary>target ← x + Az.</summary>
    public void Move(ReadOnlySpan<float> x, double[] z, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            double moved = x[i];
            for (int j = 0; j < _columns.Length; j++)
            {
                moved += z[j] * _columns[j][i];
            }

            target[i] = (float)moved;
        }
    }
}
