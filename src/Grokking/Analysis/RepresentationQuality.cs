using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// How much of addition the embeddings of p symbols already hold, without the decoder that reads them (Liu et al. 2022, section 3.1).
/// </summary>
/// <remarks>
/// Each coordinate is brought to mean 0 and sample standard deviation 1. A parallelogram holds where the mean over the coordinates of
/// (E_i + E_j − E_m − E_n)² is less than <see cref="Tolerance"/>. Both are as in the authors' code (ejmichaud/grokking-squared,
/// toy/train_add.py).
/// </remarks>
public sealed class RepresentationQuality
{
    /// <summary>In squared standard deviations: for p = 10 on a line, about 0.3 of the distance of neighbours.</summary>
    public const double Tolerance = 0.01;

    private readonly Matrix<double> _rows; // (p, d)

    private RepresentationQuality(Matrix<double> rows)
    {
        _rows = rows;
        IReadOnlyList<Parallelogram> all = Parallelogram.All(rows.RowCount);
        Index = all.Count(Holds) / (double)all.Count;
    }

    /// <summary>
    /// RQI, the share in [0, 1] of all parallelograms that hold. 1 where the rows lie at equal steps on a line; of independent Gaussians about
    /// 0.04 in one dimension, and 0 in many.
    /// </summary>
    public double Index { get; }

    /// <summary>The quality of embeddings (p, d).</summary>
    /// <param name="rows">p ≥ 3 rows in the order of their symbols, finite and in no coordinate all the same.</param>
    public static RepresentationQuality Of(Matrix<double> rows) => new(RowSet.Standardized(rows, least: 3));

    /// <summary>
    /// The accuracy over all pairs, in [0, 1], of a decoder that has learned the training pairs and nothing else: right on them, and on every
    /// pair that makes a parallelogram that holds with one of them (Liu et al. 2022, Figure 3).
    /// </summary>
    /// <param name="trained">The training pairs, any number of them.</param>
    public double PredictedAccuracy(IReadOnlyCollection<SymbolPair> trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        IReadOnlyList<SymbolPair> all = SymbolPair.All(_rows.RowCount);
        if (trained.Except(all).ToArray() is [(int i, int j), ..])
        {
            throw new ArgumentException($"trained has the pair ({i}, {j}); 0 ≤ i ≤ j ≤ {_rows.RowCount - 1} is needed.", nameof(trained));
        }

        ILookup<int, SymbolPair> bySum = trained.ToLookup(pair => pair.Sum);
        return all.Count(pair => bySum[pair.Sum].Any(other => Holds(new Parallelogram(pair, other)))) / (double)all.Count;
    }

    // A pair and itself make one that holds everywhere.
    private bool Holds(Parallelogram parallelogram)
    {
        ((int i, int j), (int m, int n)) = parallelogram;
        double squares = 0;
        for (int k = 0; k < _rows.ColumnCount; k++)
        {
            double defect = _rows[i, k] + _rows[j, k] - _rows[m, k] - _rows[n, k];
            squares += defect * defect;
        }

        return squares / _rows.ColumnCount < Tolerance;
    }
}
