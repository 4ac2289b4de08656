namespace Grokking.Store;

/// <summary>Where the store lies and whether its results may be used, as the environment has it.</summary>
public static class StoreLocation
{
    /// <summary>Names the store's folder.</summary>
    public const string Variable = "GROKKING_STORE";

    /// <summary>1 trains every run anew, 0 none.</summary>
    public const string FreshVariable = "GROKKING_FRESH";

    private const string ContinuousIntegration = "CI";

    /// <summary>
    /// The folder that <see cref="Variable"/> names, or "grokking" in the user's cache folder: XDG_CACHE_HOME or ~/.cache on Unix, the local
    /// application data on Windows.
    /// </summary>
    /// <param name="variable">The environment: a variable's value, or null.</param>
    /// <returns>Null where no folder is named and the user has none.</returns>
    public static string? Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return IsNamed(variable) ? variable(Variable) : Default(variable);
    }

    /// <summary>Whether somebody asked for a certain folder, so that it is an error if it cannot be used.</summary>
    /// <param name="variable">As in <see cref="Find"/>.</param>
    public static bool IsNamed(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return !string.IsNullOrEmpty(variable(Variable));
    }

    /// <summary>Whether somebody asked for every run to be trained although it is in the store.</summary>
    /// <param name="variable">As in <see cref="Find"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FreshVariable"/> is neither 0 nor 1.</exception>
    public static bool IsFresh(Func<string, string?> variable) => Asked(variable) ?? false;

    /// <summary>
    /// Whether what shall be evidence is trained although it is in the store: where that is asked for, and in continuous integration unless somebody
    /// says 0.
    /// </summary>
    /// <remarks>
    /// A curve that was read is no evidence that the code still makes it. A 0 is for jobs that are cut off before their runs end, which go on from a
    /// store that outlives them.
    /// </remarks>
    /// <param name="variable">As in <see cref="Find"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FreshVariable"/> is neither 0 nor 1.</exception>
    public static bool TrainsAnew(Func<string, string?> variable) =>
        Asked(variable) ?? variable(ContinuousIntegration) is not (null or "" or "0" or "false" or "False" or "FALSE");

    private static bool? Asked(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable(FreshVariable) switch
        {
            null or "" => null,
            "0" => false,
            "1" => true,
            string other => throw new ArgumentOutOfRangeException(nameof(variable), other, $"{FreshVariable} is \"{other}\"; allowed: 0 and 1."),
        };
    }

    // A relative XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification).
    private static string? Default(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return Below(variable("LOCALAPPDATA"));
        }

        return Below(variable("XDG_CACHE_HOME")) ?? (Rooted(variable("HOME")) is string home ? Path.Combine(home, ".cache", "grokking") : null);

        static string? Below(string? folder) => Rooted(folder) is string rooted ? Path.Combine(rooted, "grokking") : null;

        static string? Rooted(string? folder) => folder is { Length: > 0 } && Path.IsPathRooted(folder) ? folder : null;
    }
}
