using Grokking.Configuration;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Claims.Doshi2023;

/// <summary>The network of Doshi et al. 2023 made small, for grids: x+y mod 47, 256 units, true labels, 500 updates.</summary>
internal static class SmallAddition
{
    /// <summary>How it differs from the paper, for a claim's list.</summary>
    public const string Deviation = "x+y mod 47 with 256 units instead of mod 97 with 500, within 500 updates.";

    private const int Seeds = 5;

    /// <summary>A group on a fraction of the table at a weight decay.</summary>
    public static RunGroup At(double trainFraction, double weightDecay) => RunGroup.Seeds(
        Figures.Text($"{100 * trainFraction:0} % data, decay {weightDecay}"),
        Presets.Doshi2023 with
        {
            Task = Operations.Add with { Modulus = 47 },
            TrainFraction = trainFraction,
            Model = (MlpConfig)Presets.Doshi2023.Model with { DHidden = 256 },
            Optimizer = (AdamW)Presets.Doshi2023.Optimizer with { WeightDecay = weightDecay },
        },
        Seeds);
}
