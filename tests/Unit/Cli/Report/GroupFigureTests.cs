using Grokking.Claims;
using Grokking.Cli.Report;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class GroupFigureTests
{
    [Theory]
    [InlineData("grokking-past-overfitting", "nats", 4.574711)] // ln 97
    [InlineData("too-much-decay-forgets", "squared error", 0.010203)] // 96/97²
    [InlineData("linear-representation-needs-data", "squared error", 0.947368)] // 18/19
    [InlineData("norm-decides-generalization", "squared error", null)]
    public void The_loss_and_that_of_a_guess_are_in_the_unit_of_what_was_minimised(string claim, string unit, double? guess)
    {
        ClaimRun run = SynthesizedRuns.Reported(ClaimCatalogue.All.Single(each => string.Equals(each.Name, claim, StringComparison.Ordinal))).Run!;

        GroupFigure figure = GroupFigure.Of(run)[0];

        Assert.Equal(unit, figure.LossUnit);
        Assert.Equal(guess.HasValue, figure.ChanceLoss.HasValue);
        Assert.Equal(guess ?? 0, figure.ChanceLoss ?? 0, 1e-6);
    }
}
