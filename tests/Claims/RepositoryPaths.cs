using System.Reflection;

namespace Grokking.Tests.Claims;

/// <summary>Where this project's files lie, as the build knew it: a test's working directory is its output folder.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = typeof(RepositoryPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    public static string Approved { get; } = Path.Combine(Root, "tests", "Claims", "approved");

    public static string Calibrations { get; } = Path.Combine(Root, "calibration", "results");

    public static string Results { get; } = Path.Combine(Root, "TestResults");

    public static string Readme { get; } = Path.Combine(Root, "README.md");

    public static string PaperTier { get; } = Path.Combine(Root, "docs", "paper-tier.md");

    /// <summary>A path as a reader at the root would type it.</summary>
    public static string FromRoot(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
