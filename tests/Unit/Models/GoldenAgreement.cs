namespace Grokking.Tests.Unit.Models;

/// <summary>
/// Whether a float32 engine agrees with a golden case. The limits are relative to the size of what is compared and about ten times what
/// the same naive model loses in PyTorch when it runs in float32; a wrong formula misses them by orders of magnitude.
/// </summary>
internal static class GoldenAgreement
{
    /// <summary>Relative limit of a loss.</summary>
    public const double LossLimit = 5e-6;

    /// <summary>Root mean square error of a tensor's gradient, relative to its root mean square.</summary>
    public const double GradientLimit = 3e-5;

    /// <summary>
    /// Root mean square error of a tensor after ten updates, relative to the root mean square of their sum. Wider than the gradient's
    /// because Adam divides by the gradient's own size, which magnifies the rounding of the smallest elements.
    /// </summary>
    public const double UpdateLimit = 4e-4;

    // A gradient that is zero in exact arithmetic (b_K) is rounding noise in float32: measured against this share of the whole gradient.
    private const double ShareForZero = 0.1;

    /// <summary>Checks the loss before update <paramref name="step"/>, or after the last one for step 10.</summary>
    public static void AssertLoss(GoldenCase golden, int step, double actual)
    {
        double expected = golden.Losses[step];
        Assert.True(
            Math.Abs(actual - expected) <= LossLimit * expected,
            $"{golden.Name}: loss at step {step} is {actual:R}, PyTorch has {expected:R}");
    }

    /// <summary>Checks the gradient (P) of the first batch at the initial parameters, before clipping.</summary>
    public static void AssertGradient(GoldenCase golden, ReadOnlySpan<float> actual)
    {
        double whole = Math.Sqrt(golden.GradientNorms.Sum(n => n * n));
        double[] sizes =
        [
            .. golden.GradientNorms.Zip(
                golden.Parameters,
                (norm, tensor) => norm > 0 ? norm : ShareForZero * whole * Math.Sqrt((double)tensor.Count / golden.ParameterCount)),
        ];
        AssertTensors(golden, "gradient", actual, golden.Gradient, sizes, GradientLimit);
        AssertNorms(golden, "gradient", actual, golden.GradientNorms, sizes, GradientLimit);
    }

    /// <summary>Checks the parameters (P) after ten updates.</summary>
    public static void AssertFinalParameters(GoldenCase golden, ReadOnlySpan<float> actual)
    {
        float[] updates = golden.InitialParameters();
        for (int i = 0; i < updates.Length; i++)
        {
            updates[i] = actual[i] - updates[i];
        }

        AssertTensors(golden, "parameters after ten updates", actual, golden.FinalParameters, golden.UpdateNorms, UpdateLimit);
        AssertNorms(golden, "sum of ten updates", updates, golden.UpdateNorms, golden.UpdateNorms, UpdateLimit);
    }

    // Every stored element, tensor by tensor: sqrt(mean (actual - expected)²) ≤ limit · size / sqrt(count), size being a Euclidean norm.
    private static void AssertTensors(
        GoldenCase golden, string what, ReadOnlySpan<float> actual, float[] expected, IReadOnlyList<double> sizes, double limit)
    {
        Assert.Equal(golden.ParameterCount, actual.Length);
        int begin = 0;
        for (int t = 0; t < golden.Parameters.Count; t++)
        {
            GoldenTensor tensor = golden.Parameters[t];
            int end = begin + tensor.Count;
            int firstStored = (begin + golden.Stride - 1) / golden.Stride;
            double squares = 0;
            int stored = 0;
            for (int s = firstStored; s * golden.Stride < end; s++, stored++)
            {
                double error = (double)actual[s * golden.Stride] - expected[s];
                squares += error * error;
            }

            double scale = sizes[t] / Math.Sqrt(tensor.Count);
            double rms = Math.Sqrt(squares / Math.Max(stored, 1));

            // Written so that NaN fails.
            Assert.True(
                rms <= limit * scale,
                $"{golden.Name}: {what} of {tensor.Name} is off by {rms / scale:E1} of its size, limit {limit:E1}");
            begin = end;
        }
    }

    private static void AssertNorms(
        GoldenCase golden, string what, ReadOnlySpan<float> actual, IReadOnlyList<double> norms, IReadOnlyList<double> sizes, double limit)
    {
        int begin = 0;
        for (int t = 0; t < golden.Parameters.Count; t++)
        {
            GoldenTensor tensor = golden.Parameters[t];
            double squares = 0;
            foreach (float x in actual.Slice(begin, tensor.Count))
            {
                squares += (double)x * x;
            }

            double norm = Math.Sqrt(squares);
            Assert.True(
                Math.Abs(norm - norms[t]) <= limit * sizes[t],
                $"{golden.Name}: {what} of {tensor.Name} has norm {norm:R}, PyTorch has {norms[t]:R}, limit {limit:E1}");
            begin += tensor.Count;
        }
    }
}
