namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Holds a snapshot to its approved file and leaves a received file where they differ. Nothing is ever approved here.</summary>
internal static class SnapshotHost
{
    /// <summary>null for the approved snapshot, and then no received file is left of an earlier run.</summary>
    public static Task<SnapshotMismatch?> Compare(SnapshotName name, string received) =>
#if USE_VERIFY
        new VerifySnapshots(RepositoryPaths.Approved).Compare(name, received);
#else
        new FileSnapshots(RepositoryPaths.Approved).Compare(name, received);
#endif
}
