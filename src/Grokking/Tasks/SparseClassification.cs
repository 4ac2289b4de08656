using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Signs that depend on k of D random signs: x uniform in {−1, 1}^D, and the class is whether x_1 + … + x_k is positive. The linear classification of
/// Lyu et al. 2024, §3.2, where k = 3.
/// </summary>
public sealed record SparseClassification : VectorTask
{
    /// <summary>D, 1 to 100,000.</summary>
    public int Width { get; init; } = 500;

    /// <summary>k, odd so that no sum is 0, 1 to D.</summary>
    public int Relevant { get; init; } = 3;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"{Relevant}-sparse signs of {Width} on {Examples} inputs");

    /// <inheritdoc/>
    public override int InputWidth => Width;

    /// <inheritdoc/>
    public override int AnswerCount => 2;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Between(Width, 1, 100_000, nameof(Width));
        Require.Holds(Relevant >= 1 && Relevant <= Width && Relevant % 2 == 1, Relevant, nameof(Relevant), $"odd and 1 to {Width}");
    }

    /// <inheritdoc/>
    /// <remarks>The stream is "inputs": a run with more examples has those of a smaller one first.</remarks>
    public override VectorExamples Draw(ulong seed)
    {
        var inputs = new Matrix(Examples, Width);
        int[] classes = new int[Examples];
        var stream = new RandomStream(seed, "inputs");
        for (int example = 0; example < Examples; example++)
        {
            Span<float> x = inputs.Row(example);
            stream.FillUniform(x, -1, 1);
            int sum = 0;
            for (int i = 0; i < Width; i++)
            {
                x[i] = x[i] < 0 ? -1 : 1;
                sum += i < Relevant ? (int)x[i] : 0;
            }

            classes[example] = sum > 0 ? 1 : 0;
        }

        return new VectorExamples(inputs, classes, Targets: null);
    }
}
