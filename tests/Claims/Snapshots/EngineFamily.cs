namespace Grokking.Tests.Claims.Snapshots;

/// <summary>The engines whose runs are held to the same approved files: all versions of one implementation on one kind of device.</summary>
/// <param name="Name">An engine's id without its version.</param>
/// <param name="Tolerances">How far a run may be from the approved one; null for an engine that promises its bits: not at all.</param>
internal sealed record EngineFamily(string Name, SnapshotTolerances? Tolerances)
{
    public static EngineFamily Cpu { get; } = new("cpu", Tolerances: null);

    public static IReadOnlyList<EngineFamily> All { get; } =
        [Cpu, new("torch-cpu", SnapshotTolerances.OtherSums), new("torch-cuda", SnapshotTolerances.OtherSums)];

    /// <summary>The family of an engine.</summary>
    /// <param name="engineId">E.g. "cpu-3".</param>
    /// <exception cref="ArgumentException">There is none of its name.</exception>
    public static EngineFamily Of(string engineId)
    {
        string name = engineId[..Math.Max(0, engineId.LastIndexOf('-'))];
        return All.FirstOrDefault(family => string.Equals(family.Name, name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"Snapshots of {engineId} have no family; there are: {string.Join(", ", All.Select(family => family.Name))}.", nameof(engineId));
    }
}
