using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Lyu2024;

/// <summary>The diagonal networks of Lyu et al. 2024, §3.2, at some scales of their start and some weight decays.</summary>
internal static class SparseRuns
{
    /// <summary>How claims on it differ from the paper, for their lists.</summary>
    public static string Deviation { get; } = Figures.Text(
        $"A diagonal network on {Task.Width} signs and {Presets.Lyu2024.TrainFraction * Task.Examples:0} examples (10⁵ and 256 in the paper), with ten times the rate and the decay, so that a run takes seconds.");

    private const int Seeds = 5;

    /// <summary>Networks that start at this scale and decay at this rate; with decay a run ends once it has generalised.</summary>
    public static RunGroup At(double scale, double decay) => RunGroup.Seeds(
        Figures.Text($"start {scale}, decay {decay}"),
        Presets.Lyu2024 with
        {
            InitializationScale = scale,
            Optimizer = Rule with { WeightDecay = decay },
            EvaluationGrowth = 1.02,
            Stopping = decay > 0 ? StoppingRule.WhenGeneralized : StoppingRule.AtBudget,
        },
        Seeds);

    /// <summary>Steps in which decay alone shrinks the weights by the factor e: 1/(ηλ).</summary>
    public static double TimeConstant(double decay) => 1 / (Rule.LearningRate * decay);

    /// <summary>Median steps to generalise; null where most runs do not.</summary>
    public static double? Generalized(TrainedGroup group) => MedianTime.Of(group.StepsToLearn(Equations.Val)).Value;

    private static SparseClassification Task => (SparseClassification)Presets.Lyu2024.Task;

    private static Sgd Rule => (Sgd)Presets.Lyu2024.Optimizer;
}
