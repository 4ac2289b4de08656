using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// A quadratic function of one direction: y = ½(β·x)² with x ~ N(0, I/D) and β ~ N(0, I). The polynomial regression of Kumar et al. 2024, §3.
/// </summary>
public sealed record QuadraticRegression : VectorTask
{
    /// <summary>D, 1 to 4,096.</summary>
    public int Width { get; init; } = 100;

    /// <summary>The squared error below which an example counts as right, &gt; 0.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"quadratic of {Width} on {Examples} inputs");

    /// <inheritdoc/>
    public override int InputWidth => Width;

    /// <inheritdoc/>
    public override int AnswerCount => 1;

    /// <inheritdoc/>
    public override double? RightBelow => Tolerance;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Between(Width, 1, 4096, nameof(Width));
        Require.Positive(Tolerance, nameof(Tolerance));
    }

    /// <inheritdoc/>
    /// <remarks>The streams are "inputs" and "direction": a run with more examples has those of a smaller one first.</remarks>
    public override VectorExamples Draw(ulong seed)
    {
        float[] beta = new float[Width];
        new RandomStream(seed, "direction").FillNormal(beta, mean: 0, standardDeviation: 1);
        var inputs = new Matrix(Examples, Width);
        var targets = new Matrix(Examples, 1);
        var stream = new RandomStream(seed, "inputs");
        for (int example = 0; example < Examples; example++)
        {
            Span<float> x = inputs.Row(example);
            stream.FillNormal(x, mean: 0, 1 / MathF.Sqrt(Width));
            float projection = Lanes.Dot(beta, x);
            targets.Row(example)[0] = 0.5f * projection * projection;
        }

        return new VectorExamples(inputs, [.. Enumerable.Range(0, Examples)], targets);
    }
}
