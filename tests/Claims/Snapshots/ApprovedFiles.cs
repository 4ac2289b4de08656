using System.Reflection;
using Grokking.Claims;
using Grokking.Laboratory;

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

    /// <summary>
    /// What speaks against an engine that nobody asked for: none of its snapshots of the tier is approved, so every claim would fail, and the CPU engine has
    /// all of them. Null for nothing.
    /// </summary>
    public static string? ReasonAgainst(EngineFamily family, Tier tier, string folder, IReadOnlyList<SnapshotName> expected)
    {
        bool[] Approved(EngineFamily which) =>
            [.. expected.Where(name => name.Tier == tier && name.Family == which).Select(name => File.Exists(Path.Combine(folder, name.VerifiedFile)))];
        return !Approved(family).Contains(true) && !Approved(EngineFamily.Cpu).Contains(false)
            ? $"no snapshot of {family.Name} is approved yet; {EngineVariable.Name}=torch trains on it all the same"
            : null;
    }

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
