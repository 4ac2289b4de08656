using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>Rows that belong to the permutations of a symmetric group.</summary>
public static class PermutationRows
{
    /// <summary>
    /// The rows without what tells even from odd permutations: less the mean of the even ones, or of the odd ones. The cosets of a subgroup of even
    /// permutations lie within the even or the odd ones, so that a sign alone would be explained by each of these subgroups.
    /// </summary>
    /// <param name="rows">(n!, d) rows in the lexicographic order of their permutations.</param>
    /// <param name="group">S_n, n ≥ 2.</param>
    public static Matrix<double> WithoutSign(Matrix<double> rows, SymmetricGroup group)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(group);
        if (rows.RowCount != group.Order || group.Degree < 2)
        {
            throw new ArgumentException($"rows has {rows.RowCount} rows; as many as the group has elements, {group.Order}, and at least 2 are needed.", nameof(rows));
        }

        Matrix<double> signless = rows.Clone();
        Subgroup even = group.Subgroups.Single(subgroup => 2 * subgroup.Order == group.Order);
        foreach (IReadOnlyList<int> sameSign in even.Cosets(CosetSide.Left))
        {
            foreach (int j in Enumerable.Range(0, rows.ColumnCount))
            {
                double mean = sameSign.Average(i => rows[i, j]);
                foreach (int i in sameSign)
                {
                    signless[i, j] -= mean;
                }
            }
        }

        return signless;
    }
}
