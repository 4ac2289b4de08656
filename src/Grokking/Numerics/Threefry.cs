using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// Threefry-2x32-20: 64 bits of key and 64 bits of counter give 64 random bits. Salmon et al. 2011, "Parallel random numbers: as easy as
/// 1, 2, 3"; for one key it is a bijection of the counter, so a stream is read by counting.
/// </summary>
public static class Threefry
{
    // ks₂ = ks₀ ^ ks₁ ^ this constant.
    private const uint Parity = 0x1BD11BDA;

    /// <summary>The definition, one block at a time. Tests hold the vector form to it and it to the authors' known answers.</summary>
    public static (uint X0, uint X1) Encrypt(uint key0, uint key1, uint counter0, uint counter1)
    {
        ReadOnlySpan<int> rotations = [13, 15, 26, 6, 17, 29, 16, 24];
        ReadOnlySpan<uint> keys = [key0, key1, key0 ^ key1 ^ Parity];
        uint x0 = counter0 + key0;
        uint x1 = counter1 + key1;
        for (int round = 0; round < 20; round++)
        {
            x0 += x1;
            x1 = BitOperations.RotateLeft(x1, rotations[round % 8]) ^ x0;
            if (round % 4 == 3)
            {
                int injection = (round / 4) + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + (uint)injection;
            }
        }

        return (x0, x1);
    }

    /// <summary>The same for 16 counters under one key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<uint> X0, Vector512<uint> X1) Encrypt(
        uint key0,
        uint key1,
        Vector512<uint> counter0,
        Vector512<uint> counter1)
    {
        uint key2 = key0 ^ key1 ^ Parity;
        Vector512<uint> x0 = counter0 + Vector512.Create(key0);
        Vector512<uint> x1 = counter1 + Vector512.Create(key1);
        FourEvenRounds(ref x0, ref x1, key1, key2 + 1);
        FourOddRounds(ref x0, ref x1, key2, key0 + 2);
        FourEvenRounds(ref x0, ref x1, key0, key1 + 3);
        FourOddRounds(ref x0, ref x1, key1, key2 + 4);
        FourEvenRounds(ref x0, ref x1, key2, key0 + 5);
        return (x0, x1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourEvenRounds(ref Vector512<uint> x0, ref Vector512<uint> x1, uint inject0, uint inject1)
    {
        x0 += x1;
        x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += Vector512.Create(inject0);
        x1 += Vector512.Create(inject1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourOddRounds(ref Vector512<uint> x0, ref Vector512<uint> x1, uint inject0, uint inject1)
    {
        x0 += x1;
        x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
        x0 += x1;
        x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
        x0 += Vector512.Create(inject0);
        x1 += Vector512.Create(inject1);
    }
}
