namespace Grokking.Store;

/// <summary>The environment variables that say where runs are kept, and whether kept ones count.</summary>
public static class StoreVariable
{
    /// <summary>Names the store's folder.</summary>
    public const string Name = "GROKKING_STORE";

    /// <summary>Set to 1, everything is trained anew, whatever the store has.</summary>
    public const string FreshName = "GROKKING_FRESH";

    private const string DefaultFolder = "grokking";

    /// <summary>The folder that the variable names; where it is not set or empty, "grokking" in the user's folder for caches.</summary>
    /// <param name="variable">The value of an environment variable; null where it is not set.</param>
    /// <exception cref="StoreException">Neither the variable nor a home folder is set.</exception>
    public static string Folder(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable(Name) is { Length: > 0 } chosen ? chosen : Path.Combine(Caches(variable), DefaultFolder);
    }

    /// <summary>Whether everything is to be trained anew.</summary>
    /// <param name="variable">As above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value says neither yes nor no.</exception>
    public static bool IsFresh(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? value = variable(FreshName);
        return value?.ToUpperInvariant() switch
        {
            null or "" or "0" or "FALSE" => false,
            "1" or "TRUE" => true,
            _ => throw new ArgumentOutOfRangeException(nameof(variable), value, $"{FreshName} is \"{value}\"; allowed: 1, 0."),
        };
    }

    private static string Caches(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return Required(variable, "LOCALAPPDATA");
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(Required(variable, "HOME"), "Library", "Caches");
        }

        // A relative path is to be ignored (XDG Base Directory Specification).
        return variable("XDG_CACHE_HOME") is { } caches && Path.IsPathRooted(caches) ? caches : Path.Combine(Required(variable, "HOME"), ".cache");
    }

    private static string Required(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new StoreException($"There is no folder for runs: set {Name}, or {name}.");
}
