using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Grokking.Store;

/// <summary>The calls of a Unix system that .NET has no name for: opening without following or waiting, renaming a link itself, and the sync of a folder.</summary>
internal static partial class SystemCalls
{
    private const int NoSuchEntry = 2; // ENOENT
    private const int Interrupted = 4; // EINTR
    private const int NotAFolder = 20; // ENOTDIR
    private const int NotForThisFile = 22; // EINVAL: some network file systems sync no folders
    private const int Current = 1; // SEEK_CUR

    // ELOOP, and EMLINK as FreeBSD has it: the last part is a link.
    private static readonly int[] s_isLink = OperatingSystem.IsLinux() ? [40] : [62, 31];

    private static readonly int s_follow = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000; // O_NONBLOCK | O_CLOEXEC

    private static readonly int s_noFollow = s_follow | (OperatingSystem.IsLinux() // O_NOFOLLOW
        ? RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000
        : 0x100);

    /// <summary>Opens a file for reading. Waits for no pipe's writer and follows no link in the last part of the path.</summary>
    /// <returns>Null if there is no such file.</returns>
    /// <exception cref="NotPlainFileException">It is a link.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    public static SafeFileHandle? OpenForReading(string path) => OpenForReading(path, s_noFollow);

    /// <summary>Whether a handle has a position, which pipes, sockets and terminals have not.</summary>
    public static bool CanSeek(SafeFileHandle handle) => OperatingSystem.IsWindows() || Seek(handle, 0, Current) >= 0;

    /// <summary>Puts a folder's names on the disk; returns at once on Windows, which has no such call.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = OpenForReading(path, s_follow) ?? throw new DirectoryNotFoundException("No such folder");
        while (Sync(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error == NotForThisFile)
            {
                return;
            }

            if (error != Interrupted)
            {
                throw new IOException(new Win32Exception(error).Message);
            }
        }
    }

    /// <summary>Gives a file, a folder or a link another name.</summary>
    /// <returns>False if there is nothing of the old name.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static bool TryRename(string from, string to)
    {
        if (Rename(from, to) == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchEntry && !Path.Exists(from) && new FileInfo(from).LinkTarget is null
            ? false
            : throw new IOException(new Win32Exception(error).Message);
    }

    private static SafeFileHandle? OpenForReading(string path, int flags)
    {
        while (true)
        {
            int descriptor = Open(path, flags);
            int error = Marshal.GetLastPInvokeError();
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            if (error is NoSuchEntry or NotAFolder)
            {
                return null;
            }

            if (s_isLink.Contains(error))
            {
                throw new NotPlainFileException($"{path} is a link; the store follows none");
            }

            if (error != Interrupted)
            {
                throw new IOException(new Win32Exception(error).Message);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Seek(SafeFileHandle handle, nint offset, int origin);
}
