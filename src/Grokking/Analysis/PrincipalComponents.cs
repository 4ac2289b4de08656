using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Grokking.Analysis;

/// <summary>The directions in which rows vary most.</summary>
/// <param name="Scores">(n, k) each row's coordinates along the first k directions, about the mean. The largest of a column is positive.</param>
/// <param name="Shares">(k) each direction's share of the variance, descending.</param>
public sealed record PrincipalComponents(Matrix<double> Scores, IReadOnlyList<double> Shares)
{
    /// <summary>The first components of rows (n, d).</summary>
    /// <param name="rows">n ≥ 2 rows, finite and not all the same.</param>
    /// <param name="count">k, 1 to n; components beyond the rank are 0.</param>
    public static PrincipalComponents Of(Matrix<double> rows, int count)
    {
        Matrix<double> centred = RowSet.Centred(rows, least: 2);
        int n = rows.RowCount;
        if (count < 1 || count > n)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"count must be 1 to {n}, the number of rows.");
        }

        // The Gram matrix XXᵀ = UΛUᵀ gives the scores UΛ^½, and is small: there are more coordinates than elements, or about as many.
        Evd<double> factors = centred.TransposeAndMultiply(centred).Evd(Symmetricity.Symmetric);
        double variation = RowSet.Squares(centred);
        Matrix<double> scores = Matrix<double>.Build.Dense(n, count);
        double[] shares = new double[count];
        for (int component = 0; component < count; component++)
        {
            int place = n - 1 - component; // eigenvalues ascend
            double eigenvalue = Math.Max(0, factors.EigenValues[place].Real);
            Vector<double> direction = factors.EigenVectors.Column(place);
            double sign = direction[direction.AbsoluteMaximumIndex()] < 0 ? -1 : 1;
            scores.SetColumn(component, direction * (sign * Math.Sqrt(eigenvalue)));
            shares[component] = eigenvalue / variation;
        }

        return new PrincipalComponents(scores, shares);
    }
}
