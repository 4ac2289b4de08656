using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grokking.Store;

/// <summary>
/// On what a run was made, for the reader of a report; no result depends on it. Only what is listed here is taken: no name of a machine, a user
/// or a folder, and of the environment's variables only switches of the runtime and of this project.
/// </summary>
public static class RunEnvironment
{
    private const int LongestValue = 200;

    /// <summary>The only variables whose values are kept.</summary>
    internal static readonly IReadOnlyList<string> Variables =
    [
        "CI",
        "DOTNET_EnableAVX2",
        "DOTNET_EnableAVX512",
        "DOTNET_EnableHWIntrinsic",
        "DOTNET_PROCESSOR_COUNT",
        "DOTNET_PreferredVectorBitWidth",
        "DOTNET_TieredCompilation",
        "DOTNET_TieredPGO",
        "DOTNET_gcServer",
        "GROKKING_TIER",
    ];

    /// <summary>Names and values, each on one line.</summary>
    public static IReadOnlyDictionary<string, string> Capture()
    {
        SortedDictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["vectorBits"] = VectorBits().ToString(CultureInfo.InvariantCulture),
            ["garbageCollector"] = GCSettings.IsServerGC ? "server" : "workstation",
            ["version"] = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        };
        if (ProcessorName() is string processor)
        {
            environment["processor"] = processor;
        }

        foreach (string variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is string value)
            {
                environment["env." + variable] = value;
            }
        }

        return new SortedDictionary<string, string>(
            environment.ToDictionary(pair => pair.Key, pair => ShownText.Of(pair.Value, LongestValue, "\uFFFD"), StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    // Linux alone tells it in a file; elsewhere the architecture has to do.
    private static string? ProcessorName()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .Take(64)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                .Split(':', 2)[^1]
                .Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
