using System.Globalization;
using System.Text;
using Grokking.Curves;
using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class CurveCsvTests
{
    private static readonly IReadOnlyList<CurvePoint> s_points =
    [
        new(0, Math.PI, 0, 1e-300, 1.0 / 3, null, double.MaxValue),
        new(7, double.NaN, 1, double.PositiveInfinity, -0.0, 0.1, double.NegativeInfinity),
        new(100_000, double.Epsilon, 0.99, 4.605170185988092, 0.5, 1, 12345678),
    ];

    [Fact]
    public void A_curve_is_one_heading_and_one_line_for_each_evaluation() =>
        Assert.Equal(
            "step,train_loss,train_accuracy,val_loss,val_accuracy,mirror_free_val_accuracy,weight_norm\n" +
            "0,3.141592653589793,0,1E-300,0.3333333333333333,,1.7976931348623157E+308\n" +
            "7,NaN,1,Infinity,-0,0.1,-Infinity\n" +
            "100000,5E-324,0.99,4.605170185988092,0.5,1,12345678\n",
            Encoding.ASCII.GetString(CurveCsv.Write(s_points)));

    [Fact]
    public void What_is_written_reads_back_to_the_last_bit()
    {
        IReadOnlyList<CurvePoint> read = CurveCsv.Read(CurveCsv.Write(s_points));

        Assert.Equal(s_points, read);
        Assert.True(double.IsNegative(read[1].ValAccuracy));
        Assert.Empty(CurveCsv.Read(CurveCsv.Write([])));
    }

    [Fact]
    public void No_culture_reaches_the_text()
    {
        byte[] expected = CurveCsv.Write(s_points);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~", NaNSymbol = "nix" },
            };

            Assert.Equal(expected, CurveCsv.Write(s_points));
            Assert.Equal(s_points, CurveCsv.Read(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("0,1,1,1,1,,1", "line 2")]
    [InlineData("0,1,1,1,1,,1\n0,1,1,1,1,,1\n", "line 3")]
    [InlineData("5,1,1,1,1,,1\n4,1,1,1,1,,1\n", "line 3")]
    [InlineData("-1,1,1,1,1,,1\n", "line 2")]
    [InlineData("0.5,1,1,1,1,,1\n", "line 2")]
    [InlineData("3000000000,1,1,1,1,,1\n", "line 2")]
    [InlineData("NaN,1,1,1,1,,1\n", "line 2")]
    [InlineData("0,1,1,1,1,,1,1\n", "line 2")]
    [InlineData("0,1,1,1,1,1\n", "line 2")]
    [InlineData("0,,1,1,1,,1\n", "line 2")]
    [InlineData("0, 1,1,1,1,,1\n", "line 2")]
    [InlineData("0,0x1,1,1,1,,1\n", "line 2")]
    [InlineData("0,1 000,1,1,1,,1\n", "line 2")]
    [InlineData("0,(1),1,1,1,,1\n", "line 2")]
    [InlineData("0,nix,1,1,1,,1\n", "line 2")]
    [InlineData("0,1,1,1,1,,1\r\n", "line 2")]
    [InlineData("0,1,1,1,1,,1\n\n", "line 3")]
    [InlineData("0,=1+1,1,1,1,,1\n", "line 2")]
    public void Any_other_text_is_refused(string rows, string where)
    {
        byte[] text = Encoding.ASCII.GetBytes(CurveCsv.Heading + "\n" + rows);

        FormatException refusal = Assert.Throws<FormatException>(() => CurveCsv.Read(text));
        Assert.Contains(where, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("step\n")]
    public void Any_other_heading_is_refused(string text) =>
        Assert.Throws<FormatException>(() => CurveCsv.Read(Encoding.ASCII.GetBytes(text)));
}
