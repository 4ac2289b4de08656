using System.Text.Json.Nodes;
using Grokking.Models;
using Grokking.Numerics;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>
/// TransformerLens's HookedTransformer: multiplication on the right as here, an axis for the heads, and a bias for every map, of zeros where our
/// model has none. The two constants of its attention, mask and IGNORE, are left to it: their shapes differ between its versions.
/// </summary>
internal static class TransformerLensLayout
{
    /// <summary>What that model cannot be; null if it can be this one.</summary>
    public static string? Misfit(TransformerConfig config) => config switch
    {
        { Norm: NormPlacement.Post } => "its norms are after the residual sums, and HookedTransformer has them before its sublayers (Pre) or nowhere",
        { Norm: NormPlacement.Pre, FinalNorm: false } => "it has no final norm, which HookedTransformer with norms always has",
        { Norm: NormPlacement.None, FinalNorm: true } => "it has only a final norm, which HookedTransformer has together with all the others",
        { Activation: not (ActivationKind.Relu or ActivationKind.Gelu) } => $"its activation is {config.Activation}, which HookedTransformer has not",
        _ => null,
    };

    /// <summary>The model's state, and its configuration.</summary>
    /// <param name="weights">Of a model without <see cref="Misfit"/>.</param>
    public static ExportedModel Of(ModelWeights weights)
    {
        TransformerConfig config = weights.Config;
        var arguments = new JsonObject
        {
            ["n_layers"] = config.NLayers,
            ["d_model"] = config.DModel,
            ["n_ctx"] = weights.Length,
            ["d_head"] = config.DHead,
            ["n_heads"] = config.NHeads,
            ["d_mlp"] = config.DMlp,
            ["d_vocab"] = weights.VocabularySize,
            ["d_vocab_out"] = weights.VocabularySize,
            ["act_fn"] = config.Activation == ActivationKind.Relu ? "relu" : "gelu_new",
            ["normalization_type"] = config.Norm == NormPlacement.None ? null : "LN",
            ["eps"] = LayerNorm.Epsilon,
            ["positional_embedding_type"] = "standard",
            ["attention_dir"] = "causal",
        };
        return new ExportedModel([.. Tensors(weights)], arguments.ToJsonString());
    }

    private static IEnumerable<NamedTensor> Tensors(ModelWeights weights)
    {
        TransformerConfig config = weights.Config;
        int d = config.DModel;
        yield return weights.Same("embed.W_E", "W_E");
        yield return weights.Positions("pos_embed.W_pos", weights.Length);
        for (int l = 0; l < config.NLayers; l++)
        {
            string block = $"blocks.{l}.";
            foreach (NamedTensor tensor in Norm(weights, block + "ln1"))
            {
                yield return tensor;
            }

            yield return weights.HeadColumns(block + "attn.W_Q", block + "W_Q");
            yield return weights.HeadColumns(block + "attn.W_K", block + "W_K");
            yield return weights.HeadColumns(block + "attn.W_V", block + "W_V");
            yield return weights.HeadRows(block + "attn.W_O", block + "W_O");
            yield return weights.SameOr(block + "attn.b_Q", block + "b_Q", 0, config.NHeads, config.DHead);
            yield return weights.SameOr(block + "attn.b_K", block + "b_K", 0, config.NHeads, config.DHead);
            yield return weights.SameOr(block + "attn.b_V", block + "b_V", 0, config.NHeads, config.DHead);
            yield return weights.SameOr(block + "attn.b_O", block + "b_O", 0, d);
            foreach (NamedTensor tensor in Norm(weights, block + "ln2"))
            {
                yield return tensor;
            }

            yield return weights.Same(block + "mlp.W_in", block + "W_in");
            yield return weights.SameOr(block + "mlp.b_in", block + "b_in", 0, config.DMlp);
            yield return weights.Same(block + "mlp.W_out", block + "W_out");
            yield return weights.SameOr(block + "mlp.b_out", block + "b_out", 0, d);
        }

        foreach (NamedTensor tensor in Norm(weights, "ln_final"))
        {
            yield return tensor;
        }

        yield return weights.Same("unembed.W_U", "W_U");
        yield return weights.SameOr("unembed.b_U", "b_U", 0, weights.VocabularySize);
    }

    // A norm that is not trained is one of gain 1 and bias 0.
    private static NamedTensor[] Norm(ModelWeights weights, string name) => weights.Config.Norm == NormPlacement.None
        ? []
        :
        [
            weights.SameOr(name + ".w", name + ".gain", 1, weights.Config.DModel),
            weights.SameOr(name + ".b", name + ".bias", 0, weights.Config.DModel),
        ];
}
