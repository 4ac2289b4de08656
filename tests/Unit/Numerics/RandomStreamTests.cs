using System.Runtime.Intrinsics;
using Grokking.Numerics;

namespace Grokking.Tests.Unit.Numerics;

[Trait("Category", "Unit")]
public sealed class RandomStreamTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0x6B200159u, 0x99BA4EFEu)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x1CB996FCu, 0xBB002BE7u)]
    [InlineData(0x13198A2Eu, 0x03707344u, 0x243F6A88u, 0x85A308D3u, 0xC4923A9Cu, 0x483DF7A0u)]
    public void Threefry_gives_the_known_answers(uint key0, uint key1, uint counter0, uint counter1, uint x0, uint x1)
    {
        Assert.Equal((x0, x1), Threefry.Encrypt(key0, key1, counter0, counter1));
    }

    [Fact]
    public void Threefry_over_lanes_gives_the_bits_of_single_blocks()
    {
        uint[] counters0 = [.. Enumerable.Range(0, 16).Select(i => (uint)i * 2654435769u)];
        uint[] counters1 = [.. Enumerable.Range(0, 16).Select(i => ~(uint)i * 40503u)];
        (Vector512<uint> x0, Vector512<uint> x1) =
            Threefry.Encrypt(0x13198A2Eu, 0x03707344u, Vector512.Create(counters0), Vector512.Create(counters1));
        for (int lane = 0; lane < 16; lane++)
        {
            Assert.Equal(Threefry.Encrypt(0x13198A2Eu, 0x03707344u, counters0[lane], counters1[lane]), (x0[lane], x1[lane]));
        }
    }

    [Fact]
    public void Words_are_the_blocks_of_the_documented_key_in_the_documented_order()
    {
        uint[] expected = Reference.Words(seed: 0x123456789ABCDEF0, "split", index: 7, count: 100);
        var stream = new RandomStream(0x123456789ABCDEF0, "split", 7);
        Assert.Equal(expected, Enumerable.Range(0, 100).Select(_ => stream.NextUInt32()));
    }

    [Fact]
    public void Fills_give_the_bits_of_the_scalar_reference()
    {
        const int count = 1003;
        uint[] words = Reference.Words(seed: 5, "noise", index: 2, count: 1024);
        float[] target = new float[count];

        new RandomStream(5, "noise", 2).FillUniform(target, -0.3f, 0.7f);
        AssertSameBits([.. words.Take(count).Select(w => Reference.Uniform(w, -0.3f, 0.7f))], target);

        float[] normals = Reference.Normals(words);
        new RandomStream(5, "noise", 2).FillNormal(target, 0.25f, 3f);
        AssertSameBits([.. normals.Take(count).Select(z => MathF.FusedMultiplyAdd(z, 3f, 0.25f))], target);

        Array.Fill(target, 0.125f);
        new RandomStream(5, "noise", 2).AddNormal(target, 0.01f);
        AssertSameBits([.. normals.Take(count).Select(z => MathF.FusedMultiplyAdd(z, 0.01f, 0.125f))], target);

        new RandomStream(5, "noise", 2).FillKeepMask(target, 0.1);
        AssertSameBits([.. words.Take(count).Select(w => w < (uint)(0.1 * 4294967296.0) ? 0f : (float)(1 / (1 - 0.1)))], target);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(31, 1)]
    [InlineData(32, 32)]
    [InlineData(33, 5)]
    [InlineData(64, 63)]
    [InlineData(200, 77)]
    public void A_buffer_filled_in_pieces_gets_the_values_of_one_fill(int first, int second)
    {
        const int count = 300;
        float[] whole = new float[count];
        var stream = new RandomStream(1, "pieces");
        stream.FillNormal(whole, 0, 1);
        uint next = stream.NextUInt32();

        float[] pieces = new float[count];
        stream.Restart(0);
        stream.FillNormal(pieces.AsSpan(0, first), 0, 1);
        stream.FillNormal(pieces.AsSpan(first, second), 0, 1);
        stream.FillNormal(pieces.AsSpan(first + second), 0, 1);

        AssertSameBits(whole, pieces);
        Assert.Equal(next, stream.NextUInt32());
    }

    [Fact]
    public void Words_and_fills_read_one_sequence()
    {
        uint[] words = Reference.Words(seed: 9, "mixed", index: 0, count: 128);
        var stream = new RandomStream(9, "mixed");
        float[] piece = new float[40];

        Assert.Equal(words[0], stream.NextUInt32());
        stream.FillUniform(piece, 0, 1);
        Assert.Equal(words.Skip(1).Take(40).Select(w => Reference.Uniform(w, 0, 1)), piece);
        Assert.Equal(words[41], stream.NextUInt32());
        Assert.Equal(((((ulong)words[42] << 32) | words[43]) >> 11) / 9007199254740992.0, stream.NextDouble());
    }

    [Fact]
    public void Restart_goes_to_the_beginning_of_another_index()
    {
        var stream = new RandomStream(3, "epoch", 4);
        stream.NextUInt32();
        stream.Restart(5);
        var other = new RandomStream(3, "epoch", 5);
        Assert.Equal(other.NextUInt32(), stream.NextUInt32());
    }

    [Fact]
    public void Seed_name_and_index_each_make_another_stream()
    {
        RandomStream[] streams =
        [
            new(0, "a"), new(1, "a"), new(1UL << 32, "a"), new(0, "b"), new(0, "aa"), new(0, "a", 1), new(0, "a", 1UL << 32), new(1, "b", 1),
        ];
        Assert.Equal(streams.Length, streams.Select(s => s.NextDouble()).Distinct().Count());
    }

    [Fact]
    public void NextInt_is_uniform()
    {
        // χ² with 96 degrees of freedom: mean 96, standard deviation 13.9.
        const int draws = 97_000;
        int[] counts = new int[97];
        var stream = new RandomStream(11, "integers");
        for (int i = 0; i < draws; i++)
        {
            counts[stream.NextInt(97)]++;
        }

        double chiSquare = counts.Sum(c => Math.Pow(c - 1000, 2) / 1000);
        Assert.InRange(chiSquare, 50, 150);
    }

    [Fact]
    public void NextInt_is_uniform_where_rejection_matters()
    {
        // 3·2²⁹ = ⅜·2³²: of every 8 words 3 : 3 : 2 fall on the residues modulo 3 unless one or more are rejected.
        const int range = 3 << 29;
        int[] residues = new int[3];
        var stream = new RandomStream(12, "integers");
        for (int i = 0; i < 30_000; i++)
        {
            residues[stream.NextInt(range) % 3]++;
        }

        // Standard deviation of a count 82.
        Assert.All(residues, count => Assert.InRange(count, 9_650, 10_350));
    }

    [Fact]
    public void Shuffle_makes_all_orders_alike()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var stream = new RandomStream(13, "orders");
        int[] values = new int[4];
        for (int i = 0; i < 24_000; i++)
        {
            for (int k = 0; k < 4; k++)
            {
                values[k] = k;
            }

            stream.Shuffle(values);
            string order = string.Concat(values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // χ² with 23 degrees of freedom: mean 23, standard deviation 6.8.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(c => Math.Pow(c - 1000, 2) / 1000), 5, 55);
    }

    [Fact]
    public void Normals_have_the_moments_of_a_gaussian()
    {
        const int count = 400_000;
        float[] z = new float[count];
        new RandomStream(14, "normals").FillNormal(z, 0, 1);

        // Margins of about four standard errors.
        Assert.InRange(z.Average(x => (double)x), -0.0065, 0.0065);
        Assert.InRange(z.Average(x => (double)x * x), 0.991, 1.009);
        Assert.InRange(z.Average(x => (double)x * x * x), -0.025, 0.025);
        Assert.InRange(z.Average(x => (double)x * x * x * x), 2.94, 3.06);
        Assert.InRange(z.Count(x => Math.Abs(x) > 1.959964) / (double)count, 0.0486, 0.0514);
        Assert.InRange(z.Count(x => Math.Abs(x) > 3.290527) / (double)count, 0.0008, 0.0012);
    }

    [Fact]
    public void Neighbouring_streams_and_values_do_not_correlate()
    {
        const int count = 100_000;
        float[] a = new float[count];
        float[] b = new float[count];
        float[] c = new float[count];
        new RandomStream(15, "noise", 100).FillNormal(a, 0, 1);
        new RandomStream(15, "noise", 101).FillNormal(b, 0, 1);
        new RandomStream(16, "noise", 100).FillNormal(c, 0, 1);

        // Standard error 0.0032.
        Assert.InRange(a.Zip(b, (x, y) => (double)x * y).Average(), -0.013, 0.013);
        Assert.InRange(a.Zip(c, (x, y) => (double)x * y).Average(), -0.013, 0.013);
        Assert.InRange(a.Zip(a.Skip(1), (x, y) => (double)x * y).Average(), -0.013, 0.013);
        Assert.InRange(a.Zip(a.Skip(16), (x, y) => (double)x * y).Average(), -0.013, 0.013);
        Assert.InRange(a.Zip(a.Skip(16), (x, y) => ((double)x * x - 1) * ((double)y * y - 1)).Average(), -0.026, 0.026);
    }

    [Fact]
    public void Doubles_and_uniforms_fill_their_ranges()
    {
        var stream = new RandomStream(17, "uniform");
        double[] u = [.. Enumerable.Range(0, 50_000).Select(_ => stream.NextDouble())];
        Assert.All(u, x => Assert.InRange(x, 0, 1 - 1e-16));
        Assert.InRange(u.Average(), 0.4948, 0.5052);
        Assert.InRange(u.Average(x => x * x), 0.328, 0.3387);

        float[] f = new float[50_000];
        stream.FillUniform(f, -2, 2);
        Assert.All(f, x => Assert.InRange(x, -2, 2));
        Assert.InRange(f.Average(), -0.021, 0.021);
        Assert.InRange(f.Average(x => x * x), 1.31, 1.355);
    }

    [Fact]
    public void A_keep_mask_keeps_the_mean()
    {
        float[] mask = new float[100_000];
        new RandomStream(18, "dropout").FillKeepMask(mask, 0.25);
        Assert.InRange(mask.Count(m => m == 0) / 100_000.0, 0.2445, 0.2555);
        Assert.All(mask, m => Assert.True(m is 0f or (float)(4.0 / 3.0)));

        new RandomStream(18, "dropout").FillKeepMask(mask, 0);
        Assert.All(mask, m => Assert.Equal(1f, m));
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var stream = new RandomStream(19, "allocation");
        float[] target = new float[1000];
        Assert.Equal(0, AllocatedBytes.LeastOf(() => Use(stream, target)));

        static void Use(RandomStream stream, Span<float> target)
        {
            stream.Restart(3);
            stream.NextInt(5);
            stream.NextDouble();
            stream.FillNormal(target, 0, 1);
            stream.AddNormal(target, 1);
            stream.FillUniform(target, 0, 1);
            stream.FillKeepMask(target, 0.1);
        }
    }

    [Fact]
    public void Bad_input_names_the_field_the_value_and_the_range()
    {
        var stream = new RandomStream(20, "errors");
        float[] target = new float[4];
        AssertRefused("exclusiveMax", "≥ 1", () => stream.NextInt(0));
        AssertRefused("standardDeviation", "≥ 0", () => stream.FillNormal(target, 0, -1));
        AssertRefused("standardDeviation", "≥ 0", () => stream.AddNormal(target, float.NaN));
        AssertRefused("dropProbability", "[0, 1)", () => stream.FillKeepMask(target, 1));
        AssertRefused("dropProbability", "[0, 1)", () => stream.FillKeepMask(target, double.NaN));
        AssertRefused("high", "≥ low", () => stream.FillUniform(target, 1, 0));
        Assert.Throws<ArgumentException>(() => new RandomStream(0, ""));
    }

    private static void AssertRefused(string field, string range, Action action)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.Equal(field, error.ParamName);
        Assert.NotNull(error.ActualValue);
        Assert.Contains(range, error.Message, StringComparison.Ordinal);
    }

    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), actual.Select(BitConverter.SingleToUInt32Bits));

    // The documented stream, one word and one value at a time.
    private static class Reference
    {
        public static uint[] Words(ulong seed, string name, ulong index, int count)
        {
            ulong hash = 0xCBF29CE484222325;
            foreach (byte b in System.Text.Encoding.Unicode.GetBytes(name))
            {
                hash = (hash ^ b) * 0x100000001B3;
            }

            (uint a, uint b) nameKey = Threefry.Encrypt((uint)seed, (uint)(seed >> 32), (uint)hash, (uint)(hash >> 32));
            (uint a, uint b) key = Threefry.Encrypt(nameKey.a, nameKey.b, (uint)index, (uint)(index >> 32));
            uint[] words = new uint[count];
            for (int i = 0; i < count; i++)
            {
                (uint x0, uint x1) = Threefry.Encrypt(key.a, key.b, (uint)((i / 32 * 16) + (i % 16)), 0);
                words[i] = i % 32 < 16 ? x0 : x1;
            }

            return words;
        }

        public static float Uniform(uint word, float low, float high) =>
            MathF.FusedMultiplyAdd((word >> 8) / 16777216f, high - low, low);

        public static float[] Normals(uint[] words)
        {
            float[] z = new float[words.Length];
            for (int i = 0; i < words.Length; i += i % 32 == 15 ? 17 : 1)
            {
                float u = MathF.FusedMultiplyAdd(words[i] >> 1, 1f / 2147483648f, 0.5f / 2147483648f);
                float t = (int)words[i + 16] * (0.5f / 2147483648f);
                float radius = MathF.Sqrt(-2f * Elementary.Log(u));
                (float sin, float cos) = Elementary.SinCosOfTurn(t);
                z[i] = radius * cos;
                z[i + 16] = radius * sin;
            }

            return z;
        }
    }
}
