using Grokking.Numerics;

namespace Grokking.Training;

/// <summary>
/// The training examples of each step: a pure function of seed and step, so a resumed run draws what the unbroken one would have drawn.
/// Epoch e is shuffled by the stream "batches" at index e.
/// </summary>
internal sealed class Batches
{
    private readonly RandomStream _stream;
    private readonly int[] _order;
    private readonly BatchRule _rule;
    private readonly int _size;
    private int _shuffledEpoch = -1;

    /// <summary>Cuts epochs of <paramref name="count"/> examples.</summary>
    /// <param name="rule">How.</param>
    /// <param name="count">N, the training examples.</param>
    /// <param name="batchSize">B, the largest batch.</param>
    /// <param name="seed">The run's seed.</param>
    public Batches(BatchRule rule, int count, int batchSize, ulong seed)
    {
        _rule = rule;
        _stream = new RandomStream(seed, "batches");
        _order = new int[count];
        _size = rule switch
        {
            BatchRule.Paper => Math.Min(batchSize, (count + 1) / 2),
            BatchRule.Even => Math.Min(batchSize, count),
            _ => count,
        };
        PerEpoch = (count + _size - 1) / _size;
    }

    /// <summary>Steps of one epoch.</summary>
    public int PerEpoch { get; }

    /// <summary>The most examples of one step.</summary>
    public int MaxCount => _size;

    /// <summary>The examples of a step, as places in [0, N). Valid until the next call.</summary>
    public ReadOnlySpan<int> At(int step)
    {
        int epoch = step / PerEpoch, batch = step % PerEpoch;
        if (epoch != _shuffledEpoch)
        {
            Shuffle(epoch);
        }

        // Even batches differ by one example at most; the paper's are full but for the last one.
        long count = _order.Length;
        int first = _rule == BatchRule.Even ? (int)(batch * count / PerEpoch) : batch * _size;
        int end = _rule == BatchRule.Even ? (int)((batch + 1) * count / PerEpoch) : Math.Min(first + _size, _order.Length);
        return _order.AsSpan(first, end - first);
    }

    private void Shuffle(int epoch)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        if (_rule != BatchRule.Full)
        {
            _stream.Restart((ulong)epoch);
            _stream.Shuffle(_order);
        }

        _shuffledEpoch = epoch;
    }
}
