using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <content>
/// The tiles, one below the other: C (+)= A·B for as many tiles of rows as asked for, one panel wide, each accumulator in one register for the
/// whole sum. A is read through two strides, so one kernel serves A and its transpose. The accumulators are written out one by one because
/// the JIT keeps neither arrays nor large structs of vectors in registers. Tile shapes differ per vector width; the order of additions
/// into one element does not.
/// </content>
public static unsafe partial class Gemm
{
    // 8 rows × 32 columns: 16 of the 32 registers of AVX-512.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles8x32(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int tiles, int K, bool accumulate)
    {
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        for (; tiles > 0; tiles--)
        {
            Vector512<float> c00 = Vector512<float>.Zero, c01 = Vector512<float>.Zero;
            Vector512<float> c10 = Vector512<float>.Zero, c11 = Vector512<float>.Zero;
            Vector512<float> c20 = Vector512<float>.Zero, c21 = Vector512<float>.Zero;
            Vector512<float> c30 = Vector512<float>.Zero, c31 = Vector512<float>.Zero;
            Vector512<float> c40 = Vector512<float>.Zero, c41 = Vector512<float>.Zero;
            Vector512<float> c50 = Vector512<float>.Zero, c51 = Vector512<float>.Zero;
            Vector512<float> c60 = Vector512<float>.Zero, c61 = Vector512<float>.Zero;
            Vector512<float> c70 = Vector512<float>.Zero, c71 = Vector512<float>.Zero;
            if (accumulate)
            {
                c00 = Vector512.Load(c + (0 * cRow));
                c01 = Vector512.Load(c + (0 * cRow) + 16);
                c10 = Vector512.Load(c + (1 * cRow));
                c11 = Vector512.Load(c + (1 * cRow) + 16);
                c20 = Vector512.Load(c + (2 * cRow));
                c21 = Vector512.Load(c + (2 * cRow) + 16);
                c30 = Vector512.Load(c + (3 * cRow));
                c31 = Vector512.Load(c + (3 * cRow) + 16);
                c40 = Vector512.Load(c + (4 * cRow));
                c41 = Vector512.Load(c + (4 * cRow) + 16);
                c50 = Vector512.Load(c + (5 * cRow));
                c51 = Vector512.Load(c + (5 * cRow) + 16);
                c60 = Vector512.Load(c + (6 * cRow));
                c61 = Vector512.Load(c + (6 * cRow) + 16);
                c70 = Vector512.Load(c + (7 * cRow));
                c71 = Vector512.Load(c + (7 * cRow) + 16);
            }

            float* a_k = a, a4_k = a + (4 * aRow), b_k = b;
            for (int k = 0; k < K; k++)
            {
                Vector512<float> b0 = Vector512.Load(b_k);
                Vector512<float> b1 = Vector512.Load(b_k + 16);
                Vector512<float> s0 = Vector512.Create(a_k[0]);
                c00 = Vector512.FusedMultiplyAdd(s0, b0, c00);
                c01 = Vector512.FusedMultiplyAdd(s0, b1, c01);
                Vector512<float> s1 = Vector512.Create(a_k[aRow]);
                c10 = Vector512.FusedMultiplyAdd(s1, b0, c10);
                c11 = Vector512.FusedMultiplyAdd(s1, b1, c11);
                Vector512<float> s2 = Vector512.Create(a_k[aRow2]);
                c20 = Vector512.FusedMultiplyAdd(s2, b0, c20);
                c21 = Vector512.FusedMultiplyAdd(s2, b1, c21);
                Vector512<float> s3 = Vector512.Create(a_k[aRow3]);
                c30 = Vector512.FusedMultiplyAdd(s3, b0, c30);
                c31 = Vector512.FusedMultiplyAdd(s3, b1, c31);
                Vector512<float> s4 = Vector512.Create(a4_k[0]);
                c40 = Vector512.FusedMultiplyAdd(s4, b0, c40);
                c41 = Vector512.FusedMultiplyAdd(s4, b1, c41);
                Vector512<float> s5 = Vector512.Create(a4_k[aRow]);
                c50 = Vector512.FusedMultiplyAdd(s5, b0, c50);
                c51 = Vector512.FusedMultiplyAdd(s5, b1, c51);
                Vector512<float> s6 = Vector512.Create(a4_k[aRow2]);
                c60 = Vector512.FusedMultiplyAdd(s6, b0, c60);
                c61 = Vector512.FusedMultiplyAdd(s6, b1, c61);
                Vector512<float> s7 = Vector512.Create(a4_k[aRow3]);
                c70 = Vector512.FusedMultiplyAdd(s7, b0, c70);
                c71 = Vector512.FusedMultiplyAdd(s7, b1, c71);
                a_k += aStep;
                a4_k += aStep;
                b_k += bStep;
            }

            c00.Store(c + (0 * cRow));
            c01.Store(c + (0 * cRow) + 16);
            c10.Store(c + (1 * cRow));
            c11.Store(c + (1 * cRow) + 16);
            c20.Store(c + (2 * cRow));
            c21.Store(c + (2 * cRow) + 16);
            c30.Store(c + (3 * cRow));
            c31.Store(c + (3 * cRow) + 16);
            c40.Store(c + (4 * cRow));
            c41.Store(c + (4 * cRow) + 16);
            c50.Store(c + (5 * cRow));
            c51.Store(c + (5 * cRow) + 16);
            c60.Store(c + (6 * cRow));
            c61.Store(c + (6 * cRow) + 16);
            c70.Store(c + (7 * cRow));
            c71.Store(c + (7 * cRow) + 16);

            a += 8 * aRow;
            c += 8 * cRow;
        }
    }

    // 8 rows × 16 columns, for the last columns: half of the work of a whole tile, and still as many sums as hide the latency.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tiles8x16(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int tiles, int K, bool accumulate)
    {
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        for (; tiles > 0; tiles--)
        {
            Vector512<float> c0 = Vector512<float>.Zero, c1 = Vector512<float>.Zero;
            Vector512<float> c2 = Vector512<float>.Zero, c3 = Vector512<float>.Zero;
            Vector512<float> c4 = Vector512<float>.Zero, c5 = Vector512<float>.Zero;
            Vector512<float> c6 = Vector512<float>.Zero, c7 = Vector512<float>.Zero;
            if (accumulate)
            {
                c0 = Vector512.Load(c + (0 * cRow));
                c1 = Vector512.Load(c + (1 * cRow));
                c2 = Vector512.Load(c + (2 * cRow));
                c3 = Vector512.Load(c + (3 * cRow));
                c4 = Vector512.Load(c + (4 * cRow));
                c5 = Vector512.Load(c + (5 * cRow));
                c6 = Vector512.Load(c + (6 * cRow));
                c7 = Vector512.Load(c + (7 * cRow));
            }

            float* a_k = a, a4_k = a + (4 * aRow), b_k = b;
            for (int k = 0; k < K; k++)
            {
                Vector512<float> b0 = Vector512.Load(b_k);
                c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a_k[0]), b0, c0);
                c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a_k[aRow]), b0, c1);
                c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a_k[aRow2]), b0, c2);
                c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a_k[aRow3]), b0, c3);
                c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4_k[0]), b0, c4);
                c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a4_k[aRow]), b0, c5);
                c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a4_k[aRow2]), b0, c6);
                c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a4_k[aRow3]), b0, c7);
                a_k += aStep;
                a4_k += aStep;
                b_k += bStep;
            }

            c0.Store(c + (0 * cRow));
            c1.Store(c + (1 * cRow));
            c2.Store(c + (2 * cRow));
            c3.Store(c + (3 * cRow));
            c4.Store(c + (4 * cRow));
            c5.Store(c + (5 * cRow));
            c6.Store(c + (6 * cRow));
            c7.Store(c + (7 * cRow));

            a += 8 * aRow;
            c += 8 * cRow;
        }
    }

    // 6 rows × 16 columns: 12 of the 16 registers of AVX2.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles6x16(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int tiles, int K, bool accumulate)
    {
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        for (; tiles > 0; tiles--)
        {
            Vector256<float> c00 = Vector256<float>.Zero, c01 = Vector256<float>.Zero;
            Vector256<float> c10 = Vector256<float>.Zero, c11 = Vector256<float>.Zero;
            Vector256<float> c20 = Vector256<float>.Zero, c21 = Vector256<float>.Zero;
            Vector256<float> c30 = Vector256<float>.Zero, c31 = Vector256<float>.Zero;
            Vector256<float> c40 = Vector256<float>.Zero, c41 = Vector256<float>.Zero;
            Vector256<float> c50 = Vector256<float>.Zero, c51 = Vector256<float>.Zero;
            if (accumulate)
            {
                c00 = Vector256.Load(c + (0 * cRow));
                c01 = Vector256.Load(c + (0 * cRow) + 8);
                c10 = Vector256.Load(c + (1 * cRow));
                c11 = Vector256.Load(c + (1 * cRow) + 8);
                c20 = Vector256.Load(c + (2 * cRow));
                c21 = Vector256.Load(c + (2 * cRow) + 8);
                c30 = Vector256.Load(c + (3 * cRow));
                c31 = Vector256.Load(c + (3 * cRow) + 8);
                c40 = Vector256.Load(c + (4 * cRow));
                c41 = Vector256.Load(c + (4 * cRow) + 8);
                c50 = Vector256.Load(c + (5 * cRow));
                c51 = Vector256.Load(c + (5 * cRow) + 8);
            }

            float* a_k = a, a4_k = a + (4 * aRow), b_k = b;
            for (int k = 0; k < K; k++)
            {
                Vector256<float> b0 = Vector256.Load(b_k);
                Vector256<float> b1 = Vector256.Load(b_k + 8);
                Vector256<float> s0 = Vector256.Create(a_k[0]);
                c00 = Vector256.FusedMultiplyAdd(s0, b0, c00);
                c01 = Vector256.FusedMultiplyAdd(s0, b1, c01);
                Vector256<float> s1 = Vector256.Create(a_k[aRow]);
                c10 = Vector256.FusedMultiplyAdd(s1, b0, c10);
                c11 = Vector256.FusedMultiplyAdd(s1, b1, c11);
                Vector256<float> s2 = Vector256.Create(a_k[aRow2]);
                c20 = Vector256.FusedMultiplyAdd(s2, b0, c20);
                c21 = Vector256.FusedMultiplyAdd(s2, b1, c21);
                Vector256<float> s3 = Vector256.Create(a_k[aRow3]);
                c30 = Vector256.FusedMultiplyAdd(s3, b0, c30);
                c31 = Vector256.FusedMultiplyAdd(s3, b1, c31);
                Vector256<float> s4 = Vector256.Create(a4_k[0]);
                c40 = Vector256.FusedMultiplyAdd(s4, b0, c40);
                c41 = Vector256.FusedMultiplyAdd(s4, b1, c41);
                Vector256<float> s5 = Vector256.Create(a4_k[aRow]);
                c50 = Vector256.FusedMultiplyAdd(s5, b0, c50);
                c51 = Vector256.FusedMultiplyAdd(s5, b1, c51);
                a_k += aStep;
                a4_k += aStep;
                b_k += bStep;
            }

            c00.Store(c + (0 * cRow));
            c01.Store(c + (0 * cRow) + 8);
            c10.Store(c + (1 * cRow));
            c11.Store(c + (1 * cRow) + 8);
            c20.Store(c + (2 * cRow));
            c21.Store(c + (2 * cRow) + 8);
            c30.Store(c + (3 * cRow));
            c31.Store(c + (3 * cRow) + 8);
            c40.Store(c + (4 * cRow));
            c41.Store(c + (4 * cRow) + 8);
            c50.Store(c + (5 * cRow));
            c51.Store(c + (5 * cRow) + 8);

            a += 6 * aRow;
            c += 6 * cRow;
        }
    }

    // 4 rows × 16 columns: the rows that six do not divide; any multiple of 4 from 8 on is 6a + 4b.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles4x16(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int tiles, int K, bool accumulate)
    {
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        for (; tiles > 0; tiles--)
        {
            Vector256<float> c00 = Vector256<float>.Zero, c01 = Vector256<float>.Zero;
            Vector256<float> c10 = Vector256<float>.Zero, c11 = Vector256<float>.Zero;
            Vector256<float> c20 = Vector256<float>.Zero, c21 = Vector256<float>.Zero;
            Vector256<float> c30 = Vector256<float>.Zero, c31 = Vector256<float>.Zero;
            if (accumulate)
            {
                c00 = Vector256.Load(c + (0 * cRow));
                c01 = Vector256.Load(c + (0 * cRow) + 8);
                c10 = Vector256.Load(c + (1 * cRow));
                c11 = Vector256.Load(c + (1 * cRow) + 8);
                c20 = Vector256.Load(c + (2 * cRow));
                c21 = Vector256.Load(c + (2 * cRow) + 8);
                c30 = Vector256.Load(c + (3 * cRow));
                c31 = Vector256.Load(c + (3 * cRow) + 8);
            }

            float* a_k = a, b_k = b;
            for (int k = 0; k < K; k++)
            {
                Vector256<float> b0 = Vector256.Load(b_k);
                Vector256<float> b1 = Vector256.Load(b_k + 8);
                Vector256<float> s0 = Vector256.Create(a_k[0]);
                c00 = Vector256.FusedMultiplyAdd(s0, b0, c00);
                c01 = Vector256.FusedMultiplyAdd(s0, b1, c01);
                Vector256<float> s1 = Vector256.Create(a_k[aRow]);
                c10 = Vector256.FusedMultiplyAdd(s1, b0, c10);
                c11 = Vector256.FusedMultiplyAdd(s1, b1, c11);
                Vector256<float> s2 = Vector256.Create(a_k[aRow2]);
                c20 = Vector256.FusedMultiplyAdd(s2, b0, c20);
                c21 = Vector256.FusedMultiplyAdd(s2, b1, c21);
                Vector256<float> s3 = Vector256.Create(a_k[aRow3]);
                c30 = Vector256.FusedMultiplyAdd(s3, b0, c30);
                c31 = Vector256.FusedMultiplyAdd(s3, b1, c31);
                a_k += aStep;
                b_k += bStep;
            }

            c00.Store(c + (0 * cRow));
            c01.Store(c + (0 * cRow) + 8);
            c10.Store(c + (1 * cRow));
            c11.Store(c + (1 * cRow) + 8);
            c20.Store(c + (2 * cRow));
            c21.Store(c + (2 * cRow) + 8);
            c30.Store(c + (3 * cRow));
            c31.Store(c + (3 * cRow) + 8);

            a += 4 * aRow;
            c += 4 * cRow;
        }
    }

    // 4 rows × 16 columns: 16 of the 32 registers of Arm64's AdvSimd; also what runs, correctly and slowly, without hardware FMA.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles4x16Narrow(float* a, nint aRow, nint aStep, float* b, nint bStep, float* c, nint cRow, int tiles, int K, bool accumulate)
    {
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        for (; tiles > 0; tiles--)
        {
            Vector128<float> c00 = Vector128<float>.Zero, c01 = Vector128<float>.Zero, c02 = Vector128<float>.Zero, c03 = Vector128<float>.Zero;
            Vector128<float> c10 = Vector128<float>.Zero, c11 = Vector128<float>.Zero, c12 = Vector128<float>.Zero, c13 = Vector128<float>.Zero;
            Vector128<float> c20 = Vector128<float>.Zero, c21 = Vector128<float>.Zero, c22 = Vector128<float>.Zero, c23 = Vector128<float>.Zero;
            Vector128<float> c30 = Vector128<float>.Zero, c31 = Vector128<float>.Zero, c32 = Vector128<float>.Zero, c33 = Vector128<float>.Zero;
            if (accumulate)
            {
                c00 = Vector128.Load(c + (0 * cRow));
                c01 = Vector128.Load(c + (0 * cRow) + 4);
                c02 = Vector128.Load(c + (0 * cRow) + 8);
                c03 = Vector128.Load(c + (0 * cRow) + 12);
                c10 = Vector128.Load(c + (1 * cRow));
                c11 = Vector128.Load(c + (1 * cRow) + 4);
                c12 = Vector128.Load(c + (1 * cRow) + 8);
                c13 = Vector128.Load(c + (1 * cRow) + 12);
                c20 = Vector128.Load(c + (2 * cRow));
                c21 = Vector128.Load(c + (2 * cRow) + 4);
                c22 = Vector128.Load(c + (2 * cRow) + 8);
                c23 = Vector128.Load(c + (2 * cRow) + 12);
                c30 = Vector128.Load(c + (3 * cRow));
                c31 = Vector128.Load(c + (3 * cRow) + 4);
                c32 = Vector128.Load(c + (3 * cRow) + 8);
                c33 = Vector128.Load(c + (3 * cRow) + 12);
            }

            float* a_k = a, b_k = b;
            for (int k = 0; k < K; k++)
            {
                Vector128<float> b0 = Vector128.Load(b_k);
                Vector128<float> b1 = Vector128.Load(b_k + 4);
                Vector128<float> b2 = Vector128.Load(b_k + 8);
                Vector128<float> b3 = Vector128.Load(b_k + 12);
                Vector128<float> s0 = Vector128.Create(a_k[0]);
                c00 = Vector128.FusedMultiplyAdd(s0, b0, c00);
                c01 = Vector128.FusedMultiplyAdd(s0, b1, c01);
                c02 = Vector128.FusedMultiplyAdd(s0, b2, c02);
                c03 = Vector128.FusedMultiplyAdd(s0, b3, c03);
                Vector128<float> s1 = Vector128.Create(a_k[aRow]);
                c10 = Vector128.FusedMultiplyAdd(s1, b0, c10);
                c11 = Vector128.FusedMultiplyAdd(s1, b1, c11);
                c12 = Vector128.FusedMultiplyAdd(s1, b2, c12);
                c13 = Vector128.FusedMultiplyAdd(s1, b3, c13);
                Vector128<float> s2 = Vector128.Create(a_k[aRow2]);
                c20 = Vector128.FusedMultiplyAdd(s2, b0, c20);
                c21 = Vector128.FusedMultiplyAdd(s2, b1, c21);
                c22 = Vector128.FusedMultiplyAdd(s2, b2, c22);
                c23 = Vector128.FusedMultiplyAdd(s2, b3, c23);
                Vector128<float> s3 = Vector128.Create(a_k[aRow3]);
                c30 = Vector128.FusedMultiplyAdd(s3, b0, c30);
                c31 = Vector128.FusedMultiplyAdd(s3, b1, c31);
                c32 = Vector128.FusedMultiplyAdd(s3, b2, c32);
                c33 = Vector128.FusedMultiplyAdd(s3, b3, c33);
                a_k += aStep;
                b_k += bStep;
            }

            c00.Store(c + (0 * cRow));
            c01.Store(c + (0 * cRow) + 4);
            c02.Store(c + (0 * cRow) + 8);
            c03.Store(c + (0 * cRow) + 12);
            c10.Store(c + (1 * cRow));
            c11.Store(c + (1 * cRow) + 4);
            c12.Store(c + (1 * cRow) + 8);
            c13.Store(c + (1 * cRow) + 12);
            c20.Store(c + (2 * cRow));
            c21.Store(c + (2 * cRow) + 4);
            c22.Store(c + (2 * cRow) + 8);
            c23.Store(c + (2 * cRow) + 12);
            c30.Store(c + (3 * cRow));
            c31.Store(c + (3 * cRow) + 4);
            c32.Store(c + (3 * cRow) + 8);
            c33.Store(c + (3 * cRow) + 12);

            a += 4 * aRow;
            c += 4 * cRow;
        }
    }
}
