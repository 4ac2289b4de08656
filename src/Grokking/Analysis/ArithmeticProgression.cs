using MathNet.Numerics.LinearAlgebra;
using Correlations = MathNet.Numerics.Statistics.Correlation;

namespace Grokking.Analysis;

/// <summary>
/// Whether embeddings lie in the order of their symbols and at equal steps, E_k = a + kb: what addition makes of them (Liu et al. 2022,
/// Figure 4d).
/// </summary>
public static class ArithmeticProgression
{
    /// <summary>
    /// |corr(E_k, k)|, in [0, 1], along the first principal component, which in one dimension is the embedding itself. 1 for a progression; for
    /// random rows about √(2/(π(p − 1))).
    /// </summary>
    /// <param name="rows">(p, d) p ≥ 3 rows in the order of their symbols, finite and not all the same.</param>
    public static double Correlation(Matrix<double> rows)
    {
        Matrix<double> scores = PrincipalComponents.Of(RowSet.Centred(rows, least: 3), 1).Scores;
        return Math.Min(1, Math.Abs(Correlations.Pearson(scores.Column(0), Enumerable.Range(0, rows.RowCount).Select(k => (double)k))));
    }
}
