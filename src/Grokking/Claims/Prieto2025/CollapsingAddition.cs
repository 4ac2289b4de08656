using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Prieto2025;

/// <summary>
/// The network of Prieto et al. 2025, Figure 2, on most of its table, cross-entropy in float and in double: made small at the quick tier, x+y mod 37, and
/// as published at the paper tier. Equal runs of its claims train once.
/// </summary>
internal static class CollapsingAddition
{
    private const int Seeds = 3;
    private const int Steps = 5000;
    private const int PaperSteps = 20_000;
    private const double PaperFraction = 0.7;
    private const double PaperLearningRate = 5e-4;
    private const int Modulus = 37;
    private const int DHidden = 100;
    private const double TrainFraction = 0.9;
    private const double LearningRate = 1e-3;

    // A second moment of gradients below 1e-18 is subnormal and taken for 0; without this ε a gradient of 1e-20 would make a step of 1e5 times the rate.
    private const double Epsilon = 1e-18;

    /// <summary>How it differs from the paper, for the lists of its claims.</summary>
    public static string Deviation { get; } = Figures.Text(
        $"x+y mod {Modulus} on {100 * TrainFraction:0} % of the table, width {DHidden}, learning rate {LearningRate}, ε = {Epsilon} and {Steps:N0} updates on {Seeds} seeds instead of mod 113, {100 * PaperFraction:0} %, width 200, {PaperLearningRate}, 1e-25 and {PaperSteps:N0} on one.");

    /// <summary>Share of the training equations whose loss in float is exactly 0 at the end.</summary>
    public static WeightStatistic Collapse { get; } = new("softmaxCollapse", (experiment, run) => SoftmaxCollapse.Share(experiment, run.Parameters.Span));

    /// <summary>Runs whose loss is computed in float, to the end or for fewer updates.</summary>
    public static RunGroup InFloat(Tier tier, int? steps = null) => At("float", At(tier) with { Loss = LossKind.FloatCrossEntropy }, steps);

    /// <summary>Runs whose loss is computed in double.</summary>
    public static RunGroup InDouble(Tier tier) => At("double", At(tier), steps: null);

    private static RunGroup At(string precision, Experiment experiment, int? steps) => RunGroup.Seeds(
        Figures.Text($"loss in {precision}, {steps ?? experiment.Steps:N0} updates"), experiment with { Steps = steps ?? experiment.Steps }, Seeds);

    private static Experiment At(Tier tier)
    {
        var rule = (AdamW)Presets.Prieto2025.Optimizer;
        return tier == Tier.Paper
            ? Presets.Prieto2025 with { TrainFraction = PaperFraction, Optimizer = rule with { LearningRate = PaperLearningRate }, Steps = PaperSteps }
            : Presets.Prieto2025 with
            {
                Task = Operations.Add with { Modulus = Modulus },
                TrainFraction = TrainFraction,
                Model = (MlpConfig)Presets.Prieto2025.Model with { DHidden = DHidden },
                Optimizer = rule with { LearningRate = LearningRate, Epsilon = Epsilon },
                Steps = Steps,
            };
    }
}
