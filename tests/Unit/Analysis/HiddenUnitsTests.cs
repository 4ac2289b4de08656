using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class HiddenUnitsTests
{
    private static readonly Experiment OneHot = Presets.Doshi2023 with
    {
        Task = Operations.Subtract with { Modulus = 7 },
        Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = 5 },
    };

    private static readonly Experiment Embedded = Presets.Stander2024 with
    {
        Task = Operations.Compose with { Degree = 3 },
        Model = (MlpConfig)Presets.Stander2024.Model with { DEmbed = 2, DHidden = 5 },
        Loss = LossKind.SquaredError,
    };

    // The functions are all that there is to a network: they give its loss, equation by equation.
    [Fact]
    public void The_functions_of_the_units_make_the_answers_of_the_network()
    {
        Assert.Equal(ScoreOf(OneHot), LossOf(OneHot, received => received * received), 1e-5);
        Assert.Equal(ScoreOf(Embedded), LossOf(Embedded, received => Math.Max(0, received)), 1e-5);
    }

    // One-hot, W_in (2 · 7, 5) and W_1 (5, 7).
    [Fact]
    public void One_hot_operands_look_their_functions_up()
    {
        (HiddenUnits units, _, float[] weights) = Units(OneHot);

        Assert.Equal((5, 7, 5), (units.Count, units.Left.RowCount, units.Left.ColumnCount));
        Assert.Equal(weights[(3 * 5) + 4], units.Left[3, 4]);
        Assert.Equal(weights[((7 + 3) * 5) + 4], units.Right[3, 4]);
        Assert.Equal(weights[(14 * 5) + (4 * 7) + 3], units.Answer[3, 4]);
    }

    // Embeddings W_E.0 and W_E.1 (6, 2) each, and W_in (2 · 2, 5): the upper half is for the left operand.
    [Fact]
    public void Embedded_operands_pass_their_half_of_the_first_map()
    {
        ParameterLayout layout = new LossSurface(Embedded).Layout;
        float[] weights = new float[layout.Count];
        (weights[8], weights[9]) = (2, 3);                        // W_E.0 of element 4
        (weights[12 + 8], weights[12 + 9]) = (5, 7);              // W_E.1 of element 4
        (weights[24 + 1], weights[24 + 5 + 1]) = (10, 100);       // W_in to unit 1 from the left operand
        (weights[24 + 10 + 1], weights[24 + 15 + 1]) = (20, 200); // and from the right one

        var units = HiddenUnits.Of(Embedded, layout, weights);

        Assert.Equal((320.0, 1500.0), (units.Left[4, 1], units.Right[4, 1]));
        Assert.Equal((320.0, 1500.0), (units.Left.RowSums().Sum(), units.Right.RowSums().Sum()));
    }

    [Fact]
    public void Pruning_a_unit_zeroes_its_output_row_and_nothing_else()
    {
        (HiddenUnits units, ParameterLayout layout, float[] weights) = Units(Embedded);
        ParameterTensor output = layout.Tensors[^1];
        Assert.Equal(("W_1", 5, 6), (output.Name, output.Rows, output.Columns));

        float[] pruned = units.Without([1, 4]);

        for (int i = 0; i < weights.Length; i++)
        {
            bool isPruned = i >= output.Offset && (i - output.Offset) / 6 is 1 or 4;
            Assert.Equal(isPruned ? 0 : weights[i], pruned[i]);
        }

        Assert.Equal(weights, units.Without([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => units.Without([5]));
    }

    [Fact]
    public void Another_model_or_convention_is_refused()
    {
        var mlp = (MlpConfig)OneHot.Model;
        Assert.All(
            (Experiment[])
            [
                TinyExperiments.Add,
                OneHot with { Model = mlp with { NLayers = 2 } },
                OneHot with { Model = mlp with { Input = MlpInput.SummedEmbeddings } },
                OneHot with { Model = mlp with { FrozenReadout = true } },
                OneHot with { Convention = SequenceConvention.PaperText },
                OneHot with { Task = new TeacherStudent(), Model = mlp with { Input = MlpInput.Vectors } },
            ],
            other =>
            {
                var run = new TrainingRun(other);
                string message = Assert.Throws<ArgumentException>("experiment", () => HiddenUnits.Of(other, run.Layout, run.Parameters.Span)).Message;
                Assert.Contains("an MLP of one hidden layer on operands", message, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        (_, ParameterLayout layout, float[] weights) = Units(OneHot);

        Assert.Throws<ArgumentException>("parameters", () => HiddenUnits.Of(OneHot, layout, weights.AsSpan(1)));
    }

    private static (HiddenUnits Units, ParameterLayout Layout, float[] Weights) Units(Experiment experiment)
    {
        var run = new TrainingRun(experiment);
        return (HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span), run.Layout, run.Parameters.ToArray());
    }

    private static double ScoreOf(Experiment experiment) => new LossSurface(experiment).Score(Units(experiment).Weights, ScoredEquations.Val).Loss;

    // The squared error, averaged over the answers and over the validation equations.
    private static double LossOf(Experiment experiment, Func<double, double> activation)
    {
        HiddenUnits units = Units(experiment).Units;
        var operation = (Operation)experiment.Task;
        var table = new EquationTable(operation);
        int n = operation.ElementCount;
        List<double> losses = [];
        foreach (int equation in Split.Draw(table, experiment.TrainFraction, experiment.Seed).Val)
        {
            (int a, int b) = (table.Left[equation], table.Right[equation]);
            int right = operation.Apply(a, b);
            losses.Add(Enumerable.Range(0, n).Average(answer =>
            {
                double output = Enumerable.Range(0, units.Count).Sum(unit => activation(units.Left[a, unit] + units.Right[b, unit]) * units.Answer[answer, unit]);
                double error = output - (answer == right ? 1 : 0);
                return error * error;
            }));
        }

        return losses.Average();
    }
}
