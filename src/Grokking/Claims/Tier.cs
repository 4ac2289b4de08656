namespace Grokking.Claims;

/// <summary>At which size a claim is tried.</summary>
public enum Tier
{
    /// <summary>Sizes that fit two cores and minutes; every deviation from the paper is written in the claim.</summary>
    Quick,

    /// <summary>The paper's sizes, seeds and budgets; hours. What fits minutes in nearly the paper's size is the same at both tiers.</summary>
    Paper,
}
