using System.Text.Json.Nodes;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>
/// The Transformer of openai/grok (commit 3d64b1d, transformer.py): one linear layer for each head's query, key and value, weights as (out, in), and
/// the fixed positions and the mask that its state holds.
/// </summary>
internal static class OpenAILayout
{
    // Its training script's default, of which the two tables have the size.
    private const int MaxContextLength = 50;

    // Its MLP has this width in multiples of the model's, whatever its arguments.
    private const int MlpMultiplier = 4;

    /// <summary>What that model cannot be; null if it can be this one.</summary>
    public static string? Misfit(TransformerConfig config) =>
        config.Norm != NormPlacement.Post ? $"its norms are {config.Norm}, and openai/grok has them after the residual sums (Post)"
        : config.FinalNorm ? "it has a final norm, and openai/grok has none"
        : config.Positions != PositionKind.Sinusoidal ? "its positions are learned, and openai/grok's are sines and cosines"
        : config.AttentionBiases || config.MlpBiases || config.UnembedBias ? "it has biases, and openai/grok's linear layers have none"
        : config.MlpMultiplier != MlpMultiplier ? FormattableString.Invariant($"its MLP is {config.MlpMultiplier} times as wide as the model, and openai/grok's {MlpMultiplier} times")
        : config.Activation == ActivationKind.Gelu ? "its GELU is the tanh form, and openai/grok's is the exact one"
        : config.Activation != ActivationKind.Relu ? $"its activation is {config.Activation}, which openai/grok has not"
        : null;

    /// <summary>The model's state, and the arguments of its class.</summary>
    /// <param name="weights">Of a model without <see cref="Misfit"/>.</param>
    public static ExportedModel Of(ModelWeights weights)
    {
        TransformerConfig config = weights.Config;
        int contextLength = Math.Max(MaxContextLength, weights.Length);
        var arguments = new JsonObject
        {
            ["n_layers"] = config.NLayers,
            ["n_heads"] = config.NHeads,
            ["d_model"] = config.DModel,
            ["dropout"] = config.Dropout,
            ["max_context_len"] = contextLength,
            ["vocab_len"] = weights.VocabularySize,
            ["non_linearity"] = "relu",
        };
        return new ExportedModel([.. Tensors(weights, contextLength)], arguments.ToJsonString());
    }

    private static IEnumerable<NamedTensor> Tensors(ModelWeights weights, int contextLength)
    {
        yield return weights.Same("embedding.weight", "W_E");
        yield return weights.Positions("position_encoding", contextLength);
        yield return Mask(contextLength);
        for (int l = 0; l < weights.Config.NLayers; l++)
        {
            string ours = $"blocks.{l}.", theirs = $"decoder.blocks.{l}.";
            for (int h = 0; h < weights.Config.NHeads; h++)
            {
                string head = $"{theirs}self_attn.attn_heads.{h}.";
                yield return weights.HeadTransposed(head + "Wq.weight", ours + "W_Q", h);
                yield return weights.HeadTransposed(head + "Wk.weight", ours + "W_K", h);
                yield return weights.HeadTransposed(head + "Wv.weight", ours + "W_V", h);
            }

            yield return weights.Transposed(theirs + "self_attn.Wo.weight", ours + "W_O");
            yield return weights.SameOr(theirs + "self_attn_norm.weight", ours + "ln1.gain", 1, weights.Config.DModel);
            yield return weights.SameOr(theirs + "self_attn_norm.bias", ours + "ln1.bias", 0, weights.Config.DModel);
            yield return weights.Transposed(theirs + "ffn.ffn.0.weight", ours + "W_in");
            yield return weights.Transposed(theirs + "ffn.ffn.2.weight", ours + "W_out");
            yield return weights.SameOr(theirs + "ffn_norm.weight", ours + "ln2.gain", 1, weights.Config.DModel);
            yield return weights.SameOr(theirs + "ffn_norm.bias", ours + "ln2.bias", 0, weights.Config.DModel);
        }

        yield return weights.Transposed("linear.weight", "W_U");
    }

    // 1 where position row may look at position column.
    private static NamedTensor Mask(int length)
    {
        float[] mask = new float[length * length];
        for (int row = 0; row < length; row++)
        {
            mask.AsSpan(row * length, row + 1).Fill(1);
        }

        return new NamedTensor("self_attn_mask", [length, length], mask);
    }
}
