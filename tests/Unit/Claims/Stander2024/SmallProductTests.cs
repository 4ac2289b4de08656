using Grokking.Claims;
using Grokking.Claims.Stander2024;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Stander2024;

[Trait("Category", "Unit")]
public sealed class SmallProductTests
{
    [Theory]
    [InlineData(0.99, 0.1, -1)]
    [InlineData(0.98, 0.1, 0)]
    [InlineData(0.99, 0.11, 1)]
    public void Networks_that_have_only_memorised_know_their_training_equations_and_no_others(double train, double val, int failing) =>
        AssertOnlyFails(failing, SmallProduct.JudgeMemorized(new TrainedGroup("networks", [Accuracies((100, 1, 0)), Accuracies((100, train, val))])));
}
