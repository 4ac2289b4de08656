using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class GemmTests
{
    private static readonly int[] Rows = [1, 7, 8, 9, 97];
    private static readonly int[] Widths = [1, 5, 128, 600];

    public static TheoryData<int> Columns => [1, 5, 9, 16, 31, 32, 33, 97, 128, 239];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Multiply_gives_the_bits_of_the_reference(int columns) => ForEachShape((rows, width) =>
        CheckMultiply(rows, width, columns, accumulate: false));

    [Theory]
    [MemberData(nameof(Columns))]
    public void Accumulate_gives_the_bits_of_the_reference(int columns) => ForEachShape((rows, width) =>
        CheckMultiply(rows, width, columns, accumulate: true));

    [Fact]
    public void Rows_outside_the_asked_ones_stay()
    {
        const int K = 33, N = 40, first = 8, count = 9;
        float[] a = Sample.Normal(32 * K, "a"), b = Sample.Normal(K * N, "b"), before = Sample.Normal(32 * N, "c");
        Matrix c = Sample.Matrix(before, N);

        Gemm.Multiply(Sample.Matrix(a, K), Packed(b, K, N), c, first, count);

        float[] expected = new float[count * N];
        Gemm.Reference(a.AsSpan(first * K, count * K), b, expected, count, K, N);
        float[] after = Sample.RowMajor(c);
        SameBits.Check(before.AsSpan(0, first * N), after.AsSpan(0, first * N), "rows before");
        SameBits.Check(expected, after.AsSpan(first * N, count * N), "asked rows");
        SameBits.Check(before.AsSpan((first + 16) * N), after.AsSpan((first + 16) * N), "rows after the last tile");
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void MultiplyTransposed_gives_the_bits_of_the_reference(int columns)
    {
        foreach (int M in (int[])[1, 7, 8, 9, 16, 128])
        {
            foreach (int rows in (int[])[1, 5, 97])
            {
                float[] a = Sample.Normal(rows * M, "a"), b = Sample.Normal(rows * columns, "b");
                float[] expected = new float[M * columns], actual = Sample.Normal(M * columns, "old values do not count");

                Gemm.MultiplyTransposed(Sample.Matrix(a, M), Sample.Matrix(b, columns), rows, actual, new Matrix(M, columns));

                Gemm.Reference(Transpose(a, rows, M), b, expected, M, rows, columns);
                SameBits.Check(expected, actual, $"({M}, {rows}) × ({rows}, {columns})");
            }
        }
    }

    [Fact]
    public void MultiplyTransposed_sums_over_the_asked_rows_alone()
    {
        const int M = 8, N = 32, rows = 5;
        float[] a = Sample.Normal(12 * M, "a"), b = Sample.Normal(12 * N, "b"), expected = new float[M * N], actual = new float[M * N];

        Gemm.MultiplyTransposed(Sample.Matrix(a, M), Sample.Matrix(b, N), rows, actual, new Matrix(1, 1));

        Gemm.Reference(Transpose(a.AsSpan(0, rows * M), rows, M), b, expected, M, rows, N);
        SameBits.Check(expected, actual, "five of twelve rows");
    }

    // y = x·W: dx = dy·Wᵀ and dW = xᵀ·dy.
    [Fact]
    public void Both_gradients_of_a_linear_map_agree_with_central_differences()
    {
        const int rows = 5, K = 7, N = 6;
        float[] x = Sample.Normal(rows * K, "x"), w = Sample.Normal(K * N, "w"), dy = Sample.Normal(rows * N, "dy");
        var transposed = new PackedMatrix(N, K);
        transposed.PackTransposed(w);
        Matrix dx = Sample.Matrix(rows, K, "dx");
        float[] dw = new float[K * N];

        Gemm.Multiply(Sample.Matrix(dy, N), transposed, dx, 0, rows);
        Gemm.MultiplyTransposed(Sample.Matrix(x, K), Sample.Matrix(dy, N), rows, dw, new Matrix(K, N));

        // Sums of at most 7 float products: a few roundings of 6e-8.
        double[] x64 = CentralDifferences.ToDouble(x), w64 = CentralDifferences.ToDouble(w);
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Product(at, w64, rows, K, N), dy), x), Sample.RowMajor(dx), 1e-6, "dx");
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Product(x64, at, rows, K, N), dy), w), dw, 1e-6, "dW");
    }

    private static void ForEachShape(Action<int, int> check)
    {
        foreach (int rows in Rows)
        {
            foreach (int width in Widths)
            {
                check(rows, width);
            }
        }
    }

    private static void CheckMultiply(int M, int K, int N, bool accumulate)
    {
        float[] a = Sample.Normal(M * K, "a"), b = Sample.Normal(K * N, "b"), expected = Sample.Normal(M * N, "c");
        Matrix c = Sample.Matrix(expected, N);

        Gemm.Multiply(Sample.Matrix(a, K), Packed(b, K, N), c, 0, M, accumulate);

        Gemm.Reference(a, b, expected, M, K, N, accumulate);
        SameBits.Check(expected, Sample.RowMajor(c), $"({M}, {K}) × ({K}, {N})");
    }

    private static PackedMatrix Packed(float[] b, int K, int N)
    {
        var packed = new PackedMatrix(K, N);
        packed.Pack(b);
        return packed;
    }

    private static float[] Transpose(ReadOnlySpan<float> a, int rows, int columns)
    {
        float[] transposed = new float[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            transposed[((i % columns) * rows) + (i / columns)] = a[i];
        }

        return transposed;
    }

    private static double[] Product(double[] a, double[] b, int M, int K, int N)
    {
        double[] c = new double[M * N];
        for (int i = 0; i < c.Length; i++)
        {
            c[i] = Enumerable.Range(0, K).Sum(k => a[((i / N) * K) + k] * b[(k * N) + (i % N)]);
        }

        return c;
    }
}
