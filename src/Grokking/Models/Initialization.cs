using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>
/// The weights before the first update, drawn from the seed's streams "initialization/…", one per tensor: a model with one tensor more
/// keeps the values of the others.
/// </summary>
internal sealed class Initialization(TransformerConfig config, ulong seed)
{
    private readonly bool _pyTorch = config.Initialization == InitializationKind.PyTorchDefault;

    /// <summary>Fills the buffer by the scheme of the configuration.</summary>
    /// <param name="weights">The layout.</param>
    /// <param name="parameters">(P) overwritten.</param>
    public void Draw(TransformerWeights weights, Span<float> parameters)
    {
        DrawEmbedding(weights.TokenEmbedding, parameters);
        if (weights.PositionEmbedding is not null)
        {
            DrawEmbedding(weights.PositionEmbedding, parameters);
        }

        foreach (BlockWeights block in weights.Blocks)
        {
            SetNorm(block.Norm1, parameters);
            DrawLinear(block.Query, config.DModel, parameters);
            DrawLinear(block.Key, config.DModel, parameters);
            DrawLinear(block.Value, config.DModel, parameters);
            DrawLinear(block.Output, config.DModel, parameters);
            SetNorm(block.Norm2, parameters);
            DrawLinear(block.MlpIn, config.DModel, parameters);
            DrawLinear(block.MlpOut, config.DModel, parameters);
        }

        SetNorm(weights.FinalNorm, parameters);
        DrawLinear(weights.Unembedding, weights.TokenEmbedding.Rows, parameters);
    }

    private static void SetNorm(NormWeights? norm, Span<float> parameters)
    {
        norm?.Gain.In(parameters).Fill(1);
        norm?.Bias.In(parameters).Clear();
    }

    private void DrawEmbedding(ParameterTensor table, Span<float> parameters) =>
        Stream(table).FillNormal(table.In(parameters), mean: 0, standardDeviation: _pyTorch ? 1 : 1 / MathF.Sqrt(config.DModel));

    // width: what the scheme of Nanda et al. divides by.
    private void DrawLinear(LinearWeights linear, int width, Span<float> parameters)
    {
        float bound = 1 / MathF.Sqrt(linear.Weight.Rows);
        if (_pyTorch)
        {
            Stream(linear.Weight).FillUniform(linear.Weight.In(parameters), -bound, bound);
        }
        else
        {
            Stream(linear.Weight).FillNormal(linear.Weight.In(parameters), mean: 0, standardDeviation: 1 / MathF.Sqrt(width));
        }

        if (linear.Bias is null)
        {
            return;
        }

        if (_pyTorch)
        {
            Stream(linear.Bias).FillUniform(linear.Bias.In(parameters), -bound, bound);
        }
        else
        {
            linear.Bias.In(parameters).Clear();
        }
    }

    private RandomStream Stream(ParameterTensor tensor) => new(seed, "initialization/" + tensor.Name);
}
