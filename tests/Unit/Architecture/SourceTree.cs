using System.Reflection;

namespace Grokking.Tests.Unit.Architecture;

/// <summary>The engine's sources as they lie in the repository.</summary>
internal static class SourceTree
{
    public static string Root { get; } = typeof(SourceTree).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    private static string Engine { get; } = Path.Combine(Root, "src", "Grokking");

    /// <summary>The source files of src/Grokking: layer ("" for the root), folder below it ("" for the layer itself), file name and text.</summary>
    public static IReadOnlyList<(string Folder, string Room, string Name, string Text)> Files { get; } =
    [
        .. Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Engine, path).Split(Path.DirectorySeparatorChar))
            .Where(parts => parts[0] is not ("bin" or "obj"))
            .Select(parts => (
                parts.Length == 1 ? "" : parts[0],
                string.Join('.', parts.Skip(1).SkipLast(1)),
                parts[^1],
                File.ReadAllText(Path.Combine([Engine, .. parts])))),
    ];
}
