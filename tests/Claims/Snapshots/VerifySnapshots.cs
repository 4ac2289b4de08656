#if USE_VERIFY
namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Verify as the host: it finds, writes and deletes the files; what is equal is decided by the one comparer.</summary>
internal sealed class VerifySnapshots(string folder)
{
    /// <inheritdoc cref="SnapshotHost.Compare"/>
    public async Task<SnapshotMismatch?> Compare(SnapshotName name, string received)
    {
        var settings = new VerifySettings();
        settings.UseDirectory(folder);
        settings.UseTypeName(name.TestClass);
        settings.UseMethodName(name.Test);
        settings.UseTextForParameters(name.Parameters);
        settings.DisableDiff();
        settings.UseStringComparer((now, approved, _) => Task.FromResult(
            SnapshotComparer.AreEqual(now, approved, name.Family.Tolerances) ? CompareResult.Equal : CompareResult.NotEqual()));

        string verifiedPath = Path.Combine(folder, name.VerifiedFile);
        string receivedPath = Path.Combine(folder, name.ReceivedFile);
        bool approvedBefore = File.Exists(verifiedPath);

        // What an earlier run left would pass for a mismatch of this one.
        if (File.Exists(receivedPath))
        {
            File.Delete(receivedPath);
        }

        try
        {
            await Verifier.Verify(received, "json", settings);
            return null;
        }
        catch (Exception) when (File.Exists(receivedPath))
        {
            IReadOnlyList<string> differences =
                approvedBefore ? SnapshotComparer.Differences(received, await File.ReadAllTextAsync(verifiedPath), name.Family.Tolerances) : [];
            return new SnapshotMismatch(approvedBefore, differences, receivedPath, verifiedPath);
        }
    }
}
#endif
