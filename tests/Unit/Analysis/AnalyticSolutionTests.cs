using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Analysis;

/// <summary>Exact row X7: Gromov's weights add residues without any training.</summary>
[Trait("Category", "Unit")]
public sealed class AnalyticSolutionTests
{
    private static readonly int[] Widths = [25, 100, 400];

    [Theory]
    [InlineData(59, 500)]
    [InlineData(97, 2000)]
    public void Wide_enough_it_adds_all_residues(int modulus, int units)
    {
        Assert.Equal(1, Accuracy(Operations.Add with { Modulus = modulus }, units, seed: 0));
        Assert.Equal(1, Accuracy(Operations.Add with { Modulus = modulus }, units, seed: 1));
    }

    [Fact]
    public void Its_accuracy_rises_with_the_number_of_units()
    {
        double[] accuracies = [.. Widths.Select(units => Accuracy(Operations.Add with { Modulus = 59 }, units, seed: 0))];

        Assert.InRange(accuracies[0], 0.02, 0.9);
        Assert.True(accuracies[0] < accuracies[1] && accuracies[1] <= accuracies[2], string.Join(", ", accuracies));
    }

    [Fact]
    public void It_answers_no_other_operation() =>
        Assert.InRange(Accuracy(Operations.Multiply with { Modulus = 59 }, units: 500, seed: 0), 0, 0.1);

    [Fact]
    public void Another_model_is_refused()
    {
        Experiment relu = Presets.Doshi2023 with { Model = new MlpConfig() };

        Assert.Contains(
            "quadratic units", Assert.Throws<ArgumentException>(() => AnalyticSolution.Of(relu, new LossSurface(relu).Layout, 0)).Message, StringComparison.Ordinal);
    }

    private static double Accuracy(Operation operation, int units, ulong seed)
    {
        Experiment experiment = Presets.Doshi2023 with { Task = operation, Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = units } };
        var surface = new LossSurface(experiment);
        float[] parameters = AnalyticSolution.Of(experiment, surface.Layout, seed);
        SurfaceScores train = surface.Score(parameters, ScoredEquations.Train), val = surface.Score(parameters, ScoredEquations.Val);
        return ((train.Accuracy * train.Count) + (val.Accuracy * val.Count)) / (train.Count + val.Count);
    }
}
