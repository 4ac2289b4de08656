using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>Distances between all pairs of rows.</summary>
internal static class Distances
{
    /// <summary>(N, N) ‖xᵢ − xⱼ‖², summed coordinate by coordinate: exactly 0 for equal rows, exactly symmetric.</summary>
    public static double[,] Squared(Matrix<double> rows)
    {
        int N = rows.RowCount;
        double[][] x = rows.ToRowArrays();
        double[,] distances = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = 0; k < x[i].Length; k++)
                {
                    double difference = x[i][k] - x[j][k];
                    sum += difference * difference;
                }

                distances[i, j] = distances[j, i] = sum;
            }
        }

        return distances;
    }
}
