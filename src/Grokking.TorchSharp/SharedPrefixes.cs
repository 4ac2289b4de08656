namespace Grokking.TorchSharp;

/// <summary>
/// The beginnings that sequences have in common. An activation of a causal transformer depends only on the tokens up to its position, so each distinct
/// beginning needs one row, whatever the number of sequences that go on from it: the prefix sharing of the CPU engine with shapes that do not depend on
/// the batch. The table has the beginnings of all sequences of the task; a batch gathers from it.
/// </summary>
internal sealed class SharedPrefixes
{
    private readonly int[] _table;
    private readonly int[] _inputs;

    private SharedPrefixes(int length, int width, int[] table, int[] inputs)
    {
        Length = length;
        Width = width;
        _table = table;
        _inputs = inputs;
    }

    /// <summary>s, tokens of a beginning; 0 where none is shared.</summary>
    public int Length { get; }

    /// <summary>n, distinct beginnings; 0 where none is shared.</summary>
    public int Count => Length == 0 ? 0 : _table.Length / Length;

    /// <summary>Numbers that stand for a sequence: its T tokens, or the place of its beginning and the T − s tokens after it.</summary>
    public int Width { get; }

    /// <summary>(n, s) the tokens of each beginning.</summary>
    public ReadOnlySpan<int> Table => _table;

    /// <summary>(N, <see cref="Width"/>) what stands for each sequence.</summary>
    public ReadOnlySpan<int> Inputs => _inputs;

    /// <summary>Cuts off the beginning that leaves the fewest rows, n·s for the table and T − s for each sequence of a batch; perhaps none.</summary>
    /// <param name="tokens">(N, T) all sequences of the task.</param>
    /// <param name="length">T.</param>
    /// <param name="longest">The most tokens that may be cut off: no position among them may be scored.</param>
    /// <param name="batch">B, sequences of a batch.</param>
    public static SharedPrefixes Of(ReadOnlySpan<int> tokens, int length, int longest, int batch)
    {
        SharedPrefixes best = Cut(tokens, length, 0);
        for (int prefix = 1; prefix <= longest; prefix++)
        {
            SharedPrefixes cut = Cut(tokens, length, prefix);
            best = Rows(cut) < Rows(best) ? cut : best;
        }

        return best;

        long Rows(SharedPrefixes shared) => shared._table.Length + ((long)batch * (length - shared.Length));
    }

    /// <summary>Cuts off a beginning of s tokens.</summary>
    /// <param name="tokens">(N, T).</param>
    /// <param name="length">T.</param>
    /// <param name="prefix">s, 0 to T − 1.</param>
    public static SharedPrefixes Cut(ReadOnlySpan<int> tokens, int length, int prefix)
    {
        if (prefix == 0)
        {
            return new SharedPrefixes(0, length, [], tokens.ToArray());
        }

        int width = 1 + length - prefix;
        int[] inputs = new int[tokens.Length / length * width];
        List<int> table = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < tokens.Length / length; i++)
        {
            ReadOnlySpan<int> sequence = tokens.Slice(i * length, length);
            string beginning = string.Join(' ', sequence[..prefix].ToArray());
            if (places.TryAdd(beginning, places.Count))
            {
                table.AddRange(sequence[..prefix]);
            }

            inputs[i * width] = places[beginning];
            sequence[prefix..].CopyTo(inputs.AsSpan((i * width) + 1));
        }

        return new SharedPrefixes(prefix, width, [.. table], inputs);
    }
}
