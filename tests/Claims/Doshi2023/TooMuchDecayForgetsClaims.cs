using Grokking.Claims.Doshi2023;

namespace Grokking.Tests.Claims.Doshi2023;

[Trait("Category", "Claims")]
public sealed class TooMuchDecayForgetsClaims : ClaimTest
{
    [Fact]
    public Task Too_much_decay_falls_back_to_chance() => HoldsAsApproved(new TooMuchDecayForgets());
}
