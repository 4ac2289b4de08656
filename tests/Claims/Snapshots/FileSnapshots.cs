namespace Grokking.Tests.Claims.Snapshots;

/// <summary>The default host: plain files with Verify's names in one folder.</summary>
internal sealed class FileSnapshots(string folder)
{
    /// <inheritdoc cref="SnapshotHost.Compare"/>
    public async Task<SnapshotMismatch?> Compare(SnapshotName name, string received)
    {
        string verifiedPath = Path.Combine(folder, name.VerifiedFile);
        string receivedPath = Path.Combine(folder, name.ReceivedFile);
        string? verified = File.Exists(verifiedPath) ? await File.ReadAllTextAsync(verifiedPath) : null;
        if (verified is not null && SnapshotComparer.AreEqual(received, verified, name.Family.Tolerances))
        {
            File.Delete(receivedPath);
            return null;
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(receivedPath, received);
        return new SnapshotMismatch(
            verified is not null,
            verified is null ? [] : SnapshotComparer.Differences(received, verified, name.Family.Tolerances),
            receivedPath,
            verifiedPath);
    }
}
