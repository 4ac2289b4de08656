using Grokking.Models;
using Grokking.Numerics;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class AnswerLossTests
{
    private static readonly Experiment s_squared = TinyExperiments.OneHotMlp; // 5 classes

    [Fact]
    public void Each_kind_has_its_loss_over_the_vocabulary()
    {
        // Of equal outputs: ln 5 for both cross-entropies, one 1 of five for squared error.
        Assert.Equal(Math.Log(5), OfZeros(s_squared with { Loss = LossKind.CrossEntropy }), 1e-12);
        Assert.Equal(Math.Log(5), OfZeros(s_squared with { Loss = LossKind.StableMax }), 1e-12);
        Assert.Equal(0.2, OfZeros(s_squared));
        Assert.Equal(5, Of(s_squared).Width);

        // The outputs 1, 0, 0, 0, 0 tell the two cross-entropies apart: (e + 4)/e and (2 + 4)/2.
        Matrix first = new(1, 5);
        first.Row(0)[0] = 1;
        Assert.Equal(Math.Log((Math.E + 4) / Math.E), Of(s_squared with { Loss = LossKind.CrossEntropy }).Forward(first, 0, 0).Loss, 1e-12);
        Assert.Equal(Math.Log(3), Of(s_squared with { Loss = LossKind.StableMax }).Forward(first, 0, 0).Loss, 1e-12);
        Assert.Equal((0, true), Of(s_squared).Forward(first, 0, 0));
    }

    [Fact]
    public void Templates_are_Gaussian_and_a_function_of_the_seed_alone()
    {
        Experiment wide = s_squared with { TemplateWidth = 4000 };

        // Of outputs of 0 the loss is the mean square of the class's template.
        double[] squares = Squares(wide);
        Assert.Equal(5, squares.Distinct().Count());
        Assert.All(squares, square => Assert.InRange(square, 0.9, 1.1)); // 1 ± √(2/4000)
        Assert.Equal(4000, Of(wide).Width);
        Assert.Equal(squares, Squares(wide with { TrainFraction = 0.3, Model = new MlpConfig { DHidden = 9 }, Steps = 7 }));
        Assert.NotEqual(squares, Squares(wide with { Seed = 1 }));
    }

    private static double OfZeros(Experiment experiment) => Of(experiment).Forward(new Matrix(1, 5), 0, 3).Loss;

    private static double[] Squares(Experiment experiment)
    {
        OutputLoss loss = Of(experiment);
        return [.. Enumerable.Range(0, 5).Select(c => loss.Forward(new Matrix(1, loss.Width), 0, c).Loss)];
    }

    private static OutputLoss Of(Experiment experiment) =>
        AnswerLoss.Of(experiment, TokenSequences.Encode(new EquationTable((Operation)experiment.Task), experiment.Convention));
}
