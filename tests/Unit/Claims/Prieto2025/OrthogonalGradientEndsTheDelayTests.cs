using Grokking.Claims;
using Grokking.Claims.Prieto2025;
using Grokking.Curves;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Prieto2025;

[Trait("Category", "Unit")]
public sealed class OrthogonalGradientEndsTheDelayTests
{
    private static readonly TrainedGroup Orthogonal = new("orthogonal", [Accuracies((200, 1, 0.95), (500, 1, 1))]);
    private static readonly TrainedGroup Plain = new("plain", [Accuracies((60, 1, 0.01), (500, 1, 0.01))]);

    // Fits at step 100.
    [Theory]
    [InlineData(0.7, 150, -1)]
    [InlineData(0.69, 150, 0)]
    [InlineData(0.7, 151, 1)]
    public void With_the_orthogonal_gradient_each_bound_is_held_for_itself(double val, int generalized, int failing)
    {
        LearningCurve curve = Accuracies((100, 0.7, 0.5), (generalized, 1, 0.7), (250, 1, val));

        AssertOnlyFails(failing, OrthogonalGradientEndsTheDelay.Judge(new("runs", [Orthogonal.Curves[0], curve, curve])));
    }

    [Theory]
    [InlineData(0.99, 0.02, true, true)]
    [InlineData(0.98, 0.02, false, true)]
    [InlineData(0.99, 0.03, true, false)]
    public void Every_seed_of_plain_Adam_memorises_and_nothing_else(double train, double val, bool memorizes, bool staysAtChance)
    {
        TrainedGroup runs = new("runs", [Plain.Curves[0], Accuracies((500, train, val))]);

        Assert.Equal(memorizes, OrthogonalGradientEndsTheDelay.JudgeMemorizing(runs).Holds);
        Assert.Equal(staysAtChance, OrthogonalGradientEndsTheDelay.JudgeChance(runs).Holds);
    }

    [Fact]
    public void The_verdict_refuses_either_in_the_place_of_the_other()
    {
        bool Holds(params TrainedGroup[] groups) => new OrthogonalGradientEndsTheDelay().Judge(Tier.Quick, groups).Holds;

        Assert.True(Holds(Orthogonal, Plain));
        Assert.False(Holds(Plain, Orthogonal));
        Assert.False(Holds(Orthogonal, Orthogonal));
        Assert.False(Holds(Plain, Plain));
    }
}
