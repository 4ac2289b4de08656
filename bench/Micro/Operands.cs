using Grokking.Numerics;

namespace Grokking.Bench.Micro;

/// <summary>Operands of the kernels, filled with standard normals.</summary>
internal static class Operands
{
    public static float[] Array(int count, string name)
    {
        float[] values = new float[count];
        new RandomStream(seed: 0, name).FillNormal(values, mean: 0, standardDeviation: 1);
        return values;
    }

    public static Matrix Matrix(int rows, int columns, string name)
    {
        var matrix = new Matrix(rows, columns);
        var stream = new RandomStream(seed: 0, name);
        for (int row = 0; row < rows; row++)
        {
            stream.FillNormal(matrix.Row(row), mean: 0, standardDeviation: 1);
        }

        return matrix;
    }

    /// <summary>The rows of a matrix without their pads.</summary>
    public static float[] Dense(Matrix matrix)
    {
        float[] dense = new float[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            matrix.Row(row).CopyTo(dense.AsSpan(row * matrix.Columns));
        }

        return dense;
    }
}
