using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

/// <summary>What an MLP has on vectors, its definition aside: see <see cref="MlpTests"/> for that.</summary>
[Trait("Category", "Unit")]
public sealed class VectorMlpTests
{
    private const int Examples = 300; // two slices of 128 and a rest

    private static readonly TeacherStudent s_teacher = new() { Width = 4, Hidden = 7, Examples = Examples };

    private static readonly MlpConfig s_tanh = new() { Input = MlpInput.Vectors, NLayers = 2, DHidden = 19, Activation = ActivationKind.Tanh, Biases = true };

    private static readonly MlpConfig s_committee = new()
    {
        Input = MlpInput.Vectors,
        DHidden = 21,
        Activation = ActivationKind.LinearQuadratic,
        Curvature = 0.5,
        ReadoutScale = 2,
        FrozenReadout = true,
        StartsAtZero = true,
    };

    public static TheoryData<MlpConfig> Networks { get; } = [s_tanh, s_committee, s_committee with { Biases = true, NLayers = 2, ReadoutScale = 0.7 }];

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void A_batch_of_several_slices_has_the_mean_of_its_parts(MlpConfig config)
    {
        var batch = ModelBatch.First(s_teacher, Examples);
        Mlp model = NewModel(config, batch);
        float[] parameters = Moved(model), whole = Unwritten(model), part = Unwritten(model);
        double[] sum = new double[whole.Length];
        double loss = 0;

        Scores scores = model.LossAndGradient(parameters, batch.Tokens, batch.Targets, whole);
        for (int first = 0; first < Examples; first += 50)
        {
            loss += model.LossAndGradient(parameters, batch.Tokens.AsSpan(first, 50), batch.Targets.AsSpan(first, 50), part).Loss / 6;
            sum = [.. sum.Zip(part, (x, y) => x + (y / 6.0))];
        }

        Assert.Equal(loss, scores.Loss, 1e-12 * (1 + loss));
        Assert.All(model.Layout.Tensors, tensor =>
        {
            double[] expected = sum[tensor.Offset..(tensor.Offset + tensor.Count)];
            double largest = expected.Max(Math.Abs);
            Assert.True(largest > 0, $"{tensor.Name} has no gradient.");
            Assert.All(expected.Zip(tensor.In((ReadOnlySpan<float>)whole).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6 * largest));
        });
    }

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void Evaluating_gives_the_scores_of_training(MlpConfig config)
    {
        var batch = ModelBatch.First(s_teacher, Examples);
        Mlp model = NewModel(config, batch);
        float[] parameters = Moved(model);
        Scores training = model.LossAndGradient(parameters, batch.Tokens, batch.Targets, Unwritten(model));

        Scores evaluation = model.Evaluate(parameters, batch.Tokens, batch.Targets);

        // A sum times 1/B there, divided by B here.
        Assert.Equal(evaluation.Loss, training.Loss, 1e-14 * (1 + training.Loss));
        Assert.Equal(evaluation.Correct, training.Correct);
    }

    [Fact]
    public void Loss_and_gradient_of_a_regression_are_those_of_the_definition()
    {
        MlpConfig config = s_committee with { Biases = true, ReadoutScale = 1.3 };
        VectorExamples examples = s_teacher.Draw(seed: 5);
        int[] tokens = [3, 250, 128, 3, 17];
        Mlp model = NewModel(config, ModelBatch.First(s_teacher, Examples)), trained = NewModel(config with { FrozenReadout = false }, ModelBatch.First(s_teacher, Examples));
        float[] start = Initialized(model), parameters = Moved(model), gradient = Unwritten(model);
        var definition = new PlainMlp(config, Examples, length: 1, new PlainLoss(LossKind.SquaredError, s_teacher.Width, Rows(examples.Targets!)))
        {
            Vectors = Rows(examples.Inputs),
            FrozenReadout = CentralDifferences.ToDouble(Initialized(trained).AsSpan(start.Length)),
            Start = CentralDifferences.ToDouble(start),
        };

        Scores scores = model.LossAndGradient(parameters, tokens, tokens, gradient);

        Assert.Equal(definition.Loss(CentralDifferences.ToDouble(parameters), tokens, tokens), scores.Loss, 1e-5 * (1 + scores.Loss));
        CentralDifferences.AssertClose(CentralDifferences.Gradient(at => definition.Loss(at, tokens, tokens), parameters), gradient, 1e-5, "regression");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_frozen_readout_is_no_parameter_and_has_the_bits_of_a_trained_one_at_the_start(int layers)
    {
        MlpConfig config = s_tanh with { NLayers = layers };
        var batch = ModelBatch.First(s_teacher, Examples);
        Mlp trained = NewModel(config, batch), frozen = NewModel(config with { FrozenReadout = true }, batch);
        float[] all = Initialized(trained), without = Initialized(frozen), ofAll = Unwritten(trained), ofWithout = Unwritten(frozen);
        trained.Load(all, forTraining: true);
        frozen.Load(without, forTraining: true);

        Scores expected = trained.LossAndGradient(all, batch.Tokens, batch.Targets, ofAll);
        Scores scores = frozen.LossAndGradient(without, batch.Tokens, batch.Targets, ofWithout);

        Assert.Equal(trained.Layout.Tensors.SkipLast(2), frozen.Layout.Tensors);
        Assert.Equal(all[..without.Length], without);
        Assert.Equal(expected, scores);
        SameBits.Check(ofAll.AsSpan(0, without.Length), ofWithout, "gradient before the readout");
    }

    [Fact]
    public void A_frozen_readout_is_drawn_by_the_seed()
    {
        var batch = ModelBatch.First(s_teacher, Examples);
        Mlp model = NewModel(s_tanh with { FrozenReadout = true }, batch);
        float[] parameters = Initialized(model);

        Assert.Equal(LossWithReadoutOf(seed: 7), LossWithReadoutOf(seed: 7));
        Assert.NotEqual(LossWithReadoutOf(seed: 7), LossWithReadoutOf(seed: 8));

        double LossWithReadoutOf(ulong seed)
        {
            model.Initialize(seed, Unwritten(model));
            model.Load(parameters, forTraining: false);
            return model.Evaluate(parameters, batch.Tokens, batch.Targets).Loss;
        }
    }

    // Against targets of 0 the loss is the mean square of the outputs. A power of two scales without a rounding.
    [Fact]
    public void A_readout_scale_multiplies_the_outputs()
    {
        (double Loss, float[] Gradient) plain = At(1), doubled = At(2), odd = At(0.3);

        Assert.True(plain.Loss > 0);
        Assert.Equal(4 * plain.Loss, doubled.Loss);
        SameBits.Check([.. plain.Gradient.Select(slope => 4 * slope)], doubled.Gradient, "gradient");
        Assert.Equal(0.09 * plain.Loss, odd.Loss, 1e-6 * plain.Loss);

        static (double, float[]) At(double scale)
        {
            VectorExamples examples = s_teacher.Draw(seed: 5);
            var model = new Mlp(s_tanh with { ReadoutScale = scale }, Examples, length: 1, OutputLoss.SquaredError(new Matrix(Examples, 4)), examples.Inputs);
            float[] parameters = Initialized(model), gradient = Unwritten(model);
            int[] tokens = [.. Enumerable.Range(0, Examples)];
            model.Load(parameters, forTraining: true);
            return (model.LossAndGradient(parameters, tokens, tokens, gradient).Loss, gradient);
        }
    }

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void A_network_that_starts_at_zero_has_outputs_of_exactly_zero_there_and_others_elsewhere(MlpConfig config)
    {
        VectorExamples examples = s_teacher.Draw(seed: 5);
        var model = new Mlp(config with { StartsAtZero = true }, Examples, length: 1, OutputLoss.SquaredError(new Matrix(Examples, 4)), examples.Inputs);
        float[] start = Initialized(model), moved = [.. start];
        moved[0] += 0.5f;
        int[] tokens = [.. Enumerable.Range(0, Examples)], backwards = [.. tokens.Reverse()];

        model.StartFrom(start);

        // Whichever rows of whichever slices they come in.
        Assert.Equal(0, LossAt(start, tokens));
        Assert.Equal(0, LossAt(start, backwards));
        Assert.Equal(0, LossAt(start, [131]));
        Assert.True(LossAt(moved, tokens) > 0);

        model.StartFrom(moved);
        Assert.Equal(0, LossAt(moved, backwards));
        Assert.True(LossAt(start, tokens) > 0);

        double LossAt(float[] parameters, int[] chosen)
        {
            model.Load(parameters, forTraining: true);
            double evaluated = model.Evaluate(parameters, chosen, chosen).Loss;
            Assert.Equal(evaluated == 0, model.LossAndGradient(parameters, chosen, chosen, Unwritten(model)).Loss == 0);
            return evaluated;
        }
    }

    private static Mlp NewModel(MlpConfig config, ModelBatch batch) => Assert.IsType<Mlp>(
        config.Create(batch.Sequences, OutputLoss.SquaredError(batch.Sequences.TargetVectors!, rightBelow: 0.5), maxExamples: 1));

    // Parameters away from those that it starts from, loaded.
    private static float[] Moved(Mlp model)
    {
        float[] start = Initialized(model), parameters = [.. start.Zip(Sample.Normal(start.Length, "moves", scale: 0.3f), (from, by) => from + by)];
        model.StartFrom(start);
        model.Load(parameters, forTraining: true);
        return parameters;
    }

    private static float[] Initialized(Mlp model)
    {
        float[] parameters = Unwritten(model);
        model.Initialize(seed: 7, parameters);
        return parameters;
    }

    private static float[] Unwritten(Mlp model)
    {
        float[] values = new float[model.Layout.Count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static float[][] Rows(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];
}
