using Grokking.Analysis;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

/// <summary>How much of a row's neighbourhood belongs to its own class: clusters without a picture of them.</summary>
internal static class NeighbourPurity
{
    /// <summary>
    /// The mean share, in [0, 1], of a row's k nearest others that are in its class. Without structure it is the chance that another row is:
    /// (s − 1)/(N − 1) for classes of s among N rows.
    /// </summary>
    /// <param name="rows">(N, d); distance is Euclidean, ties go to the row that comes first.</param>
    /// <param name="classes">The rows of each class; every row is in one.</param>
    /// <param name="neighbours">k, 1 to N − 1. A class of s rows can fill s − 1 places.</param>
    public static double Compute(Matrix<double> rows, IReadOnlyList<IReadOnlyList<int>> classes, int neighbours)
    {
        int N = rows.RowCount;
        int[] classOf = new int[N];
        for (int c = 0; c < classes.Count; c++)
        {
            foreach (int row in classes[c])
            {
                classOf[row] = c;
            }
        }

        double[,] distances = Distances.Squared(rows);
        double same = 0;
        for (int i = 0; i < N; i++)
        {
            same += Enumerable.Range(0, N)
                .Where(j => j != i)
                .OrderBy(j => distances[i, j])
                .Take(neighbours)
                .Count(j => classOf[j] == classOf[i]);
        }

        return same / ((double)N * neighbours);
    }
}
