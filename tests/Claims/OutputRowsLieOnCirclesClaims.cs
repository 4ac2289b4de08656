using Grokking.Claims;

namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class OutputRowsLieOnCirclesClaims : ClaimTest
{
    [Fact]
    public Task Rows_of_residues_lie_on_a_number_line() => HoldsAsApproved(new OutputRowsLieOnCircles());
}
