using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Numerics;

/// <summary>
/// Random numbers as a pure function of (seed, name, index, position). Streams of different names or indices are independent, so using one
/// more or less leaves the others as they were; with a step as the index a run resumes exactly without saved state.
/// </summary>
/// <remarks>
/// The stream is a sequence of 32-bit words read from left to right. Words come in groups of 32: the first outputs of 16 neighbouring
/// Threefry blocks, then their second outputs. A filled element takes the word at its position, so a buffer filled in one call or in
/// pieces gets the same values. Not for several threads at once.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of random numbers, not of bytes: the field's word.")]
public sealed class RandomStream
{
    private const int GroupLength = 32;

    private readonly uint _nameKey0;
    private readonly uint _nameKey1;
    private readonly uint[] _words = new uint[GroupLength];
    private uint _key0;
    private uint _key1;
    private ulong _position;

    /// <summary>The stream's beginning.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What the numbers are for, e.g. "split"; compared as UTF-16 code units.</param>
    /// <param name="index">The how-manieth of its name, e.g. the epoch or the step.</param>
    public RandomStream(ulong seed, string name, ulong index = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ulong hash = Hash(name);
        (_nameKey0, _nameKey1) = Threefry.Encrypt((uint)seed, (uint)(seed >> 32), (uint)hash, (uint)(hash >> 32));
        Restart(index);
    }

    /// <summary>Goes to the beginning of the stream of the same seed and name with another index. Allocates nothing.</summary>
    public void Restart(ulong index)
    {
        (_key0, _key1) = Threefry.Encrypt(_nameKey0, _nameKey1, (uint)index, (uint)(index >> 32));
        _position = 0;
    }

    /// <summary>The next word; uniform over all 2³².</summary>
    public uint NextUInt32()
    {
        int place = (int)(_position % GroupLength);
        if (place == 0)
        {
            ReadGroup();
        }

        _position++;
        return _words[place];
    }

    /// <summary>Uniform over 0 … <paramref name="exclusiveMax"/> − 1 without bias (Lemire 2019, "Fast random integer generation in an interval").</summary>
    /// <param name="exclusiveMax">≥ 1.</param>
    public int NextInt(int exclusiveMax)
    {
        if (exclusiveMax < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(exclusiveMax), exclusiveMax, "exclusiveMax must be ≥ 1.");
        }

        uint range = (uint)exclusiveMax;
        ulong product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            // The 2³² mod range lowest fractions would make some results likelier.
            uint rejected = (0u - range) % range;
            while ((uint)product < rejected)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Uniform over the multiples of 2⁻⁵³ in [0, 1).</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32();
        ulong low = NextUInt32();
        return (((high << 32) | low) >> 11) * (1.0 / 9007199254740992.0);
    }

    /// <summary>Puts the values in random order, all orders alike (Fisher–Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Fills with low + (high − low)·u, u uniform over the multiples of 2⁻²⁴ in [0, 1). The sum may round to <paramref name="high"/>.</summary>
    /// <param name="target">Filled.</param>
    /// <param name="low">Finite.</param>
    /// <param name="high">Finite, ≥ <paramref name="low"/>.</param>
    public void FillUniform(Span<float> target, float low, float high)
    {
        float width = high - low;
        if (!(width >= 0f) || !float.IsFinite(width))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, FormattableString.Invariant($"high must be ≥ low = {low} and high - low finite."));
        }

        Draw(target, new Uniform(low, width));
    }

    /// <summary>Fills with independent Gaussians; |z| ≤ 6.7 by construction.</summary>
    /// <param name="target">Filled.</param>
    /// <param name="mean">Finite.</param>
    /// <param name="standardDeviation">≥ 0, finite.</param>
    public void FillNormal(Span<float> target, float mean, float standardDeviation)
    {
        RequireDeviation(standardDeviation);
        Draw(target, new Normal(mean, standardDeviation));
    }

    /// <summary>Adds independent Gaussians of mean 0 to the target.</summary>
    /// <param name="target">Changed in place.</param>
    /// <param name="standardDeviation">≥ 0, finite.</param>
    public void AddNormal(Span<float> target, float standardDeviation)
    {
        RequireDeviation(standardDeviation);
        Draw(target, new AddedNormal(standardDeviation));
    }

    /// <summary>Fills with 0 with probability p and with 1/(1 − p) otherwise: a dropout mask that keeps the mean.</summary>
    /// <param name="mask">Filled.</param>
    /// <param name="dropProbability">p in [0, 1), taken to the next multiple of 2⁻³² below.</param>
    public void FillKeepMask(Span<float> mask, double dropProbability)
    {
        if (!(dropProbability >= 0 && dropProbability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropProbability), dropProbability, "dropProbability must be in [0, 1).");
        }

        Draw(mask, new KeepMask((uint)(dropProbability * 4294967296.0), (float)(1 / (1 - dropProbability))));
    }

    // FNV-1a over the name's UTF-16 code units, low byte first.
    private static ulong Hash(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * 0x100000001B3;
            hash = (hash ^ (byte)(unit >> 8)) * 0x100000001B3;
        }

        return hash;
    }

    private static void RequireDeviation(float standardDeviation)
    {
        if (!(standardDeviation >= 0f) || !float.IsFinite(standardDeviation))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "standardDeviation must be ≥ 0 and finite.");
        }
    }

    private void ReadGroup()
    {
        (Vector512<uint> first, Vector512<uint> second) = Group(_position / GroupLength);
        first.CopyTo(_words);
        second.CopyTo(_words, GroupLength / 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector512<uint> First, Vector512<uint> Second) Group(ulong group)
    {
        ulong block = group * (GroupLength / 2);
        return Threefry.Encrypt(
            _key0,
            _key1,
            Vector512.Create((uint)block) + Vector512<uint>.Indices,
            Vector512.Create((uint)(block >> 32)));
    }

    // Whole groups go straight to the target; a group that begins or ends inside it goes through a buffer.
    private void Draw<TDistribution>(Span<float> target, TDistribution distribution)
        where TDistribution : struct, IDistribution
    {
        Span<float> group = stackalloc float[GroupLength];
        while (!target.IsEmpty)
        {
            int place = (int)(_position % GroupLength);
            int count = Math.Min(GroupLength - place, target.Length);
            if (count == GroupLength)
            {
                count = target.Length - (target.Length % GroupLength);
                DrawGroups(target[..count], _position / GroupLength, distribution);
            }
            else
            {
                target[..count].CopyTo(group[place..]);
                DrawGroups(group, _position / GroupLength, distribution);
                group.Slice(place, count).CopyTo(target);
            }

            target = target[count..];
            _position += (ulong)count;
        }

        // Reading words goes on in the middle of this group.
        if (_position % GroupLength != 0)
        {
            ReadGroup();
        }
    }

    private void DrawGroups<TDistribution>(Span<float> target, ulong group, TDistribution distribution)
        where TDistribution : struct, IDistribution
    {
        ref float start = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < target.Length; i += GroupLength, group++)
        {
            (Vector512<uint> first, Vector512<uint> second) = Group(group);
            ref float firstHalf = ref Unsafe.Add(ref start, i);
            ref float secondHalf = ref Unsafe.Add(ref start, i + (GroupLength / 2));
            Vector512<float> x = Vector512.LoadUnsafe(ref firstHalf);
            Vector512<float> y = Vector512.LoadUnsafe(ref secondHalf);
            distribution.Apply(first, second, ref x, ref y);
            x.StoreUnsafe(ref firstHalf);
            y.StoreUnsafe(ref secondHalf);
        }
    }

    // What a group of words makes of the 32 values at their positions.
    private interface IDistribution
    {
        void Apply(Vector512<uint> first, Vector512<uint> second, ref Vector512<float> x, ref Vector512<float> y);
    }

    private readonly struct Uniform(float low, float width) : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(Vector512<uint> first, Vector512<uint> second, ref Vector512<float> x, ref Vector512<float> y)
        {
            x = Scale(first);
            y = Scale(second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<float> Scale(Vector512<uint> words)
        {
            Vector512<float> u = Vector512.ConvertToSingle((words >>> 8).AsInt32()) * Vector512.Create(1f / 16777216f);
            return Vector512.FusedMultiplyAdd(u, Vector512.Create(width), Vector512.Create(low));
        }
    }

    private readonly struct Normal(float mean, float standardDeviation) : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(Vector512<uint> first, Vector512<uint> second, ref Vector512<float> x, ref Vector512<float> y)
        {
            (Vector512<float> z0, Vector512<float> z1) = StandardNormals(first, second);
            x = Vector512.FusedMultiplyAdd(z0, Vector512.Create(standardDeviation), Vector512.Create(mean));
            y = Vector512.FusedMultiplyAdd(z1, Vector512.Create(standardDeviation), Vector512.Create(mean));
        }

        // Box and Muller 1958: radius √(-2 ln u) with u in (0, 1], angle 2πt with t in [-½, ½].
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static (Vector512<float> Z0, Vector512<float> Z1) StandardNormals(Vector512<uint> first, Vector512<uint> second)
        {
            Vector512<float> radius = Radius(first);
            (Vector512<float> sin, Vector512<float> cos) = Direction(second);
            return (radius * cos, radius * sin);
        }

        // Two calls of their own: without 512-bit registers every operation here is two, and inlining all of them into one loop exceeds
        // what the JIT inlines at all.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static Vector512<float> Radius(Vector512<uint> words)
        {
            Vector512<float> u = Vector512.FusedMultiplyAdd(
                Vector512.ConvertToSingle((words >>> 1).AsInt32()), Vector512.Create(1f / 2147483648f), Vector512.Create(0.5f / 2147483648f));
            return Vector512.Sqrt(Vector512.Create(-2f) * Elementary.Log(u));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static (Vector512<float> Sin, Vector512<float> Cos) Direction(Vector512<uint> words) =>
            Elementary.SinCosOfTurn(Vector512.ConvertToSingle(words.AsInt32()) * Vector512.Create(0.5f / 2147483648f));
    }

    private readonly struct AddedNormal(float standardDeviation) : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(Vector512<uint> first, Vector512<uint> second, ref Vector512<float> x, ref Vector512<float> y)
        {
            (Vector512<float> z0, Vector512<float> z1) = Normal.StandardNormals(first, second);
            x = Vector512.FusedMultiplyAdd(z0, Vector512.Create(standardDeviation), x);
            y = Vector512.FusedMultiplyAdd(z1, Vector512.Create(standardDeviation), y);
        }
    }

    private readonly struct KeepMask(uint dropped, float scale) : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(Vector512<uint> first, Vector512<uint> second, ref Vector512<float> x, ref Vector512<float> y)
        {
            x = Vector512.GreaterThanOrEqual(first, Vector512.Create(dropped)).AsSingle() & Vector512.Create(scale);
            y = Vector512.GreaterThanOrEqual(second, Vector512.Create(dropped)).AsSingle() & Vector512.Create(scale);
        }
    }
}
