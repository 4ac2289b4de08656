using System.Reflection;
using Grokking.Claims;

namespace Grokking.Tests.Claims.Snapshots;

/// <summary>Which approved files this assembly's claims can ask for.</summary>
internal static class ApprovedFiles
{
    /// <summary>The snapshots of all claims' tests at all tiers on all engines.</summary>
    public static IReadOnlyList<SnapshotName> Expected { get; } =
    [
        .. from type in typeof(ApprovedFiles).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(ClaimTest))
           from method in type.GetMethods()
           where method.GetCustomAttribute<FactAttribute>() is not null
           from tier in Enum.GetValues<Tier>()
           from family in EngineFamily.All
           select new SnapshotName(type.Name, method.Name, tier, family),
    ];

    /// <summary>The files in a folder that no expected snapshot is approved by; received files and dot files are not looked at.</summary>
    public static IReadOnlyList<string> Dangling(string folder, IReadOnlyList<SnapshotName> expected)
    {
        HashSet<string> files = [.. expected.Select(name => name.VerifiedFile)];
        return
        [
            .. Directory.EnumerateFiles(folder)
                .Select(path => Path.GetFileName(path))
                .Where(file => !file.EndsWith(SnapshotName.ReceivedEnding, StringComparison.Ordinal) && !file.StartsWith('.') && !files.Contains(file))
                .Order(StringComparer.Ordinal),
        ];
    }
}
