namespace Grokking.Claims;

/// <summary>At which size a claim is tried.</summary>
public enum Tier
{
    /// <summary>Sizes that fit two cores and minutes; every deviation from the paper is written in the claim.</summary>
    Quick,

    /// <summary>The paper's sizes, seeds and budgets, of which docs/paper-tier.md has the cost. A claim of a follow-up whose quick runs are as near to its paper as it gets here trains the same at both, and lists its deviations at both.</summary>
    Paper,
}
