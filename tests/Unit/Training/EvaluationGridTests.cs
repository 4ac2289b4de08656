using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class EvaluationGridTests
{
    [Fact]
    public void The_grid_begins_with_every_step_and_ends_with_the_budget() =>
        Assert.Equal([0, 1, 2, 3, 5, 8, 12, 18, 27, 30], Grid(growth: 1.5, budget: 30));

    [Fact]
    public void Doubling_gives_the_powers_of_two() => Assert.Equal([0, 1, 2, 4, 8, 16], Grid(growth: 2, budget: 16));

    [Fact]
    public void A_budget_of_one_step_is_evaluated_before_and_after_it() => Assert.Equal([0, 1], Grid(growth: 1.05, budget: 1));

    [Theory]
    [InlineData(1.0000001, 300)]
    [InlineData(1.02, 100_000)]
    [InlineData(1.05, 1_000_000)]
    [InlineData(2.0, int.MaxValue)]
    public void Steps_ascend_and_their_ratio_is_the_growth_once_it_exceeds_a_step(double growth, int budget)
    {
        int[] grid = Grid(growth, budget);

        Assert.Equal(budget, grid[^1]);
        foreach ((int step, int next) in grid.Zip(grid.Skip(1)))
        {
            Assert.True(next > step);
            Assert.True(next <= Math.Max(step + 1.0, (step * growth) + 1));
            Assert.True(next >= Math.Min(step * growth, budget));
        }
    }

    [Fact]
    public void A_run_is_evaluated_first_at_step_0_and_no_more_once_its_budget_is_evaluated()
    {
        Experiment experiment = TinyExperiments.Add with { Steps = 3, EvaluationGrowth = 2 };
        List<CurvePoint> points = [];
        List<int> steps = [];
        while (EvaluationGrid.NextAfter(points, experiment) is int step)
        {
            steps.Add(step);
            points.Add(new CurvePoint(step, 0, 0, 0, 0, null, 0));
        }

        Assert.Equal([0, 1, 2, 3], steps);
    }

    private static int[] Grid(double growth, int budget)
    {
        List<int> steps = [0];
        while (steps[^1] < budget)
        {
            steps.Add(EvaluationGrid.Next(steps[^1], growth, budget));
        }

        return [.. steps];
    }
}
