namespace Grokking.Claims;

/// <summary>The environment variable that chooses the tier.</summary>
public static class TierVariable
{
    /// <summary>Its name.</summary>
    public const string Name = "GROKKING_TIER";

    /// <summary>What it may be, as a message lists it.</summary>
    public const string Allowed = "quick, paper";

    /// <summary>The tier that the variable's value asks for, in any case of letters; unset or empty is <see cref="Tier.Quick"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value names no tier.</exception>
    public static Tier Parse(string? value) =>
        value?.ToUpperInvariant() switch
        {
            null or "" or "QUICK" => Tier.Quick,
            "PAPER" => Tier.Paper,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name} is \"{value}\"; allowed: {Allowed}."),
        };
}
