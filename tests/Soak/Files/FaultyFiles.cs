using Grokking.Store;

namespace Grokking.Tests.Soak.Files;

/// <summary>Files on which the Nth operation goes wrong.</summary>
/// <param name="inner">The files.</param>
/// <param name="fault">What goes wrong.</param>
/// <param name="failing">At which operation, counted from 0; −1 for none.</param>
internal sealed class FaultyFiles(IStoreFiles inner, Fault fault, int failing = -1) : IStoreFiles
{
    private readonly List<IDisposable> _locks = [];

    /// <summary>Operations so far.</summary>
    public int Count { get; private set; }

    public string Root => inner.Root;

    private bool Struck => failing >= 0 && Count > failing;

    public byte[]? Read(string path, long longest)
    {
        Pass(writes: false);
        return inner.Read(path, longest);
    }

    public IReadOnlyList<StoreEntry> List(string folder)
    {
        Pass(writes: false);
        return inner.List(folder);
    }

    public void CreateFolder(string folder)
    {
        Pass(writes: true);
        inner.CreateFolder(folder);
    }

    public IStoreFile? TryCreate(string path)
    {
        Pass(writes: true);
        return inner.TryCreate(path) is IStoreFile file ? new FaultyFile(this, file) : null;
    }

    public IStoreFile CreateVolatile(string path)
    {
        Pass(writes: true);
        return new FaultyFile(this, inner.CreateVolatile(path));
    }

    public bool Rename(string from, string to)
    {
        Pass(writes: true);
        return inner.Rename(from, to);
    }

    public void SyncFolder(string folder)
    {
        Pass(writes: true);
        inner.SyncFolder(folder);
    }

    public void Delete(string path)
    {
        Pass(writes: false);
        inner.Delete(path);
    }

    public void DeleteEmptyFolder(string folder)
    {
        Pass(writes: false);
        inner.DeleteEmptyFolder(folder);
    }

    public IDisposable? TryLock(string path)
    {
        Pass(writes: true);
        IDisposable? taken = inner.TryLock(path);
        if (taken is not null)
        {
            _locks.Add(taken);
        }

        return taken;
    }

    public bool IsLocked(string path)
    {
        Pass(writes: false);
        return inner.IsLocked(path);
    }

    /// <summary>What the system does when a process ends.</summary>
    public void FreeLocks() => _locks.ForEach(taken => taken.Dispose());

    private void Pass(bool writes) => Pass(writes, () => { });

    private void Pass(bool writes, Action half)
    {
        int number = Count++;
        bool now = number == failing;
        if (fault == Fault.Kill && Struck)
        {
            if (now)
            {
                half();
            }

            throw new KilledException();
        }

        if (fault == Fault.NoSpace && Struck && writes)
        {
            half();
            throw new StoreException("No space left on device");
        }

        if (fault == Fault.InputOutput && now)
        {
            throw new StoreException("Input/output error");
        }
    }

    private sealed class FaultyFile(FaultyFiles files, IStoreFile inner) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            byte[] half = bytes[..(bytes.Length / 2)].ToArray();
            files.Pass(writes: true, () => inner.Write(half));
            inner.Write(bytes);
        }

        public void Flush()
        {
            files.Pass(writes: true);
            inner.Flush();
        }

        public void Dispose() => inner.Dispose();
    }
}
