using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>Checks and sums that every analysis of rows (elements, coordinates) begins with.</summary>
internal static class RowSet
{
    /// <summary>The rows less their mean. Refused are rows that are not finite, and rows that are all the same: they have no structure to measure.</summary>
    public static Matrix<double> Centred(Matrix<double> rows, int least)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.RowCount < least)
        {
            throw new ArgumentException($"rows has {rows.RowCount} rows; at least {least} are needed.", nameof(rows));
        }

        Matrix<double> centred = LessMean(rows);
        return Varies(rows, centred) ? centred : throw new ArgumentException("rows must be finite and not all the same.", nameof(rows));
    }

    /// <summary>Whether rows are finite and all the same, up to rounding: those that <see cref="Centred"/> refuses though each for itself is sound.</summary>
    public static bool AreAllTheSame(Matrix<double> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return double.IsFinite(Squares(rows)) && !Varies(rows, LessMean(rows));
    }

    /// <summary>The rows with mean 0 and sample standard deviation 1 in each coordinate; one in which they are all the same is refused too.</summary>
    public static Matrix<double> Standardized(Matrix<double> rows, int least)
    {
        Matrix<double> standardized = Centred(rows, least);
        int n = rows.RowCount;
        for (int j = 0; j < rows.ColumnCount; j++)
        {
            Matrix<double> column = standardized.SubMatrix(0, n, j, 1);
            if (!Varies(rows.SubMatrix(0, n, j, 1), column))
            {
                throw new ArgumentException($"rows must not be all the same in any coordinate, and are in number {j}.", nameof(rows));
            }

            standardized.SetSubMatrix(0, j, column * Math.Sqrt((n - 1) / Squares(column)));
        }

        return standardized;
    }

    /// <summary>The sum of all squares.</summary>
    public static double Squares(Matrix<double> rows)
    {
        double sum = 0;
        foreach (double value in rows.Enumerate())
        {
            sum += value * value;
        }

        return sum;
    }

    private static Matrix<double> LessMean(Matrix<double> rows)
    {
        Matrix<double> centred = rows.Clone();
        for (int j = 0; j < rows.ColumnCount; j++)
        {
            double mean = 0;
            for (int i = 0; i < rows.RowCount; i++)
            {
                mean += rows[i, j] / rows.RowCount;
            }

            for (int i = 0; i < rows.RowCount; i++)
            {
                centred[i, j] -= mean;
            }
        }

        return centred;
    }

    // By more than rounding.
    private static bool Varies(Matrix<double> rows, Matrix<double> centred)
    {
        double variation = Squares(centred), rounding = Squares(rows) * 1e-28;
        return double.IsFinite(variation) && variation > rounding;
    }
}
