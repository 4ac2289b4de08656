using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Bench;

/// <summary>
/// The multiply-add rate that one core can reach: independent accumulators in registers and nothing else, two floating-point operations
/// per lane. It should come out near clock × units × lanes × 2.
/// </summary>
internal static class FmaPeak
{
    private const int AccumulatorsOf512 = 24;
    private const int AccumulatorsOf256 = 12;
    private const int Rounds = 12_000_000;

    /// <summary>The vectors that the engine's matrix products use on this machine.</summary>
    public static string Isa => Vector512.IsHardwareAccelerated ? "Vector512" : Vector256.IsHardwareAccelerated ? "Vector256" : "Vector128";

    /// <summary>Measures for some 35 milliseconds: as exposed to an interruption as an epoch of the paper's model.</summary>
    /// <returns>10⁹ floating-point operations per second.</returns>
    public static double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        float sum;
        long operations;
        if (Vector512.IsHardwareAccelerated)
        {
            sum = Loop512(Rounds, 0.5f);
            operations = 2L * Vector512<float>.Count * AccumulatorsOf512 * Rounds;
        }
        else
        {
            // Where 256 bits are two halves of 128, twice as many accumulators of half the width run: still enough to hide the latency.
            sum = Loop256(Rounds, 0.5f);
            operations = 2L * Vector256<float>.Count * AccumulatorsOf256 * Rounds;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return float.IsNaN(sum) ? double.NaN : operations / seconds * 1e-9;
    }

    // x and y do not change, so each statement is one instruction with no load and no copy: a ← x·y + a. Both units are busy when there
    // are as many accumulators as units × latency.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Loop512(int rounds, float seed)
    {
        Vector512<float> x = Vector512.Create(seed), y = Vector512.Create(seed * 0.5f);
        Vector512<float> a00 = x, a01 = x, a02 = x, a03 = x;
        Vector512<float> a04 = x, a05 = x, a06 = x, a07 = x;
        Vector512<float> a08 = x, a09 = x, a10 = x, a11 = x;
        Vector512<float> a12 = x, a13 = x, a14 = x, a15 = x;
        Vector512<float> a16 = x, a17 = x, a18 = x, a19 = x;
        Vector512<float> a20 = x, a21 = x, a22 = x, a23 = x;
        for (int round = 0; round < rounds; round++)
        {
            a00 = Vector512.FusedMultiplyAdd(x, y, a00);
            a01 = Vector512.FusedMultiplyAdd(x, y, a01);
            a02 = Vector512.FusedMultiplyAdd(x, y, a02);
            a03 = Vector512.FusedMultiplyAdd(x, y, a03);
            a04 = Vector512.FusedMultiplyAdd(x, y, a04);
            a05 = Vector512.FusedMultiplyAdd(x, y, a05);
            a06 = Vector512.FusedMultiplyAdd(x, y, a06);
            a07 = Vector512.FusedMultiplyAdd(x, y, a07);
            a08 = Vector512.FusedMultiplyAdd(x, y, a08);
            a09 = Vector512.FusedMultiplyAdd(x, y, a09);
            a10 = Vector512.FusedMultiplyAdd(x, y, a10);
            a11 = Vector512.FusedMultiplyAdd(x, y, a11);
            a12 = Vector512.FusedMultiplyAdd(x, y, a12);
            a13 = Vector512.FusedMultiplyAdd(x, y, a13);
            a14 = Vector512.FusedMultiplyAdd(x, y, a14);
            a15 = Vector512.FusedMultiplyAdd(x, y, a15);
            a16 = Vector512.FusedMultiplyAdd(x, y, a16);
            a17 = Vector512.FusedMultiplyAdd(x, y, a17);
            a18 = Vector512.FusedMultiplyAdd(x, y, a18);
            a19 = Vector512.FusedMultiplyAdd(x, y, a19);
            a20 = Vector512.FusedMultiplyAdd(x, y, a20);
            a21 = Vector512.FusedMultiplyAdd(x, y, a21);
            a22 = Vector512.FusedMultiplyAdd(x, y, a22);
            a23 = Vector512.FusedMultiplyAdd(x, y, a23);
        }

        return Vector512.Sum(a00 + a01 + a02 + a03 + a04 + a05 + a06 + a07 + a08 + a09 + a10 + a11
            + a12 + a13 + a14 + a15 + a16 + a17 + a18 + a19 + a20 + a21 + a22 + a23);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Loop256(int rounds, float seed)
    {
        Vector256<float> x = Vector256.Create(seed), y = Vector256.Create(seed * 0.5f);
        Vector256<float> a00 = x, a01 = x, a02 = x, a03 = x;
        Vector256<float> a04 = x, a05 = x, a06 = x, a07 = x;
        Vector256<float> a08 = x, a09 = x, a10 = x, a11 = x;
        for (int round = 0; round < rounds; round++)
        {
            a00 = Vector256.FusedMultiplyAdd(x, y, a00);
            a01 = Vector256.FusedMultiplyAdd(x, y, a01);
            a02 = Vector256.FusedMultiplyAdd(x, y, a02);
            a03 = Vector256.FusedMultiplyAdd(x, y, a03);
            a04 = Vector256.FusedMultiplyAdd(x, y, a04);
            a05 = Vector256.FusedMultiplyAdd(x, y, a05);
            a06 = Vector256.FusedMultiplyAdd(x, y, a06);
            a07 = Vector256.FusedMultiplyAdd(x, y, a07);
            a08 = Vector256.FusedMultiplyAdd(x, y, a08);
            a09 = Vector256.FusedMultiplyAdd(x, y, a09);
            a10 = Vector256.FusedMultiplyAdd(x, y, a10);
            a11 = Vector256.FusedMultiplyAdd(x, y, a11);
        }

        return Vector256.Sum(a00 + a01 + a02 + a03 + a04 + a05 + a06 + a07 + a08 + a09 + a10 + a11);
    }
}
