using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class LayerNormTests
{
    private const int Row = 2;

    public static TheoryData<int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, bool>();
            foreach (int width in (int[])[.. Enumerable.Range(1, 33), 128])
            {
                cases.Add(width, true);
                cases.Add(width, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_gives_the_bits_of_the_reference(int width, bool affine)
    {
        Matrix x = Input(width), y = Sample.Matrix(4, width, "old y"), yBefore = Sample.Matrix(4, width, "old y");
        (float[] gain, float[] bias) = Affine(width, affine);
        float[] expected = new float[width];

        float[] mean = new float[4], rstd = new float[4];
        LayerNorm.Forward(x, gain, bias, y, mean, rstd, Row, 1);

        (float referenceMean, float referenceRstd) = LayerNorm.Reference(x.Row(Row), gain, bias, expected);
        SameBits.Check([referenceMean, referenceRstd, .. expected], [mean[Row], rstd[Row], .. y.Row(Row)], "mean, rstd and y");
        SameBits.Check(yBefore.Row(Row + 1), y.Row(Row + 1), "the next row");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_gives_the_bits_of_the_reference_and_adds_to_the_affine_gradients(int width, bool affine)
    {
        Matrix x = Input(width), dy = Sample.Matrix(4, width, "dy"), dyBefore = Sample.Matrix(4, width, "dy");
        (float[] gain, float[] bias) = Affine(width, affine);
        (float mean, float rstd) = LayerNorm.Reference(x.Row(Row), gain, bias, new float[width]);
        float[] dGain = Sample.Normal(gain.Length, "dGain"), dBias = Sample.Normal(gain.Length, "dBias");
        float[] dGainExpected = [.. dGain], dBiasExpected = [.. dBias], dxExpected = dy.Row(Row).ToArray();

        float[] means = new float[4], rstds = new float[4];
        (means[Row], rstds[Row]) = (mean, rstd);
        LayerNorm.Backward(dy, x, means, rstds, gain, dGain, dBias, Row, 1);

        LayerNorm.BackwardReference(dxExpected, x.Row(Row), mean, rstd, gain, dGainExpected, dBiasExpected);
        SameBits.Check(dxExpected, dy.Row(Row), "dx");
        SameBits.Check(dGainExpected, dGain, "dGain");
        SameBits.Check(dBiasExpected, dBias, "dBias");
        SameBits.Check(dyBefore.Row(Row + 1), dy.Row(Row + 1), "the next row");
    }

    [Fact]
    public void Many_rows_are_the_rows_one_by_one()
    {
        const int rows = 150, width = 20, first = 3;
        Matrix x = Sample.Matrix(rows, width, "x"), y = new(rows, width), dy = Sample.Matrix(rows, width, "dy"), dyBefore = Sample.Matrix(rows, width, "dy");
        (float[] gain, float[] bias) = Affine(width, affine: true);
        float[] mean = new float[rows], rstd = new float[rows], dGain = new float[width], dBias = new float[width];
        float[] expected = new float[width], dGainExpected = new float[width], dBiasExpected = new float[width];

        LayerNorm.Forward(x, gain, bias, y, mean, rstd, first, rows - first);
        LayerNorm.Backward(dy, x, mean, rstd, gain, dGain, dBias, first, rows - first);

        for (int row = first; row < rows; row++)
        {
            (float rowMean, float rowRstd) = LayerNorm.Reference(x.Row(row), gain, bias, expected);
            SameBits.Check(expected, y.Row(row), "y");
            float[] dx = dyBefore.Row(row).ToArray();
            LayerNorm.BackwardReference(dx, x.Row(row), rowMean, rowRstd, gain, dGainExpected, dBiasExpected);
            SameBits.Check(dx, dy.Row(row), "dx");
        }

        SameBits.Check(dGainExpected, dGain, "dGain");
        SameBits.Check(dBiasExpected, dBias, "dBias");
        SameBits.Check(dyBefore.Row(first - 1), dy.Row(first - 1), "the row before");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(7, true)]
    [InlineData(20, true)]
    [InlineData(7, false)]
    [InlineData(20, false)]
    public void Backward_agrees_with_central_differences(int width, bool affine)
    {
        Matrix x = Input(width), dx = Sample.Matrix(4, width, "dy");
        float[] dy = dx.Row(Row).ToArray(), input = x.Row(Row).ToArray();
        (float[] gain, float[] bias) = Affine(width, affine);
        float[] dGain = new float[gain.Length], dBias = new float[bias.Length];
        float[] mean = new float[4], rstd = new float[4];
        LayerNorm.Forward(x, gain, bias, new Matrix(4, width), mean, rstd, Row, 1);

        LayerNorm.Backward(dx, x, mean, rstd, gain, dGain, dBias, Row, 1);

        // Some thirty float roundings of 6e-8, a little enlarged by the differences in dx.
        const double bound = 1e-5;
        double[] x64 = CentralDifferences.ToDouble(input), gain64 = CentralDifferences.ToDouble(gain), bias64 = CentralDifferences.ToDouble(bias);
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(at, gain64, bias64), dy), input), dx.Row(Row), bound, "dx");
        if (affine)
        {
            CentralDifferences.AssertClose(
                CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(x64, at, bias64), dy), gain), dGain, bound, "dGain");
            CentralDifferences.AssertClose(
                CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(x64, gain64, at), dy), bias), dBias, bound, "dBias");
        }
    }

    // Far from 0, so that a variance from the mean of squares would show.
    private static Matrix Input(int width)
    {
        float[] values = Sample.Normal(4 * width, "x");
        return Sample.Matrix([.. values.Select(value => value + 3)], width);
    }

    private static (float[] Gain, float[] Bias) Affine(int width, bool affine) =>
        affine ? (Sample.Normal(width, "gain"), Sample.Normal(width, "bias")) : ([], []);

    private static double[] Formula(double[] x, double[] gain, double[] bias)
    {
        double mean = x.Average(), variance = x.Average(element => (element - mean) * (element - mean));
        return
        [
            .. x.Select((element, i) =>
            {
                double normalised = (element - mean) / Math.Sqrt(variance + 1e-5);
                return gain.Length == 0 ? normalised : (normalised * gain[i]) + bias[i];
            }),
        ];
    }
}
