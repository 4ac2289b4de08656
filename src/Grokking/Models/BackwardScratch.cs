using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>Gradients of activations that live only within one block's backward pass; all blocks share them.</summary>
internal sealed class BackwardScratch(TransformerConfig config, int maxRows, int vocabularySize)
{
    /// <summary>(rows, d_model) at the MLP's output behind its dropout mask.</summary>
    public Matrix MlpOut { get; } = new(config.Dropout > 0 ? maxRows : 1, config.DModel);

    /// <summary>(rows, d_mlp) at the hidden units.</summary>
    public Matrix Hidden { get; } = new(maxRows, config.DMlp);

    /// <summary>(rows, d_model) at the input of the second norm.</summary>
    public Matrix Stream { get; } = new(config.Norm == NormPlacement.Pre ? maxRows : 1, config.DModel);

    /// <summary>(rows, d_model) at the heads' outputs, then at the gathered queries' input.</summary>
    public Matrix Z { get; } = new(maxRows, config.DModel);

    /// <summary>(rows, d_model) at the queries.</summary>
    public Matrix Q { get; } = new(maxRows, config.DModel);

    /// <summary>(rows, d_model) at the keys.</summary>
    public Matrix K { get; } = new(maxRows, config.DModel);

    /// <summary>(rows, d_model) at the values.</summary>
    public Matrix V { get; } = new(maxRows, config.DModel);

    /// <summary>Room for the largest weight gradient, for shapes that tiles overhang.</summary>
    public Matrix Weight { get; } = new(config.DMlp, Math.Max(config.DMlp, vocabularySize));
}
