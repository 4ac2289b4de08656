using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class ElementaryTests
{
    private static readonly float[] Edges32 =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, -1.17549435e-38f, 1e-30f, 0.5f, 0.625f, 0.62499994f,
        0.70710677f, 0.70710683f, 0.99999994f, 1f, 1.0000001f, -1f, 1.4142135f, 1.4142137f, 88.72283f, 88.722839f, 88.72284f, 89f, 90f,
        -87.33654f, -103.27893f, -103.97207f, -103.97208f, -104f, -105f, 65536f, -65536f, 65537f, 1e10f, -1e10f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN,
        BitConverter.Int32BitsToSingle(0x7F800001), BitConverter.Int32BitsToSingle(unchecked((int)0xFFABCDEF)),
    ];

    private static readonly double[] Edges64 =
    [
        0, -0.0, double.Epsilon, -double.Epsilon, 2.225073858507201e-308, 2.2250738585072014e-308, 1e-300, 0.5, 0.7071067811865475,
        0.7071067811865476, 0.9999999999999999, 1, 1.0000000000000002, -1, 1.414213562373095, 1.4142135623730951, 709.782712893384,
        709.7827128933841, 710, 711, -708.3964185322641, -745.1332191019411, -745.1332191019412, -746, -747, 1e10, -1e10,
        double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, -double.NaN,
        BitConverter.Int64BitsToDouble(0x7FF0000000000001),
    ];

    [Fact]
    public void Vector_forms_give_the_bits_of_the_scalar_forms_in_single_precision()
    {
        float[] inputs = [.. Edges32, .. Patterns32(40_000), .. Spread32(-110, 95, 20_000), .. Spread32(0, 3, 20_000)];
        for (int i = 0; i + 16 <= inputs.Length; i += 16)
        {
            Vector512<float> x = Vector512.Create(inputs, i);
            Vector512<float> exp = Elementary.Exp(x);
            Vector512<float> log = Elementary.Log(x);
            Vector512<float> tanh = Elementary.Tanh(x);
            for (int lane = 0; lane < 16; lane++)
            {
                float input = inputs[i + lane];
                AssertSameBits("exp", input, Elementary.Exp(input), exp[lane]);
                AssertSameBits("log", input, Elementary.Log(input), log[lane]);
                AssertSameBits("tanh", input, Elementary.Tanh(input), tanh[lane]);
            }
        }
    }

    [Fact]
    public void Vector_forms_give_the_bits_of_the_scalar_forms_of_an_angle_in_turns()
    {
        float[] turns = [0f, -0f, 0.125f, -0.125f, 0.25f, -0.25f, 0.5f, -0.5f, 1f, -1f, .. Spread32(-1, 1, 20_000)];
        for (int i = 0; i + 16 <= turns.Length; i += 16)
        {
            (Vector512<float> sin, Vector512<float> cos) = Elementary.SinCosOfTurn(Vector512.Create(turns, i));
            for (int lane = 0; lane < 16; lane++)
            {
                AssertSameBits("sin", turns[i + lane], Elementary.SinCosOfTurn(turns[i + lane]).Sin, sin[lane]);
                AssertSameBits("cos", turns[i + lane], Elementary.SinCosOfTurn(turns[i + lane]).Cos, cos[lane]);
            }
        }
    }

    [Fact]
    public void Vector_forms_give_the_bits_of_the_scalar_forms_in_double_precision()
    {
        double[] inputs = [.. Edges64, .. Patterns64(30_000), .. Spread64(-760, 720, 20_000), .. Spread64(0, 3, 20_000)];
        for (int i = 0; i + 8 <= inputs.Length; i += 8)
        {
            Vector512<double> x = Vector512.Create(inputs, i);
            Vector512<double> exp = Elementary.Exp(x);
            for (int lane = 0; lane < 8; lane++)
            {
                double input = inputs[i + lane];
                AssertSameBits("exp", input, Elementary.Exp(input), exp[lane]);
            }
        }
    }

    [Fact]
    public void Single_precision_results_are_within_their_stated_errors()
    {
        float[] anywhere = [.. Edges32, .. Patterns32(40_000)];
        Assert.InRange(WorstUlps32([.. anywhere, .. Spread32(-110, 95, 60_000), .. Spread32(-1, 1, 30_000)], Elementary.Exp, Math.Exp), 0, 1.1);
        Assert.InRange(WorstUlps32([.. anywhere, .. Spread32(0, 3, 60_000), .. Spread32(0.98f, 1.02f, 30_000)], Elementary.Log, Math.Log), 0, 1.1);
        Assert.InRange(WorstUlps32([.. anywhere, .. Spread32(-10, 10, 60_000), .. Spread32(-0.7f, 0.7f, 30_000)], Elementary.Tanh, Math.Tanh), 0, 2.0);

        float[] angles = [0f, 1e-20f, 65536f, -65536f, .. Spread32(-7, 7, 30_000), .. Spread32(-65536, 65536, 60_000)];
        Assert.InRange(WorstUlps32(angles, x => Elementary.SinCos(x).Sin, Math.Sin), 0, 2.0);
        Assert.InRange(WorstUlps32(angles, x => Elementary.SinCos(x).Cos, Math.Cos), 0, 2.0);
    }

    [Fact]
    public void Double_precision_results_are_within_their_stated_errors()
    {
        // libm is itself within 1 ulp, so the bound against it is one more than the stated one.
        double[] anywhere = [.. Edges64, .. Patterns64(30_000)];
        Assert.InRange(WorstUlps64([.. anywhere, .. Spread64(-760, 720, 60_000), .. Spread64(-1, 1, 30_000)], Elementary.Exp, Math.Exp), 0, 2);
        Assert.InRange(WorstUlps64([.. anywhere, .. Spread64(0, 3, 60_000), .. Spread64(0.98, 1.02, 30_000)], Elementary.Log, Math.Log), 0, 2);

        double[] angles = [0, 1e-20, 65536, -65536, .. Spread64(-7, 7, 30_000), .. Spread64(-65536, 65536, 60_000)];
        Assert.InRange(WorstUlps64(angles, x => Elementary.SinCos(x).Sin, Math.Sin), 0, 2);
        Assert.InRange(WorstUlps64(angles, x => Elementary.SinCos(x).Cos, Math.Cos), 0, 2);
    }

    [Fact]
    public void An_angle_in_turns_is_within_two_ten_millionths()
    {
        double worst = 0;
        foreach (float t in Spread32(-1, 1, 50_000))
        {
            (float sin, float cos) = Elementary.SinCosOfTurn(t);
            worst = Math.Max(worst, Math.Max(Math.Abs(sin - Math.Sin(2 * Math.PI * t)), Math.Abs(cos - Math.Cos(2 * Math.PI * t))));
        }

        Assert.InRange(worst, 0, 2e-7);
    }

    [Fact]
    public void Special_values_are_those_of_the_functions()
    {
        Assert.Equal(1f, Elementary.Exp(0f));
        Assert.Equal(1f, Elementary.Exp(-0f));
        Assert.Equal(float.PositiveInfinity, Elementary.Exp(float.PositiveInfinity));
        Assert.Equal(0f, Elementary.Exp(float.NegativeInfinity));
        Assert.Equal(1.0, Elementary.Exp(0.0));
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(double.PositiveInfinity));
        Assert.Equal(0.0, Elementary.Exp(double.NegativeInfinity));

        AssertSameBits("log", 1f, 0f, Elementary.Log(1f));
        Assert.Equal(float.NegativeInfinity, Elementary.Log(-0f));
        Assert.True(float.IsNaN(Elementary.Log(-1f)));
        Assert.True(float.IsNaN(Elementary.Log(float.NegativeInfinity)));
        Assert.Equal(float.PositiveInfinity, Elementary.Log(float.PositiveInfinity));
        AssertSameBits("log", 1.0, 0.0, Elementary.Log(1.0));
        Assert.Equal(double.NegativeInfinity, Elementary.Log(-0.0));
        Assert.True(double.IsNaN(Elementary.Log(-1.0)));
        Assert.Equal(double.PositiveInfinity, Elementary.Log(double.PositiveInfinity));

        AssertSameBits("tanh", -0f, -0f, Elementary.Tanh(-0f));
        Assert.Equal(-1f, Elementary.Tanh(float.NegativeInfinity));
        Assert.Equal((0f, 1f), Elementary.SinCos(0f));
        Assert.True(float.IsNaN(Elementary.SinCos(float.PositiveInfinity).Cos));
        Assert.True(float.IsNaN(Elementary.SinCos(65537f).Sin));
        Assert.True(double.IsNaN(Elementary.SinCos(65537.0).Sin));
    }

    [Fact]
    public void A_nan_keeps_its_bits()
    {
        float nan32 = BitConverter.Int32BitsToSingle(0x7FC12345);
        double nan64 = BitConverter.Int64BitsToDouble(0x7FF8123456789ABC);
        AssertSameBits("exp", nan32, nan32, Elementary.Exp(nan32));
        AssertSameBits("log", nan32, nan32, Elementary.Log(nan32));
        AssertSameBits("tanh", nan32, nan32, Elementary.Tanh(nan32));
        AssertSameBits("exp", nan64, nan64, Elementary.Exp(nan64));
        AssertSameBits("log", nan64, nan64, Elementary.Log(nan64));
    }

    [Fact]
    public void The_bits_are_those_approved_on_every_processor()
    {
        Assert.Equal(14210525067204334910UL, Digest());
    }

    // A NaN is a NaN: which of its many patterns comes out is the compiler's, and no curve goes on behind one.
    private static ulong Digest()
    {
        ulong digest = 0xCBF29CE484222325;
        foreach (float x in (float[])[.. Edges32, .. Patterns32(5_000), .. Spread32(-110, 95, 5_000)])
        {
            foreach (float y in (float[])[Elementary.Exp(x), Elementary.Log(x), Elementary.Tanh(x), Elementary.SinCos(x).Sin, Elementary.SinCos(x).Cos])
            {
                digest = (digest ^ BitConverter.SingleToUInt32Bits(float.IsNaN(y) ? float.NaN : y)) * 0x100000001B3;
            }
        }

        foreach (double x in (double[])[.. Edges64, .. Patterns64(5_000), .. Spread64(-760, 720, 5_000)])
        {
            digest = (digest ^ Bits(Elementary.Exp(x))) * 0x100000001B3;
            digest = (digest ^ Bits(Elementary.Log(x))) * 0x100000001B3;
            digest = (digest ^ Bits(Elementary.SinCos(x).Sin)) * 0x100000001B3;
        }

        return digest;

        static ulong Bits(double y) => BitConverter.DoubleToUInt64Bits(double.IsNaN(y) ? double.NaN : y);
    }

    // Bit patterns of all kinds: both signs, every exponent, NaNs too.
    private static float[] Patterns32(int count)
    {
        uint[] patterns = new uint[count];
        for (int i = 0; i < count; i++)
        {
            patterns[i] = (uint)i * 2654435769u;
        }

        return MemoryMarshal.Cast<uint, float>(patterns).ToArray();
    }

    private static double[] Patterns64(int count)
    {
        ulong[] patterns = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            patterns[i] = (ulong)i * 0x9E3779B97F4A7C15;
        }

        return MemoryMarshal.Cast<ulong, double>(patterns).ToArray();
    }

    private static float[] Spread32(float low, float high, int count) => [.. Spread64(low, high, count).Select(x => (float)x)];

    private static double[] Spread64(double low, double high, int count) =>
        [.. Enumerable.Range(0, count).Select(i => low + ((high - low) * (i + 0.3819660113) / count))];

    private static double WorstUlps32(float[] inputs, Func<float, float> function, Func<double, double> exact)
    {
        double worst = 0;
        foreach (float x in inputs)
        {
            double expected = exact(x);
            float actual = function(x);
            float rounded = (float)expected;
            if (float.IsNaN(rounded) || float.IsInfinity(rounded) || rounded == 0f)
            {
                Assert.True(rounded.Equals(actual), FormattableString.Invariant($"at {x:R}: {actual:R}, not {rounded:R}"));
                continue;
            }

            double ulp = (double)MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded);
            worst = Math.Max(worst, Math.Abs(actual - expected) / ulp);
        }

        return worst;
    }

    private static long WorstUlps64(double[] inputs, Func<double, double> function, Func<double, double> exact)
    {
        long worst = 0;
        foreach (double x in inputs)
        {
            double expected = exact(x);
            double actual = function(x);
            if (double.IsNaN(expected) || double.IsInfinity(expected))
            {
                Assert.True(expected.Equals(actual), FormattableString.Invariant($"at {x:R}: {actual:R}, not {expected:R}"));
                continue;
            }

            worst = Math.Max(worst, Math.Abs(BitConverter.DoubleToInt64Bits(actual) - BitConverter.DoubleToInt64Bits(expected)));
        }

        return worst;
    }

    private static void AssertSameBits(string function, float x, float expected, float actual)
    {
        if (BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(actual))
        {
            Assert.Fail(FormattableString.Invariant($"{function}({x:R}) is {actual:R}, not {expected:R}."));
        }
    }

    private static void AssertSameBits(string function, double x, double expected, double actual)
    {
        if (BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(actual))
        {
            Assert.Fail(FormattableString.Invariant($"{function}({x:R}) is {actual:R}, not {expected:R}."));
        }
    }
}
