using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class MlpTests
{
    private const int V = 5;
    private const int T = 2;
    private const int TemplateWidth = 3;

    private static readonly MlpConfig s_small = new() { DEmbed = 3, DHidden = 6, Curvature = 0.25 };

    // What the tokens stand for where a task gives it.
    private static readonly Matrix s_vectors = Sample.Matrix(V, columns: 3, "vectors");

    public static TheoryData<MlpConfig> Architectures
    {
        get
        {
            var architectures = new TheoryData<MlpConfig>();
            foreach (MlpInput input in Enum.GetValues<MlpInput>())
            {
                foreach (ActivationKind activation in Enum.GetValues<ActivationKind>())
                {
                    foreach (bool biases in (bool[])[false, true])
                    {
                        architectures.Add(s_small with { Input = input, Activation = activation, Biases = biases });
                        architectures.Add(s_small with { Input = input, Activation = activation, Biases = biases, NLayers = 2 });
                    }
                }

                architectures.Add(s_small with { Input = input, ReadoutScale = 1.7 });
                architectures.Add(s_small with { Input = input, ReadoutScale = 0.3, FrozenReadout = true, Biases = true });
            }

            architectures.Add(s_small with { Input = MlpInput.Vectors, StartsAtZero = true });
            architectures.Add(
                s_small with { Input = MlpInput.Vectors, NLayers = 2, Biases = true, ReadoutScale = 1.7, FrozenReadout = true, StartsAtZero = true });

            return architectures;
        }
    }

    [Theory]
    [MemberData(nameof(Architectures), DisableDiscoveryEnumeration = true)]
    public void Loss_and_gradient_are_those_of_the_definition(MlpConfig config)
    {
        // Some equations twice, and not every token at every position.
        int[] tokens = [0, 1, 3, 3, 4, 0, 0, 1, 2, 1, 4, 4, 1, 0], targets = [1, 1, 4, 2, 3, 3, 0];
        tokens = [.. tokens.Take(targets.Length * LengthOf(config))];
        foreach ((OutputLoss loss, PlainLoss plain) in Losses())
        {
            Mlp model = NewModel(config, loss);
            float[] start = Initialized(model), parameters = Sample.Normal(model.Layout.Count, "parameters", scale: 0.7f), gradient = Unwritten(model);
            var definition = new PlainMlp(config, V, LengthOf(config), plain)
            {
                Vectors = [.. Enumerable.Range(0, V).Select(token => s_vectors.Row(token).ToArray())],
                FrozenReadout = Readout(config, loss),
                Start = CentralDifferences.ToDouble(start),
            };
            model.StartFrom(start);
            model.Load(parameters, forTraining: true);

            Scores scores = model.LossAndGradient(parameters, tokens, targets, gradient);

            // Sums of a few dozen floats, through three layers.
            Assert.Equal(definition.Loss(CentralDifferences.ToDouble(parameters), tokens, targets), scores.Loss, 1e-5 * (1 + scores.Loss));
            CentralDifferences.AssertClose(
                CentralDifferences.Gradient(at => definition.Loss(at, tokens, targets), parameters), gradient, 1e-5, $"{config}, {plain.Kind}");
        }
    }

    [Theory]
    [InlineData(MlpInput.OneHot)]
    [InlineData(MlpInput.SummedEmbeddings)]
    [InlineData(MlpInput.SeparateEmbeddings)]
    public void What_is_looked_up_is_a_dense_product_with_one_hot_vectors(MlpInput input)
    {
        const int length = 3, examples = 20, width = 17;
        MlpConfig config = s_small with { Input = input, Biases = true, DEmbed = 4, DHidden = width };
        var layout = new ParameterLayout();
        var table = new TokenTable(config, layout, V, length, examples);
        float[] parameters = Sample.Normal(layout.Count, "parameters"), gradient = new float[layout.Count];
        Array.Fill(gradient, float.NaN);
        var stream = new RandomStream(seed: 3, "tokens");
        int[] tokens = [.. Enumerable.Range(0, examples * length).Select(_ => stream.NextInt(V))];
        Matrix hidden = Sample.Matrix(examples, width, "hidden"), dHidden = Sample.Matrix(examples, width, "dHidden");

        table.Load(parameters, forTraining: true);
        table.ClearGradient(gradient);
        table.Forward(parameters, tokens, hidden, examples);
        table.Backward(dHidden, examples, gradient);
        table.FinishGradient(gradient, new Matrix(width, width));

        for (int row = 0; row < examples; row++)
        {
            double[] expected = FirstMap(config, layout, CentralDifferences.ToDouble(parameters), tokens.AsSpan(row * length, length));
            Assert.All(expected.Zip(hidden.Row(row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }

        double[] differences = CentralDifferences.Gradient(
            at => Enumerable.Range(0, examples).Sum(row => CentralDifferences.Dot(FirstMap(config, layout, at, tokens.AsSpan(row * length, length)), dHidden.Row(row))),
            parameters);
        CentralDifferences.AssertClose(differences, gradient, 1e-5, $"{input}");
    }

    [Fact]
    public void A_batch_of_several_slices_has_the_mean_of_its_parts()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, SequenceConvention.Operands, count: 250);
        MlpConfig config = s_small with { NLayers = 2, DHidden = 33, Biases = true, Activation = ActivationKind.Tanh };
        Mlp model = NewModel(config, batch);
        float[] parameters = Initialized(model), whole = Unwritten(model), part = Unwritten(model);
        double[] sum = new double[whole.Length];
        double loss = 0;

        Scores scores = Pass(model, batch, parameters, whole);
        for (int first = 0; first < 250; first += 50)
        {
            loss += model.LossAndGradient(parameters, batch.Tokens.AsSpan(2 * first, 100), batch.Targets.AsSpan(first, 50), part).Loss / 5;
            sum = [.. sum.Zip(part, (x, y) => x + (y / 5.0))];
        }

        Assert.Equal(loss, scores.Loss, 1e-12);
        Assert.All(model.Layout.Tensors, tensor =>
        {
            double[] expected = sum[tensor.Offset..(tensor.Offset + tensor.Count)];
            double largest = expected.Max(Math.Abs);
            Assert.True(largest > 0, $"{tensor.Name} has no gradient.");
            Assert.All(expected.Zip(tensor.In((ReadOnlySpan<float>)whole).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6 * largest));
        });
    }

    [Theory]
    [InlineData(MlpInput.OneHot)]
    [InlineData(MlpInput.SummedEmbeddings)]
    [InlineData(MlpInput.SeparateEmbeddings)]
    public void Evaluating_gives_the_scores_of_training(MlpInput input)
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract with { Modulus = V }, SequenceConvention.Operands, count: 150);
        Mlp model = NewModel(s_small with { Input = input }, batch);
        float[] parameters = Initialized(model);
        Scores training = Pass(model, batch, parameters, Unwritten(model));

        Scores evaluation = model.Evaluate(parameters, batch.Tokens, batch.Targets);

        // A sum times 1/B there, divided by B here.
        Assert.Equal(evaluation.Loss, training.Loss, 1e-14);
        Assert.Equal(evaluation.Correct, training.Correct);
        Assert.InRange(evaluation.Correct, 1, 149);
    }

    [Fact]
    public void A_weight_too_small_to_be_felt_counts_as_none()
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Subtract with { Modulus = V }, SequenceConvention.Operands, count: 25);
        Mlp model = NewModel(s_small with { Activation = ActivationKind.Quadratic }, batch);
        float[] whole = Initialized(model), dying = [.. whole], dead = [.. whole], dyingGradient = Unwritten(model), deadGradient = Unwritten(model);
        int width = s_small.DHidden;
        for (int input = 0; input < T * V; input++)
        {
            // All that goes into unit 0.
            (dying[input * width], dead[input * width]) = (0.9e-14f, 0);
        }

        Scores ofDying = Pass(model, batch, dying, dyingGradient), ofDead = Pass(model, batch, dead, deadGradient);

        Assert.Equal(ofDead, ofDying);
        Assert.Equal(deadGradient, dyingGradient);
        Assert.NotEqual(ofDead.Loss, Pass(model, batch, whole, deadGradient).Loss);
    }

    [Fact]
    public void All_answers_are_counted()
    {
        ModelBatch batch = ModelBatch.Of(Operations.Add with { Modulus = V }, SequenceConvention.Operands, [0, 1, 2, 6, 24]);
        Mlp model = NewModel(s_small with { Biases = true }, batch);
        float[] parameters = new float[model.Layout.Count];
        ParameterTensor bias = model.Layout.Tensors[^1];

        // The same answer to everything: right for 1 + 1 and 0 + 2 alone.
        bias.In(parameters.AsSpan())[2] = 1;
        model.Load(parameters, forTraining: false);

        Assert.Equal([0, 1, 2, 2, 3], batch.Targets);
        Assert.Equal(2, model.Evaluate(parameters, batch.Tokens, batch.Targets).Correct);
    }

    [Theory]
    [MemberData(nameof(Architectures), DisableDiscoveryEnumeration = true)]
    public void Training_and_evaluation_allocate_nothing(MlpConfig config)
    {
        ModelBatch batch = ModelBatch.Drawn(Operations.Add with { Modulus = V }, SequenceConvention.Operands, count: 20);
        batch = batch with { Tokens = [.. batch.Tokens.Take(20 * LengthOf(config))] };
        Assert.All(Losses(), pair =>
        {
            Mlp model = NewModel(config, pair.Loss);
            float[] parameters = Initialized(model), gradient = Unwritten(model);
            model.StartFrom(parameters);

            Assert.Equal(0, AllocatedBytes.LeastOf(() => Step(model, batch, parameters, gradient)));
        });
    }

    [Fact]
    public void Every_tensor_has_its_name_place_and_shape()
    {
        var one = new Mlp(s_small, V, T, OutputLoss.CrossEntropy(V));
        MlpConfig deep = s_small with { NLayers = 2, Biases = true };
        var summed = new Mlp(deep with { Input = MlpInput.SummedEmbeddings }, V, T, OutputLoss.SquaredError(new Matrix(V, TemplateWidth)));
        var separate = new Mlp(deep with { Input = MlpInput.SeparateEmbeddings }, V, T, OutputLoss.CrossEntropy(V));
        Mlp ofVectors = NewModel(deep with { Input = MlpInput.Vectors }, OutputLoss.CrossEntropy(V));
        Mlp frozen = NewModel(deep with { Input = MlpInput.Vectors, FrozenReadout = true }, OutputLoss.CrossEntropy(V));

        Assert.Equal([("W_in", 10, 6), ("W_1", 6, 5)], Shapes(one));
        Assert.Equal([("W_E", 5, 3), ("W_in", 3, 6), ("b_in", 6, 1), ("W_1", 6, 6), ("b_1", 6, 1), ("W_2", 6, 3), ("b_2", 3, 1)], Shapes(summed));
        Assert.Equal(
            [("W_E.0", 5, 3), ("W_E.1", 5, 3), ("W_in", 6, 6), ("b_in", 6, 1), ("W_1", 6, 6), ("b_1", 6, 1), ("W_2", 6, 5), ("b_2", 5, 1)], Shapes(separate));
        Assert.Equal([("W_in", 3, 6), ("b_in", 6, 1), ("W_1", 6, 6), ("b_1", 6, 1), ("W_2", 6, 5), ("b_2", 5, 1)], Shapes(ofVectors));
        Assert.Equal(Shapes(ofVectors).SkipLast(2), Shapes(frozen));
        Assert.Equal([true, true, false, false, false, false, false, false], separate.Layout.Tensors.Select(tensor => tensor.IsEmbedding));
        Assert.All(one.Layout.Tensors, tensor => Assert.False(tensor.IsEmbedding));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void The_slice_of_a_pass_changes_no_bit(int slice)
    {
        MlpConfig config = s_small with { NLayers = 2, Biases = true };
        int[] tokens = [.. Enumerable.Range(0, 40 * T).Select(i => i * i % V)], targets = [.. Enumerable.Range(0, 40).Select(i => 3 * i % V)];

        (double loss, float[] gradient) = Pass(new Mlp(config, V, T, OutputLoss.CrossEntropy(V), inputVectors: null, slice));
        (double expected, float[] expectedGradient) = Pass(new Mlp(config, V, T, OutputLoss.CrossEntropy(V)));

        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(loss));
        SameBits.Check(expectedGradient, gradient, "gradient");

        (double Loss, float[] Gradient) Pass(Mlp model)
        {
            float[] parameters = new float[model.Layout.Count], found = new float[parameters.Length];
            model.Initialize(seed: 5, parameters);
            model.Load(parameters, forTraining: true);
            return (model.LossAndGradient(parameters, tokens, targets, found).Loss, found);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 0)]
    public void A_size_out_of_range_is_refused(int vocabularySize, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mlp(s_small, vocabularySize, length, OutputLoss.CrossEntropy(5)));

    [Fact]
    public void Vectors_that_are_not_there_are_refused() => Assert.Throws<ArgumentNullException>(
        "inputVectors", () => new Mlp(s_small with { Input = MlpInput.Vectors }, V, length: 1, OutputLoss.CrossEntropy(V)));

    private static void Step(Mlp model, ModelBatch batch, float[] parameters, float[] gradient)
    {
        model.Load(parameters, forTraining: true);
        model.LossAndGradient(parameters, batch.Tokens, batch.Targets, gradient);
        model.Evaluate(parameters, batch.Tokens, batch.Targets);
    }

    // All there are, over V classes.
    private static IEnumerable<(OutputLoss Loss, PlainLoss Plain)> Losses()
    {
        Matrix templates = Sample.Matrix(V, TemplateWidth, "templates");
        yield return (OutputLoss.CrossEntropy(V), new PlainLoss(LossKind.CrossEntropy, V));
        yield return (OutputLoss.FloatCrossEntropy(V), new PlainLoss(LossKind.FloatCrossEntropy, V));
        yield return (OutputLoss.StableMax(V), new PlainLoss(LossKind.StableMax, V));
        yield return (OutputLoss.SquaredError(V), new PlainLoss(LossKind.SquaredError, V));
        yield return (
            OutputLoss.SquaredError(templates),
            new PlainLoss(LossKind.SquaredError, TemplateWidth, [.. Enumerable.Range(0, V).Select(c => templates.Row(c).ToArray())]));
    }

    // The first map of one equation by its definition.
    private static double[] FirstMap(MlpConfig config, ParameterLayout layout, double[] parameters, ReadOnlySpan<int> tokens)
    {
        int d = config.DEmbed, width = config.DHidden;
        ParameterTensor weight = layout.Tensors.Single(tensor => tensor.Name.Equals("W_in", StringComparison.Ordinal));
        ParameterTensor bias = layout.Tensors.Single(tensor => tensor.Name.Equals("b_in", StringComparison.Ordinal));
        double[] sum = parameters[bias.Offset..(bias.Offset + width)];
        for (int t = 0; t < tokens.Length; t++)
        {
            for (int column = 0; column < width; column++)
            {
                if (config.Input == MlpInput.OneHot)
                {
                    sum[column] += parameters[weight.Offset + (((t * V) + tokens[t]) * width) + column];
                    continue;
                }

                int part = config.Input == MlpInput.SummedEmbeddings ? 0 : t;
                for (int k = 0; k < d; k++)
                {
                    double embedded = parameters[layout.Tensors[part].Offset + (tokens[t] * d) + k];
                    sum[column] += embedded * parameters[weight.Offset + (((part * d) + k) * width) + column];
                }
            }
        }

        return sum;
    }

    // A vector is one token.
    private static int LengthOf(MlpConfig config) => config.Input == MlpInput.Vectors ? 1 : T;

    private static Mlp NewModel(MlpConfig config, OutputLoss loss) =>
        new(config, V, LengthOf(config), loss, config.Input == MlpInput.Vectors ? s_vectors : null);

    // A readout that stays is drawn as the last tensors of a network that trains all of its own.
    private static double[] Readout(MlpConfig config, OutputLoss loss)
    {
        Mlp trained = NewModel(config with { FrozenReadout = false }, loss);
        return CentralDifferences.ToDouble(Initialized(trained).AsSpan(NewModel(config, loss).Layout.Count));
    }

    private static IEnumerable<(string Name, int Rows, int Columns)> Shapes(Mlp model) =>
        model.Layout.Tensors.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns));

    private static Mlp NewModel(MlpConfig config, ModelBatch batch) => new(
        config, batch.Sequences.VocabularySize, batch.Sequences.Length, OutputLoss.CrossEntropy(batch.Sequences.VocabularySize));

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

    private static Scores Pass(Mlp model, ModelBatch batch, float[] parameters, float[] gradient)
    {
        model.Load(parameters, forTraining: true);
        return model.LossAndGradient(parameters, batch.Tokens, batch.Targets, gradient);
    }
}
