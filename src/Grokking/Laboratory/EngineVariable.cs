namespace Grokking.Laboratory;

/// <summary>The environment variable that chooses the engine.</summary>
public static class EngineVariable
{
    /// <summary>Its name.</summary>
    public const string Name = "GROKKING_ENGINE";

    /// <summary>What it may be, as a message lists it.</summary>
    public const string Allowed = "cpu, torch";

    /// <summary>The engine that the variable's value asks for, in any case of letters; unset or empty is <see cref="EngineChoice.Automatic"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value names no engine.</exception>
    public static EngineChoice Parse(string? value) =>
        value?.ToUpperInvariant() switch
        {
            null or "" => EngineChoice.Automatic,
            "CPU" => EngineChoice.Cpu,
            "TORCH" => EngineChoice.Torch,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name} is \"{value}\"; allowed: {Allowed}."),
        };
}
