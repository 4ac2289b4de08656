namespace Grokking.Store;

/// <summary>Writes a file so that a process killed or a machine switched off at any moment leaves the old one or the new one, whole.</summary>
internal static class DurableWrite
{
    private static int s_count;

    /// <summary>A temporary file in the same folder, flushed, then renamed. The name itself is on the disk after the next sync of the folder.</summary>
    /// <exception cref="StoreException">The file is as it was before, and nothing of the new one is left.</exception>
    public static void Replace(IStoreFiles files, string path, ReadOnlySpan<byte> bytes)
    {
        (string temporary, IStoreFile file) = CreateTemporary(files, path);
        try
        {
            using (file)
            {
                file.Write(bytes);
                file.Flush();
            }

            if (!files.Rename(temporary, path))
            {
                // Where no lock works, another process's sweep takes it for one of a killed process.
                throw new StoreException($"Cannot write {path} of the store in {files.Root}: {temporary}, which it is written as first, was deleted.");
            }
        }
        catch (StoreException)
        {
            // A full disk is full of this file.
            TryDelete(files, temporary);
            throw;
        }
    }

    /// <summary>Goes on where a file cannot be deleted: it is swept up later.</summary>
    public static void TryDelete(IStoreFiles files, string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (StoreException)
        {
            return;
        }
    }

    // Process numbers repeat between machines that share a disk; a name that is taken is passed over.
    private static (string Path, IStoreFile File) CreateTemporary(IStoreFiles files, string path)
    {
        while (true)
        {
            string temporary = StorePaths.TemporaryOf(path, Environment.ProcessId, Interlocked.Increment(ref s_count));
            if (files.TryCreate(temporary) is IStoreFile file)
            {
                return (temporary, file);
            }
        }
    }
}
