using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>Modular operations as the paper tier trains them: <see cref="Presets.PaperText"/>, ended where it generalises.</summary>
internal static class PaperSize
{
    /// <summary>Seeds of every group: Figure 2 right is an average over as many.</summary>
    public const int Seeds = 3;

    /// <summary>An operation at a fraction of its table, named after both.</summary>
    public static RunGroup Group(string name, ModularOperation operation, double trainFraction) => RunGroup.Seeds(
        Figures.Text($"{name} mod {operation.Modulus}, {100 * trainFraction:0.#} % data"),
        Presets.PaperText with { Task = operation, TrainFraction = trainFraction, Stopping = StoppingRule.WhenGeneralized },
        Seeds);
}
