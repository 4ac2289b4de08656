using Grokking.Optimizers;

namespace Grokking.Tests.Unit.Optimizers;

[Trait("Category", "Unit")]
public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(5, 0.5e-3)]
    [InlineData(10, 1e-3)]
    [InlineData(11, 1e-3)]
    [InlineData(100_000, 1e-3)]
    public void The_default_warms_up_over_ten_steps_and_stays(int step, double expected)
    {
        Assert.Equal(expected, new LearningRateSchedule().Rate(1e-3, step), 1e-18);
    }

    [Fact]
    public void Without_warm_up_the_first_step_has_the_peak()
    {
        Assert.Equal(1e-3, new LearningRateSchedule { WarmupSteps = 0 }.Rate(1e-3, 0));
    }

    [Theory]
    [InlineData(5, 0.5)]
    [InlineData(10, 1.0)]
    [InlineData(60, 0.9267766952966369)]
    [InlineData(110, 0.75)]
    [InlineData(210, 0.5)]
    [InlineData(1000, 0.5)]
    public void Annealing_is_a_half_cosine_to_the_final_fraction(int step, double expected)
    {
        var schedule = new LearningRateSchedule { AnnealedAtStep = 210, FinalFraction = 0.5 };
        Assert.Equal(expected, schedule.Rate(1, step), 1e-12);
    }

    [Fact]
    public void Bad_fields_are_refused_by_name_value_and_range()
    {
        Refusal.Of("WarmupSteps", -1, new LearningRateSchedule { WarmupSteps = -1 }.Validate);
        Refusal.Of("AnnealedAtStep", 10, new LearningRateSchedule { AnnealedAtStep = 10 }.Validate);
        Refusal.Of("FinalFraction", 1.1, new LearningRateSchedule { FinalFraction = 1.1 }.Validate);
        Refusal.Of("step", -1, () => new LearningRateSchedule().Rate(1, -1));
        new LearningRateSchedule { AnnealedAtStep = 11, FinalFraction = 0 }.Validate();
    }
}
