using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>Which rows attend to which: output row n reads one query row and the rows of its keys, oldest first.</summary>
/// <param name="rows">Output rows N.</param>
/// <param name="maxKeys">T, the most keys of one row.</param>
public sealed class AttentionRows(int rows, int maxKeys)
{
    /// <summary>(N) the query row of each output row. Several may share one.</summary>
    public int[] Query { get; } = new int[rows];

    /// <summary>(N, T) the key and value rows of each output row, oldest first.</summary>
    public int[] Keys { get; } = new int[rows * maxKeys];

    /// <summary>(N) how many of the T keys count.</summary>
    public int[] KeyCount { get; } = new int[rows];

    /// <summary>T, the most keys of one row.</summary>
    public int MaxKeys { get; } = maxKeys;
}

/// <summary>
/// Scaled dot-product attention over listed rows (Vaswani et al. 2017): for each head, pattern = softmax over the listed keys of q·k/√d_head,
/// z = Σ pattern·v.
/// </summary>
/// <remarks>
/// Heads lie side by side in the columns. The pattern is (T·H, N), one row per key place and head, so that the softmax runs across
/// sixteen output rows at once. Sums over d_head follow <see cref="Lanes"/>, sums over keys run from the oldest to the newest, and sums into a
/// shared row run over the output rows in order.
/// </remarks>
public static unsafe class Attention
{
    /// <summary>Writes the pattern and the heads' outputs z.</summary>
    /// <param name="q">(·, H·d_head) queries.</param>
    /// <param name="k">(·, H·d_head) keys.</param>
    /// <param name="v">(·, H·d_head) values.</param>
    /// <param name="rows">Who reads whom.</param>
    /// <param name="count">Output rows in use.</param>
    /// <param name="nHeads">H.</param>
    /// <param name="pattern">(T·H, ≥ count) overwritten.</param>
    /// <param name="z">(≥ count, H·d_head) overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix q, Matrix k, Matrix v, AttentionRows rows, int count, int nHeads, Matrix pattern, Matrix z)
    {
        int T = rows.MaxKeys, dHead = q.Columns / nHeads;
        float scale = 1 / MathF.Sqrt(dHead);
        float* qs = q.Pointer, ks = k.Pointer, vs = v.Pointer, patterns = pattern.Pointer, zs = z.Pointer;
        nint qStride = q.Stride, kStride = k.Stride, vStride = v.Stride, place = pattern.Stride, zStride = z.Stride;
        float** v_s = stackalloc float*[T];
        fixed (int* query = rows.Query, keys = rows.Keys, keyCount = rows.KeyCount)
        {
            for (int n = 0; n < count; n++)
            {
                float* q_n = qs + (query[n] * qStride);
                float* score = patterns + n;
                for (int s = 0; s < T; s++)
                {
                    float* k_s = ks + (keys[(n * T) + s] * kStride);
                    bool counts = s < keyCount[n];
                    for (int h = 0; h < nHeads; h++)
                    {
                        *score = counts ? scale * Lanes.Dot(q_n + (h * dHead), k_s + (h * dHead), dHead) : float.NegativeInfinity;
                        score += place;
                    }
                }
            }

            Softmax(pattern, T, nHeads, count);

            for (int n = 0; n < count; n++)
            {
                int places = keyCount[n];
                for (int s = 0; s < places; s++)
                {
                    v_s[s] = vs + (keys[(n * T) + s] * vStride);
                }

                for (int h = 0; h < nHeads; h++)
                {
                    // A head's overhang past d_head lands in the next head, which is written after it, or in the pad.
                    for (int i = h * dHead; i < (h + 1) * dHead; i += Lanes.Count)
                    {
                        float* p = patterns + (h * place) + n;
                        Vector512<float> sum = Vector512<float>.Zero;
                        for (int s = 0; s < places; s++)
                        {
                            sum = Vector512.FusedMultiplyAdd(Vector512.Create(*p), Vector512.Load(v_s[s] + i), sum);
                            p += nHeads * place;
                        }

                        sum.Store(zs + (n * zStride) + i);
                    }
                }
            }
        }

        GC.KeepAlive(q);
        GC.KeepAlive(k);
        GC.KeepAlive(v);
        GC.KeepAlive(pattern);
        GC.KeepAlive(z);
    }

    /// <summary>From dz makes dq, dk and dv, added to what they hold.</summary>
    /// <param name="dz">(≥ count, H·d_head) the gradient at the output.</param>
    /// <param name="q">As in <see cref="Forward"/>.</param>
    /// <param name="k">As in <see cref="Forward"/>.</param>
    /// <param name="v">As in <see cref="Forward"/>.</param>
    /// <param name="rows">As in <see cref="Forward"/>.</param>
    /// <param name="count">Output rows in use.</param>
    /// <param name="nHeads">H.</param>
    /// <param name="pattern">What <see cref="Forward"/> wrote.</param>
    /// <param name="dq">The shape of q; added to.</param>
    /// <param name="dk">The shape of k; added to.</param>
    /// <param name="dv">The shape of v; added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        Matrix dz, Matrix q, Matrix k, Matrix v, AttentionRows rows, int count, int nHeads, Matrix pattern, Matrix dq, Matrix dk, Matrix dv)
    {
        int T = rows.MaxKeys, dHead = q.Columns / nHeads;
        float scale = 1 / MathF.Sqrt(dHead);
        float* qs = q.Pointer, ks = k.Pointer, vs = v.Pointer, patterns = pattern.Pointer;
        float* dzs = dz.Pointer, dqs = dq.Pointer, dks = dk.Pointer, dvs = dv.Pointer;

        // A gradient has the shape and so the stride of its matrix; keys and values share theirs.
        nint qStride = q.Stride, kStride = k.Stride, place = pattern.Stride, dzStride = dz.Stride;
        float* p = stackalloc float[T];
        float* dScore = stackalloc float[T];
        nint* key = stackalloc nint[T];
        fixed (int* query = rows.Query, keys = rows.Keys, keyCount = rows.KeyCount)
        {
            for (int n = 0; n < count; n++)
            {
                int places = keyCount[n];
                for (int s = 0; s < places; s++)
                {
                    key[s] = keys[(n * T) + s] * kStride;
                }

                for (int h = 0; h < nHeads; h++)
                {
                    int first = h * dHead;
                    float* dz_h = dzs + (n * dzStride) + first;
                    float* q_h = qs + (query[n] * qStride) + first;
                    float* dq_h = dqs + (query[n] * qStride) + first;

                    // in the forward pass this was: z = Σ_s p_s·v_s
                    float mean = 0;
                    for (int s = 0; s < places; s++)
                    {
                        p[s] = patterns[(((s * nHeads) + h) * place) + n];
                        dScore[s] = Lanes.Dot(dz_h, vs + key[s] + first, dHead);
                        mean = MathF.FusedMultiplyAdd(p[s], dScore[s], mean);
                    }

                    // in the forward pass this was: p = softmax(scale·q·k)
                    for (int s = 0; s < places; s++)
                    {
                        dScore[s] = p[s] * (dScore[s] - mean) * scale;
                    }

                    for (int i = 0; i < dHead; i += Lanes.Count)
                    {
                        // Lanes past the head add 0 to what the next head holds.
                        bool whole = i + Lanes.Count <= dHead;
                        Vector512<float> q_i = whole ? Vector512.Load(q_h + i) : Lanes.LoadFirst(q_h + i, dHead - i);
                        Vector512<float> dz_i = whole ? Vector512.Load(dz_h + i) : Lanes.LoadFirst(dz_h + i, dHead - i);
                        Vector512<float> dq_i = Vector512<float>.Zero;
                        for (int s = 0; s < places; s++)
                        {
                            nint at = key[s] + first + i;
                            Vector512<float> d = Vector512.Create(dScore[s]);
                            dq_i = Vector512.FusedMultiplyAdd(d, Vector512.Load(ks + at), dq_i);
                            Vector512.FusedMultiplyAdd(d, q_i, Vector512.Load(dks + at)).Store(dks + at);
                            Vector512.FusedMultiplyAdd(Vector512.Create(p[s]), dz_i, Vector512.Load(dvs + at)).Store(dvs + at);
                        }

                        dq_i = whole ? dq_i : Lanes.First(dq_i, dHead - i);
                        (Vector512.Load(dq_h + i) + dq_i).Store(dq_h + i);
                    }
                }
            }
        }

        GC.KeepAlive(dz);
        GC.KeepAlive(q);
        GC.KeepAlive(k);
        GC.KeepAlive(v);
        GC.KeepAlive(pattern);
        GC.KeepAlive(dq);
        GC.KeepAlive(dk);
        GC.KeepAlive(dv);
    }

    /// <summary>The definition of <see cref="Forward"/> for one output row, one element at a time.</summary>
    /// <param name="q">(H·d_head) the query.</param>
    /// <param name="keys">(H·d_head) each, oldest first.</param>
    /// <param name="values">(H·d_head) each, oldest first.</param>
    /// <param name="nHeads">H.</param>
    /// <param name="z">(H·d_head) overwritten.</param>
    public static void Reference(ReadOnlySpan<float> q, IReadOnlyList<float[]> keys, IReadOnlyList<float[]> values, int nHeads, Span<float> z)
    {
        int dHead = q.Length / nHeads;
        float scale = 1 / MathF.Sqrt(dHead);
        float[] p = new float[keys.Count];
        for (int h = 0; h < nHeads; h++)
        {
            float max = float.NegativeInfinity, sum = 0;
            for (int s = 0; s < keys.Count; s++)
            {
                p[s] = scale * Lanes.Dot(q.Slice(h * dHead, dHead), keys[s].AsSpan(h * dHead, dHead));
                max = MathF.Max(max, p[s]);
            }

            for (int s = 0; s < keys.Count; s++)
            {
                p[s] = Elementary.Exp(p[s] - max);
                sum += p[s];
            }

            for (int i = h * dHead; i < (h + 1) * dHead; i++)
            {
                z[i] = 0;
                for (int s = 0; s < keys.Count; s++)
                {
                    z[i] = MathF.FusedMultiplyAdd(p[s] / sum, values[s][i], z[i]);
                }
            }
        }
    }

    // Scores become shares, sixteen output rows at once. Places without a key hold −∞ and become 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax(Matrix pattern, int T, int nHeads, int count)
    {
        nint place = (nint)nHeads * pattern.Stride;
        for (int n = 0; n < count; n += Lanes.Count)
        {
            for (int h = 0; h < nHeads; h++)
            {
                float* column = pattern.Pointer + ((nint)h * pattern.Stride) + n;
                Vector512<float> max = Vector512.Load(column);
                for (int s = 1; s < T; s++)
                {
                    Vector512<float> score = Vector512.Load(column + (s * place));
                    max = Vector512.ConditionalSelect(Vector512.GreaterThan(score, max), score, max);
                }

                Vector512<float> sum = Vector512<float>.Zero;
                for (int s = 0; s < T; s++)
                {
                    Vector512<float> share = Elementary.Exp(Vector512.Load(column + (s * place)) - max);
                    sum += share;
                    share.Store(column + (s * place));
                }

                for (int s = 0; s < T; s++)
                {
                    (Vector512.Load(column + (s * place)) / sum).Store(column + (s * place));
                }
            }
        }
    }
}
