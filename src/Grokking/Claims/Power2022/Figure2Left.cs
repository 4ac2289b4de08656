using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Power2022;

/// <summary>The runs of Power et al. 2022, Figure 2 left, as each tier trains them. Claims that ask for the same intervention share its runs.</summary>
/// <param name="Groups">One an intervention, in the order of <see cref="Interventions"/>.</param>
internal sealed record Figure2Left(IReadOnlyList<RunGroup> Groups)
{
    /// <summary>The place of AdamW with decay to the origin.</summary>
    public const int ToOrigin = 0;

    /// <summary>The place of AdamW with decay to the initialisation.</summary>
    public const int ToInitialization = 1;

    /// <summary>The place of Adam as it is.</summary>
    public const int Adam = 2;

    /// <summary>The place of Adam by full batches.</summary>
    public const int FullBatch = 3;

    /// <summary>The place of Adam by full batches with noise on its updates.</summary>
    public const int UpdateNoise = 4;

    /// <summary>The place of Adam with noise on its weights.</summary>
    public const int WeightNoise = 5;

    /// <summary>Seeds of the small model by full batches, whose steps take twice as long.</summary>
    public const int SeedsByFullBatches = 2;

    /// <summary>x+y on the small model, or the product in S5 on the paper's.</summary>
    public static Figure2Left At(Tier tier) => tier == Tier.Quick
        ? new([
            .. Interventions.Of(QuickSmall.Within(Operations.Add, 0.6))
                .Select(intervention => RunGroup.Seeds(
                    "small model, " + intervention.Name,
                    intervention.Experiment,
                    intervention.Experiment.Batches == BatchRule.Full ? SeedsByFullBatches : QuickSmall.Seeds)),
        ])
        : new([
            .. Interventions.Of(Presets.Figure2Left with { Stopping = StoppingRule.WhenGeneralized })
                .Select(intervention => RunGroup.Seeds("S5, " + intervention.Name, intervention.Experiment, 3)),
        ]);
}
