using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>The cosets of a subgroup one after the other.</summary>
internal sealed class CosetList(Subgroup subgroup, CosetSide side)
{
    public Subgroup Subgroup => subgroup;

    public CosetSide Side => side;

    /// <summary>Those of every subgroup but the trivial one and the whole group, on both sides.</summary>
    public static IReadOnlyList<CosetList> AllOf(SymmetricGroup group) =>
    [
        .. from subgroup in @group.Subgroups
           where subgroup.Order > 1 && subgroup.Index > 1
           from side in Enum.GetValues<CosetSide>()
           select new CosetList(subgroup, side),
    ];

    /// <summary>(n!) as many elements in a row as the subgroup has make a coset.</summary>
    public int[] Elements { get; } = [.. subgroup.Cosets(side).SelectMany(coset => coset)];
}

/// <summary>The Gram matrix of centred rows, which is all that a fit depends on.</summary>
internal sealed class CosetGram
{
    // Of T, what rounding may leave of T − (T − W).
    private const double Rounding = 1e-12;

    private readonly int _count;     // N
    private readonly double[] _gram; // (N, N)
    private readonly double _total;  // T
    private readonly int[] _rows;    // (N) the rows of the permutations, coset after coset

    public CosetGram(Matrix<double> rows, int order)
    {
        Matrix<double> centred = RowSet.Centred(rows, least: 2);
        if (rows.RowCount != order)
        {
            throw new ArgumentException($"rows has {rows.RowCount} rows and the group {order} elements.", nameof(rows));
        }

        Matrix<double> gram = centred.TransposeAndMultiply(centred);
        _count = order;
        _gram = gram.ToRowMajorArray();
        _total = gram.Trace();
        _rows = new int[order];
    }

    /// <summary>The fit where permutation i has row places[i]; null where it has row i.</summary>
    public CosetFit Fit(CosetList cosets, int[]? places)
    {
        int N = _count, size = cosets.Subgroup.Order, m = N / size;
        for (int k = 0; k < N; k++)
        {
            _rows[k] = places is null ? cosets.Elements[k] : places[cosets.Elements[k]];
        }

        // A coset of s rows takes (1/s)·Σᵢⱼ Gᵢⱼ out of T = Σᵢ Gᵢᵢ.
        double between = 0;
        for (int first = 0; first < N; first += size)
        {
            ReadOnlySpan<int> coset = _rows.AsSpan(first, size);
            for (int a = 0; a < coset.Length; a++)
            {
                ReadOnlySpan<double> gram = _gram.AsSpan(coset[a] * N, N);
                double before = 0;
                for (int b = 0; b < a; b++)
                {
                    before += gram[coset[b]];
                }

                between += gram[coset[a]] + (2 * before);
            }
        }

        between /= size;
        double within = _total - between > Rounding * _total ? _total - between : 0;
        double meanWithin = within / (N - m);
        return new CosetFit(
            cosets.Subgroup,
            cosets.Side,
            within / _total,
            meanWithin / (_total / (N - 1)),
            within == 0 ? double.PositiveInfinity : between / (m - 1) / meanWithin);
    }
}
