using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>exp, log, tanh, sin and cos from multiply-adds and bit operations alone, so their bits are the same on every processor.</summary>
/// <remarks>
/// The scalar overloads are the definition: plain code, one operation after the other. The vector overloads do the same operations in the
/// same order in every lane and give the same bits. A NaN comes back as it went in. Polynomials are Chebyshev fits of the remainder named
/// beside them, their coefficients rounded to the working precision; the errors named there are those of the rounded polynomials.
/// </remarks>
public static class Elementary
{
    // Adding 1.5·2^(fraction bits) leaves the nearest integer, in two's complement, in the low bits of the sum.
    private const float RoundingShift32 = 12582912f;
    private const double RoundingShift64 = 6755399441055744.0;

    private const float Log2E32 = 1.442695f;
    private const double Log2E64 = 1.4426950408889634;

    // ln 2 in two parts: an exponent times the high part is exact.
    private const float Ln2High32 = 0.69314575f;
    private const float Ln2Low32 = 1.4286068e-06f;
    private const double Ln2High64 = 0.6931471805598903;
    private const double Ln2Low64 = 5.497923018708371e-14;

    // Outside these exp is 0 or infinite anyway.
    private const float ExpLowest32 = -104f;
    private const float ExpHighest32 = 89f;
    private const double ExpLowest64 = -746;
    private const double ExpHighest64 = 710;

    // (exp(r) - 1 - r) / r² on |r| ≤ ½ ln 2, error 6.7e-8.
    private const float E2 = 0.5f;
    private const float E3 = 0.16666576f;
    private const float E4 = 0.041666552f;
    private const float E5 = 0.008363233f;
    private const float E6 = 0.001392625f;

    // The same in double, error 1.2e-16.
    private const double D2 = 0.5000000000000001;
    private const double D3 = 0.16666666666666669;
    private const double D4 = 0.041666666666623824;
    private const double D5 = 0.008333333333330039;
    private const double D6 = 0.0013888888917367081;
    private const double D7 = 0.00019841269863171557;
    private const double D8 = 2.4801521057868204e-05;
    private const double D9 = 2.7557268276905696e-06;
    private const double D10 = 2.7620201591031547e-07;
    private const double D11 = 2.5100472505694996e-08;

    // (ln((1+s)/(1-s)) / s - 2) / z with z = s² on 0 ≤ z ≤ 0.0295, error 2.0e-7.
    private const float L1 = 0.66666687f;
    private const float L2 = 0.3998876f;
    private const float L3 = 0.29580986f;

    // The same in double, error 3.2e-16.
    private const double M1 = 0.666666666666667;
    private const double M2 = 0.3999999999989889;
    private const double M3 = 0.28571428626253836;
    private const double M4 = 0.22222211089379496;
    private const double M5 = 0.1818289243253687;
    private const double M6 = 0.15331611722055008;
    private const double M7 = 0.14617807153417325;

    // Bits of √½: an exponent counted from here leaves a significand in [√½, √2).
    private const int SqrtHalfBits32 = 0x3F3504F3;
    private const long SqrtHalfBits64 = 0x3FE6A09E667F3BCD;

    private const float SmallestNormal32 = 1.17549435e-38f;
    private const double SmallestNormal64 = 2.2250738585072014e-308;
    private const float TwoTo23 = 8388608f;
    private const double TwoTo52 = 4503599627370496.0;

    // (tanh(x)/x - 1) / z with z = x² on |x| ≤ 0.625, error 5.0e-8.
    private const float TanhPolynomialEnd = 0.625f;
    private const float T3 = -0.33333328f;
    private const float T5 = 0.1333277f;
    private const float T7 = -0.053850908f;
    private const float T9 = 0.02099718f;
    private const float T11 = -0.006096714f;

    // π/2 in three parts, each the rounding of what the ones before leave.
    private const float HalfPiHigh32 = 1.57079637f;
    private const float HalfPiMiddle32 = -4.37113883e-08f;
    private const float HalfPiLow32 = -1.71512451e-15f;
    private const double HalfPiHigh64 = 1.5707963267948966;
    private const double HalfPiMiddle64 = 6.123233995736766e-17;
    private const double HalfPiLow64 = -1.4973849048591698e-33;
    private const float TwoOverPi32 = 0.63661975f;
    private const double TwoOverPi64 = 0.6366197723675814;
    private const float TwoPi32 = 6.2831855f;
    private const float LargestAngle = 65536f;

    // (sin(r)/r - 1) / z with z = r² on |r| ≤ π/4, error 5.0e-9.
    private const float S3 = -0.16666667f;
    private const float S5 = 0.008333332f;
    private const float S7 = -0.00019840083f;
    private const float S9 = 2.7249314e-06f;

    // (cos(r) - 1 + z/2) / z² on |r| ≤ π/4, error 2.5e-9.
    private const float C4 = 0.041666664f;
    private const float C6 = -0.00138883f;
    private const float C8 = 2.4547437e-05f;

    // The same two in double, errors 9.3e-18 and 2.3e-18.
    private const double U3 = -0.16666666666666666;
    private const double U5 = 0.008333333333333331;
    private const double U7 = -0.00019841269841265017;
    private const double U9 = 2.7557319219301936e-06;
    private const double U11 = -2.5052106219528367e-08;
    private const double U13 = 1.6058529573291737e-10;
    private const double U15 = -7.586576648405261e-13;
    private const double V4 = 0.041666666666666664;
    private const double V6 = -0.0013888888888887382;
    private const double V8 = 2.480158729874308e-05;
    private const double V10 = -2.755731726001471e-07;
    private const double V12 = 2.0876143829213935e-09;
    private const double V14 = -1.1382456865840483e-11;

    /// <summary>eˣ within 1.1 ulp; +∞ above 88.72, 0 below −103.97, rounded once more where it is subnormal.</summary>
    public static float Exp(float x)
    {
        // x = n ln 2 + r, so eˣ = 2ⁿ eʳ.
        float y = x > ExpHighest32 ? ExpHighest32 : x;
        y = y < ExpLowest32 ? ExpLowest32 : y;
        float shifted = MathF.FusedMultiplyAdd(y, Log2E32, RoundingShift32);
        float n = shifted - RoundingShift32;
        float r = MathF.FusedMultiplyAdd(n, -Ln2High32, y);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low32, r);

        float q = MathF.FusedMultiplyAdd(E6, r, E5);
        q = MathF.FusedMultiplyAdd(q, r, E4);
        q = MathF.FusedMultiplyAdd(q, r, E3);
        q = MathF.FusedMultiplyAdd(q, r, E2);
        float p = 1f + MathF.FusedMultiplyAdd(q, r * r, r);

        // 2ⁿ may lie outside the normal range, its two halves do not; only the last product rounds.
        int exponent = BitConverter.SingleToInt32Bits(shifted) - BitConverter.SingleToInt32Bits(RoundingShift32);
        int half = exponent >> 1;
        float result = p * BitConverter.Int32BitsToSingle((half + 127) << 23);
        result *= BitConverter.Int32BitsToSingle((exponent - half + 127) << 23);
        return float.IsNaN(x) ? x : result;
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(ExpHighest32)), Vector512.Create(ExpHighest32), x);
        y = Vector512.ConditionalSelect(Vector512.LessThan(y, Vector512.Create(ExpLowest32)), Vector512.Create(ExpLowest32), y);
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(y, Vector512.Create(Log2E32), Vector512.Create(RoundingShift32));
        Vector512<float> n = shifted - Vector512.Create(RoundingShift32);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High32), y);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low32), r);

        Vector512<float> q = Vector512.FusedMultiplyAdd(Vector512.Create(E6), r, Vector512.Create(E5));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(E4));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(E3));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(E2));
        Vector512<float> p = Vector512<float>.One + Vector512.FusedMultiplyAdd(q, r * r, r);

        Vector512<int> exponent = shifted.AsInt32() - Vector512.Create(RoundingShift32).AsInt32();
        Vector512<int> half = exponent >> 1;
        Vector512<float> result = p * ((half + Vector512.Create(127)) << 23).AsSingle();
        result *= ((exponent - half + Vector512.Create(127)) << 23).AsSingle();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), result, x);
    }

    /// <summary>eˣ within 2 ulp; +∞ above 709.78, 0 below −745.13, rounded once more where it is subnormal.</summary>
    public static double Exp(double x)
    {
        double y = x > ExpHighest64 ? ExpHighest64 : x;
        y = y < ExpLowest64 ? ExpLowest64 : y;
        double shifted = Math.FusedMultiplyAdd(y, Log2E64, RoundingShift64);
        double n = shifted - RoundingShift64;
        double r = Math.FusedMultiplyAdd(n, -Ln2High64, y);
        r = Math.FusedMultiplyAdd(n, -Ln2Low64, r);

        double q = Math.FusedMultiplyAdd(D11, r, D10);
        q = Math.FusedMultiplyAdd(q, r, D9);
        q = Math.FusedMultiplyAdd(q, r, D8);
        q = Math.FusedMultiplyAdd(q, r, D7);
        q = Math.FusedMultiplyAdd(q, r, D6);
        q = Math.FusedMultiplyAdd(q, r, D5);
        q = Math.FusedMultiplyAdd(q, r, D4);
        q = Math.FusedMultiplyAdd(q, r, D3);
        q = Math.FusedMultiplyAdd(q, r, D2);
        double p = 1.0 + Math.FusedMultiplyAdd(q, r * r, r);

        long exponent = BitConverter.DoubleToInt64Bits(shifted) - BitConverter.DoubleToInt64Bits(RoundingShift64);
        long half = exponent >> 1;
        double result = p * BitConverter.Int64BitsToDouble((half + 1023) << 52);
        result *= BitConverter.Int64BitsToDouble((exponent - half + 1023) << 52);
        return double.IsNaN(x) ? x : result;
    }

    /// <inheritdoc cref="Exp(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        Vector512<double> y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(ExpHighest64)), Vector512.Create(ExpHighest64), x);
        y = Vector512.ConditionalSelect(Vector512.LessThan(y, Vector512.Create(ExpLowest64)), Vector512.Create(ExpLowest64), y);
        Vector512<double> shifted = Vector512.FusedMultiplyAdd(y, Vector512.Create(Log2E64), Vector512.Create(RoundingShift64));
        Vector512<double> n = shifted - Vector512.Create(RoundingShift64);
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High64), y);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low64), r);

        Vector512<double> q = Vector512.FusedMultiplyAdd(Vector512.Create(D11), r, Vector512.Create(D10));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D9));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D8));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D7));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D6));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D5));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D4));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D3));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(D2));
        Vector512<double> p = Vector512<double>.One + Vector512.FusedMultiplyAdd(q, r * r, r);

        Vector512<long> exponent = shifted.AsInt64() - Vector512.Create(RoundingShift64).AsInt64();
        Vector512<long> half = exponent >> 1;
        Vector512<double> result = p * ((half + Vector512.Create(1023L)) << 52).AsDouble();
        result *= ((exponent - half + Vector512.Create(1023L)) << 52).AsDouble();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), result, x);
    }

    /// <summary>ln x within 1.1 ulp; −∞ at ±0, NaN below 0.</summary>
    public static float Log(float x)
    {
        // x = 2ᵏ(1 + f) with 1 + f in [√½, √2), and ln(1 + f) = 2 artanh(s) with s = f/(2 + f).
        bool subnormal = x < SmallestNormal32;
        float y = subnormal ? x * TwoTo23 : x;
        int bits = BitConverter.SingleToInt32Bits(y);
        int exponent = (bits - SqrtHalfBits32) >> 23;
        float f = BitConverter.Int32BitsToSingle(bits - (exponent << 23)) - 1f;
        float k = exponent - (subnormal ? 23f : 0f);

        float s = f / (2f + f);
        float z = s * s;
        float q = MathF.FusedMultiplyAdd(L3, z, L2);
        q = MathF.FusedMultiplyAdd(q, z, L1);

        // 2s + sR = f - (h - s(h + R)) with h = f²/2: the largest term, f, is exact.
        float h = 0.5f * f * f;
        float correction = MathF.FusedMultiplyAdd(s, MathF.FusedMultiplyAdd(q, z, h), k * Ln2Low32);
        float result = MathF.FusedMultiplyAdd(k, Ln2High32, f - (h - correction));

        result = x < 0f ? float.NaN : result;
        result = x == 0f ? float.NegativeInfinity : result;
        return x < float.PositiveInfinity ? result : x;
    }

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> subnormal = Vector512.LessThan(x, Vector512.Create(SmallestNormal32));
        Vector512<float> y = Vector512.ConditionalSelect(subnormal, x * Vector512.Create(TwoTo23), x);
        Vector512<int> bits = y.AsInt32();
        Vector512<int> exponent = (bits - Vector512.Create(SqrtHalfBits32)) >> 23;
        Vector512<float> f = (bits - (exponent << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> k = Vector512.ConvertToSingle(exponent) - (subnormal & Vector512.Create(23f));

        Vector512<float> s = f / (Vector512.Create(2f) + f);
        Vector512<float> z = s * s;
        Vector512<float> q = Vector512.FusedMultiplyAdd(Vector512.Create(L3), z, Vector512.Create(L2));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(L1));

        Vector512<float> h = Vector512.Create(0.5f) * f * f;
        Vector512<float> correction = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(q, z, h), k * Vector512.Create(Ln2Low32));
        Vector512<float> result = Vector512.FusedMultiplyAdd(k, Vector512.Create(Ln2High32), f - (h - correction));

        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
    }

    /// <inheritdoc cref="Log(float)"/>
    public static double Log(double x)
    {
        bool subnormal = x < SmallestNormal64;
        double y = subnormal ? x * TwoTo52 : x;
        long bits = BitConverter.DoubleToInt64Bits(y);
        long exponent = (bits - SqrtHalfBits64) >> 52;
        double f = BitConverter.Int64BitsToDouble(bits - (exponent << 52)) - 1.0;
        double k = exponent - (subnormal ? 52.0 : 0.0);

        double s = f / (2.0 + f);
        double z = s * s;
        double q = Math.FusedMultiplyAdd(M7, z, M6);
        q = Math.FusedMultiplyAdd(q, z, M5);
        q = Math.FusedMultiplyAdd(q, z, M4);
        q = Math.FusedMultiplyAdd(q, z, M3);
        q = Math.FusedMultiplyAdd(q, z, M2);
        q = Math.FusedMultiplyAdd(q, z, M1);

        double h = 0.5 * f * f;
        double correction = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(q, z, h), k * Ln2Low64);
        double result = Math.FusedMultiplyAdd(k, Ln2High64, f - (h - correction));

        result = x < 0.0 ? double.NaN : result;
        result = x == 0.0 ? double.NegativeInfinity : result;
        return x < double.PositiveInfinity ? result : x;
    }

    /// <summary>tanh x within 2 ulp.</summary>
    public static float Tanh(float x)
    {
        // Near 0 a polynomial, elsewhere 1 - 2/(e²ˣ + 1); of |x|, with the sign put back, so tanh(-x) = -tanh(x) to the bit.
        float a = MathF.Abs(x);
        float z = a * a;
        float q = MathF.FusedMultiplyAdd(T11, z, T9);
        q = MathF.FusedMultiplyAdd(q, z, T7);
        q = MathF.FusedMultiplyAdd(q, z, T5);
        q = MathF.FusedMultiplyAdd(q, z, T3);
        float near = MathF.FusedMultiplyAdd(q * z, a, a);
        float far = 1f - (2f / (Exp(a + a) + 1f));

        float magnitude = a < TanhPolynomialEnd ? near : far;
        int sign = BitConverter.SingleToInt32Bits(x) & int.MinValue;
        float result = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(magnitude) | sign);
        return float.IsNaN(x) ? x : result;
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> a = Vector512.Abs(x);
        Vector512<float> z = a * a;
        Vector512<float> q = Vector512.FusedMultiplyAdd(Vector512.Create(T11), z, Vector512.Create(T9));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(T7));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(T5));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(T3));
        Vector512<float> near = Vector512.FusedMultiplyAdd(q * z, a, a);
        Vector512<float> far = Vector512<float>.One - (Vector512.Create(2f) / (Exp(a + a) + Vector512<float>.One));

        Vector512<float> magnitude = Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(TanhPolynomialEnd)), near, far);
        Vector512<int> sign = x.AsInt32() & Vector512.Create(int.MinValue);
        Vector512<float> result = (magnitude.AsInt32() | sign).AsSingle();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), result, x);
    }

    /// <summary>sin x and cos x within 2 ulp for |x| ≤ 65536 radians; NaN beyond, where a float no longer tells the angle well.</summary>
    public static (float Sin, float Cos) SinCos(float x)
    {
        // x = n π/2 + r with |r| ≤ π/4.
        float y = MathF.Abs(x) <= LargestAngle ? x : float.NaN;
        float shifted = MathF.FusedMultiplyAdd(y, TwoOverPi32, RoundingShift32);
        float n = shifted - RoundingShift32;
        float r = MathF.FusedMultiplyAdd(n, -HalfPiHigh32, y);
        r = MathF.FusedMultiplyAdd(n, -HalfPiMiddle32, r);
        r = MathF.FusedMultiplyAdd(n, -HalfPiLow32, r);
        (float sin, float cos) = SinCosOfQuadrant(r, BitConverter.SingleToInt32Bits(shifted));
        return float.IsNaN(y) ? (float.NaN, float.NaN) : (sin, cos);
    }

    /// <summary>sin 2πt and cos 2πt within 3 ulp of the larger of the two, for |t| ≤ 1: the angle as a share of a turn, reduced without error.</summary>
    public static (float Sin, float Cos) SinCosOfTurn(float t)
    {
        float shifted = MathF.FusedMultiplyAdd(t, 4f, RoundingShift32);
        float n = shifted - RoundingShift32;
        float r = MathF.FusedMultiplyAdd(n, -0.25f, t) * TwoPi32;
        return SinCosOfQuadrant(r, BitConverter.SingleToInt32Bits(shifted));
    }

    /// <inheritdoc cref="SinCosOfTurn(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Sin, Vector512<float> Cos) SinCosOfTurn(Vector512<float> t)
    {
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(t, Vector512.Create(4f), Vector512.Create(RoundingShift32));
        Vector512<float> n = shifted - Vector512.Create(RoundingShift32);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.25f), t) * Vector512.Create(TwoPi32);
        return SinCosOfQuadrant(r, shifted.AsInt32());
    }

    /// <summary>sin x and cos x within 2 ulp for |x| ≤ 65536 radians; NaN beyond. Scalar alone: for tables that are made once.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        if (!(Math.Abs(x) <= LargestAngle))
        {
            return (double.NaN, double.NaN);
        }

        double shifted = Math.FusedMultiplyAdd(x, TwoOverPi64, RoundingShift64);
        double n = shifted - RoundingShift64;
        double r = Math.FusedMultiplyAdd(n, -HalfPiHigh64, x);
        r = Math.FusedMultiplyAdd(n, -HalfPiMiddle64, r);
        r = Math.FusedMultiplyAdd(n, -HalfPiLow64, r);

        double z = r * r;
        double q = Math.FusedMultiplyAdd(U15, z, U13);
        q = Math.FusedMultiplyAdd(q, z, U11);
        q = Math.FusedMultiplyAdd(q, z, U9);
        q = Math.FusedMultiplyAdd(q, z, U7);
        q = Math.FusedMultiplyAdd(q, z, U5);
        q = Math.FusedMultiplyAdd(q, z, U3);
        double sin = Math.FusedMultiplyAdd(q * z, r, r);

        double w = Math.FusedMultiplyAdd(V14, z, V12);
        w = Math.FusedMultiplyAdd(w, z, V10);
        w = Math.FusedMultiplyAdd(w, z, V8);
        w = Math.FusedMultiplyAdd(w, z, V6);
        w = Math.FusedMultiplyAdd(w, z, V4);
        double cos = Math.FusedMultiplyAdd(w * z, z, Math.FusedMultiplyAdd(z, -0.5, 1.0));

        return (BitConverter.DoubleToInt64Bits(shifted) & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    // sin and cos of r + quadrant · π/2; only the two lowest bits of the quadrant count, and the rounding shift leaves those intact.
    private static (float Sin, float Cos) SinCosOfQuadrant(float r, int quadrant)
    {
        float z = r * r;
        float q = MathF.FusedMultiplyAdd(S9, z, S7);
        q = MathF.FusedMultiplyAdd(q, z, S5);
        q = MathF.FusedMultiplyAdd(q, z, S3);
        float sin = MathF.FusedMultiplyAdd(q * z, r, r);

        float w = MathF.FusedMultiplyAdd(C8, z, C6);
        w = MathF.FusedMultiplyAdd(w, z, C4);
        float cos = MathF.FusedMultiplyAdd(w * z, z, MathF.FusedMultiplyAdd(z, -0.5f, 1f));

        bool odd = (quadrant & 1) != 0;
        int sinSign = (quadrant & 2) << 30;
        int cosSign = ((quadrant + 1) & 2) << 30;
        return (
            BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(odd ? cos : sin) ^ sinSign),
            BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(odd ? sin : cos) ^ cosSign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Sin, Vector512<float> Cos) SinCosOfQuadrant(Vector512<float> r, Vector512<int> quadrant)
    {
        Vector512<float> z = r * r;
        Vector512<float> q = Vector512.FusedMultiplyAdd(Vector512.Create(S9), z, Vector512.Create(S7));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(S5));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(S3));
        Vector512<float> sin = Vector512.FusedMultiplyAdd(q * z, r, r);

        Vector512<float> w = Vector512.FusedMultiplyAdd(Vector512.Create(C8), z, Vector512.Create(C6));
        w = Vector512.FusedMultiplyAdd(w, z, Vector512.Create(C4));
        Vector512<float> cos = Vector512.FusedMultiplyAdd(
            w * z, z, Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), Vector512<float>.One));

        Vector512<float> even = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.Zero).AsSingle();
        Vector512<int> sinSign = (quadrant & Vector512.Create(2)) << 30;
        Vector512<int> cosSign = ((quadrant + Vector512<int>.One) & Vector512.Create(2)) << 30;
        return (
            (Vector512.ConditionalSelect(even, sin, cos).AsInt32() ^ sinSign).AsSingle(),
            (Vector512.ConditionalSelect(even, cos, sin).AsInt32() ^ cosSign).AsSingle());
    }
}
