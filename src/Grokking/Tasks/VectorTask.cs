using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>Examples whose inputs are vectors of real numbers, as a value.</summary>
public abstract record VectorTask : LearningTask
{
    // 400 MB.
    private const long MostNumbers = 100_000_000;

    /// <summary>D, the numbers of an input, ≥ 1.</summary>
    public abstract int InputWidth { get; }

    /// <summary>Examples, 2 to 100,000 and D times as many numbers at most 10⁸, training and validation together.</summary>
    public int Examples { get; init; } = 200;

    /// <summary>
    /// Of a regression, the mean squared error over its outputs below which an example counts as right, &gt; 0; null where the answers are classes.
    /// </summary>
    public virtual double? RightBelow => null;

    /// <inheritdoc/>
    public sealed override bool IsRegression => RightBelow is not null;

    /// <inheritdoc/>
    public override int CountExamples() => Examples;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Between(Examples, 2, 100_000, nameof(Examples));
        Require.Holds(
            (long)Examples * InputWidth <= MostNumbers,
            Examples,
            nameof(Examples),
            FormattableString.Invariant($"so few that the inputs, {InputWidth} numbers each, have {MostNumbers:N0} numbers together"));
    }

    /// <summary>Draws the examples of a run.</summary>
    /// <param name="seed">The run's seed.</param>
    public abstract VectorExamples Draw(ulong seed);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>The examples of a <see cref="VectorTask"/>.</summary>
/// <param name="Inputs">(N, D).</param>
/// <param name="Answers">(N) the class of each; of a regression, which is one row of targets for each example, its own place.</param>
/// <param name="Targets">(N, outputs) what each example asks for in a regression; null where the answers are classes.</param>
public sealed record VectorExamples(Matrix Inputs, int[] Answers, Matrix? Targets);
