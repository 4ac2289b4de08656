using Grokking.Claims;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class VerdictTests
{
    private static readonly Finding Held = new("x ≥ 1", "2", Holds: true);
    private static readonly Finding Failed = new("y ≥ 1", "0", Holds: false);

    [Fact]
    public void A_verdict_holds_exactly_when_all_its_findings_do()
    {
        Assert.True(Verdict.Of("effect", Held, Held).Holds);
        Assert.False(Verdict.Of("effect", Held, Failed).Holds);
        Assert.Equal([Held, Failed], Verdict.Of("effect", Held, Failed).Evidence);
    }

    [Fact]
    public void A_control_holds_when_the_judge_refuses_it_and_says_why() =>
        Assert.Equal(new Finding("control: Adam must fail", "failed: y ≥ 1 (0)", Holds: true) { IsControl = true }, Finding.Refuses("Adam", [Held, Failed]));

    [Fact]
    public void A_control_that_passes_does_not_hold() =>
        Assert.Equal(new Finding("control: Adam must fail", "passed", Holds: false) { IsControl = true }, Finding.Refuses("Adam", [Held, Held]));
}
