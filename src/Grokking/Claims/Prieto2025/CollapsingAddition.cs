using Grokking.Analysis;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Prieto2025;

/// <summary>
/// The network of Prieto et al. 2025, Figure 2, made small: x+y mod 37 on most of its table, cross-entropy in float and in double. Equal runs of its
/// claims train once.
/// </summary>
internal static class CollapsingAddition
{
    /// <summary>Updates of the longest runs.</summary>
    public const int Steps = 5000;

    private const int Seeds = 3;
    private const int Modulus = 37;
    private const int DHidden = 100;
    private const double TrainFraction = 0.9;
    private const double LearningRate = 1e-3;

    // A second moment of gradients below 1e-18 is subnormal and taken for 0; without this ε a gradient of 1e-20 would make a step of 1e5 times the rate.
    private const double Epsilon = 1e-18;

    /// <summary>How it differs from the paper, for the lists of its claims.</summary>
    public static string Deviation { get; } = Figures.Text(
        $"x+y mod {Modulus} on {100 * TrainFraction:0} % of the table, width {DHidden}, learning rate {LearningRate}, ε = {Epsilon} and {Steps:N0} updates on {Seeds} seeds instead of mod 113, 70 %, width 200, 5e-4, 1e-25 and 20,000 on one.");

    /// <summary>Share of the training equations whose loss in float is exactly 0 at the end.</summary>
    public static WeightStatistic Collapse { get; } = new("softmaxCollapse", (experiment, run) => SoftmaxCollapse.Share(experiment, run.Parameters.Span));

    /// <summary>A group whose loss is computed in float.</summary>
    public static RunGroup InFloat(int steps) => At(Figures.Text($"loss in float, {steps:N0} updates"), LossKind.FloatCrossEntropy, steps);

    /// <summary>A group whose loss is computed in double.</summary>
    public static RunGroup InDouble(int steps) => At(Figures.Text($"loss in double, {steps:N0} updates"), LossKind.CrossEntropy, steps);

    private static RunGroup At(string name, LossKind loss, int steps) => RunGroup.Seeds(
        name,
        Presets.Prieto2025 with
        {
            Task = Operations.Add with { Modulus = Modulus },
            TrainFraction = TrainFraction,
            Model = (MlpConfig)Presets.Prieto2025.Model with { DHidden = DHidden },
            Loss = loss,
            Optimizer = (AdamW)Presets.Prieto2025.Optimizer with { LearningRate = LearningRate, Epsilon = Epsilon },
            Steps = steps,
        },
        Seeds);
}
