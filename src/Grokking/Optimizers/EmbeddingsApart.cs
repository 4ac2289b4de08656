using Grokking.Models;

namespace Grokking.Optimizers;

/// <summary>
/// One update rule for the embeddings and another for all other tensors, as in the effective theory, where the rates of representation and decoder
/// decide between the phases (Liu et al. 2022, §4).
/// </summary>
public sealed record EmbeddingsApart : OptimizerConfig
{
    /// <summary>Both rules at their own rates: the rate of this record multiplies them.</summary>
    public EmbeddingsApart() => LearningRate = 1;

    /// <summary>The rule of the embeddings W_E.</summary>
    public OptimizerConfig Embeddings { get; init; } = AdamW.Adam;

    /// <summary>The rule of everything else.</summary>
    public OptimizerConfig Others { get; init; } = AdamW.Adam;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Positive(LearningRate, nameof(LearningRate));
        Embeddings.Validate();
        Others.Validate();
    }

    /// <inheritdoc/>
    public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Validate();
        UpdateArguments.CheckLength(initialParameters.Length, layout.Count, nameof(initialParameters));
        ParameterTensor[] embeddings = [.. layout.Tensors.TakeWhile(tensor => tensor.IsEmbedding)];
        int boundary = embeddings.Sum(tensor => tensor.Count);
        return new EmbeddingsApartOptimizer(
            this,
            Embeddings.Start(Part(embeddings), initialParameters[..boundary], seed),
            Others.Start(Part(layout.Tensors.Skip(embeddings.Length)), initialParameters[boundary..], seed),
            boundary,
            layout.Count);
    }

    /// <summary>The tensors in a layout of their own, whose offsets begin at 0.</summary>
    internal static ParameterLayout Part(IEnumerable<ParameterTensor> tensors)
    {
        var part = new ParameterLayout();
        foreach (ParameterTensor tensor in tensors)
        {
            part.Add(tensor.Name, tensor.Rows, tensor.Columns);
        }

        return part;
    }
}

/// <summary>Two rules in the middle of a run.</summary>
/// <param name="config">Has their rates.</param>
/// <param name="embeddings">Updates the parameters before <paramref name="boundary"/>.</param>
/// <param name="others">Updates the rest.</param>
/// <param name="boundary">Number of embedding parameters; they come first in the buffer.</param>
/// <param name="count">Number of all parameters.</param>
internal sealed class EmbeddingsApartOptimizer(EmbeddingsApart config, Optimizer embeddings, Optimizer others, int boundary, int count) : Optimizer
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Memory<float> Values)> State { get; } =
    [
        .. embeddings.State.Select(buffer => ("embeddings." + buffer.Name, buffer.Values)),
        .. others.State.Select(buffer => ("others." + buffer.Name, buffer.Values)),
    ];

    /// <inheritdoc/>
    public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
    {
        UpdateArguments.Check(count, parameters, gradient, step);
        embeddings.Update(parameters[..boundary], gradient[..boundary], learningRate * config.Embeddings.LearningRate, step);
        others.Update(parameters[boundary..], gradient[boundary..], learningRate * config.Others.LearningRate, step);
    }
}
