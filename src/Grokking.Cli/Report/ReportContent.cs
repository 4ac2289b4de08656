using Grokking.Claims;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>All that a report shows. Equal content gives equal bytes: no clock, no machine and no culture is asked for.</summary>
/// <param name="Tier">At which size the claims were tried.</param>
/// <param name="EngineId">Whose curves they are.</param>
/// <param name="Claims">In the order of the report.</param>
/// <param name="Environment">Where the runs were made, as name and value.</param>
internal sealed record ReportContent(
    Tier Tier,
    string EngineId,
    IReadOnlyList<ReportedClaim> Claims,
    IReadOnlyList<EnvironmentFact> Environment)
{
    /// <summary>The command that trains what a claim lacks here.</summary>
    public string TrainingCommand(Claim claim)
    {
        string tier = Tier == Tier.Quick ? "" : $" --tier {TierVariable.NameOf(Tier)}";
        string engine = EngineId.StartsWith("torch-", StringComparison.Ordinal) ? "torch" : "cpu";
        return $"grok claims {Printable.Line(claim.Name)}{tier} --engine {engine}";
    }
}

/// <summary>One fact about where runs were made.</summary>
internal sealed record EnvironmentFact(string Name, string Value);

/// <summary>A claim in a report.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Tier">At which size it is tried.</param>
/// <param name="Run">Its runs and verdict; null where not all of its runs are there, and then nothing is judged.</param>
/// <param name="Artefacts">What each run left, group by group in the order of its runs; empty where there are no files.</param>
/// <param name="Missing">The runs that are not there.</param>
internal sealed record ReportedClaim(
    Claim Claim, Tier Tier, ClaimRun? Run, IReadOnlyList<RunArtefact> Artefacts, IReadOnlyList<MissingRun> Missing)
{
    /// <summary>How often the claim fails on fresh seeds at its tier; null where nobody has counted.</summary>
    public FalseAlarms? FalseAlarms { get; init; }

    /// <summary>Pictures of what is in the weights.</summary>
    public IReadOnlyList<GroupMap> Maps { get; init; } = [];

    /// <summary>How many runs the claim needs at its tier.</summary>
    public int WantedRuns => Claim.Experiments(Tier).Count;
}

/// <summary>A picture of the weights of one run of a group.</summary>
internal sealed record GroupMap(string Group, RowMap Map);

/// <summary>Where a run lies.</summary>
/// <param name="Key">The run's key in its store.</param>
/// <param name="Folder">Its folder, relative to the store.</param>
internal sealed record RunArtefact(string Key, string Folder);

/// <summary>A run that a claim needs and the store has not.</summary>
/// <param name="Group">The claim's group.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Key">The key it would have.</param>
internal sealed record MissingRun(string Group, ulong Seed, string Key);
