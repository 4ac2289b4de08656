using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

/// <summary>Files of which somebody deletes one before it gets its name.</summary>
internal sealed class SweptFiles(IStoreFiles inner) : IStoreFiles
{
    /// <summary>The name that it would have had; null for none.</summary>
    public string? Swept { get; set; }

    public string Root => inner.Root;

    public byte[]? Read(string path, long longest) => inner.Read(path, longest);

    public IReadOnlyList<StoreEntry> List(string folder) => inner.List(folder);

    public void CreateFolder(string folder) => inner.CreateFolder(folder);

    public IStoreFile? TryCreate(string path) => inner.TryCreate(path);

    public IStoreFile CreateVolatile(string path) => inner.CreateVolatile(path);

    public bool Rename(string from, string to)
    {
        if (Swept is not null && to.EndsWith("/" + Swept, StringComparison.Ordinal))
        {
            inner.Delete(from);
        }

        return inner.Rename(from, to);
    }

    public void SyncFolder(string folder) => inner.SyncFolder(folder);

    public void Delete(string path) => inner.Delete(path);

    public void DeleteEmptyFolder(string folder) => inner.DeleteEmptyFolder(folder);

    public IDisposable? TryLock(string path) => inner.TryLock(path);

    public bool IsLocked(string path) => inner.IsLocked(path);
}
