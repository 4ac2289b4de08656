using Grokking.Claims;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Names a snapshot's files as Verify does: {Class}.{Method}_{parameter}.verified.json, with the tier as the parameter.</summary>
internal sealed record SnapshotName(string TestClass, string Test, Tier Tier)
{
    public const string VerifiedEnding = ".verified.json";

    public const string ReceivedEnding = ".received.json";

    public string Parameter => ParameterOf(Tier);

    public string VerifiedFile => Stem + VerifiedEnding;

    public string ReceivedFile => Stem + ReceivedEnding;

    private string Stem => $"{TestClass}.{Test}_{Parameter}";

    private static string ParameterOf(Tier tier) => tier == Tier.Paper ? "paper" : "quick";
}
