using System.Collections;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>
/// Which code a run's bits come from. An engine's id is raised by hand and says which bits are promised; this changes by itself, with every
/// edit of the sources that train, of the TorchSharp engine's for its runs, and with every build of an assembly that brings an operation or an
/// optimiser of its own. So nobody who edits an update rule is shown the curve of the rule before.
/// </summary>
internal static class TrainingCode
{
    private static readonly Assembly s_own = typeof(TrainingCode).Assembly;

    private static readonly string s_ownCode = $"{s_own.GetName().Name} {HashOf("TrainingSources")}";

    private static readonly string s_torchCode = $"{s_own.GetName().Name}.TorchSharp {HashOf("TorchSources")}";

    /// <summary>The entry of this assembly and, where the TorchSharp engine trains, that engine's.</summary>
    /// <param name="engineId">TorchSharp's is "torch-" and more.</param>
    public static IReadOnlyList<string> OfEngine(string engineId) =>
        engineId.StartsWith("torch-", StringComparison.Ordinal) ? [s_ownCode, s_torchCode] : [s_ownCode];

    /// <summary>The engine's entries and one for each other assembly that the experiment holds something of, in the order of their names.</summary>
    public static IReadOnlyList<string> Of(Experiment experiment, string engineId)
    {
        HashSet<Assembly> assemblies = [];
        Collect(experiment, assemblies);
        return
        [
            .. OfEngine(engineId),
            .. assemblies
                .Where(assembly => assembly != s_own)
                .Select(assembly => $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId:N}")
                .Order(StringComparer.Ordinal),
        ];
    }

    // The order in which the build found the files, and the signs it puts between folders, are the system's.
    private static string HashOf(string key)
    {
        string sources = s_own.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal)).Value!;
        IEnumerable<string> sorted = sources.Replace('\\', '/').Split('|').Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sorted))));
    }

    private static void Collect(object? value, HashSet<Assembly> assemblies)
    {
        switch (value)
        {
            case null or string:
                return;
            case Delegate function:
                assemblies.Add(function.Method.Module.Assembly);
                return;
            case IEnumerable items:
                foreach (object? item in items)
                {
                    Collect(item, assemblies);
                }

                return;
        }

        Type type = value.GetType();
        if (type.Assembly == typeof(object).Assembly)
        {
            return;
        }

        // A type may inherit its rule from an assembly between its own and ours.
        for (Type? at = type; at is not null && at.Assembly != typeof(object).Assembly; at = at.BaseType)
        {
            assemblies.Add(at.Assembly);
        }

        if (!type.IsEnum)
        {
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.CanWrite && property.GetIndexParameters().Length == 0)
                {
                    Collect(property.GetValue(value), assemblies);
                }
            }
        }
    }
}
