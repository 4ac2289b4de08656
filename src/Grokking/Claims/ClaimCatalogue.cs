namespace Grokking.Claims;

/// <summary>Every claim of the suite. A new claim is one file and one entry here.</summary>
public static class ClaimCatalogue
{
    /// <summary>In the order of tables.</summary>
    public static IReadOnlyList<Claim> All { get; } =
        [new GrokkingPastOverfitting(), new LessDataTakesLonger(), new WeightDecayHelpsMost(), new SomeOperationsNeverGrok()];
}
