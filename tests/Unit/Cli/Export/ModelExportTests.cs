using System.Text.Json;
using Grokking.Cli.Export;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Export;

[Trait("Category", "Unit")]
public sealed class ModelExportTests
{
    private const int Vocabulary = 7;
    private const int Length = 4;

    private static readonly TransformerConfig s_openAI = new() { NLayers = 2, DModel = 8, NHeads = 2 };

    private static readonly TransformerConfig s_lens = s_openAI with { Norm = NormPlacement.Pre, FinalNorm = true };

    private static readonly TransformerConfig s_nanda = new()
    {
        NLayers = 1,
        DModel = 8,
        NHeads = 2,
        Norm = NormPlacement.None,
        Positions = PositionKind.Learned,
        MlpBiases = true,
    };

    public static TheoryData<string, TransformerConfig> NoOpenAIModels { get; } = new()
    {
        { "norms", s_lens },
        { "norms", s_nanda },
        { "final norm", s_openAI with { FinalNorm = true } },
        { "positions", s_openAI with { Positions = PositionKind.Learned } },
        { "biases", s_openAI with { AttentionBiases = true } },
        { "biases", s_openAI with { MlpBiases = true } },
        { "biases", s_openAI with { UnembedBias = true } },
        { "MLP", s_openAI with { MlpMultiplier = 3 } },
        { "GELU", s_openAI with { Activation = ActivationKind.Gelu } },
        { "Tanh", s_openAI with { Activation = ActivationKind.Tanh } },
        { "Quadratic", s_openAI with { Activation = ActivationKind.Quadratic } },
    };

    [Fact]
    public void Names_and_shapes_are_those_of_openai_grok()
    {
        List<string> expected = ["embedding.weight 7x8", "position_encoding 50x8", "self_attn_mask 50x50"];
        foreach (string block in new[] { "decoder.blocks.0.", "decoder.blocks.1." })
        {
            expected.AddRange([
                $"{block}self_attn.attn_heads.0.Wq.weight 4x8", $"{block}self_attn.attn_heads.0.Wk.weight 4x8", $"{block}self_attn.attn_heads.0.Wv.weight 4x8",
                $"{block}self_attn.attn_heads.1.Wq.weight 4x8", $"{block}self_attn.attn_heads.1.Wk.weight 4x8", $"{block}self_attn.attn_heads.1.Wv.weight 4x8",
                $"{block}self_attn.Wo.weight 8x8", $"{block}self_attn_norm.weight 8", $"{block}self_attn_norm.bias 8",
                $"{block}ffn.ffn.0.weight 32x8", $"{block}ffn.ffn.2.weight 8x32", $"{block}ffn_norm.weight 8", $"{block}ffn_norm.bias 8",
            ]);
        }

        expected.Add("linear.weight 7x8");

        Assert.Equal<IEnumerable<string>>(expected, NamesAndShapes(OpenAILayout.Of(Numbered(s_openAI))));
    }

    [Fact]
    public void Names_and_shapes_are_those_of_TransformerLens()
    {
        List<string> expected = ["embed.W_E 7x8", "pos_embed.W_pos 4x8"];
        foreach (string block in new[] { "blocks.0.", "blocks.1." })
        {
            expected.AddRange([
                $"{block}ln1.w 8", $"{block}ln1.b 8",
                $"{block}attn.W_Q 2x8x4", $"{block}attn.W_K 2x8x4", $"{block}attn.W_V 2x8x4", $"{block}attn.W_O 2x4x8",
                $"{block}attn.b_Q 2x4", $"{block}attn.b_K 2x4", $"{block}attn.b_V 2x4", $"{block}attn.b_O 8",
                $"{block}ln2.w 8", $"{block}ln2.b 8",
                $"{block}mlp.W_in 8x32", $"{block}mlp.b_in 32", $"{block}mlp.W_out 32x8", $"{block}mlp.b_out 8",
            ]);
        }

        expected.AddRange(["ln_final.w 8", "ln_final.b 8", "unembed.W_U 8x7", "unembed.b_U 7"]);

        Assert.Equal<IEnumerable<string>>(expected, NamesAndShapes(TransformerLensLayout.Of(Numbered(s_lens))));
    }

    [Fact]
    public void Without_norms_TransformerLens_has_none() =>
        Assert.DoesNotContain(NamesAndShapes(TransformerLensLayout.Of(Numbered(s_nanda))), name => name.Contains("ln", StringComparison.Ordinal));

    [Fact]
    public void A_linear_layer_of_PyTorch_is_turned_and_cut_by_heads()
    {
        ModelWeights weights = Numbered(s_openAI);
        ExportedModel model = OpenAILayout.Of(weights);

        for (int input = 0; input < 8; input++)
        {
            for (int output = 0; output < 8; output++)
            {
                float ours = At(weights.Tensors, "blocks.1.W_K", input, output);
                Assert.Equal(ours, At(model.Tensors, $"decoder.blocks.1.self_attn.attn_heads.{output / 4}.Wk.weight", output % 4, input));
                Assert.Equal(
                    At(weights.Tensors, "blocks.1.W_O", input, output), At(model.Tensors, "decoder.blocks.1.self_attn.Wo.weight", output, input));
            }

            Assert.Equal(At(weights.Tensors, "blocks.0.W_in", input, 17), At(model.Tensors, "decoder.blocks.0.ffn.ffn.0.weight", 17, input));
            Assert.Equal(At(weights.Tensors, "blocks.0.W_out", 17, input), At(model.Tensors, "decoder.blocks.0.ffn.ffn.2.weight", input, 17));
            Assert.Equal(At(weights.Tensors, "W_E", 3, input), At(model.Tensors, "embedding.weight", 3, input));
            Assert.Equal(At(weights.Tensors, "W_U", input, 3), At(model.Tensors, "linear.weight", 3, input));
        }

        Assert.Equal(1, At(model.Tensors, "self_attn_mask", 20, 20));
        Assert.Equal(0, At(model.Tensors, "self_attn_mask", 20, 21));
        Assert.Equal(Math.Sin(3 / Math.Pow(10_000, 2.0 / 8)), At(model.Tensors, "position_encoding", 3, 2), 1e-6);
        Assert.Equal(Math.Cos(3 / Math.Pow(10_000, 2.0 / 8)), At(model.Tensors, "position_encoding", 3, 3), 1e-6);
    }

    [Fact]
    public void A_head_of_TransformerLens_has_an_axis_of_its_own()
    {
        ModelWeights weights = Numbered(s_lens);
        ExportedModel model = TransformerLensLayout.Of(weights);

        for (int stream = 0; stream < 8; stream++)
        {
            for (int h = 0; h < 2; h++)
            {
                for (int i = 0; i < 4; i++)
                {
                    Assert.Equal(At(weights.Tensors, "blocks.1.W_Q", stream, (h * 4) + i), At(model.Tensors, "blocks.1.attn.W_Q", h, stream, i));
                    Assert.Equal(At(weights.Tensors, "blocks.1.W_O", (h * 4) + i, stream), At(model.Tensors, "blocks.1.attn.W_O", h, i, stream));
                }
            }
        }
    }

    [Fact]
    public void What_our_model_has_not_does_nothing_in_theirs()
    {
        ExportedModel plain = TransformerLensLayout.Of(Numbered(s_lens with { NormAffine = false }));
        ExportedModel biased = TransformerLensLayout.Of(Numbered(s_lens with { AttentionBiases = true, MlpBiases = true, UnembedBias = true }));

        foreach (NamedTensor tensor in plain.Tensors.Where(tensor => tensor.Name.Contains(".b", StringComparison.Ordinal)))
        {
            Assert.All(tensor.Values.ToArray(), value => Assert.Equal(0, value));
            Assert.DoesNotContain(0, biased.Tensors.Single(other => string.Equals(other.Name, tensor.Name, StringComparison.Ordinal)).Values.ToArray());
        }

        Assert.All(plain.Tensors.Single(tensor => string.Equals(tensor.Name, "blocks.0.ln1.w", StringComparison.Ordinal)).Values.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Every_weight_is_there_once()
    {
        TransformerConfig everything = s_lens with { AttentionBiases = true, MlpBiases = true, UnembedBias = true, Positions = PositionKind.Learned };
        ModelWeights lens = Numbered(everything), openAI = Numbered(s_openAI);

        Assert.Equal(Values(lens.Tensors), Values(TransformerLensLayout.Of(lens).Tensors));
        Assert.Equal(
            Values(openAI.Tensors),
            Values(OpenAILayout.Of(openAI).Tensors.Where(tensor => tensor.Name is not ("position_encoding" or "self_attn_mask"))));

        static IEnumerable<float> Values(IEnumerable<NamedTensor> tensors) => tensors.SelectMany(tensor => tensor.Values.ToArray()).Order();
    }

    [Fact]
    public void The_arguments_make_the_same_model()
    {
        using var openAI = JsonDocument.Parse(OpenAILayout.Of(Numbered(s_openAI with { Dropout = 0.1 })).ConfigJson);
        using var lens = JsonDocument.Parse(TransformerLensLayout.Of(Numbered(s_nanda)).ConfigJson);

        Assert.Equal(
            """{"n_layers":2,"n_heads":2,"d_model":8,"dropout":0.1,"max_context_len":50,"vocab_len":7,"non_linearity":"relu"}""",
            openAI.RootElement.GetRawText());
        Assert.Equal(
            """{"n_layers":1,"d_model":8,"n_ctx":4,"d_head":4,"n_heads":2,"d_mlp":32,"d_vocab":7,"d_vocab_out":7,"act_fn":"relu","normalization_type":null,"eps":1E-05,"positional_embedding_type":"standard","attention_dir":"causal"}""",
            lens.RootElement.GetRawText());
    }

    [Theory]
    [MemberData(nameof(NoOpenAIModels))]
    public void What_openai_grok_cannot_be_is_said(string what, TransformerConfig config) =>
        Assert.Contains(what, OpenAILayout.Misfit(config), StringComparison.Ordinal);

    [Fact]
    public void What_TransformerLens_cannot_be_is_said()
    {
        Assert.Contains("after the residual sums", TransformerLensLayout.Misfit(s_openAI), StringComparison.Ordinal);
        Assert.Contains("no final norm", TransformerLensLayout.Misfit(s_lens with { FinalNorm = false }), StringComparison.Ordinal);
        Assert.Contains("Tanh", TransformerLensLayout.Misfit(s_nanda with { Activation = ActivationKind.Tanh }), StringComparison.Ordinal);
        Assert.Contains("Quadratic", TransformerLensLayout.Misfit(s_lens with { Activation = ActivationKind.Quadratic }), StringComparison.Ordinal);
        Assert.Contains("only a final norm", TransformerLensLayout.Misfit(s_nanda with { FinalNorm = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_models_of_the_presets_fit_one_of_the_two()
    {
        Assert.Null(OpenAILayout.Misfit((TransformerConfig)Presets.PaperText.Model));
        Assert.Null(OpenAILayout.Misfit((TransformerConfig)Presets.OpenAICode.Model));
        Assert.Null(TransformerLensLayout.Misfit((TransformerConfig)Presets.Small.Model));
        Assert.Null(TransformerLensLayout.Misfit(s_nanda));
    }

    [Fact]
    public void Weights_of_another_model_are_refused_by_name()
    {
        IReadOnlyList<NamedTensor> tensors = Numbered(s_openAI).Tensors;

        Refused("W_E", []);
        Refused("blocks.0.W_V", [.. tensors.Where(tensor => !string.Equals(tensor.Name, "blocks.0.W_V", StringComparison.Ordinal))]);
        Refused("odd", [.. tensors, new NamedTensor("odd", [1], new float[1])]);
        Refused("W_U", [.. tensors.Select(tensor => string.Equals(tensor.Name, "W_U", StringComparison.Ordinal) ? tensor with { Shape = [7, 8] } : tensor)]);
        Refused("W_E", [.. tensors, tensors[0]]);

        static void Refused(string name, IReadOnlyList<NamedTensor> tensors) =>
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => new ModelWeights(s_openAI, Length, tensors)).Message, StringComparison.Ordinal);
    }

    // Every element of every tensor is another number, none of them 0 or 1.
    private static ModelWeights Numbered(TransformerConfig config)
    {
        IReadOnlyList<ParameterTensor> layout = new Transformer(config, Vocabulary, Length, [Length - 1], maxExamples: 1).Layout.Tensors;
        return new ModelWeights(config, Length,
        [
            .. layout.Select(place => new NamedTensor(
                place.Name,
                place.Columns == 1 ? [place.Rows] : [place.Rows, place.Columns],
                Enumerable.Range(place.Offset + 2, place.Count).Select(i => (float)i).ToArray())),
        ]);
    }

    private static float At(IReadOnlyList<NamedTensor> tensors, string name, params int[] index)
    {
        NamedTensor tensor = tensors.Single(tensor => string.Equals(tensor.Name, name, StringComparison.Ordinal));
        Assert.Equal(index.Length, tensor.Shape.Count);
        int at = index.Zip(tensor.Shape).Aggregate(0, (at, next) => (at * next.Second) + next.First);
        return tensor.Values.Span[at];
    }

    private static IEnumerable<string> NamesAndShapes(ExportedModel model) =>
        model.Tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)}");
}
