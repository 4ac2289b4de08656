using System.Security;
using Microsoft.Win32.SafeHandles;

namespace Grokking.Store;

/// <summary>The store's files on a disk. Follows no link below its root; the root itself may be one.</summary>
public sealed class DiskFiles : IStoreFiles
{
    // What a lock held by somebody else looks like: EAGAIN on Linux, on macOS, and a sharing violation on Windows.
    private static readonly int[] s_lockedResults = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Names the folder; touches nothing.</summary>
    /// <param name="root">The store's folder; it need not exist. A relative path starts at the working folder.</param>
    /// <exception cref="StoreException">It cannot be a path.</exception>
    public DiskFiles(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        try
        {
            Root = Path.GetFullPath(root);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            throw new StoreException($"The store's folder cannot be \"{OneLine(root)}\": {OneLine(exception.Message)}", exception);
        }
    }

    /// <inheritdoc/>
    public string Root { get; }

    /// <inheritdoc/>
    public byte[]? Read(string path, long longest) => Try("read", path, full =>
    {
        RefuseLinks(path, full, includingLast: true);
        SafeFileHandle? handle = OpenForReading(path, full);
        if (handle is null)
        {
            return null;
        }

        using (handle)
        {
            long length = RandomAccess.GetLength(handle);
            if (length > longest)
            {
                throw new FileTooLongException(FormattableString.Invariant(
                    $"Cannot read {path} of the store in {Root}: it has {length} bytes, more than the {longest} allowed."));
            }

            byte[] bytes = new byte[length];
            int read = 0;
            while (read < bytes.Length)
            {
                int count = RandomAccess.Read(handle, bytes.AsSpan(read), read);
                if (count == 0)
                {
                    return bytes[..read];
                }

                read += count;
            }

            return bytes;
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<StoreEntry> List(string folder) => Try("list", folder, full =>
    {
        RefuseLinks(folder, full, includingLast: true);
        if (!Directory.Exists(full))
        {
            return [];
        }

        // A link's target is not asked for.
        IEnumerable<StoreEntry> entries = new DirectoryInfo(full).EnumerateFileSystemInfos().Select(entry => new StoreEntry(
            entry.Name,
            IsLink(entry) ? StoreEntryKind.Link : entry is DirectoryInfo ? StoreEntryKind.Folder : StoreEntryKind.File,
            entry is FileInfo file && !IsLink(entry) ? file.Length : 0));
        return (IReadOnlyList<StoreEntry>)[.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    });

    /// <inheritdoc/>
    public void CreateFolder(string folder) => Try("create the folder", folder, full =>
    {
        RefuseLinks(folder, full, includingLast: true);
        Stack<string> missing = new();
        for (string? at = full; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing.Push(at);
        }

        foreach (string at in missing)
        {
            Directory.CreateDirectory(at);
            if (Path.GetDirectoryName(at) is string parent)
            {
                SystemCalls.SyncFolder(parent);
            }
        }

        return true;
    });

    /// <inheritdoc/>
    public IStoreFile? TryCreate(string path) => Try("create", path, full =>
    {
        RefuseLinks(path, full, includingLast: false);
        if (new FileInfo(full) is { Exists: true } or { LinkTarget: not null } || Directory.Exists(full))
        {
            return null;
        }

        // CreateNew fails on any name that is taken, so it follows no link either.
        return (IStoreFile)new DiskFile(this, path, new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
    });

    /// <inheritdoc/>
    public IStoreFile CreateVolatile(string path) => Try("create", path, full =>
    {
        RefuseLinks(path, full, includingLast: false);
        File.Delete(full);
        return (IStoreFile)new DiskFile(
            this, path, new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    });

    /// <inheritdoc/>
    public bool Rename(string from, string to) => Try("rename", from, full =>
    {
        RefuseLinks(from, full, includingLast: false);
        string target = FullPath(to);
        RefuseLinks(to, target, includingLast: false);
        if (OperatingSystem.IsWindows())
        {
            return RenameOnWindows(full, target);
        }

        // .NET's own move looks where a link leads first.
        return SystemCalls.TryRename(full, target);
    });

    /// <inheritdoc/>
    public void SyncFolder(string folder) => Try("sync the folder", folder, full =>
    {
        RefuseLinks(folder, full, includingLast: true);
        SystemCalls.SyncFolder(full);
        return true;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Try("delete", path, full =>
    {
        RefuseLinks(path, full, includingLast: false);
        if (Directory.Exists(Path.GetDirectoryName(full)))
        {
            File.Delete(full);
        }

        return true;
    });

    /// <inheritdoc/>
    public void DeleteEmptyFolder(string folder) => Try("delete the folder", folder, full =>
    {
        RefuseLinks(folder, full, includingLast: true);
        if (Directory.Exists(full) && !Directory.EnumerateFileSystemEntries(full).Any())
        {
            Directory.Delete(full);
        }

        return true;
    });

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => Try("lock", path, full =>
    {
        RefuseLinks(path, full, includingLast: true);
        try
        {
            return (IDisposable?)new FileStream(
                full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (s_lockedResults.Contains(exception.HResult))
        {
            return null;
        }
    });

    /// <inheritdoc/>
    public bool IsLocked(string path) => Try("look at the lock", path, full =>
    {
        RefuseLinks(path, full, includingLast: true);
        try
        {
            // Several may look at once; whoever wants the lock in this very moment asks again.
            using var free = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException exception) when (s_lockedResults.Contains(exception.HResult))
        {
            return true;
        }
    });

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static string OneLine(string text) =>
        ShownText.Of(text, int.MaxValue, replacement: " ").TrimEnd('.', ' ');

    private static SafeFileHandle? OpenForReading(string path, string full)
    {
        SafeFileHandle? handle;
        if (OperatingSystem.IsWindows())
        {
            handle = File.Exists(full)
                ? File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : null;
        }
        else
        {
            handle = SystemCalls.OpenForReading(full);
        }

        if (handle is not null && (!SystemCalls.CanSeek(handle) || Directory.Exists(full)))
        {
            handle.Dispose();
            throw new NotPlainFileException($"{path} in the store is no plain file");
        }

        return handle;
    }

    private static bool RenameOnWindows(string from, string to)
    {
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
            return true;
        }

        if (!File.Exists(from))
        {
            return false;
        }

        File.Move(from, to, overwrite: true);
        return true;
    }

    private string FullPath(string path)
    {
        if (path.Length == 0)
        {
            return Root;
        }

        string[] parts = path.Split('/');
        return parts.Any(part => part.Length == 0 || part is "." or ".." || part.AsSpan().IndexOfAny('\0', '\\', ':') >= 0)
            ? throw new ArgumentException($"\"{OneLine(path)}\" is no path inside a store.", nameof(path))
            : Path.Combine([Root, .. parts]);
    }

    // The folders between the root and the path, and the path itself where it is to be used and not replaced.
    private void RefuseLinks(string path, string full, bool includingLast)
    {
        for (string at = includingLast ? full : Path.GetDirectoryName(full)!; at.Length > Root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is string target)
            {
                string link = Path.GetRelativePath(Root, at).Replace('\\', '/');
                throw new NotPlainFileException(
                    $"{(string.Equals(link, path, StringComparison.Ordinal) ? "" : $"{path}: ")}{link} is a link to {OneLine(target)}; " +
                    $"the store in {Root} follows none");
            }
        }
    }

    private T Try<T>(string verb, string path, Func<string, T> operation)
    {
        string full = FullPath(path);
        try
        {
            return operation(full);
        }
        catch (Exception exception) when (exception is IOException and not StoreException or UnauthorizedAccessException or SecurityException)
        {
            throw Refusal(verb, path, exception);
        }
    }

    private StoreException Refusal(string verb, string path, Exception exception) =>
        new($"Cannot {verb} {(path.Length == 0 ? "the root" : path)} of the store in {Root}: {OneLine(exception.Message)}.", exception);

    private sealed class DiskFile(DiskFiles files, string path, FileStream stream) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            try
            {
                stream.Write(bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw files.Refusal("write", path, exception);
            }
        }

        public void Flush()
        {
            try
            {
                stream.Flush(flushToDisk: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw files.Refusal("flush", path, exception);
            }
        }

        public void Dispose() => stream.Dispose();
    }
}
