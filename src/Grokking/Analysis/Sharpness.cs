using Grokking.Numerics;

namespace Grokking.Analysis;

/// <summary>A loss at these weights, its gradient left in <paramref name="gradient"/>; e.g. <see cref="Training.LossSurface.TrainLossAndGradient"/>.</summary>
public delegate double LossAndGradient(ReadOnlySpan<float> parameters, Span<float> gradient);

/// <summary>The sharpness of a point.</summary>
/// <param name="Value">φ ≥ 0, in percent.</param>
/// <param name="Loss">f(x), in the unit of f.</param>
/// <param name="LargestLoss">The largest f found in the box, ≥ <paramref name="Loss"/>.</param>
public sealed record SharpnessResult(double Value, double Loss, double LargestLoss);

/// <summary>How much the loss can rise near a point (Keskar et al. 2017, metric 2.1): φ = 100·(max f(x + Az) − f(x))/(1 + f(x)).</summary>
/// <remarks>
/// z runs over the box |zᵢ| ≤ ε(|(A⁺x)ᵢ| + 1). The columns of A are random directions of length 1, or, over the whole space, A is the identity.
/// openai/grok follows this with the sign of f the wrong way round and so measures how much the loss can fall; this measures how much it can rise.
/// The maximum is sought by projected gradients of spectral step (Birgin, Martínez and Raydan 2000), from the point itself and from random
/// points of the box, and may be a local one.
/// </remarks>
public sealed record Sharpness
{
    /// <summary>ε, in (0, 1].</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <summary>The dimension of the random subspace, ≥ 1; null takes the whole space.</summary>
    public int? Dimensions { get; init; } = 10;

    /// <summary>Points of the box that the search begins at, ≥ 1; the first is x.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>The most steps from each of them, ≥ 1.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Feeds the directions and the starting points.</summary>
    public ulong Seed { get; init; }

    /// <summary>Measures φ at a point.</summary>
    /// <param name="loss">f with its gradient.</param>
    /// <param name="parameters">x (P), P ≥ <see cref="Dimensions"/>.</param>
    public SharpnessResult Measure(LossAndGradient loss, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Require.Holds(Epsilon > 0 && Epsilon <= 1, Epsilon, nameof(Epsilon), "in (0, 1]");
        Require.Holds(Dimensions is null or >= 1, Dimensions, nameof(Dimensions), "null or ≥ 1");
        Require.Holds(Dimensions is null || Dimensions <= parameters.Length, Dimensions, nameof(Dimensions), "at most the number of weights");
        Require.Holds(Starts >= 1, Starts, nameof(Starts), "≥ 1");
        Require.Holds(Iterations >= 1, Iterations, nameof(Iterations), "≥ 1");

        var box = new SharpnessBox(loss, parameters, Epsilon, Dimensions is { } p ? Subspace.Random(parameters.Length, p, Seed) : null);
        var random = new RandomStream(Seed, "sharpness starts");
        double atPoint = box.Loss(new double[box.Dimensions], new double[box.Dimensions]);
        double largest = atPoint;
        for (int start = 0; start < Starts; start++)
        {
            double[] u = new double[box.Dimensions];
            for (int i = 0; start > 0 && i < u.Length; i++)
            {
                u[i] = (2 * random.NextDouble()) - 1;
            }

            largest = Math.Max(largest, Climb(box, u));
        }

        return new SharpnessResult(100 * (largest - atPoint) / (1 + atPoint), atPoint, largest);
    }

    // u is z in units of the box, so its sides are −1 and 1.
    private double Climb(SharpnessBox box, double[] u)
    {
        const double sufficient = 1e-4;     // of the rise that the gradient promises
        const double longestStep = 1e10;
        int n = u.Length;
        double[] gradient = new double[n], next = new double[n], nextGradient = new double[n], direction = new double[n];
        double value = box.Loss(u, gradient);
        double largestSlope = gradient.Max(Math.Abs);
        double step = largestSlope > 0 ? 1 / largestSlope : 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double promise = 0;
            for (int i = 0; i < n; i++)
            {
                direction[i] = Math.Clamp(u[i] + (step * gradient[i]), -1, 1) - u[i];
                promise += direction[i] * gradient[i];
            }

            double share = 1, nextValue = double.NegativeInfinity;
            while (promise > 0 && share > 1e-6)
            {
                for (int i = 0; i < n; i++)
                {
                    next[i] = u[i] + (share * direction[i]);
                }

                nextValue = box.Loss(next, nextGradient);
                if (nextValue >= value + (sufficient * share * promise))
                {
                    break;
                }

                share /= 2;
            }

            if (!(nextValue > value))
            {
                break;
            }

            double squared = 0, curvature = 0;
            for (int i = 0; i < n; i++)
            {
                double moved = next[i] - u[i];
                squared += moved * moved;
                curvature -= moved * (nextGradient[i] - gradient[i]);
            }

            // Where the loss curves upwards the farthest corner is the place to go.
            step = curvature > squared / longestStep ? squared / curvature : longestStep;
            (u, next) = (next, u);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = nextValue;
        }

        return value;
    }
}
