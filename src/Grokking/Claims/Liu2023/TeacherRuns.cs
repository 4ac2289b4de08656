using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Claims.Liu2023;

/// <summary>The student of Liu et al. 2023 ("Omnigrok"), §2, at some scales of its start and some weight decays.</summary>
internal static class TeacherRuns
{
    /// <summary>How claims on it differ from the paper, for their lists.</summary>
    public const string Deviation =
        "Seeds of our own, and each draws its own teacher and inputs; model, rate, thresholds and sizes are those of the released notebook.";

    /// <summary>The paper reads its times at this accuracy.</summary>
    public const double Learnt = 0.95;

    /// <summary>Updates without decay: a run that is never to generalise need not be waited for as long.</summary>
    public const int StepsWithoutDecay = 30_000;

    private const int Seeds = 9;
    private const int Steps = 60_000;

    /// <summary>A student that starts at this scale and decays at this rate; runs end once they have generalised.</summary>
    public static RunGroup At(double scale, double decay) => RunGroup.Seeds(
        Figures.Text($"start × {scale}, decay {decay}"),
        Presets.Liu2023 with
        {
            InitializationScale = scale,
            Optimizer = (AdamW)Presets.Liu2023.Optimizer with { WeightDecay = decay },
            Steps = decay > 0 ? Steps : StepsWithoutDecay,
            Stopping = StoppingRule.WhenGeneralized,
        },
        Seeds);
}
