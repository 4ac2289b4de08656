using Grokking.Models;
using Grokking.Tests.Unit.Models;
using Grokking.TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Grokking.Tests.Torch;

/// <summary>Autograd over the stacked forward pass against the CPU engine's hand-derived backward pass, on equal weights and batches.</summary>
[Trait("Category", "Torch")]
public sealed class GradientParityTests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    // Vectors are no input of this engine; it refuses them by name.
    public static TheoryData<string> Cases => [.. GoldenCase.Names.Where(name => GoldenCase.Load(name) is not MlpGoldenCase { Config.Input: MlpInput.Vectors })];

    public static TheoryData<LossKind> Losses => [.. Enum.GetValues<LossKind>()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_every_gradient_agree_with_the_CPU_engine(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        LossKind kind = golden is MlpGoldenCase mlp ? mlp.Loss : LossKind.CrossEntropy;

        Check(golden, golden.NewModel(), kind, out float[] actual);

        GoldenAgreement.AssertGradient(golden, actual);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void So_they_do_under_every_loss(LossKind kind)
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("post_two_layers");
        OutputLoss loss = kind switch
        {
            LossKind.StableMax => OutputLoss.StableMax(golden.Vocabulary),
            LossKind.SquaredError => OutputLoss.SquaredError(golden.Vocabulary),
            LossKind.FloatCrossEntropy => OutputLoss.FloatCrossEntropy(golden.Vocabulary),
            _ => OutputLoss.CrossEntropy(golden.Vocabulary),
        };
        var model = new Transformer(
            golden.Config, golden.Vocabulary, golden.SequenceLength, golden.ReadPositions, golden.Batches.Max(batch => batch.Tokens.Count), loss);

        Check(golden, model, kind, out _);
    }

    [Fact]
    public void Every_activation_has_its_gradient()
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("post_two_layers");
        foreach (ActivationKind activation in Enum.GetValues<ActivationKind>().Except([ActivationKind.LinearQuadratic]))
        {
            TransformerGoldenCase changed = golden with { Config = golden.Config with { Activation = activation } };
            Check(changed, changed.NewModel(), LossKind.CrossEntropy, out _);
        }
    }

    private void Check(GoldenCase golden, Model model, LossKind kind, out float[] actual)
    {
        GoldenBatch batch = golden.Batches[0];
        float[] parameters = golden.InitialParameters(), expected = new float[parameters.Length];
        int[] tokens = [.. batch.Tokens.SelectMany(row => row)], targets = [.. batch.Targets.SelectMany(row => row)];
        model.Load(parameters, forTraining: true);
        golden.Prepare(model, batch);
        double expectedLoss = model.LossAndGradient(parameters, tokens, targets, expected).Loss;

        using global::TorchSharp.DisposeScope scope = NewDisposeScope();
        int B = batch.Tokens.Count, T = golden.SequenceLength, reads = batch.Targets[0].Count, P = parameters.Length;
        using StackedModel stack = golden switch
        {
            TransformerGoldenCase transformer => new TransformerStack(
                transformer.Config, golden.Vocabulary, T, transformer.ReadPositions, TestDevice.Value),
            _ => new MlpStack(((MlpGoldenCase)golden).Config, model.Layout, TestDevice.Value),
        };
        var stacked = new StackedBatch(
            tensor(tokens, [1, B, T]).to(TestDevice.Value).to(ScalarType.Int64),
            tensor(targets, [1, B, reads]).to(TestDevice.Value).to(ScalarType.Int64),
            full([1, B, 1], 1.0 / (B * reads), ScalarType.Float64, TestDevice.Value),
            golden is TransformerGoldenCase dropping ? Keep(dropping, batch) : null,
            golden is MlpGoldenCase { TemplateWidth: { } width }
                ? tensor(GoldenInputs.Symmetric(P, golden.Vocabulary * width), [1, golden.Vocabulary, width]).to(TestDevice.Value)
                : null);
        (Tensor losses, Tensor gradient) = Ensemble.LossAndGradient(
            stack, new StackedLoss(kind), tensor(parameters, [1, P]).to(TestDevice.Value), stacked);
        actual = gradient.cpu().data<float>().ToArray();

        double lossError = RelativeError.Of(expectedLoss, losses.cpu().item<double>());
        (double error, string worst) = RelativeError.Worst(model.Layout, expected, actual);
        output.WriteLine(FormattableString.Invariant($"{golden.Name}: loss {lossError:E1}, worst gradient {error:E1} ({worst})"));
        Assert.True(lossError <= Limit, FormattableString.Invariant($"The loss is off by {lossError:E1}."));
        Assert.True(error <= Limit, FormattableString.Invariant($"The gradient of {worst} is off by {error:E1}."));
    }

    // The file's factors are (L, B, T, d); the last block has the read positions only.
    private static Tensor[]? Keep(TransformerGoldenCase golden, GoldenBatch batch)
    {
        if (golden.Config.Dropout == 0)
        {
            return null;
        }

        int layers = golden.Config.NLayers;
        Tensor factors = tensor(
            golden.DropoutFactors(batch), [layers, 1, batch.Tokens.Count, golden.SequenceLength, golden.Config.DModel]).to(TestDevice.Value);
        Tensor reads = tensor(golden.ReadPositions.Select(position => (long)position).ToArray()).to(TestDevice.Value);
        return [.. Enumerable.Range(0, layers).Select(l => l == layers - 1 ? factors.select(0L, l).index_select(2L, reads) : factors.select(0L, l))];
    }
}
