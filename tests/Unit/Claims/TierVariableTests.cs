using Grokking.Claims;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class TierVariableTests
{
    [Theory]
    [InlineData(null, Tier.Quick)]
    [InlineData("", Tier.Quick)]
    [InlineData("quick", Tier.Quick)]
    [InlineData("Quick", Tier.Quick)]
    [InlineData("paper", Tier.Paper)]
    public void A_value_chooses_its_tier(string? value, Tier tier) => Assert.Equal(tier, TierVariable.Parse(value));

    [Theory]
    [InlineData("papers")]
    [InlineData("1")]
    [InlineData(" ")]
    public void An_unknown_value_is_refused_with_the_variable_the_value_and_the_choices(string value)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => TierVariable.Parse(value));

        Assert.Contains($"GROKKING_TIER is \"{value}\"; allowed: quick, paper.", thrown.Message, StringComparison.Ordinal);
    }
}
