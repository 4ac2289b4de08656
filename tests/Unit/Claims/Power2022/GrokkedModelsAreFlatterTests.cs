using Grokking.Claims;
using Grokking.Claims.Power2022;
using static Grokking.Tests.Unit.Claims.TypedCurves;

namespace Grokking.Tests.Unit.Claims.Power2022;

[Trait("Category", "Unit")]
public sealed class GrokkedModelsAreFlatterTests
{
    [Fact]
    public void Sharpness_that_falls_as_accuracy_rises_holds_and_the_reverse_does_not()
    {
        TrainedGroup memorised = new("memorised", [Curve(100, null), Curve(100, null)]), grokked = new("grokked", [Curve(100, 500), Curve(100, 500)]);

        Assert.True(Judge(Sharp(memorised, 3, 4), Sharp(grokked, 1, 2)).Holds);
        Assert.False(Judge(Sharp(memorised, 1, 2), Sharp(grokked, 3, 4)).Holds);
    }

    [Fact]
    public void Runs_with_decay_and_without_are_shown_and_not_judged()
    {
        TrainedGroup memorised = Sharp(new("memorised", [Curve(100, null), Curve(100, null)]), 3, 4), grokked = Sharp(new("grokked", [Curve(100, 500), Curve(100, 500)]), 1, 2);

        Assert.True(Judge(memorised, grokked, Sharp(grokked, 3, 4), Sharp(memorised, 1, 2)).Holds);
        Assert.Equal(
            ["-0.89 (95 % -1.00 to -0.89, n = 4)", "0.89 (95 % 0.89 to 1.00, n = 4)"],
            new GrokkedModelsAreFlatter().Published.Select(figure => figure.Ours(Tier.Quick, [memorised, grokked, Sharp(grokked, 3, 4), Sharp(memorised, 1, 2)])),
            StringComparer.Ordinal);
    }

    [Fact]
    public void It_is_reported_and_says_why() => Assert.EndsWith(".", new GrokkedModelsAreFlatter().ReportedOnly, StringComparison.Ordinal);

    private static Verdict Judge(params TrainedGroup[] groups) => new GrokkedModelsAreFlatter().Judge(Tier.Quick, groups);

    private static TrainedGroup Sharp(TrainedGroup group, params double[] values) => group with
    {
        Statistics = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal) { ["sharpness"] = values },
    };
}
