using Grokking.Configuration;
using Grokking.Optimizers;

namespace Grokking.Claims.Doshi2023;

/// <summary>The experiment of Doshi et al. 2023, Figure 1: x+y mod 97 on half of the table, 35 % of the training labels wrong, at some weight decay.</summary>
internal static class CorruptedAddition
{
    /// <summary>Seeds of every group.</summary>
    public const int Seeds = 3;

    /// <summary>ξ, the share of the training labels that are wrong.</summary>
    public const double Corruption = 0.35;

    /// <summary>How the claims on it differ from the paper.</summary>
    public const string Deviation = "The paper shows one run; a wrong label is that of another training equation instead of a random one.";

    private const int TrainingEquations = 4704;

    /// <summary>Training accuracy of a model that knows the true answers alone: 1 − ξ, and of the wrong labels those right by chance, ξ/97.</summary>
    public static double AccuracyOfTruth => 1 - Corruption + (Corruption / 97);

    /// <summary>A group at a weight decay for some updates.</summary>
    public static RunGroup At(double weightDecay, int steps) => RunGroup.Seeds(
        Figures.Text($"{100 * Corruption:0} % wrong labels, decay {weightDecay}"),
        Presets.Doshi2023 with
        {
            Optimizer = (AdamW)Presets.Doshi2023.Optimizer with { WeightDecay = weightDecay },
            Outliers = (int)(Corruption * TrainingEquations),
            Steps = steps,
        },
        Seeds);
}
