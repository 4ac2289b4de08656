using Grokking.Models;
using Grokking.Tasks;
using Grokking.Tests.Unit.Numerics;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class DiagonalNetworkTests
{
    private const int Width = 21;
    private const int Examples = 150;

    private static readonly SparseClassification s_task = new() { Width = Width, Examples = Examples };

    private static readonly VectorExamples s_examples = s_task.Draw(seed: 5);

    public static TheoryData<LossKind> Kinds { get; } = [.. Enum.GetValues<LossKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_and_gradient_are_those_of_the_definition(LossKind kind)
    {
        DiagonalNetwork model = NewModel(Of(kind));
        float[] parameters = Sample.Normal(2 * Width, "parameters", scale: 0.7f), gradient = Unwritten();
        int[] tokens = [3, 120, 3, 149, 0, 77], targets = [.. tokens.Select(token => s_examples.Answers[token])];
        var plain = new PlainLoss(kind, Width: 2);
        model.Load(parameters, forTraining: true);

        Scores scores = model.LossAndGradient(parameters, tokens, targets, gradient);

        Assert.Equal(Definition(CentralDifferences.ToDouble(parameters)), scores.Loss, 1e-5 * (1 + scores.Loss));
        CentralDifferences.AssertClose(CentralDifferences.Gradient(Definition, parameters), gradient, 1e-5, $"{kind}");

        double Definition(double[] at) => tokens.Zip(targets, (token, target) => plain.Of([0, Output(at, token)], target)).Average();
    }

    [Fact]
    public void All_weights_start_at_one_whatever_the_seed()
    {
        DiagonalNetwork model = NewModel(OutputLoss.CrossEntropy(2));
        float[] first = Unwritten(), other = Unwritten();

        model.Initialize(seed: 1, first);
        model.Initialize(seed: 2, other);

        Assert.All(first, weight => Assert.Equal(1, weight));
        Assert.Equal(first, other);
        Assert.Equal([("u", Width, 1), ("v", Width, 1)], model.Layout.Tensors.Select(tensor => (tensor.Name, tensor.Rows, tensor.Columns)));
    }

    // u = v: f is 0 for every input, at any scale, and the first class is the answer to everything.
    [Theory]
    [InlineData(1)]
    [InlineData(0.3f)]
    [InlineData(8)]
    public void From_equal_weights_the_loss_is_the_logarithm_of_two(float scale)
    {
        DiagonalNetwork model = NewModel(OutputLoss.CrossEntropy(2));
        float[] parameters = Unwritten();
        Array.Fill(parameters, scale);
        int[] tokens = [.. Enumerable.Range(0, Examples)];
        model.Load(parameters, forTraining: false);

        Scores scores = model.Evaluate(parameters, tokens, s_examples.Answers);

        Assert.Equal(Math.Log(2), scores.Loss, 1e-14);
        Assert.Equal(s_examples.Answers.Count(answer => answer == 0), scores.Correct);
    }

    [Fact]
    public void Evaluating_gives_the_scores_of_training_and_the_signs_of_the_outputs_are_the_answers()
    {
        DiagonalNetwork model = NewModel(OutputLoss.CrossEntropy(2));
        float[] parameters = Sample.Normal(2 * Width, "parameters");
        int[] tokens = [.. Enumerable.Range(0, Examples)];
        double[] exact = CentralDifferences.ToDouble(parameters);
        model.Load(parameters, forTraining: true);

        Scores training = model.LossAndGradient(parameters, tokens, s_examples.Answers, Unwritten());
        Scores evaluation = model.Evaluate(parameters, tokens, s_examples.Answers);

        // A sum times 1/B there, divided by B here.
        Assert.Equal(evaluation.Loss, training.Loss, 1e-14 * (1 + training.Loss));
        Assert.Equal(evaluation.Correct, training.Correct);
        Assert.Equal(tokens.Count(token => Output(exact, token) > 0 == (s_examples.Answers[token] == 1)), evaluation.Correct);
    }

    [Fact]
    public void A_batch_has_the_mean_of_its_parts()
    {
        DiagonalNetwork model = NewModel(OutputLoss.CrossEntropy(2));
        float[] parameters = Sample.Normal(2 * Width, "parameters"), whole = Unwritten(), part = Unwritten();
        int[] tokens = [.. Enumerable.Range(0, Examples)];
        double[] sum = new double[whole.Length];
        double loss = 0;
        model.Load(parameters, forTraining: true);

        Scores scores = model.LossAndGradient(parameters, tokens, s_examples.Answers, whole);
        for (int first = 0; first < Examples; first += 50)
        {
            loss += model.LossAndGradient(parameters, tokens.AsSpan(first, 50), s_examples.Answers.AsSpan(first, 50), part).Loss / 3;
            sum = [.. sum.Zip(part, (x, y) => x + (y / 3.0))];
        }

        Assert.Equal(loss, scores.Loss, 1e-12 * (1 + loss));
        Assert.All(sum.Zip(whole), pair => Assert.Equal(pair.First, pair.Second, 2e-6 * sum.Max(Math.Abs)));
    }

    [Fact]
    public void Training_and_evaluation_allocate_nothing()
    {
        DiagonalNetwork model = NewModel(OutputLoss.CrossEntropy(2));
        float[] parameters = Sample.Normal(2 * Width, "parameters"), gradient = Unwritten();
        int[] tokens = [.. Enumerable.Range(0, Examples)];

        Assert.Equal(0, AllocatedBytes.LeastOf(Step));

        void Step()
        {
            model.Load(parameters, forTraining: true);
            model.LossAndGradient(parameters, tokens, s_examples.Answers, gradient);
            model.Evaluate(parameters, tokens, s_examples.Answers);
        }
    }

    [Fact]
    public void A_loss_over_another_number_of_outputs_than_two_is_refused() => Assert.Contains(
        "loss is over 3 outputs and must be over 2.",
        Assert.Throws<ArgumentException>("loss", () => NewModel(OutputLoss.CrossEntropy(3))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Its_configuration_is_for_vectors_in_two_classes_alone()
    {
        var config = new DiagonalConfig();
        config.Validate();
        config.ValidateFor(s_task, SequenceConvention.PaperText);

        Assert.Contains(
            "Task must be one of vectors in two classes with a diagonal network and is quadratic of 100 on 200 inputs.", Refused(new QuadraticRegression()), StringComparison.Ordinal);
        Assert.Contains("and is teacher 5-100-100-5 on 200 inputs.", Refused(new TeacherStudent()), StringComparison.Ordinal);
        Assert.Contains("and is x+y mod 97.", Refused(Operations.Add), StringComparison.Ordinal);

        string Refused(LearningTask task) =>
            Assert.Throws<ArgumentOutOfRangeException>("Task", () => config.ValidateFor(task, SequenceConvention.PaperText)).Message;
    }

    [Fact]
    public void Its_configuration_creates_it_and_costs_as_much_as_it_has_inputs()
    {
        var config = new DiagonalConfig();

        Assert.Equal(2 * Width, Assert.IsType<DiagonalNetwork>(config.Create(ModelBatch.First(s_task, Examples).Sequences, OutputLoss.CrossEntropy(2), 4)).Layout.Count);
        Assert.Equal(Width, config.EstimateCost(s_task));
        Assert.Equal(config, config.WithoutDropout());
    }

    // f = Σ (u² − v²)·x.
    private static double Output(double[] parameters, int token)
    {
        double sum = 0;
        for (int i = 0; i < Width; i++)
        {
            double u = parameters[i], v = parameters[Width + i];
            sum += ((u * u) - (v * v)) * s_examples.Inputs.Row(token)[i];
        }

        return sum;
    }

    private static OutputLoss Of(LossKind kind) => kind switch
    {
        LossKind.CrossEntropy => OutputLoss.CrossEntropy(2),
        LossKind.FloatCrossEntropy => OutputLoss.FloatCrossEntropy(2),
        LossKind.StableMax => OutputLoss.StableMax(2),
        _ => OutputLoss.SquaredError(2),
    };

    private static DiagonalNetwork NewModel(OutputLoss loss) => new(s_examples.Inputs, loss);

    private static float[] Unwritten()
    {
        float[] values = new float[2 * Width];
        Array.Fill(values, float.NaN);
        return values;
    }
}
