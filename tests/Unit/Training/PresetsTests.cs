using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class PresetsTests
{
    public static TheoryData<Experiment> All { get; } = [Presets.PaperText, Presets.OpenAICode, Presets.Figure1Left, Presets.Small];

    [Fact]
    public void The_papers_text_is_taken_at_its_word()
    {
        Experiment paper = Presets.PaperText;
        AdamW optimizer = Assert.IsType<AdamW>(paper.Optimizer);

        Assert.Equal(97, paper.Operation.ElementCount);
        Assert.Equal(SequenceConvention.PaperText, paper.Convention);
        Assert.Equal((2, 128, 4, 32, 512), (paper.Model.NLayers, paper.Model.DModel, paper.Model.NHeads, paper.Model.DHead, paper.Model.DMlp));
        Assert.Equal(1e-3, optimizer.LearningRate);
        Assert.Equal(1, optimizer.WeightDecay);
        Assert.Equal(DecayTarget.Origin, optimizer.DecayTarget);
        Assert.Equal((0.9, 0.98), (optimizer.Beta1, optimizer.Beta2));
        Assert.Equal(10, paper.Schedule.WarmupSteps);
        Assert.Null(paper.Schedule.AnnealedAtStep);
        Assert.Equal((BatchRule.Paper, 512), (paper.Batches, paper.BatchSize));
        Assert.Equal(100_000, paper.Steps);
        Assert.Null(paper.ClipNorm);
        Assert.Equal((0, 0, 0), (paper.WeightNoise, paper.Model.Dropout, optimizer.UpdateNoise));
        Assert.Equal(StoppingRule.AtBudget, paper.Stopping);
    }

    [Fact]
    public void Openais_code_fills_in_what_the_text_leaves_out()
    {
        TransformerConfig model = Presets.OpenAICode.Model;

        Assert.Equal(SequenceConvention.OpenAICode, Presets.OpenAICode.Convention);
        Assert.Equal((NormPlacement.Post, true, false), (model.Norm, model.NormAffine, model.FinalNorm));
        Assert.Equal((ActivationKind.Relu, PositionKind.Sinusoidal), (model.Activation, model.Positions));
        Assert.False(model.AttentionBiases || model.MlpBiases || model.UnembedBias);
        Assert.Equal(InitializationKind.PyTorchDefault, model.Initialization);
        Assert.Equal(455_424, new TrainingRun(Presets.OpenAICode).Layout.Count);
    }

    [Fact]
    public void Figure_1_left_is_Adam_without_decay_for_a_million_updates()
    {
        Assert.Equal(Operations.Divide, Presets.Figure1Left.Operation);
        Assert.Equal(new AdamW { WeightDecay = 0 }, Presets.Figure1Left.Optimizer);
        Assert.Equal(1_000_000, Presets.Figure1Left.Steps);
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Every_preset_is_valid(Experiment preset) => preset.Validate();
}
