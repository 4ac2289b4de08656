using Grokking.Claims;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>
/// Names a snapshot's files as Verify does: {Class}.{Method}_{parameters}.verified.json, with the tier as the parameter and, but for the CPU engine,
/// the family of the engine.
/// </summary>
internal sealed record SnapshotName(string TestClass, string Test, Tier Tier, EngineFamily Family)
{
    public const string VerifiedEnding = ".verified.json";

    public const string ReceivedEnding = ".received.json";

    public string Parameters => Family == EngineFamily.Cpu ? TierVariable.NameOf(Tier) : $"{TierVariable.NameOf(Tier)}_{Family.Name}";

    public string VerifiedFile => Stem + VerifiedEnding;

    public string ReceivedFile => Stem + ReceivedEnding;

    private string Stem => $"{TestClass}.{Test}_{Parameters}";
}
