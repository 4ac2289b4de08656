namespace Grokking.Tests.Unit.Numerics;

/// <summary>The slow way to a gradient, for holding the analytic ones to: (f(x + h) − f(x − h)) / 2h in double.</summary>
internal static class CentralDifferences
{
    // With f and its derivatives of order 1, truncation (h²) and cancellation (2⁻⁵³/h) are both about 1e-10.
    private const double Step = 1e-5;

    /// <summary>The gradient of a scalar function at x.</summary>
    public static double[] Gradient(Func<double[], double> function, ReadOnlySpan<float> x)
    {
        double[] point = ToDouble(x);
        double[] gradient = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            double centre = point[i];
            point[i] = centre + Step;
            double above = function(point);
            point[i] = centre - Step;
            double below = function(point);
            point[i] = centre;
            gradient[i] = (above - below) / (2 * Step);
        }

        return gradient;
    }

    /// <summary>Fails where an element is further off than <paramref name="bound"/> times the gradient's largest element.</summary>
    public static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double bound, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1e-3, $"{what}: the gradient vanishes, so it shows nothing.");
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / largest;
            Assert.True(error <= bound, FormattableString.Invariant($"{what}: element {i} is {actual[i]:R}, differences give {expected[i]:R}."));
        }
    }

    /// <summary>Σ x_i·y_i.</summary>
    public static double Dot(IReadOnlyList<double> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Count; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>The same numbers in double.</summary>
    public static double[] ToDouble(ReadOnlySpan<float> x)
    {
        double[] values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = x[i];
        }

        return values;
    }
}
