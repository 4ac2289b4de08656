using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>
/// The paper's own model as the quick tier trains it: as <see cref="Presets.PaperText"/> but for the budget and a sample for evaluations, ended where it generalises. Claims that
/// ask for the same experiment share its run.
/// </summary>
internal static class QuickHeadline
{
    /// <summary>Seeds of every headline group.</summary>
    public const int Seeds = 2;

    private const int Sample = 2048;

    /// <summary>How its curves differ from the paper's, for a claim's list.</summary>
    public static string Deviation { get; } =
        Figures.Text($"Accuracies and losses of the paper's own model are of at most {Sample:N0} training and {Sample:N0} validation equations, which the seed draws.");

    /// <summary>x+y mod 97 at half of its table by Adam without weight decay, within a budget at which decay has generalised.</summary>
    public static Experiment WithoutDecay { get; } = Add(0.5) with { Optimizer = AdamW.Adam, Steps = 4_500 };

    /// <summary>An operation at a fraction of its table.</summary>
    public static Experiment Of(Operation operation, double trainFraction) => Presets.PaperText with
    {
        Task = operation,
        TrainFraction = trainFraction,
        Stopping = StoppingRule.WhenGeneralized,
        EvaluationSample = Sample,
        Steps = 12_000,
    };

    /// <summary>x+y mod 97 at a fraction of its table.</summary>
    public static Experiment Add(double trainFraction) => Of(Operations.Add, trainFraction);
}
