using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class AttentionTests
{
    /// <summary>Heads, width of a head, output rows, most keys of a row.</summary>
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 5, 1, 1 },
        { 4, 5, 7, 3 },
        { 2, 8, 16, 4 },
        { 3, 12, 17, 4 },
        { 4, 16, 33, 4 },
        { 4, 32, 97, 4 },
        { 2, 20, 19, 9 },
        { 1, 33, 9, 6 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_gives_the_bits_of_the_reference(int nHeads, int dHead, int count, int maxKeys)
    {
        Case sample = new(nHeads, dHead, count, maxKeys);

        (Matrix pattern, Matrix z) = sample.Forward();

        for (int n = 0; n < count; n++)
        {
            float[] expected = new float[nHeads * dHead];
            int[] keys = sample.KeysOf(n);
            Attention.Reference(
                sample.Q.Row(sample.Rows.Query[n]),
                [.. keys.Select(key => sample.K.Row(key).ToArray())],
                [.. keys.Select(key => sample.V.Row(key).ToArray())],
                nHeads,
                expected);
            SameBits.Check(expected, z.Row(n), $"z of output row {n}");
        }

        for (int n = 0; n < count; n++)
        {
            for (int h = 0; h < nHeads; h++)
            {
                double[] shares = [.. Enumerable.Range(0, maxKeys).Select(s => (double)pattern.Row((s * nHeads) + h)[n])];
                Assert.Equal(1, shares.Sum(), 1e-6);
                Assert.All(shares[sample.Rows.KeyCount[n]..], share => Assert.Equal(0, share));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_gives_the_bits_of_the_reference(int nHeads, int dHead, int count, int maxKeys)
    {
        Case sample = new(nHeads, dHead, count, maxKeys);
        (Matrix pattern, _) = sample.Forward();
        Matrix dz = Sample.Matrix(count, nHeads * dHead, "dz");
        Gradients actual = new(sample), expected = new(sample);

        Attention.Backward(dz, sample.Q, sample.K, sample.V, sample.Rows, count, nHeads, pattern, actual.Q, actual.K, actual.V);

        BackwardReference(sample, dz, pattern, expected);
        SameBits.Check(Sample.RowMajor(expected.Q), Sample.RowMajor(actual.Q), "dq");
        SameBits.Check(Sample.RowMajor(expected.K), Sample.RowMajor(actual.K), "dk");
        SameBits.Check(Sample.RowMajor(expected.V), Sample.RowMajor(actual.V), "dv");
    }

    [Fact]
    public void Backward_agrees_with_central_differences()
    {
        const int nHeads = 2, dHead = 5, count = 6;
        Case sample = new(nHeads, dHead, count, maxKeys: 4);
        (Matrix pattern, _) = sample.Forward();
        Matrix dz = Sample.Matrix(count, nHeads * dHead, "dz");
        Gradients actual = new(sample);
        actual.Q.Clear(actual.Q.Rows);
        actual.K.Clear(actual.K.Rows);
        actual.V.Clear(actual.V.Rows);

        Attention.Backward(dz, sample.Q, sample.K, sample.V, sample.Rows, count, nHeads, pattern, actual.Q, actual.K, actual.V);

        float[] q = Sample.RowMajor(sample.Q), k = Sample.RowMajor(sample.K), v = Sample.RowMajor(sample.V), projection = Sample.RowMajor(dz);
        double[] q64 = CentralDifferences.ToDouble(q), k64 = CentralDifferences.ToDouble(k), v64 = CentralDifferences.ToDouble(v);

        // Some forty float roundings of 6e-8 along each path.
        const double bound = 5e-6;
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(sample, at, k64, v64), projection), q), Sample.RowMajor(actual.Q), bound, "dq");
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(sample, q64, at, v64), projection), k), Sample.RowMajor(actual.K), bound, "dk");
        CentralDifferences.AssertClose(
            CentralDifferences.Gradient(at => CentralDifferences.Dot(Formula(sample, q64, k64, at), projection), v), Sample.RowMajor(actual.V), bound, "dv");
    }

    // In the documented orders: dots by lanes; dq of one output row over its keys first, then added; dk and dv output row by output row.
    private static void BackwardReference(Case sample, Matrix dz, Matrix pattern, Gradients gradients)
    {
        int dHead = sample.DHead;
        float scale = 1 / MathF.Sqrt(dHead);
        for (int n = 0; n < sample.Count; n++)
        {
            int[] keys = sample.KeysOf(n);
            int query = sample.Rows.Query[n];
            for (int h = 0; h < sample.NHeads; h++)
            {
                int first = h * dHead;
                ReadOnlySpan<float> dz_h = dz.Row(n).Slice(first, dHead);
                float[] p = new float[keys.Length], dScore = new float[keys.Length];
                float mean = 0;
                for (int s = 0; s < keys.Length; s++)
                {
                    p[s] = pattern.Row((s * sample.NHeads) + h)[n];
                    dScore[s] = LanesTests.DotReference(dz_h, sample.V.Row(keys[s]).Slice(first, dHead));
                    mean = MathF.FusedMultiplyAdd(p[s], dScore[s], mean);
                }

                for (int s = 0; s < keys.Length; s++)
                {
                    dScore[s] = p[s] * (dScore[s] - mean) * scale;
                }

                for (int i = first; i < first + dHead; i++)
                {
                    float dq = 0;
                    for (int s = 0; s < keys.Length; s++)
                    {
                        ref float dk = ref gradients.K.Row(keys[s])[i];
                        ref float dv = ref gradients.V.Row(keys[s])[i];
                        dq = MathF.FusedMultiplyAdd(dScore[s], sample.K.Row(keys[s])[i], dq);
                        dk = MathF.FusedMultiplyAdd(dScore[s], sample.Q.Row(query)[i], dk);
                        dv = MathF.FusedMultiplyAdd(p[s], dz.Row(n)[i], dv);
                    }

                    gradients.Q.Row(query)[i] += dq;
                }
            }
        }
    }

    private static double[] Formula(Case sample, double[] q, double[] k, double[] v)
    {
        int dHead = sample.DHead, width = sample.NHeads * dHead;
        double[] z = new double[sample.Count * width];
        for (int n = 0; n < sample.Count; n++)
        {
            int[] keys = sample.KeysOf(n);
            for (int h = 0; h < sample.NHeads; h++)
            {
                double[] weights =
                [
                    .. keys.Select(key => Math.Exp(Enumerable.Range(h * dHead, dHead)
                        .Sum(i => q[(sample.Rows.Query[n] * width) + i] * k[(key * width) + i]) / Math.Sqrt(dHead))),
                ];
                for (int i = h * dHead; i < (h + 1) * dHead; i++)
                {
                    z[(n * width) + i] = keys.Select((key, s) => weights[s] * v[(key * width) + i]).Sum() / weights.Sum();
                }
            }
        }

        return z;
    }

    /// <summary>Inputs whose output rows share queries and keys and differ in their number of keys.</summary>
    private sealed class Case
    {
        public Case(int nHeads, int dHead, int count, int maxKeys)
        {
            (NHeads, DHead, Count) = (nHeads, dHead, count);
            int queries = (count + 1) / 2, keys = count + maxKeys;
            Q = Sample.Matrix(queries, nHeads * dHead, "q", scale: 1.5f);
            K = Sample.Matrix(keys, nHeads * dHead, "k", scale: 1.5f);
            V = Sample.Matrix(keys, nHeads * dHead, "v");
            Rows = new AttentionRows(count, maxKeys);
            var stream = new RandomStream(seed: 3, "rows");
            for (int n = 0; n < count; n++)
            {
                Rows.Query[n] = n / 2;
                Rows.KeyCount[n] = n == count - 1 ? maxKeys : 1 + stream.NextInt(maxKeys);
                int[] order = [.. Enumerable.Range(0, keys)];
                stream.Shuffle(order);
                order.AsSpan(0, maxKeys).CopyTo(Rows.Keys.AsSpan(n * maxKeys));
            }
        }

        public int NHeads { get; }

        public int DHead { get; }

        public int Count { get; }

        public Matrix Q { get; }

        public Matrix K { get; }

        public Matrix V { get; }

        public AttentionRows Rows { get; }

        public int[] KeysOf(int n) => Rows.Keys.AsSpan(n * Rows.MaxKeys, Rows.KeyCount[n]).ToArray();

        public (Matrix Pattern, Matrix Z) Forward()
        {
            Matrix pattern = Sample.Matrix(Rows.MaxKeys * NHeads, Count, "old pattern"), z = Sample.Matrix(Count, NHeads * DHead, "old z");
            Attention.Forward(Q, K, V, Rows, Count, NHeads, pattern, z);
            return (pattern, z);
        }
    }

    /// <summary>Gradients that already hold something: the kernel adds.</summary>
    private sealed class Gradients(Case sample)
    {
        public Matrix Q { get; } = Sample.Matrix(sample.Q.Rows, sample.Q.Columns, "dq");

        public Matrix K { get; } = Sample.Matrix(sample.K.Rows, sample.K.Columns, "dk");

        public Matrix V { get; } = Sample.Matrix(sample.V.Rows, sample.V.Columns, "dv");
    }
}
