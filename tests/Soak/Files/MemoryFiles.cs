using Grokking.Store;

namespace Grokking.Tests.Soak.Files;

/// <summary>Files in memory that know what would be left of them if the power failed.</summary>
/// <remarks>
/// Bytes are safe after a flush of their file, names after a sync of their folder. Of what is not safe yet, a loss of power leaves any
/// prefix of the changes of names, and of the bytes any set of sectors, the others reading as zeros.
/// </remarks>
internal sealed class MemoryFiles : IStoreFiles
{
    private const int Sector = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Node> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new([""], StringComparer.Ordinal);
    private readonly HashSet<string> _locked = new(StringComparer.Ordinal);

    // The names as they would be after a loss of power, and the changes since that could still be lost, oldest first.
    private Dictionary<string, Node> _safeNames = new(StringComparer.Ordinal);
    private readonly List<(string Folder, Action<Dictionary<string, Node>> Change)> _unsafeChanges = [];

    public string Root => "memory";

    /// <summary>Paths of all files.</summary>
    public IReadOnlyList<string> Paths => [.. _names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A file's bytes, for a test to look at or to damage.</summary>
    public byte[] this[string path]
    {
        get => [.. _names[path].Bytes];
        set => _names[path] = new Node(value);
    }

    /// <summary>A copy with everything on the disk.</summary>
    public MemoryFiles Clone()
    {
        var clone = new MemoryFiles();
        clone._folders.UnionWith(_folders);
        foreach ((string path, Node node) in _names)
        {
            clone._names[path] = new Node([.. node.Bytes]);
        }

        clone._safeNames = new(clone._names, StringComparer.Ordinal);
        return clone;
    }

    /// <summary>Writes all files into a folder of the disk, without waiting for it after every one.</summary>
    public void CopyTo(string folder)
    {
        foreach (string path in Paths)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, this[path]);
        }
    }

    /// <summary>What a loss of power leaves.</summary>
    public MemoryFiles LosePower(Random chance)
    {
        var left = new MemoryFiles();
        left._folders.UnionWith(_folders);
        Dictionary<string, Node> names = new(_safeNames, StringComparer.Ordinal);
        foreach ((_, Action<Dictionary<string, Node>> change) in _unsafeChanges.Take(chance.Next(_unsafeChanges.Count + 1)))
        {
            change(names);
        }

        foreach ((string path, Node node) in names)
        {
            left._names[path] = new Node(node.LosePower(chance));
        }

        left._safeNames = new(left._names, StringComparer.Ordinal);
        return left;
    }

    public byte[]? Read(string path, long longest)
    {
        lock (_gate)
        {
            return !_names.TryGetValue(path, out Node? node) ? null
                : node.Bytes.Count <= longest ? [.. node.Bytes]
                : throw new FileTooLongException($"{path} is too long");
        }
    }

    public IReadOnlyList<StoreEntry> List(string folder)
    {
        lock (_gate)
        {
            string start = folder.Length == 0 ? "" : folder + "/";
            IEnumerable<StoreEntry> files = _names
                .Where(pair => IsIn(pair.Key, start))
                .Select(pair => new StoreEntry(pair.Key[start.Length..], StoreEntryKind.File, pair.Value.Bytes.Count));
            IEnumerable<StoreEntry> folders = _folders
                .Where(path => path.Length > 0 && IsIn(path, start))
                .Select(path => new StoreEntry(path[start.Length..], StoreEntryKind.Folder, 0));
            return [.. files.Concat(folders).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }

        static bool IsIn(string path, string start) => path.StartsWith(start, StringComparison.Ordinal) && path.IndexOf('/', start.Length) < 0;
    }

    public void CreateFolder(string folder)
    {
        lock (_gate)
        {
            for (string at = folder; at.Length > 0; at = FolderOf(at))
            {
                _folders.Add(at);
            }
        }
    }

    public IStoreFile? TryCreate(string path)
    {
        lock (_gate)
        {
            return _names.ContainsKey(path) || _folders.Contains(path) ? null : Create(path);
        }
    }

    public IStoreFile CreateVolatile(string path)
    {
        lock (_gate)
        {
            return Create(path);
        }
    }

    public bool Rename(string from, string to)
    {
        lock (_gate)
        {
            RequireFolder(to);
            if (_folders.Contains(from))
            {
                foreach (string path in _folders.Where(path => IsBelow(path, from)).ToList())
                {
                    _folders.Remove(path);
                    _folders.Add(to + path[from.Length..]);
                }

                Change(FolderOf(to), names =>
                {
                    foreach (string path in names.Keys.Where(path => IsBelow(path, from)).ToList())
                    {
                        names.Remove(path, out Node? node);
                        names[to + path[from.Length..]] = node!;
                    }
                });
                return true;
            }

            if (!_names.ContainsKey(from))
            {
                return false;
            }

            Change(FolderOf(to), names =>
            {
                names.Remove(from, out Node? node);
                names[to] = node!;
            });
            return true;
        }

        static bool IsBelow(string path, string folder) =>
            string.Equals(path, folder, StringComparison.Ordinal) || path.StartsWith(folder + "/", StringComparison.Ordinal);
    }

    public void SyncFolder(string folder)
    {
        lock (_gate)
        {
            // Names reach the disk in the order of their changes, so everything before the folder's last change is there too.
            int count = _unsafeChanges.FindLastIndex(change => string.Equals(change.Folder, folder, StringComparison.Ordinal)) + 1;
            foreach ((_, Action<Dictionary<string, Node>> change) in _unsafeChanges.Take(count))
            {
                change(_safeNames);
            }

            _unsafeChanges.RemoveRange(0, count);
        }
    }

    public void Delete(string path)
    {
        lock (_gate)
        {
            if (_names.ContainsKey(path))
            {
                Change(FolderOf(path), names => names.Remove(path));
            }
        }
    }

    public void DeleteEmptyFolder(string folder)
    {
        if (List(folder).Count == 0)
        {
            _folders.Remove(folder);
        }
    }

    public IDisposable? TryLock(string path)
    {
        lock (_gate)
        {
            RequireFolder(path);
            return _locked.Add(path) ? new Taken(this, path) : null;
        }
    }

    public bool IsLocked(string path)
    {
        lock (_gate)
        {
            return _locked.Contains(path);
        }
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is int at and > 0 ? path[..at] : "";

    private MemoryFile Create(string path)
    {
        RequireFolder(path);
        var node = new Node([]);
        Change(FolderOf(path), names => names[path] = node);
        return new MemoryFile(this, node);
    }

    private void Change(string folder, Action<Dictionary<string, Node>> change)
    {
        change(_names);
        _unsafeChanges.Add((folder, change));
    }

    private void RequireFolder(string path)
    {
        if (!_folders.Contains(FolderOf(path)))
        {
            throw new StoreException($"No such folder: {path}");
        }
    }

    private sealed class Node(byte[] bytes)
    {
        private int _safeLength = bytes.Length;

        public List<byte> Bytes { get; } = [.. bytes];

        public void Flush() => _safeLength = Bytes.Count;

        public byte[] LosePower(Random chance)
        {
            byte[] left = [.. Bytes.Take(chance.Next(_safeLength, Bytes.Count + 1))];
            for (int start = _safeLength; start < left.Length; start += Sector)
            {
                if (chance.Next(2) == 0)
                {
                    left.AsSpan(start, Math.Min(Sector, left.Length - start)).Clear();
                }
            }

            return left;
        }
    }

    private sealed class MemoryFile(MemoryFiles files, Node node) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            lock (files._gate)
            {
                node.Bytes.AddRange(bytes);
            }
        }

        public void Flush() => node.Flush();

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Taken(MemoryFiles files, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (files._gate)
            {
                files._locked.Remove(path);
            }
        }
    }
}
