using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>One of the ways to train that Power et al. 2022 compare in Figure 2 left.</summary>
/// <param name="Key">Its name on a command line, e.g. "adam-full-batch".</param>
/// <param name="Name">Its name in tables, e.g. "Adam, full batch".</param>
/// <param name="Experiment">What is trained.</param>
public sealed record Intervention(string Key, string Name, Experiment Experiment);

/// <summary>The nine interventions of Power et al. 2022, A.1.2, on any baseline.</summary>
public static class Interventions
{
    /// <summary>All nine, the baseline first.</summary>
    /// <param name="baseline">
    /// A transformer trained by AdamW with its decay to the origin; its learning rate is the one that two of the nine take three tenths and three times of.
    /// </param>
    /// <exception cref="ArgumentException">The baseline has another optimiser or another model.</exception>
    public static IReadOnlyList<Intervention> Of(Experiment baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        if (baseline.Optimizer is not AdamW { WeightDecay: > 0, DecayTarget: DecayTarget.Origin } decayed)
        {
            throw new ArgumentException("baseline must train by AdamW with weight decay to the origin.", nameof(baseline));
        }

        if (baseline.Model is not TransformerConfig model)
        {
            throw new ArgumentException("baseline must train a transformer.", nameof(baseline));
        }

        AdamW adam = decayed with { WeightDecay = 0 };
        Experiment plain = baseline with { Optimizer = adam };
        return
        [
            new("adamw", "AdamW, decay to the origin", baseline),
            new("adamw-to-init", "AdamW, decay to the initialisation", baseline with { Optimizer = decayed with { DecayTarget = DecayTarget.Initialization } }),
            new("adam", "Adam", plain),
            new("adam-full-batch", "Adam, full batch", plain with { Batches = BatchRule.Full }),
            new("adam-update-noise", "Adam, full batch, update noise", plain with { Batches = BatchRule.Full, Optimizer = adam with { UpdateNoise = 1 } }),
            new("adam-weight-noise", "Adam, weight noise 0.01", plain with { WeightNoise = 0.01 }),
            new("adam-dropout", "Adam, dropout 0.1", plain with { Model = model with { Dropout = 0.1 } }),
            new("adam-low-rate", "Adam, 0.3 times the learning rate", plain with { Optimizer = adam with { LearningRate = adam.LearningRate * 0.3 } }),
            new("adam-high-rate", "Adam, 3 times the learning rate", plain with { Optimizer = adam with { LearningRate = adam.LearningRate * 3 } }),
        ];
    }
}
