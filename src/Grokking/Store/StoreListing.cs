namespace Grokking.Store;

/// <summary>What a store holds.</summary>
/// <param name="Runs">The runs that passed, in the order of their keys.</param>
/// <param name="Problems">What did not pass, and what does not belong there.</param>
public sealed record StoreListing(IReadOnlyList<StoredRun> Runs, IReadOnlyList<StoreProblem> Problems);

/// <summary>Something wrong in a store.</summary>
/// <param name="Path">Where, relative to the root.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Quarantine">Where it was put; null if it lies where it was.</param>
public sealed record StoreProblem(string Path, string Reason, string? Quarantine)
{
    /// <summary>Whether it is none of the store's files: no run is damaged by it.</summary>
    public bool IsStray { get; init; }
}
