namespace Grokking.Models;

/// <summary>The tensors of a linear map: W (in, out) and, where it has one, b (out).</summary>
internal sealed record LinearWeights(ParameterTensor Weight, ParameterTensor? Bias);

/// <summary>The tensors of an affine layer norm.</summary>
internal sealed record NormWeights(ParameterTensor Gain, ParameterTensor Bias);

/// <summary>The tensors of one block; a norm is null where there is none or it is not affine.</summary>
internal sealed record BlockWeights(
    NormWeights? Norm1,
    LinearWeights Query,
    LinearWeights Key,
    LinearWeights Value,
    LinearWeights Output,
    NormWeights? Norm2,
    LinearWeights MlpIn,
    LinearWeights MlpOut);

/// <summary>The tensors of a transformer and their places in the flat buffer. Names are the field's symbols.</summary>
internal sealed class TransformerWeights
{
    /// <summary>Lays out a model.</summary>
    /// <param name="config">The model.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="length">T, the longest sequence.</param>
    public TransformerWeights(TransformerConfig config, int vocabularySize, int length)
    {
        int d = config.DModel;
        TokenEmbedding = Layout.Add("W_E", vocabularySize, d);
        PositionEmbedding = config.Positions == PositionKind.Learned ? Layout.Add("W_pos", length, d) : null;
        bool affine = config.Norm != NormPlacement.None && config.NormAffine;
        Blocks = [.. Enumerable.Range(0, config.NLayers).Select(l => AddBlock(config, $"blocks.{l}.", affine))];
        FinalNorm = config.FinalNorm && config.NormAffine ? AddNorm("ln_final.", d) : null;
        Unembedding = new LinearWeights(
            Layout.Add("W_U", d, vocabularySize), config.UnembedBias ? Layout.Add("b_U", vocabularySize) : null);
    }

    /// <summary>The places of all tensors.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>W_E (V, d_model).</summary>
    public ParameterTensor TokenEmbedding { get; }

    /// <summary>W_pos (T, d_model), or null for fixed positions.</summary>
    public ParameterTensor? PositionEmbedding { get; }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<BlockWeights> Blocks { get; }

    /// <summary>The norm before the unembedding, if it is there and affine.</summary>
    public NormWeights? FinalNorm { get; }

    /// <summary>W_U (d_model, V).</summary>
    public LinearWeights Unembedding { get; }

    private BlockWeights AddBlock(TransformerConfig config, string prefix, bool affine)
    {
        int d = config.DModel;
        NormWeights? norm1 = affine ? AddNorm(prefix + "ln1.", d) : null;
        ParameterTensor[] matrices = [.. "QKVO".Select(role => Layout.Add($"{prefix}W_{role}", d, d))];
        ParameterTensor?[] biases = [.. "QKVO".Select(role => config.AttentionBiases ? Layout.Add($"{prefix}b_{role}", d) : null)];
        NormWeights? norm2 = affine ? AddNorm(prefix + "ln2.", d) : null;
        var mlpIn = new LinearWeights(
            Layout.Add(prefix + "W_in", d, config.DMlp), config.MlpBiases ? Layout.Add(prefix + "b_in", config.DMlp) : null);
        var mlpOut = new LinearWeights(
            Layout.Add(prefix + "W_out", config.DMlp, d), config.MlpBiases ? Layout.Add(prefix + "b_out", d) : null);
        return new BlockWeights(
            norm1,
            new LinearWeights(matrices[0], biases[0]),
            new LinearWeights(matrices[1], biases[1]),
            new LinearWeights(matrices[2], biases[2]),
            new LinearWeights(matrices[3], biases[3]),
            norm2,
            mlpIn,
            mlpOut);
    }

    private NormWeights AddNorm(string prefix, int width) =>
        new(Layout.Add(prefix + "gain", width), Layout.Add(prefix + "bias", width));
}
