namespace Grokking.Tests.Unit.Store;

/// <summary>A test of what only a Unix system has.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no such thing.";
        }
    }
}
