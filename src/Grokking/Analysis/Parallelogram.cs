namespace Grokking.Analysis;

/// <summary>
/// Two symbols to be added, <paramref name="I"/> ≤ <paramref name="J"/>: i + j and j + i are one pair. The sum is not taken modulo anything
/// (the toy of Liu et al. 2022, section 3).
/// </summary>
/// <param name="I">0 to <paramref name="J"/>.</param>
/// <param name="J">Less than the number of symbols p.</param>
public readonly record struct SymbolPair(int I, int J)
{
    /// <summary>i + j, 0 to 2p − 2.</summary>
    public int Sum => I + J;

    /// <summary>The p(p + 1)/2 pairs, by i and then by j.</summary>
    /// <param name="symbols">p ≥ 1.</param>
    public static IReadOnlyList<SymbolPair> All(int symbols)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 1);
        return [.. from i in Enumerable.Range(0, symbols) from j in Enumerable.Range(i, symbols - i) select new SymbolPair(i, j)];
    }
}

/// <summary>
/// Two pairs of equal sum i + j = m + n. It holds where the embeddings have E_i + E_j = E_m + E_n: then a decoder, which sees nothing but
/// that sum, gives both pairs one answer (Liu et al. 2022, section 3.1).
/// </summary>
public readonly record struct Parallelogram(SymbolPair First, SymbolPair Second)
{
    /// <summary>All of them, the paper's P₀, each once: 70 for p = 10. They all hold exactly where E_k = a + kb.</summary>
    /// <param name="symbols">p ≥ 1; there are none below 3.</param>
    public static IReadOnlyList<Parallelogram> All(int symbols) =>
    [
        .. from pairs in SymbolPair.All(symbols).GroupBy(pair => pair.Sum)
           from first in pairs
           from second in pairs
           where first.I < second.I
           select new Parallelogram(first, second),
    ];
}
