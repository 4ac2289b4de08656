namespace Grokking.Analysis;

/// <summary>
/// What the training pairs leave free of a representation. Two of them with equal sums want the parallelogram E_i + E_j = E_m + E_n, a linear
/// equation in the embeddings (Liu et al. 2022, section 3.2).
/// </summary>
/// <remarks>
/// The rank is exact, though it is taken modulo Q, because no nonzero minor of the equations is a multiple of Q: their rows have integer
/// entries and squares that add to 6 at most, so that by Hadamard's bound a minor of p − 2 rows is at most 6^((p − 2)/2), which is less than Q
/// as long as p is at most <see cref="MostSymbols"/>. A floating-point rank would rest on a tolerance.
/// </remarks>
internal sealed class ParallelogramEquations(int symbols)
{
    /// <summary>The largest p whose rank is exact.</summary>
    public const int MostSymbols = 49;

    /// <summary>A prime, and one that a product is easily reduced by: 2⁶¹ ≡ 1.</summary>
    public const ulong Q = (1UL << 61) - 1;

    private readonly SymbolPair?[] _firstOfSum = new SymbolPair?[(2 * symbols) - 1];
    private readonly ulong[]?[] _echelon = new ulong[]?[symbols]; // the row at k, (p), has its first nonzero at k

    /// <summary>
    /// The dimension of the space of embeddings in one dimension that satisfy the equations: p for none of them, and 2, the a and b of
    /// E_k = a + kb, where the representation has to be linear. It cannot be less.
    /// </summary>
    public int DegreesOfFreedom { get; private set; } = symbols;

    /// <summary>Adds a training pair. With the first of its sum it makes an equation; those with the others follow from these.</summary>
    public void Add(SymbolPair pair)
    {
        if (_firstOfSum[pair.Sum] is not { } first)
        {
            _firstOfSum[pair.Sum] = pair;
            return;
        }

        ulong[] row = new ulong[_echelon.Length]; // (p)
        row[pair.I]++;
        row[pair.J]++;
        row[first.I] = Difference(row[first.I], 1);
        row[first.J] = Difference(row[first.J], 1);
        Eliminate(row);
    }

    private void Eliminate(ulong[] row)
    {
        for (int k = 0; k < row.Length; k++)
        {
            if (row[k] == 0)
            {
                continue;
            }

            if (_echelon[k] is not { } above)
            {
                _echelon[k] = row;
                DegreesOfFreedom--;
                return;
            }

            // row ← above[k]·row − row[k]·above: 0 at k, without a division.
            ulong pivot = above[k], factor = row[k];
            for (int column = k; column < row.Length; column++)
            {
                row[column] = Difference(Product(pivot, row[column]), Product(factor, above[column]));
            }
        }
    }

    private static ulong Difference(ulong x, ulong y) => x >= y ? x - y : x + (Q - y);

    private static ulong Product(ulong x, ulong y)
    {
        ulong high = Math.BigMul(x, y, out ulong low);
        ulong folded = (low & Q) + ((high << 3) | (low >> 61)); // xy = 2⁶¹·(its upper bits) + (its lower 61)
        return folded >= Q ? folded - Q : folded;
    }
}
