using Grokking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Analysis;

/// <summary>A picture of rows in the plane.</summary>
/// <param name="Points">(n, 2) one point a row, about the origin.</param>
/// <param name="Divergence">What the picture gets wrong: the Kullback–Leibler divergence of its neighbourhoods from those of the rows, nats, ≥ 0.</param>
public sealed record TSnePicture(Matrix<double> Points, double Divergence);

/// <summary>
/// t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008), exact, for the pictures of Power et al. 2022, Figure 3. Nothing in
/// it is random: it begins at the first two principal components.
/// </summary>
/// <remarks>
/// p(j|i) ∝ exp(−βᵢ‖xᵢ − xⱼ‖²) with βᵢ such that the entropy of p(·|i) is ln perplexity, and pᵢⱼ = (p(j|i) + p(i|j))/2n. In the picture
/// qᵢⱼ ∝ 1/(1 + ‖yᵢ − yⱼ‖²). Descended is Σ pᵢⱼ ln(pᵢⱼ/qᵢⱼ), whose gradient is ∂/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ)/(1 + ‖yᵢ − yⱼ‖²), with momentum 0.5,
/// later 0.8, and a gain for each coordinate (Jacobs 1988). For the first quarter of the iterations p is taken twelvefold, so that clusters form before
/// they spread (van der Maaten 2014).
/// </remarks>
public sealed record TSne
{
    private const int LeastRows = 7; // a third of the others is then more than one neighbour
    private const int MostRows = 1000;
    private const int Bisections = 100;
    private const double Exaggeration = 12;
    private const double Rate = 50;
    private const double InitialDeviation = 1e-4;
    private const double LeastProbability = 1e-12;
    private const double LeastGain = 0.01;

    /// <summary>About how many neighbours a row has, &gt; 1 and at most a third of the other rows.</summary>
    public double Perplexity { get; init; } = 10;

    /// <summary>Steps of the descent, ≥ 1.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Draws the picture; its time grows with n².</summary>
    /// <param name="rows">(n, d) with n from 7 to 1000, finite and not all the same.</param>
    public TSnePicture Draw(Matrix<double> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int n = rows.RowCount;
        Require.Between(n, LeastRows, MostRows, nameof(rows));
        Require.Holds(
            Perplexity > 1 && Perplexity <= (n - 1) / 3.0, Perplexity, nameof(Perplexity), $"> 1 and at most a third of the other {n - 1} rows");
        Require.Holds(Iterations >= 1, Iterations, nameof(Iterations), "≥ 1");

        double[,] p = Neighbourhoods(Distances.Squared(rows), Elementary.Log(Perplexity));
        double[,] y = Start(rows);
        double[,] q = new double[n, n], gradient = new double[n, 2], velocity = new double[n, 2], gains = new double[n, 2];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            bool early = iteration < Iterations / 4;
            Gradient(p, early ? Exaggeration : 1, y, q, gradient);
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < 2; k++)
                {
                    // A gain, 1 at first, grows while the gradient keeps pushing the way the point moves.
                    double gain = iteration == 0 ? 1 : gains[i, k];
                    bool onwards = gradient[i, k] > 0 != velocity[i, k] > 0;
                    gains[i, k] = Math.Max(LeastGain, onwards ? gain + 0.2 : gain * 0.8);
                    velocity[i, k] = ((early ? 0.5 : 0.8) * velocity[i, k]) - (Rate * gains[i, k] * gradient[i, k]);
                    y[i, k] += velocity[i, k];
                }
            }
        }

        return new TSnePicture(RowSet.Centred(Matrix<double>.Build.DenseOfArray(y), LeastRows), Divergence(p, y, q));
    }

    // (n, n) pᵢⱼ, which add to 1.
    private static double[,] Neighbourhoods(double[,] squared, double entropy)
    {
        int n = squared.GetLength(0);
        double[,] p = new double[n, n];
        double[] given = new double[n];
        for (int i = 0; i < n; i++)
        {
            // The entropy falls as β rises.
            double low = 0, high = double.PositiveInfinity, beta = 1;
            for (int k = 0; k < Bisections; k++)
            {
                bool tooWide = ConditionOn(i, beta, squared, given) > entropy;
                (low, high) = tooWide ? (beta, high) : (low, beta);
                beta = double.IsPositiveInfinity(high) ? beta * 2 : (low + high) / 2;
            }

            for (int j = 0; j < n; j++)
            {
                p[i, j] += given[j] / (2 * n);
                p[j, i] += given[j] / (2 * n);
            }
        }

        return p;
    }

    // Fills p(·|i) and returns its entropy: ln Z + β·mean(d²), with distances from the nearest on.
    private static double ConditionOn(int i, double beta, double[,] squared, double[] given)
    {
        double nearest = double.PositiveInfinity, sum = 0, weighted = 0;
        for (int j = 0; j < given.Length; j++)
        {
            nearest = j == i ? nearest : Math.Min(nearest, squared[i, j]);
        }

        for (int j = 0; j < given.Length; j++)
        {
            double distance = squared[i, j] - nearest;
            given[j] = j == i ? 0 : Elementary.Exp(-beta * distance);
            sum += given[j];
            weighted += given[j] * distance;
        }

        for (int j = 0; j < given.Length; j++)
        {
            given[j] /= sum;
        }

        return Elementary.Log(sum) + (beta * weighted / sum);
    }

    private static double[,] Start(Matrix<double> rows)
    {
        Matrix<double> scores = PrincipalComponents.Of(rows, 2).Scores;
        double deviation = scores.Column(0).L2Norm() / Math.Sqrt(rows.RowCount);
        return (scores * (InitialDeviation / deviation)).ToArray();
    }

    // q is left as 1/(1 + ‖yᵢ − yⱼ‖²); returned is their sum, so that qᵢⱼ is one over the other.
    private static double Affinities(double[,] y, double[,] q)
    {
        double sum = 0;
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = y[i, 0] - y[j, 0], dy = y[i, 1] - y[j, 1];
                q[i, j] = q[j, i] = 1 / (1 + (dx * dx) + (dy * dy));
                sum += 2 * q[i, j];
            }
        }

        return sum;
    }

    private static void Gradient(double[,] p, double exaggeration, double[,] y, double[,] q, double[,] gradient)
    {
        double sum = Affinities(y, q);
        for (int i = 0; i < y.GetLength(0); i++)
        {
            double x = 0, z = 0;
            for (int j = 0; j < y.GetLength(0); j++)
            {
                double pull = 4 * ((exaggeration * p[i, j]) - (q[i, j] / sum)) * q[i, j];
                x += pull * (y[i, 0] - y[j, 0]);
                z += pull * (y[i, 1] - y[j, 1]);
            }

            (gradient[i, 0], gradient[i, 1]) = (x, z);
        }
    }

    private static double Divergence(double[,] p, double[,] y, double[,] q)
    {
        double sum = Affinities(y, q), divergence = 0;
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(0); j++)
            {
                if (p[i, j] > LeastProbability)
                {
                    divergence += p[i, j] * (Elementary.Log(p[i, j]) - Elementary.Log(q[i, j] / sum));
                }
            }
        }

        return divergence;
    }
}
