using Grokking.Claims.Power2022;

namespace Grokking.Tests.Claims.Power2022;

[Trait("Category", "Claims")]
public sealed class OutputRowsLieOnCirclesClaims : ClaimTest
{
    [Fact]
    public Task Rows_of_residues_lie_on_a_number_line() => HoldsAsApproved(new OutputRowsLieOnCircles());
}
