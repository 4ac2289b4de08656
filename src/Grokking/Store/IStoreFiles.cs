namespace Grokking.Store;

/// <summary>What an entry of a folder is.</summary>
public enum StoreEntryKind
{
    /// <summary>Not a folder and not a link. Whether it is a plain file shows when it is opened.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link, wherever it leads.</summary>
    Link,
}

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes; 0 for what is no file.</param>
public sealed record StoreEntry(string Name, StoreEntryKind Kind, long Length);

/// <summary>A file that is being written.</summary>
public interface IStoreFile : IDisposable
{
    /// <summary>Appends bytes.</summary>
    /// <exception cref="StoreException">The disk is full or broken; some of the bytes may be written.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all that was written is on the disk.</summary>
    /// <exception cref="StoreException">It may not be.</exception>
    void Flush();
}

/// <summary>
/// The few operations on files that the store is made of, so that a test can let the Nth of them fail. Paths are relative to the store's root,
/// with '/' between their parts on every system; "" is the root.
/// </summary>
/// <remarks>Every method throws <see cref="StoreException"/> where the system refuses, and <see cref="NotPlainFileException"/> rather than follow a link.</remarks>
public interface IStoreFiles
{
    /// <summary>Where the root lies, for messages.</summary>
    string Root { get; }

    /// <summary>All bytes of a plain file; null if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="longest">Bytes, ≥ 0.</param>
    /// <exception cref="FileTooLongException">It is longer and was not read.</exception>
    byte[]? Read(string path, long longest);

    /// <summary>The entries of a folder in the order of their names; none if there is no such folder.</summary>
    IReadOnlyList<StoreEntry> List(string folder);

    /// <summary>Makes a folder and those above it, durably; those that exist stay.</summary>
    void CreateFolder(string folder);

    /// <summary>Starts a new file; null if something has this name already.</summary>
    IStoreFile? TryCreate(string path);

    /// <summary>Empties a file or makes it, for what need not survive.</summary>
    IStoreFile CreateVolatile(string path);

    /// <summary>Gives a file or a folder another name, at once and whole; a file of that name is replaced.</summary>
    /// <returns>False if there is nothing at <paramref name="from"/>.</returns>
    bool Rename(string from, string to);

    /// <summary>Returns when the folder's names are on the disk as they are now. Systems without such a call return at once.</summary>
    void SyncFolder(string folder);

    /// <summary>Removes a file or a link; nothing happens if there is none.</summary>
    void Delete(string path);

    /// <summary>Removes a folder that is empty; another one stays.</summary>
    void DeleteEmptyFolder(string folder);

    /// <summary>A lock that no other process has, given back by disposing it or by the end of the process, however it ends.</summary>
    /// <returns>Null if another has it.</returns>
    IDisposable? TryLock(string path);

    /// <summary>Whether a process has the lock; asking leaves everything as it is and needs no right to write.</summary>
    bool IsLocked(string path);
}
