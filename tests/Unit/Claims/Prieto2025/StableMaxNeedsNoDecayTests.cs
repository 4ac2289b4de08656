using Grokking.Claims;
using Grokking.Claims.Prieto2025;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Prieto2025;

[Trait("Category", "Unit")]
public sealed class StableMaxNeedsNoDecayTests
{
    private static readonly TrainedGroup Orthogonal = new("orthogonal", [Accuracies((1000, 1, 1))]);
    private static readonly TrainedGroup Plain = new("plain", [Accuracies((1000, 1, 0.01))]);

    [Theory]
    [InlineData(0.5, -1)]
    [InlineData(0.49, 0)]
    public void Every_seed_with_the_orthogonal_gradient_learns_most_unseen_equations(double val, int failing) =>
        AssertOnlyFails(failing, StableMaxNeedsNoDecay.Judge(new("runs", [Orthogonal.Curves[0], Accuracies((1000, 1, val))])));

    [Theory]
    [InlineData(0.99, 0.1, -1)]
    [InlineData(0.98, 0.1, 0)]
    [InlineData(0.99, 0.11, 1)]
    public void Every_seed_of_plain_descent_memorises_and_nothing_else(double train, double val, int failing) =>
        AssertOnlyFails(failing, StableMaxNeedsNoDecay.JudgePlain(new("runs", [Plain.Curves[0], Accuracies((500, 1, val), (1000, train, 0))])));

    [Fact]
    public void The_verdict_refuses_either_in_the_place_of_the_other()
    {
        bool Holds(params TrainedGroup[] groups) => new StableMaxNeedsNoDecay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Orthogonal, Plain));
        Assert.False(Holds(Plain, Orthogonal));
        Assert.False(Holds(Orthogonal, Orthogonal));
        Assert.False(Holds(Plain, Plain));
    }
}
