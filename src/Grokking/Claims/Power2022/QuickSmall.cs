using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>
/// The small model of the quick tier, on which claims have their statistics over seeds: <see cref="Presets.Small"/>, ended where it generalises.
/// Claims that ask for the same experiment share its run.
/// </summary>
internal static class QuickSmall
{
    /// <summary>Seeds of every group, unless it says otherwise.</summary>
    public const int Seeds = 5;

    /// <summary>
    /// Steps of a comparison in which somebody may never generalise: x+y at 60 % generalises within nine tenths of them
    /// with every seed of calibration/results/power2022.csv.
    /// </summary>
    public const int Budget = 1_200;

    /// <summary>Steps of <see cref="Tuned"/>: enough for 85 % of the unseen equations of x-y at 45 % with every seed of the calibration.</summary>
    public const int TunedBudget = 2_000;

    /// <summary>Steps of <see cref="Product"/>: x·y in S5 generalises within nine tenths of them, but for about one seed in six of the calibration.</summary>
    public const int ProductBudget = 2_250;

    /// <summary>Seeds of x·y in S5, so many that most of them generalise.</summary>
    public const int ProductSeeds = 7;

    private const double ProductFraction = 0.6;

    // At which it is steady with most of a table, and on S5.
    private const double SteadyRate = 3e-3;
    private const double TunedRate = 1e-2;
    private const int Modulus = 43;
    private const string Model = "2 layers of width 64 before their norms, with equal batches and clipped gradients, at a learning rate of";

    /// <summary>How it differs from the paper, for a claim's list.</summary>
    public static string Deviation { get; } = OnResidues(((AdamW)Presets.Small.Optimizer).LearningRate);

    /// <summary>The same for claims on <see cref="Tuned"/>.</summary>
    public static string TunedDeviation { get; } = OnResidues(TunedRate);

    /// <summary>The same for claims on <see cref="Steady"/>.</summary>
    public static string SteadyDeviation { get; } = OnResidues(SteadyRate);

    /// <summary>The same for claims on <see cref="Product"/>.</summary>
    public static string ProductDeviation { get; } = Figures.Text(
        $"A small model of S5: {Model} {SteadyRate:0e-0}, on {100 * ProductFraction:0} % of the table within {ProductBudget:N0} steps.");

    /// <summary>An operation at a fraction of its table, with steps enough to generalise.</summary>
    public static Experiment Of(ModularOperation operation, double trainFraction) => Presets.Small with
    {
        Task = operation with { Modulus = Modulus },
        TrainFraction = trainFraction,
        Stopping = StoppingRule.WhenGeneralized,
    };

    /// <summary>The same within <see cref="Budget"/>.</summary>
    public static Experiment Within(ModularOperation operation, double trainFraction) => Of(operation, trainFraction) with { Steps = Budget };

    /// <summary>
    /// The same at the learning rate that generalises soonest where data is short (<see cref="LearningRateWindow"/>); with most of the table it is
    /// unsteady. Within <see cref="TunedBudget"/>.
    /// </summary>
    public static Experiment Tuned(ModularOperation operation, double trainFraction) => Of(operation, trainFraction) with
    {
        Optimizer = new AdamW { LearningRate = TunedRate },
        Steps = TunedBudget,
    };

    /// <summary>The same on most of a table, within <see cref="Budget"/>, at a learning rate at which it is steady there without decay too.</summary>
    public static Experiment Steady(ModularOperation operation, double trainFraction) =>
        Within(operation, trainFraction) with { Optimizer = new AdamW { LearningRate = SteadyRate } };

    /// <summary>A product in S5. At the model's own learning rate it is learnt late with some seeds.</summary>
    public static Experiment Product(PermutationOperation product) => Presets.Small with
    {
        Task = product,
        TrainFraction = ProductFraction,
        Optimizer = new AdamW { LearningRate = SteadyRate },
        Steps = ProductBudget,
        Stopping = StoppingRule.WhenGeneralized,
    };

    /// <summary>An experiment on all seeds, named "small model, " and the rest of the name.</summary>
    public static RunGroup Group(string name, Experiment experiment) => RunGroup.Seeds("small model, " + name, experiment, Seeds);

    private static string OnResidues(double learningRate) =>
        Figures.Text($"A small model of operations mod {Modulus}: {Model} {learningRate:0e-0}.");
}
