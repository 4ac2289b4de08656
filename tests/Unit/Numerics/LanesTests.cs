using System.Runtime.Intrinsics;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class LanesTests
{
    public static TheoryData<int> Lengths => [1, 2, 8, 15, 16, 17, 31, 32, 33, 97, 128];

    /// <summary>Σ x_i·y_i in the order that <see cref="Lanes"/> documents, one element at a time.</summary>
    public static float DotReference(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float[] lanes = new float[16];
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % 16] = MathF.FusedMultiplyAdd(x[i], y[i], lanes[i % 16]);
        }

        return Lanes.FoldReference(lanes);
    }

    [Fact]
    public void Fold_adds_the_halves_of_the_halves()
    {
        float[] x = Sample.Normal(16, "lanes");
        float[] eight = [.. Enumerable.Range(0, 8).Select(i => x[i] + x[i + 8])];
        float[] four = [.. Enumerable.Range(0, 4).Select(i => eight[i] + eight[i + 4])];
        float expected = (four[0] + four[2]) + (four[1] + four[3]);

        SameBits.Check([expected, expected], [Lanes.Fold(Vector512.Create(x)), Lanes.FoldReference([.. x])], "folds");
    }

    [Fact]
    public void Fold_of_doubles_adds_the_halves_of_the_halves()
    {
        double[] x = CentralDifferences.ToDouble(Sample.Normal(8, "lanes"));
        double expected = ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));

        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Lanes.Fold(Vector512.Create(x))));
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Lanes.FoldReference([.. x])));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_gives_the_bits_of_the_reference(int length)
    {
        float[] x = Sample.Normal(length, "x"), y = Sample.Normal(length, "y");

        SameBits.Check([DotReference(x, y)], [Lanes.Dot(x, y)], "dot");
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Add_adds_every_element_once_and_nothing_past_the_end(int length)
    {
        float[] x = Sample.Normal(length, "x"), y = Sample.Normal(length + 3, "y");
        float[] expected = [.. y.Select((element, i) => i < length ? element + x[i] : element)];

        Lanes.Add(x, y.AsSpan(0, length));

        SameBits.Check(expected, y, "sum");
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_of_matrix_rows_gives_the_bits_of_the_reference_whatever_the_pads_hold(int length)
    {
        float[] x = Sample.Normal(3 * length, "x"), y = Sample.Normal(2 * length, "y");
        Matrix xs = Sample.Matrix(x, length), ys = Sample.Matrix(y, length);

        SameBits.Check([DotReference(x.AsSpan(2 * length, length), y.AsSpan(length, length))], [Lanes.Dot(xs, 2, ys, 1)], "dot");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    public unsafe void First_keeps_the_first_lanes_and_sets_the_others_to_zero_whatever_they_hold(int count)
    {
        float[] row = [.. Enumerable.Range(0, 16).Select(lane => lane < count ? lane + 1 : float.NaN)], expected = new float[16];
        row.AsSpan(0, count).CopyTo(expected);
        Matrix padded = Sample.Matrix(row, 16);

        Vector512<float> loaded = Lanes.LoadFirst(padded.Pointer, count), kept = Lanes.First(Vector512.Create(row), count);

        SameBits.Check(expected, [.. Enumerable.Range(0, 16).Select(lane => loaded[lane])], "LoadFirst");
        SameBits.Check(expected, [.. Enumerable.Range(0, 16).Select(lane => kept[lane])], "First");
        GC.KeepAlive(padded);
    }
}
