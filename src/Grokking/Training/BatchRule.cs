namespace Grokking.Training;

/// <summary>How an epoch is cut into batches.</summary>
public enum BatchRule
{
    /// <summary>
    /// Shuffled epochs of min(B, ⌈N/2⌉) examples with a short last batch: Power et al. and openai/grok. A short batch is a full Adam step on
    /// few examples; where N mod B is small it kicks the training accuracy once an epoch.
    /// </summary>
    Paper,

    /// <summary>Shuffled epochs of ⌈N/B⌉ batches whose sizes differ by one at most.</summary>
    Even,

    /// <summary>All training examples in every step.</summary>
    Full,
}
