namespace Grokking.Cli.Compare;

/// <summary>What a store has to compare.</summary>
/// <param name="Root">Where it lies.</param>
/// <param name="Runs">The complete runs.</param>
/// <param name="Unfinished">How many runs have no result yet.</param>
/// <param name="Problems">One line for each run that did not pass verification.</param>
internal sealed record RunListing(string Root, IReadOnlyList<ComparedRun> Runs, int Unfinished, IReadOnlyList<string> Problems);
