using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class TransformerTests
{
    private static readonly TransformerConfig Tiny = new() { NLayers = 1, DModel = 16, NHeads = 2, MlpMultiplier = 2 };

    public static TheoryData<SequenceConvention, NormPlacement, int> Plans
    {
        get
        {
            var plans = new TheoryData<SequenceConvention, NormPlacement, int>();
            foreach (SequenceConvention convention in Enum.GetValues<SequenceConvention>())
            {
                foreach (NormPlacement norm in Enum.GetValues<NormPlacement>())
                {
                    for (int layers = 1; layers <= 3; layers++)
                    {
                        plans.Add(convention, norm, layers);
                    }
                }
            }

            return plans;
        }
    }

    // A dropout whose masks keep everything is the plan without sharing: a row per example and position.
    [Theory]
    [MemberData(nameof(Plans))]
    public void Shared_prefixes_give_the_loss_of_separate_ones_exactly_and_their_gradient(SequenceConvention convention, NormPlacement norm, int layers)
    {
        TransformerConfig config = Tiny with { NLayers = layers, Norm = norm, FinalNorm = norm == NormPlacement.Pre, MlpBiases = true, AttentionBiases = true };
        ModelBatch batch = ModelBatch.Drawn(Operations.Divide, convention, count: 50);
        Transformer shared = NewModel(config, batch, 50), separate = NewModel(config with { Dropout = 1e-9 }, batch, 50);
        foreach (Matrix mask in separate.KeepMasks)
        {
            for (int row = 0; row < mask.Rows; row++)
            {
                mask.Row(row).Fill(1);
            }
        }

        float[] parameters = Initialized(shared), gradient = new float[parameters.Length], separateGradient = new float[parameters.Length];
        Scores scores = Pass(shared, batch, parameters, gradient), separateScores = Pass(separate, batch, parameters, separateGradient);

        Assert.Equal(separateScores, scores);
        foreach (ParameterTensor tensor in shared.Layout.Tensors)
        {
            AssertClose(tensor, separateGradient, gradient);
        }
    }

    [Theory]
    [InlineData(NormPlacement.Post)]
    [InlineData(NormPlacement.Pre)]
    [InlineData(NormPlacement.None)]
    public void Evaluating_in_several_passes_gives_the_scores_of_one_pass(NormPlacement norm)
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, SequenceConvention.OpenAICode, count: 50);
        Transformer inOne = NewModel(Tiny with { Norm = norm }, batch, 50), inEight = NewModel(Tiny with { Norm = norm }, batch, 7);
        float[] parameters = Initialized(inOne);
        inOne.Load(parameters, forTraining: false);
        inEight.Load(parameters, forTraining: false);

        Scores expected = inOne.Evaluate(parameters, batch.Tokens, batch.Targets);

        Assert.Equal(expected, inEight.Evaluate(parameters, batch.Tokens, batch.Targets));
    }

    [Fact]
    public void The_loss_of_a_training_pass_is_that_of_an_evaluation()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, SequenceConvention.PaperText, count: 50);
        Transformer model = NewModel(Tiny, batch, 50);
        float[] parameters = Initialized(model);
        Scores training = Pass(model, batch, parameters, new float[parameters.Length]);

        Scores evaluation = model.Evaluate(parameters, batch.Tokens, batch.Targets);

        // A sum times 1/N there, divided by N here.
        Assert.Equal(evaluation.Loss, training.Loss, 1e-14);
        Assert.Equal(evaluation.Correct, training.Correct);
    }

    [Fact]
    public void A_weight_too_small_to_be_felt_counts_as_none()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, SequenceConvention.PaperText, count: 25);
        Transformer model = NewModel(Tiny, batch, 25);
        float[] whole = Initialized(model), dying = [.. whole], dead = [.. whole], dyingGradient = new float[whole.Length], deadGradient = new float[whole.Length];
        ParameterTensor into = model.Layout.Tensors.Single(tensor => tensor.Name.EndsWith("W_in", StringComparison.Ordinal));
        for (int row = 0; row < into.Rows; row++)
        {
            // All that goes into hidden unit 0.
            (dying[into.Offset + (row * into.Columns)], dead[into.Offset + (row * into.Columns)]) = (0.9e-14f, 0);
        }

        Scores ofDying = Pass(model, batch, dying, dyingGradient), ofDead = Pass(model, batch, dead, deadGradient);

        Assert.Equal(ofDead, ofDying);
        Assert.Equal(deadGradient, dyingGradient);
        Assert.NotEqual(ofDead.Loss, Pass(model, batch, whole, deadGradient).Loss);
    }

    [Fact]
    public void A_sequence_counts_as_right_only_where_all_its_scored_tokens_are()
    {
        ModelBatch batch = ModelBatch.Of(Operations.Subtract, SequenceConvention.OpenAICode, [0, 1]);
        Transformer model = NewModel(Tiny with { UnembedBias = true }, batch, 2);
        float[] parameters = new float[model.Layout.Count];
        ParameterTensor bias = model.Layout.Tensors[^1];

        // Every answer is the end token: right for the second scored token alone.
        bias.In(parameters.AsSpan())[OpenAIVocabulary.EndOfSequence] = 1;
        model.Load(parameters, forTraining: false);

        Assert.Equal(0, model.Evaluate(parameters, batch.Tokens, batch.Targets).Correct);
        Assert.Equal(2, model.Evaluate(parameters, batch.Tokens, new int[4]).Correct);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Training_and_evaluation_allocate_nothing(double dropout)
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, SequenceConvention.PaperText, count: 50);
        Transformer model = NewModel(Tiny with { NLayers = 2, Dropout = dropout }, batch, 50);
        var stream = new RandomStream(seed: 1, "dropout");
        float[] parameters = Initialized(model), gradient = new float[parameters.Length];

        Assert.Equal(0, AllocatedBytes.LeastOf(Step));

        void Step()
        {
            model.DrawDropout(stream, examples: 50);
            model.Load(parameters, forTraining: true);
            model.LossAndGradient(parameters, batch.Tokens, batch.Targets, gradient);
            model.Evaluate(parameters, batch.Tokens, batch.Targets);
        }
    }

    [Fact]
    public void A_model_of_inverse_square_root_scale_starts_as_a_uniform_guess()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Add, SequenceConvention.PaperText, count: 200);
        TransformerConfig config = new()
        {
            NLayers = 1,
            Norm = NormPlacement.None,
            Positions = PositionKind.Learned,
            Initialization = InitializationKind.InverseSqrtWidth,
        };
        Transformer model = NewModel(config, batch, 200);
        float[] parameters = Initialized(model);
        model.Load(parameters, forTraining: false);

        // Logits of variance |x|²/V add half of it to ln V: with |x|² of a few units, some hundredths.
        Assert.InRange(model.Evaluate(parameters, batch.Tokens, batch.Targets).Loss, Math.Log(99) - 0.05, Math.Log(99) + 0.1);
    }

    [Fact]
    public void Dropout_masks_keep_the_documented_share_scaled_up_and_differ_between_rows()
    {
        const double p = 0.3;
        ModelBatch batch = ModelBatch.Drawn(Operations.Add, SequenceConvention.PaperText, count: 100);
        Transformer model = NewModel(Tiny with { NLayers = 2, Dropout = p }, batch, 100);

        model.DrawDropout(new RandomStream(seed: 1, "dropout"), examples: 100);

        // The last block makes the scored rows only.
        float[] first = Rows(model.KeepMasks[0], 400), last = Rows(model.KeepMasks[1], 100);
        Assert.All([.. first, .. last], factor => Assert.True(factor is 0 or (float)(1 / (1 - p))));

        // Four standard deviations of a share of 8,000.
        Assert.InRange(first.Concat(last).Count(factor => factor > 0) / 8000.0, 0.7 - 0.0205, 0.7 + 0.0205);
        Assert.True(first.Chunk(16).Select(row => string.Join(' ', row)).Distinct(StringComparer.Ordinal).Count() > 250);
    }

    [Fact]
    public void Dropout_changes_training_and_leaves_evaluation()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Add, SequenceConvention.PaperText, count: 50);
        Transformer plain = NewModel(Tiny, batch, 50), dropping = NewModel(Tiny with { Dropout = 0.5 }, batch, 50);
        float[] parameters = Initialized(plain), gradient = new float[parameters.Length];
        dropping.DrawDropout(new RandomStream(seed: 1, "dropout"), examples: 50);

        Assert.NotEqual(Pass(plain, batch, parameters, gradient).Loss, Pass(dropping, batch, parameters, gradient).Loss);
        Assert.Equal(plain.Evaluate(parameters, batch.Tokens, batch.Targets), dropping.Evaluate(parameters, batch.Tokens, batch.Targets));
    }

    [Theory]
    [InlineData(1, 4, 8)]
    [InlineData(5, 0, 8)]
    [InlineData(5, 4, 0)]
    public void A_size_out_of_range_is_refused(int vocabularySize, int length, int maxExamples) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Transformer(Tiny, vocabularySize, length, [0], maxExamples));

    private static Transformer NewModel(TransformerConfig config, ModelBatch batch, int maxExamples) => new(
        config, batch.Sequences.VocabularySize, batch.Sequences.Length, batch.Sequences.ReadPositions.ToArray(), maxExamples);

    private static float[] Initialized(Transformer model)
    {
        float[] parameters = new float[model.Layout.Count];
        model.Initialize(seed: 7, parameters);
        return parameters;
    }

    private static Scores Pass(Transformer model, ModelBatch batch, float[] parameters, float[] gradient)
    {
        model.Load(parameters, forTraining: true);
        return model.LossAndGradient(parameters, batch.Tokens, batch.Targets, gradient);
    }

    // The sums over rows have other orders and lengths: up to 300 roundings of 6e-8, of both signs, through three layers.
    private static void AssertClose(ParameterTensor tensor, float[] expected, float[] actual)
    {
        ReadOnlySpan<float> e = tensor.In((ReadOnlySpan<float>)expected), a = tensor.In((ReadOnlySpan<float>)actual);
        double scale = 0, worst = 0;
        for (int i = 0; i < e.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(e[i]));
            worst = Math.Max(worst, Math.Abs((double)e[i] - a[i]));
        }

        // The softmax does not see b_K: its gradient is 0, and what there is of it is rounding.
        scale = tensor.Name.EndsWith("b_K", StringComparison.Ordinal) ? 1e-2 : scale;
        Assert.True(scale > 0, $"{tensor.Name} has no gradient.");
        Assert.True(worst <= 1e-5 * scale, FormattableString.Invariant($"{tensor.Name}: off by {worst:E2} of {scale:E2}."));
    }

    private static float[] Rows(Matrix mask, int count) => [.. Enumerable.Range(0, count).SelectMany(row => mask.Row(row).ToArray())];
}
