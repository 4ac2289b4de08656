using Grokking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>
/// The circle that residues mod n lie on where a model computes with them: joining x to x + <paramref name="Step"/> goes once around it
/// (Power et al. 2022, Figure 3 right, where the step is 8). In a plane the elements are put in the order of their angles about their mean;
/// the step is the one that most neighbours in that order differ by.
/// </summary>
/// <param name="Step">1 to n/2, without a factor in common with n.</param>
/// <param name="Adjacency">
/// The share, in [0, 1], of the n neighbours in the order that differ by the step. 1 is the whole number line; elements in random order have
/// about 2/n for one step, and the best of all steps a few times that.
/// </param>
/// <param name="Order">The elements as they lie on the circle, from 0 on, in the direction in which the step leads.</param>
/// <param name="Plane">(n, 2) the elements in the plane.</param>
public sealed record NumberLine(int Step, double Adjacency, IReadOnlyList<int> Order, Matrix<double> Plane)
{
    private const double Rounding = 1e-9; // a component with a smaller share of the variance is none

    /// <summary>
    /// The best circle in the space of the first principal components. A model has several frequencies there, mixed with each other, so each
    /// frequency without a factor in common with n is looked at in the plane where its cosine and sine are fitted best.
    /// </summary>
    /// <param name="rows">(n, d) rows in the order of their residues, n ≥ 8, not on one line.</param>
    /// <param name="components">
    /// ≥ 2; a quarter of n at most is taken, because in a space of nearly n dimensions any rows have a plane that looks like a circle.
    /// </param>
    public static NumberLine Recover(Matrix<double> rows, int components = 8)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 2);
        int n = rows.RowCount;
        if (n < 8)
        {
            throw new ArgumentException($"rows has {n} rows; at least 8 are needed.", nameof(rows));
        }

        (Matrix<double> scores, IReadOnlyList<double> shares) = PrincipalComponents.Of(rows, Math.Min(components, n / 4));
        int count = shares.Count(share => share > Rounding);
        if (count < 2)
        {
            throw new ArgumentException("rows must not lie on one line: a plane needs two directions.", nameof(rows));
        }

        Matrix<double> space = scores.SubMatrix(0, n, 0, count).NormalizeColumns(2.0);
        NumberLine? best = null;
        for (int frequency = 1; frequency <= n / 2; frequency++)
        {
            if (GreatestCommonDivisor(frequency, n) == 1)
            {
                // The projection of the circle (cos, sin)(2πfx/n) onto the space.
                NumberLine line = InPlane(space * space.TransposeThisAndMultiply(Circle(n, frequency)));
                best = best is null || line.Adjacency > best.Adjacency ? line : best;
            }
        }

        return best!;
    }

    /// <summary>The circle in a picture of the elements.</summary>
    /// <param name="points">(n, 2) points in the order of their residues, n ≥ 5.</param>
    public static NumberLine InPlane(Matrix<double> points)
    {
        Matrix<double> centred = RowSet.Centred(points, least: 5);
        if (points.ColumnCount != 2)
        {
            throw new ArgumentException($"points has {points.ColumnCount} coordinates; a plane has two.", nameof(points));
        }

        int n = points.RowCount;
        int[] order = [.. Enumerable.Range(0, n).OrderBy(x => Direction(centred[x, 0], centred[x, 1])).ThenBy(x => x)];
        int[] forward = new int[n]; // how often the next on the circle is this much more
        for (int i = 0; i < n; i++)
        {
            forward[(order[(i + 1) % n] - order[i] + n) % n]++;
        }

        int step = Enumerable.Range(1, n / 2).Where(k => GreatestCommonDivisor(k, n) == 1).MaxBy(k => forward[k] + forward[n - k]);
        if (forward[n - step] > forward[step])
        {
            Array.Reverse(order);
        }

        int zero = Array.IndexOf(order, 0);
        return new NumberLine(step, (forward[step] + forward[n - step]) / (double)n, [.. order[zero..], .. order[..zero]], points);
    }

    private static Matrix<double> Circle(int n, int frequency) => Matrix<double>.Build.Dense(n, 2, (x, j) =>
    {
        (double sin, double cos) = Elementary.SinCos(2 * Math.PI * (frequency * x % n) / n);
        return j == 0 ? cos : sin;
    });

    // Grows with the angle of (x, y), from 0 to 4 over a turn, by divisions alone.
    private static double Direction(double x, double y)
    {
        double size = Math.Abs(x) + Math.Abs(y);
        if (size == 0)
        {
            return 0;
        }

        double slope = y / size;
        return x < 0 ? 2 - slope : y < 0 ? 4 + slope : slope;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
