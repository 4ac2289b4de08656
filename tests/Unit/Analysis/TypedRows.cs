using Grokking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

/// <summary>Rows whose structure is known.</summary>
internal static class TypedRows
{
    /// <summary>(n, d) independent standard Gaussians.</summary>
    public static Matrix<double> Gaussian(int n, int d, ulong seed)
    {
        float[] values = new float[n * d];
        new RandomStream(seed, "typed rows").FillNormal(values, mean: 0, standardDeviation: 1);
        return Matrix<double>.Build.Dense(n, d, (i, j) => values[(i * d) + j]);
    }

    /// <summary>(n, d) cos(2πfx/n) and sin(2πfx/n), each frequency in two random directions of its own with its amplitude.</summary>
    public static Matrix<double> Circles(int n, int d, ulong seed, params (int Frequency, double Amplitude)[] circles)
    {
        Matrix<double> directions = Gaussian(2 * circles.Length, d, seed);
        return Matrix<double>.Build.Dense(n, d, (x, j) => circles.Select((circle, c) =>
        {
            (double sin, double cos) = Elementary.SinCos(2 * Math.PI * (circle.Frequency * x % n) / n);
            return circle.Amplitude * ((cos * directions[2 * c, j]) + (sin * directions[(2 * c) + 1, j]));
        }).Sum());
    }

    /// <summary>(N, d) each class at a random centre of its own, and Gaussian noise about it.</summary>
    public static Matrix<double> Clusters(IReadOnlyList<IReadOnlyList<int>> classes, int d, double noise, ulong seed)
    {
        Matrix<double> centres = Gaussian(classes.Count, d, seed);
        Matrix<double> rows = Gaussian(classes.Sum(members => members.Count), d, seed + 1) * noise;
        for (int c = 0; c < classes.Count; c++)
        {
            foreach (int row in classes[c])
            {
                rows.SetRow(row, rows.Row(row) + centres.Row(c));
            }
        }

        return rows;
    }
}
