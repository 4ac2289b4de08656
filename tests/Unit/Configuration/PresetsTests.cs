using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Configuration;

[Trait("Category", "Unit")]
public sealed class PresetsTests
{
    public static TheoryData<string> Names { get; } = [.. Presets.Named.Keys];

    [Fact]
    public void The_papers_text_is_taken_at_its_word()
    {
        Experiment paper = Presets.PaperText;
        TransformerConfig model = Assert.IsType<TransformerConfig>(paper.Model);
        AdamW optimizer = Assert.IsType<AdamW>(paper.Optimizer);

        Assert.Equal(97, paper.Task.AnswerCount);
        Assert.Equal(SequenceConvention.PaperText, paper.Convention);
        Assert.Equal((2, 128, 4, 32, 512), (model.NLayers, model.DModel, model.NHeads, model.DHead, model.DMlp));
        Assert.Equal(1e-3, optimizer.LearningRate);
        Assert.Equal(1, optimizer.WeightDecay);
        Assert.Equal(DecayTarget.Origin, optimizer.DecayTarget);
        Assert.Equal((0.9, 0.98), (optimizer.Beta1, optimizer.Beta2));
        Assert.Equal(10, paper.Schedule.WarmupSteps);
        Assert.Null(paper.Schedule.AnnealedAtStep);
        Assert.Equal((BatchRule.Paper, 512), (paper.Batches, paper.BatchSize));
        Assert.Equal(100_000, paper.Steps);
        Assert.Null(paper.ClipNorm);
        Assert.Equal((0, 0, 0), (paper.WeightNoise, model.Dropout, optimizer.UpdateNoise));
        Assert.Equal(StoppingRule.AtBudget, paper.Stopping);
    }

    [Fact]
    public void Openais_code_fills_in_what_the_text_leaves_out()
    {
        TransformerConfig model = Assert.IsType<TransformerConfig>(Presets.OpenAICode.Model);

        Assert.Equal(SequenceConvention.OpenAICode, Presets.OpenAICode.Convention);
        Assert.Equal((NormPlacement.Post, true, false), (model.Norm, model.NormAffine, model.FinalNorm));
        Assert.Equal((ActivationKind.Relu, PositionKind.Sinusoidal), (model.Activation, model.Positions));
        Assert.False(model.AttentionBiases || model.MlpBiases || model.UnembedBias);
        Assert.Equal(InitializationKind.PyTorchDefault, model.Initialization);

        // About 4·10⁵ non-embedding parameters (A.1.2): two blocks of 3 · 4 · 128 · 32 + 128² for attention, 2 · 4 · 128² for the MLP and four norm vectors.
        ParameterLayout layout = new TrainingRun(Presets.OpenAICode).Layout;
        Assert.Equal(455_424, layout.Count);
        Assert.Equal(394_240, layout.Tensors.Where(tensor => tensor.Name is not ("W_E" or "W_U")).Sum(tensor => tensor.Count));
        Assert.Equal(394_240, 2 * ((3 * 4 * 128 * 32) + (128 * 128) + (2 * 4 * 128 * 128) + (4 * 128)));
    }

    [Fact]
    public void Figure_1_left_is_Adam_without_decay_for_a_million_updates()
    {
        Assert.Equal(Operations.Divide, Presets.Figure1Left.Task);
        Assert.Equal(new AdamW { WeightDecay = 0 }, Presets.Figure1Left.Optimizer);
        Assert.Equal(1_000_000, Presets.Figure1Left.Steps);
    }

    [Fact]
    public void Figure_2_right_is_a_product_of_permutations_by_the_default_optimiser()
    {
        Assert.Equal("x*y in S5", Presets.Figure2Right.Task.Name);
        Assert.Equal(14_400, new EquationTable((Operation)Presets.Figure2Right.Task).Count);
        Assert.Equal(Presets.PaperText, Presets.Figure2Right with { Task = Presets.PaperText.Task });
    }

    [Fact]
    public void Nandas_model_is_one_layer_without_norms_on_full_batches()
    {
        Experiment nanda = Presets.Nanda2023;
        TransformerConfig model = Assert.IsType<TransformerConfig>(nanda.Model);
        AdamW optimizer = Assert.IsType<AdamW>(nanda.Optimizer);

        Assert.Equal("x+y mod 113", nanda.Task.Name);
        Assert.Equal(0.3, nanda.TrainFraction);
        Assert.Equal((1, 128, 4, 32, 512), (model.NLayers, model.DModel, model.NHeads, model.DHead, model.DMlp));
        Assert.Equal((NormPlacement.None, false), (model.Norm, model.FinalNorm));
        Assert.Equal((PositionKind.Learned, ActivationKind.Relu), (model.Positions, model.Activation));
        Assert.Equal((false, true, false), (model.AttentionBiases, model.MlpBiases, model.UnembedBias));
        Assert.Equal(InitializationKind.InverseSqrtWidth, model.Initialization);
        Assert.Equal((1e-3, 1.0, 0.9, 0.98), (optimizer.LearningRate, optimizer.WeightDecay, optimizer.Beta1, optimizer.Beta2));
        Assert.Equal((BatchRule.Full, 10, 40_000), (nanda.Batches, nanda.Schedule.WarmupSteps, nanda.Steps));

        // Theirs has 226,816: 114 tokens in and out, 3 positions. Here the sign is one more of each.
        Assert.Equal(226_816 + (128 * 3), new TrainingRun(nanda).Layout.Count);
    }

    // Liu et al. 2022, §3 and their released notebooks.
    [Fact]
    public void Lius_toy_model_adds_scalar_embeddings_and_aims_at_vectors()
    {
        Experiment liu = Presets.Liu2022;
        MlpConfig model = Assert.IsType<MlpConfig>(liu.Model);
        EmbeddingsApart optimizer = Assert.IsType<EmbeddingsApart>(liu.Optimizer);
        var table = new EquationTable((Operation)liu.Task);

        Assert.Equal((55, 45), (table.Count, Split.Draw(table, liu.TrainFraction, liu.Seed).Train.Length));
        Assert.Equal((MlpInput.SummedEmbeddings, 1, ActivationKind.Tanh, true), (model.Input, model.DEmbed, model.Activation, model.Biases));
        Assert.Equal((LossKind.SquaredError, 30), (liu.Loss, liu.TemplateWidth));
        Assert.Equal((1.0, 1e-3, 1e-4), (optimizer.LearningRate, optimizer.Embeddings.LearningRate, optimizer.Others.LearningRate));
        Assert.Equal((BatchRule.Full, 0), (liu.Batches, liu.Schedule.WarmupSteps));

        // 10 numbers have 19 sums; the decoder is 1-200-200-30.
        Assert.Equal(
            [("W_E", 10), ("W_in", 200), ("b_in", 200), ("W_1", 40_000), ("b_1", 200), ("W_2", 6_000), ("b_2", 30)],
            new TrainingRun(liu).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Count)));
    }

    // Liu et al. 2023, §2 and the notebook of its teacher and student.
    [Fact]
    public void Lius_student_begins_twice_as_large_as_its_teacher()
    {
        Experiment liu = Presets.Liu2023;
        MlpConfig model = Assert.IsType<MlpConfig>(liu.Model);
        AdamW optimizer = Assert.IsType<AdamW>(liu.Optimizer);

        Assert.Equal("teacher 5-100-100-5 on 200 inputs", liu.Task.Name);
        Assert.Equal((0.5, 2.0, false), (liu.TrainFraction, liu.InitializationScale, liu.ConstantNorm));
        Assert.Equal(
            (MlpInput.Vectors, 2, 100, ActivationKind.Tanh, true, MlpInitialization.PyTorchDefault),
            (model.Input, model.NLayers, model.DHidden, model.Activation, model.Biases, model.Initialization));
        Assert.Equal((1.0, false, false), (model.ReadoutScale, model.FrozenReadout, model.StartsAtZero));
        Assert.Equal((LossKind.SquaredError, (int?)null), (liu.Loss, liu.TemplateWidth));
        Assert.Equal((3e-4, 0.05, 0.999), (optimizer.LearningRate, optimizer.WeightDecay, optimizer.Beta2));
        Assert.Equal((BatchRule.Full, 0, 100_000), (liu.Batches, liu.Schedule.WarmupSteps, liu.Steps));
        Assert.Equal(
            [("W_in", 500), ("b_in", 100), ("W_1", 10_000), ("b_1", 100), ("W_2", 500), ("b_2", 5)],
            new TrainingRun(liu).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Count)));
    }

    [Fact]
    public void Doshis_network_has_quadratic_units_on_one_hot_vectors_and_no_biases()
    {
        Experiment doshi = Presets.Doshi2023;
        MlpConfig model = Assert.IsType<MlpConfig>(doshi.Model);
        AdamW optimizer = Assert.IsType<AdamW>(doshi.Optimizer);

        Assert.Equal("x+y mod 97", doshi.Task.Name);
        Assert.Equal((MlpInput.OneHot, 1, 500, ActivationKind.Quadratic, false), (model.Input, model.NLayers, model.DHidden, model.Activation, model.Biases));
        Assert.Equal(MlpInitialization.MeanField, model.Initialization);
        Assert.Equal((LossKind.SquaredError, (int?)null), (doshi.Loss, doshi.TemplateWidth));
        Assert.Equal((1e-2, 5.0, DecayTarget.Origin), (optimizer.LearningRate, optimizer.WeightDecay, optimizer.DecayTarget));
        Assert.Equal((0.5, BatchRule.Full, 0), (doshi.TrainFraction, doshi.Batches, doshi.Schedule.WarmupSteps));
        Assert.Equal([("W_in", 2 * 97 * 500), ("W_1", 500 * 97)], new TrainingRun(doshi).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Count)));
    }

    [Fact]
    public void Prietos_MLP_has_two_layers_of_rectifiers_on_one_hot_vectors()
    {
        Experiment prieto = Presets.Prieto2025;
        MlpConfig model = Assert.IsType<MlpConfig>(prieto.Model);
        AdamW optimizer = Assert.IsType<AdamW>(prieto.Optimizer);

        Assert.Equal("x+y mod 113", prieto.Task.Name);
        Assert.Equal(new MlpConfig { NLayers = 2, DHidden = 200, Activation = ActivationKind.Relu }, model);
        Assert.Equal((LossKind.CrossEntropy, false), (prieto.Loss, prieto.OrthogonalGradient));
        Assert.Equal((5e-3, 0.0), (optimizer.LearningRate, optimizer.WeightDecay));
        Assert.Equal((0.4, BatchRule.Full), (prieto.TrainFraction, prieto.Batches));
        Assert.Equal(
            [("W_in", 2 * 113 * 200), ("W_1", 200 * 200), ("W_2", 200 * 113)], new TrainingRun(prieto).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Count)));
    }

    [Fact]
    public void Standers_network_has_an_embedding_for_each_operand()
    {
        Experiment stander = Presets.Stander2024;

        Assert.Equal("x*y in S5", stander.Task.Name);
        Assert.Equal(new MlpConfig { Input = MlpInput.SeparateEmbeddings, DEmbed = 256, DHidden = 128 }, stander.Model);
        Assert.Equal((0.4, BatchRule.Full, LossKind.CrossEntropy), (stander.TrainFraction, stander.Batches, stander.Loss));
        Assert.Equal(
            [("W_E.0", 120 * 256), ("W_E.1", 120 * 256), ("W_in", 2 * 256 * 128), ("W_1", 128 * 120)],
            new TrainingRun(stander).Layout.Tensors.Select(tensor => (tensor.Name, tensor.Count)));
    }

    [Fact]
    public void Presets_have_the_names_of_their_papers_and_figures()
    {
        Assert.Equal(
            ["doshi2023", "kumar2024", "liu2022", "liu2023", "lyu2024", "nanda2023", "openai-code", "paper-text", "power2022-fig1-left", "power2022-fig2-right",
                "prieto2025", "small", "stander2024"],
            Presets.Named.Keys.Where(name => !name.StartsWith("power2022-fig2-left-", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(9, Presets.Named.Keys.Count(name => name.StartsWith("power2022-fig2-left-", StringComparison.Ordinal)));
        Assert.Equal(Presets.Named.Count, Presets.Named.Values.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_is_valid(string name) => Presets.Named[name].Validate();
}
