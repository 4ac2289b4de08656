namespace Grokking.Claims;

/// <summary>The environment variable that chooses the tier, and the tiers' names in it, in files and in tables.</summary>
public static class TierVariable
{
    /// <summary>Its name.</summary>
    public const string Name = "GROKKING_TIER";

    /// <summary>What it may be, as a message lists it.</summary>
    public static string Allowed { get; } = string.Join(", ", Enum.GetValues<Tier>().Select(NameOf));

    /// <summary>A tier's name: "quick" or "paper".</summary>
    public static string NameOf(Tier tier) => tier switch
    {
        Tier.Quick => "quick",
        Tier.Paper => "paper",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "tier must be one of Tier's values."),
    };

    /// <summary>The tier that the variable's value asks for, in any case of letters; unset or empty is <see cref="Tier.Quick"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value names no tier.</exception>
    public static Tier Parse(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return Tier.Quick;
        }

        foreach (Tier tier in Enum.GetValues<Tier>())
        {
            if (value.Equals(NameOf(tier), StringComparison.OrdinalIgnoreCase))
            {
                return tier;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name} is \"{value}\"; allowed: {Allowed}.");
    }
}
