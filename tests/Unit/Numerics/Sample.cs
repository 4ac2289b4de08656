using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

/// <summary>Inputs of the kernel tests: Gaussian numbers from named streams.</summary>
internal static class Sample
{
    /// <summary>Standard normal numbers times <paramref name="scale"/>.</summary>
    public static float[] Normal(int count, string name, float scale = 1)
    {
        float[] values = new float[count];
        new RandomStream(seed: 11, name).FillNormal(values, mean: 0, standardDeviation: scale);
        return values;
    }

    /// <summary>A matrix of standard normal numbers times <paramref name="scale"/>.</summary>
    public static Matrix Matrix(int rows, int columns, string name, float scale = 1) => Matrix(Normal(rows * columns, name, scale), columns);

    /// <summary>A matrix with these elements. Its pads hold NaN, so that a kernel that reads a pad into a result shows it.</summary>
    public static unsafe Matrix Matrix(ReadOnlySpan<float> rowMajor, int columns)
    {
        int rows = rowMajor.Length / columns;
        var matrix = new Matrix(rows, columns);
        new Span<float>(matrix.Pointer, Gemm.RoundUp(rows, Gemm.RowMultiple) * matrix.Stride).Fill(float.NaN);
        for (int row = 0; row < rows; row++)
        {
            rowMajor.Slice(row * columns, columns).CopyTo(matrix.Row(row));
        }

        return matrix;
    }

    /// <summary>The elements of a matrix without its pads, row-major.</summary>
    public static float[] RowMajor(Matrix matrix)
    {
        float[] values = new float[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            matrix.Row(row).CopyTo(values.AsSpan(row * matrix.Columns));
        }

        return values;
    }
}
