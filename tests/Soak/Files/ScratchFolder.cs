namespace Grokking.Tests.Soak.Files;

/// <summary>A folder of its own for a trial, gone with it; in memory where the system has such a place, since what is killed there stays as it is too.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    public ScratchFolder(string name) =>
        Path = Directory.Exists(InMemory)
            ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, $"{name}-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory(name + "-").FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
