using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>Named experiments, one for each setup that a paper or a test refers to. A variation is <c>with</c> what differs.</summary>
public static class Presets
{
    /// <summary>
    /// Power et al. 2022, A.1.2, as its text has it: 2 layers, width 128, 4 heads, AdamW with decay 1, epochs of batches of 512 with a
    /// short last one, no clipping; the equation as <c>a ∘ b =</c>. x+y on half of the table.
    /// </summary>
    public static Experiment PaperText { get; } = new() { Operation = Operations.Add };

    /// <summary>The same as openai/grok trains it: <c>&lt;eos&gt; a ∘ b = c &lt;eos&gt;</c> in 239 tokens, the loss averaged over answer and end token.</summary>
    public static Experiment OpenAICode { get; } = PaperText with { Convention = SequenceConvention.OpenAICode };

    /// <summary>Power et al. 2022, Figure 1 left: division on half of the table by Adam without weight decay, for 10⁶ updates.</summary>
    public static Experiment Figure1Left { get; } = PaperText with
    {
        Operation = Operations.Divide,
        Optimizer = AdamW.Adam,
        Steps = 1_000_000,
    };

    /// <summary>
    /// The small model of the quick tier: 2 layers of width 64 before their norms, x−y mod 43 on 60 % of the table. Equal batches and clipping
    /// at norm 1 keep the short last batch and the loss spikes, on which the paper is silent, from deciding when it memorises and generalises.
    /// It groks in about 2,000 steps with every seed of the calibration.
    /// </summary>
    public static Experiment Small { get; } = new()
    {
        Operation = Operations.Subtract with { Modulus = 43 },
        TrainFraction = 0.6,
        Model = new TransformerConfig { DModel = 64, Norm = NormPlacement.Pre, FinalNorm = true },
        Optimizer = new AdamW { LearningRate = 3e-3 },
        Batches = BatchRule.Even,
        ClipNorm = 1,
        Steps = 8_000,
    };
}
