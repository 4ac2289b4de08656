using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;

namespace Grokking.TorchSharp;

/// <summary>The update of <see cref="EmbeddingsApart"/>: one rule for the embeddings, which come first in a run's row, another for the rest.</summary>
internal sealed class EmbeddingsApartRule : UpdateRule
{
    private readonly UpdateRule _embeddings;
    private readonly UpdateRule _others;
    private readonly int _boundary;

    /// <summary>Makes the two rules.</summary>
    public EmbeddingsApartRule(EmbeddingsApart structure, ParameterLayout layout)
    {
        ParameterTensor[] embeddings = [.. layout.Tensors.TakeWhile(tensor => tensor.IsEmbedding)];
        _boundary = embeddings.Sum(tensor => tensor.Count);
        _embeddings = Of(structure.Embeddings, EmbeddingsApart.Part(embeddings));
        _others = Of(structure.Others, EmbeddingsApart.Part(layout.Tensors.Skip(embeddings.Length)));
        StateNames = [.. _embeddings.StateNames.Select(name => "embeddings." + name), .. _others.StateNames.Select(name => "others." + name)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames { get; }

    /// <inheritdoc/>
    public override int ColumnCount => _embeddings.ColumnCount + _others.ColumnCount;

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovingColumns =>
        [.. _embeddings.MovingColumns, .. _others.MovingColumns.Select(column => _embeddings.ColumnCount + column)];

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateCounts(int count) => [.. _embeddings.StateCounts(_boundary), .. _others.StateCounts(count - _boundary)];

    /// <inheritdoc/>
    public override void Fill(OptimizerConfig config, double learningRate, int step, Span<float> columns)
    {
        var apart = (EmbeddingsApart)config;
        _embeddings.Fill(apart.Embeddings, learningRate * apart.Embeddings.LearningRate, step, columns[.._embeddings.ColumnCount]);
        _others.Fill(apart.Others, learningRate * apart.Others.LearningRate, step, columns[_embeddings.ColumnCount..]);
    }

    /// <inheritdoc/>
    public override void DrawNoise(OptimizerConfig config, RandomStream stream, int step, Span<float> noise)
    {
        var apart = (EmbeddingsApart)config;
        _embeddings.DrawNoise(apart.Embeddings, stream, step, noise[.._boundary]);
        _others.DrawNoise(apart.Others, stream, step, noise[_boundary..]);
    }

    /// <inheritdoc/>
    public override void Apply(UpdateOperands operands)
    {
        int states = _embeddings.StateNames.Count, columns = _embeddings.ColumnCount;
        long others = operands.Parameters.shape[1] - _boundary;
        _embeddings.Apply(new UpdateOperands(
            operands.Parameters.narrow(1L, 0, _boundary),
            operands.Gradient.narrow(1L, 0, _boundary),
            [.. operands.State.Take(states)],
            operands.Columns.narrow(1L, 0, columns),
            operands.Initial?.narrow(1L, 0, _boundary),
            operands.Noise?.narrow(1L, 0, _boundary)));
        _others.Apply(new UpdateOperands(
            operands.Parameters.narrow(1L, _boundary, others),
            operands.Gradient.narrow(1L, _boundary, others),
            [.. operands.State.Skip(states)],
            operands.Columns.narrow(1L, columns, _others.ColumnCount),
            operands.Initial?.narrow(1L, _boundary, others),
            operands.Noise?.narrow(1L, _boundary, others)));
    }
}
