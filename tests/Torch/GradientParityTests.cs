using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
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

    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    // Dropout has a mask for each example, which shares nothing.
    public static TheoryData<string> SharingCases => [.. TransformerGoldenCase.Names.Where(name => TransformerGoldenCase.Load(name).Config.Dropout == 0)];

    public static TheoryData<string> TransformerCases => [.. TransformerGoldenCase.Names];

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
    [MemberData(nameof(SharingCases))]
    public void So_they_do_with_any_shared_beginning(string name)
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load(name);
        for (int prefix = 1; prefix <= golden.ReadPositions[0]; prefix++)
        {
            Check(golden, golden.NewModel(), LossKind.CrossEntropy, out float[] actual, prefix);

            GoldenAgreement.AssertGradient(golden, actual);
        }
    }

    [Fact]
    public void A_beginning_in_another_place_is_another_loss()
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("post_two_layers");
        using global::TorchSharp.DisposeScope scope = NewDisposeScope();
        using StackedModel stack = NewStack(golden, golden.NewModel().Layout, prefix: 2);
        StackedBatch batch = Batch(golden, stack, prefix: 2);
        Tensor turned = batch.Constants.Prefixes!.roll(1, 1);

        double right = Gradient(stack, LossKind.CrossEntropy, golden.InitialParameters(), batch).Loss;
        double wrong = Gradient(
            stack, LossKind.CrossEntropy, golden.InitialParameters(), batch with { Constants = batch.Constants with { Prefixes = turned } }).Loss;

        Assert.Equal(golden.Losses[0], right, 1e-5 * golden.Losses[0]);
        Assert.True(Math.Abs(wrong - right) > 1e-3 * right, "The beginnings make no difference.");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void So_they_do_under_every_loss(LossKind kind)
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("post_two_layers");
        var model = new Transformer(
            golden.Config,
            golden.Vocabulary,
            golden.SequenceLength,
            golden.ReadPositions,
            golden.Batches.Max(batch => batch.Tokens.Count),
            Of(kind, golden.Vocabulary));

        foreach (BackwardPass backward in Enum.GetValues<BackwardPass>())
        {
            Check(golden, model, kind, out _, backward: backward);
        }
    }

    [Theory]
    [MemberData(nameof(TransformerCases))]
    public void A_derived_gradient_is_that_of_autograd(string name)
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load(name);
        Model model = golden.NewModel();
        for (int prefix = 0; prefix <= (golden.Config.Dropout > 0 ? 0 : golden.ReadPositions[0]); prefix++)
        {
            Check(golden, model, LossKind.CrossEntropy, out float[] expected, prefix);
            Check(golden, model, LossKind.CrossEntropy, out float[] actual, prefix, BackwardPass.Derived);

            GoldenAgreement.AssertGradient(golden, actual);
            (double error, string worst) = RelativeError.Worst(model.Layout, expected, actual);
            Assert.True(error <= Limit, FormattableString.Invariant($"The gradient of {worst} is {error:E1} off autograd's."));
            Assert.NotEqual(expected, actual);
        }
    }

    [Fact]
    public void Every_activation_has_its_gradient()
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("post_two_layers");
        foreach (ActivationKind activation in Enum.GetValues<ActivationKind>().Except([ActivationKind.LinearQuadratic]))
        {
            TransformerGoldenCase changed = golden with { Config = golden.Config with { Activation = activation } };
            Check(changed, changed.NewModel(), LossKind.CrossEntropy, out _);
            Check(changed, changed.NewModel(), LossKind.CrossEntropy, out _, backward: BackwardPass.Derived);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_diagonal_network_has_its_gradient_under_every_loss(LossKind kind)
    {
        const int B = 40;
        var batch = ModelBatch.First(new SparseClassification { Width = 21, Examples = 60 }, B);
        var model = new DiagonalNetwork(batch.Sequences.InputVectors!, Of(kind, classes: 2));
        float[] parameters = GoldenInputs.Symmetric(0, model.Layout.Count), expected = new float[parameters.Length];
        model.Load(parameters, forTraining: true);
        double expectedLoss = model.LossAndGradient(parameters, batch.Tokens, batch.Targets, expected).Loss;

        using global::TorchSharp.DisposeScope scope = NewDisposeScope();
        using var stack = new DiagonalStack(model.Layout);
        Compare(
            kind.ToString(),
            model.Layout,
            (expectedLoss, expected),
            Gradient(stack, kind, parameters, Batch(batch.Tokens, batch.Targets, B, StackedConstants.None with { Inputs = Rows(batch.Sequences.InputVectors!) })));
    }

    [Fact]
    public void A_network_that_starts_at_zero_needs_its_start()
    {
        var golden = (MlpGoldenCase)GoldenCase.Load("committee_from_zero");
        using global::TorchSharp.DisposeScope scope = NewDisposeScope();
        using StackedModel stack = NewStack(golden, golden.NewModel().Layout);
        StackedBatch batch = Batch(golden, stack);

        double with = Gradient(stack, golden.Loss, golden.InitialParameters(), batch).Loss;
        double without = Gradient(
            stack, golden.Loss, golden.InitialParameters(), batch with { Constants = batch.Constants with { StartOutputs = null } }).Loss;

        Assert.Equal(golden.Losses[0], with, 1e-5 * golden.Losses[0]);
        Assert.True(Math.Abs(without - with) > 0.1 * with, "The outputs at the start make no difference.");
    }

    private static OutputLoss Of(LossKind kind, int classes) => kind switch
    {
        LossKind.StableMax => OutputLoss.StableMax(classes),
        LossKind.SquaredError => OutputLoss.SquaredError(classes),
        LossKind.FloatCrossEntropy => OutputLoss.FloatCrossEntropy(classes),
        _ => OutputLoss.CrossEntropy(classes),
    };

    private void Check(GoldenCase golden, Model model, LossKind kind, out float[] actual, int prefix = 0, BackwardPass backward = BackwardPass.Autograd)
    {
        GoldenBatch batch = golden.Batches[0];
        float[] parameters = golden.InitialParameters(), expected = new float[parameters.Length];
        int[] tokens = [.. batch.Tokens.SelectMany(row => row)], targets = [.. batch.Targets.SelectMany(row => row)];
        model.Load(parameters, forTraining: true);
        golden.Prepare(model, batch);
        double expectedLoss = model.LossAndGradient(parameters, tokens, targets, expected).Loss;

        using global::TorchSharp.DisposeScope scope = NewDisposeScope();
        using StackedModel stack = NewStack(golden, model.Layout, prefix, backward);
        (double loss, actual) = Gradient(stack, kind, parameters, Batch(golden, stack, prefix));
        Compare(golden.Name, model.Layout, (expectedLoss, expected), (loss, actual));
    }

    private static StackedModel NewStack(
        GoldenCase golden, ParameterLayout layout, int prefix = 0, BackwardPass backward = BackwardPass.Autograd) => golden switch
    {
        TransformerGoldenCase transformer => new TransformerStack(
            transformer.Config, golden.Vocabulary, golden.SequenceLength, transformer.ReadPositions, TestDevice.Value, prefix, backward),
        _ => new MlpStack(((MlpGoldenCase)golden).Config, layout, Whole((MlpGoldenCase)golden).Layout, TestDevice.Value),
    };

    private static (double Loss, float[] Gradient) Gradient(StackedModel stack, LossKind kind, float[] parameters, StackedBatch batch)
    {
        (Tensor losses, Tensor gradient) = stack.LossAndGradient(
            new StackedLoss(kind), tensor(parameters, [1, parameters.Length]).to(TestDevice.Value), batch);
        return (losses.cpu().item<double>(), gradient.cpu().data<float>().ToArray());
    }

    private void Compare(string name, ParameterLayout layout, (double Loss, float[] Gradient) expected, (double Loss, float[] Gradient) actual)
    {
        double lossError = RelativeError.Of(expected.Loss, actual.Loss);
        (double error, string worst) = RelativeError.Worst(layout, expected.Gradient, actual.Gradient);
        output.WriteLine(FormattableString.Invariant($"{name}: loss {lossError:E1}, worst gradient {error:E1} ({worst})"));
        Assert.True(lossError <= Limit, FormattableString.Invariant($"The loss is off by {lossError:E1}."));
        Assert.True(error <= Limit, FormattableString.Invariant($"The gradient of {worst} is off by {error:E1}."));
    }

    private static StackedBatch Batch(int[] tokens, int[] targets, int count, StackedConstants constants, Tensor[]? keep = null) => new(
        tensor(tokens, [1, count, tokens.Length / count]).to(TestDevice.Value).to(ScalarType.Int64),
        tensor(targets, [1, count, targets.Length / count]).to(TestDevice.Value).to(ScalarType.Int64),
        full([1, count, 1], 1.0 / targets.Length, ScalarType.Float64, TestDevice.Value),
        keep,
        constants);

    // The first batch of the case, with what its network reads besides.
    private static StackedBatch Batch(GoldenCase golden, StackedModel stack, int prefix = 0)
    {
        GoldenBatch batch = golden.Batches[0];
        var shared = SharedPrefixes.Cut([.. batch.Tokens.SelectMany(row => row)], golden.SequenceLength, prefix);
        StackedConstants constants = golden is MlpGoldenCase mlp ? Constants(mlp, stack) : StackedConstants.None;
        if (prefix > 0)
        {
            constants = constants with
            {
                Prefixes = tensor(shared.Table.ToArray(), [1, shared.Count, prefix]).to(TestDevice.Value).to(ScalarType.Int64),
            };
        }

        return Batch(
            shared.Inputs.ToArray(),
            [.. batch.Targets.SelectMany(row => row)],
            batch.Tokens.Count,
            constants,
            golden is TransformerGoldenCase transformer ? Keep(transformer, batch) : null);
    }

    private static StackedConstants Constants(MlpGoldenCase golden, StackedModel stack)
    {
        int P = golden.ParameterCount, V = golden.Vocabulary;
        float[] whole = new float[Whole(golden).Layout.Count];
        Whole(golden).Initialize(seed: 0, whole);
        var constants = new StackedConstants(
            Prefixes: null,
            golden.InputWidth is { } inputs ? Drawn(P + (V * golden.TemplateWidth!.Value), inputs) : null,
            golden.TemplateWidth is { } answers ? Drawn(P, answers) : null,
            golden.Config.FrozenReadout ? tensor(whole[P..], [1, whole.Length - P]).to(TestDevice.Value) : null,
            StartOutputs: null);
        if (!golden.Config.StartsAtZero)
        {
            return constants;
        }

        Tensor tokens = arange(V, dtype: ScalarType.Int64, device: TestDevice.Value).view(1, V, 1);
        Tensor start = stack.Outputs(tensor(golden.InitialParameters(), [1, P]).to(TestDevice.Value), tokens, constants);
        return constants with { StartOutputs = start.squeeze(2L) };

        Tensor Drawn(int first, int width) => tensor(GoldenInputs.Symmetric(first, V * width), [1, V, width]).to(TestDevice.Value);
    }

    // The network of the case with its readout among the parameters.
    private static Model Whole(MlpGoldenCase golden) =>
        golden.Config.FrozenReadout
            ? new Mlp(
                golden.Config with { FrozenReadout = false },
                golden.Vocabulary,
                golden.SequenceLength,
                OutputLoss.SquaredError(new Matrix(golden.Vocabulary, golden.TemplateWidth!.Value)),
                new Matrix(golden.Vocabulary, golden.InputWidth!.Value))
            : golden.NewModel();

    private static Tensor Rows(Matrix matrix)
    {
        float[] elements = new float[matrix.Rows * matrix.Columns];
        matrix.CopyTo(elements);
        return tensor(elements, [1, matrix.Rows, matrix.Columns]).to(TestDevice.Value);
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
