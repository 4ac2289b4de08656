using System.Text;

namespace Grokking.Store;

/// <summary>Something that failed verification and was put aside.</summary>
/// <param name="Key">The run it belongs to.</param>
/// <param name="Reason">Which file, and what is wrong with it.</param>
/// <param name="Place">Where it lies now, relative to the store's root; null if it could not be moved, and then it is not used either.</param>
public sealed record Quarantined(string Key, string Reason, string? Place);

/// <summary>Puts aside what failed verification, with its reason beside it. Nothing is deleted.</summary>
internal static class Quarantine
{
    /// <summary>Moves a run's whole folder, or one file of it.</summary>
    /// <param name="files">The store.</param>
    /// <param name="key">The run.</param>
    /// <param name="name">The file; null for the folder.</param>
    /// <param name="reason">What is wrong.</param>
    /// <exception cref="StoreException">It cannot be moved.</exception>
    public static Quarantined Take(IStoreFiles files, string key, string? name, string reason)
    {
        string run = StorePaths.FolderOf(key);
        string place = CreatePlace(files, key, reason);
        files.Rename(name is null ? run : $"{run}/{name}", $"{place}/{name ?? "run"}");
        files.SyncFolder(place);
        files.SyncFolder(name is null ? run[..run.LastIndexOf('/')] : run);
        return new Quarantined(key, reason, place);
    }

    private static string CreatePlace(IStoreFiles files, string key, string reason)
    {
        for (int count = 1; ; count++)
        {
            string place = FormattableString.Invariant($"{StorePaths.Quarantine}/{key}-{count}");
            files.CreateFolder(place);
            using IStoreFile? file = files.TryCreate($"{place}/{StorePaths.Reason}");
            if (file is not null)
            {
                file.Write(Encoding.UTF8.GetBytes(reason + "\n"));
                file.Flush();
                files.SyncFolder(place);
                return place;
            }
        }
    }
}
