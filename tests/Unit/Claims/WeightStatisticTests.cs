using Grokking.Claims;
using Grokking.Claims.Doshi2023;
using Grokking.Claims.Gromov2023;
using Grokking.Claims.Stander2024;
using Grokking.Models;
using Grokking.Training;

namespace Grokking.Tests.Unit.Claims;

/// <summary>What claims ask of weights, asked of real ones: those of the claims' own experiments after two steps.</summary>
[Trait("Category", "Unit")]
public sealed class WeightStatisticTests
{
    public static TheoryData<int> Claims { get; } =
    [
        .. Enumerable.Range(0, ClaimCatalogue.All.Count)
            .Where(claim => ClaimCatalogue.All[claim].Groups(Tier.Quick).Any(group => group.Statistics.Count > 0 || group.Maps is not null)),
    ];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Weights_that_know_nothing_have_numbers_and_pictures_too(int claim)
    {
        RunGroup group = ClaimCatalogue.All[claim].Groups(Tier.Quick)[0];
        Experiment experiment = group.Experiments[0] with { Steps = 2 };
        TrainedRun run = new CpuEngine().Train(experiment, progress: null, checkpointing: null, CancellationToken.None);

        Assert.NotEmpty(group.Statistics);
        Assert.All(group.Statistics, statistic =>
        {
            double value = statistic.Read(experiment, run);
            Assert.InRange(value, 0, experiment.Task.AnswerCount);
            Assert.Equal(value, statistic.Read(experiment, run));
        });
        Assert.All(group.Maps?.Invoke(experiment, run) ?? [], map =>
        {
            Assert.Equal(experiment.Task.AnswerCount, map.Points.Count);
            Assert.All(map.Points, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y) && point.Hue is >= 0 and < 360));
            Assert.All(map.Path, place => Assert.InRange(place, 0, map.Points.Count - 1));
        });
    }

    [Fact]
    public void Hidden_units_that_are_all_dead_have_numbers_too() =>
        Assert.All((Claim[])[new UnitsBecomePeriodicFirst(), new PruningSeparates(), new UnitsConcentrateOnCosets()], claim =>
        {
            RunGroup group = claim.Groups(Tier.Quick)[0];
            ParameterLayout layout = new LossSurface(group.Experiments[0]).Layout;
            var dead = new TrainedRun(TypedCurves.Curve(1, 2), layout, new float[layout.Count]);

            Assert.All(group.Statistics, statistic => Assert.InRange(statistic.Read(group.Experiments[0], dead), 0, 1));
        });
}
