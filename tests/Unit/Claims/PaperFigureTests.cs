using Grokking.Claims;
using Grokking.Tests.Unit.Cli.Report;

namespace Grokking.Tests.Unit.Claims;

[Trait("Category", "Unit")]
public sealed class PaperFigureTests
{
    private static readonly string[] s_drawn = [.. ClaimCatalogue.All.Where(claim => Figures(claim).Count > 0).Select(claim => claim.Name)];

    public static TheoryData<string> Drawn { get; } = [.. s_drawn];

    [Fact]
    public void The_figures_that_papers_draw_over_something_else_than_steps_are_there() => Assert.Superset(
        new HashSet<string>(
            ["less-data-takes-longer", "less-data-takes-longer-elsewhere", "harder-operations-need-more-data", "decay-halves-the-data-needed", "norm-decides-generalization", "representation-predicts-accuracy", "decoder-rate-decides-the-phase", "decay-unlearns-wrong-labels", "decay-lowers-the-needed-fraction"],
            StringComparer.Ordinal),
        new HashSet<string>(s_drawn, StringComparer.Ordinal));

    // The quick tier has some of its cells.
    [Fact]
    public void At_the_paper_tier_a_phase_diagram_is_whole() => Assert.All(
        ClaimCatalogue.All.Where(claim => claim.Source.StartsWith("Liu et al. 2022", StringComparison.Ordinal)),
        claim => Assert.DoesNotContain(
            HeatCell.NotTrained,
            claim.PaperFigures(Tier.Paper, TypedCurves.Groups(claim, Tier.Paper, [.. claim.Experiments(Tier.Paper).Select(_ => TypedCurves.Curve(100, 200))]))
                .OfType<HeatMap>().SelectMany(map => map.Cells).SelectMany(row => row)));

    [Theory]
    [MemberData(nameof(Drawn))]
    public void A_heat_map_has_a_cell_for_each_pair_and_a_plane_no_colour_twice(string name)
    {
        IReadOnlyList<ClaimFigure> figures = Figures(ClaimCatalogue.All.Single(claim => string.Equals(claim.Name, name, StringComparison.Ordinal)));

        Assert.All(figures.OfType<HeatMap>(), map =>
        {
            Assert.Equal(map.Y.Count, map.Cells.Count);
            Assert.All(map.Cells, row => Assert.Equal(map.X.Count, row.Count));
            Assert.All(map.Cells.SelectMany(row => row), cell => Assert.InRange(cell.Share, 0, 1));
        });
        Assert.All(figures.OfType<PlaneFigure>(), plane =>
        {
            Assert.Equal(plane.Series.Count, plane.Series.Select(series => series.Kind).Distinct().Count());
            Assert.All(plane.Series, series => Assert.NotEmpty(series.Dots.Concat(series.Line)));
        });
    }

    private static IReadOnlyList<ClaimFigure> Figures(Claim claim) => claim.PaperFigures(
        Tier.Quick, [.. SynthesizedRuns.Reported(claim).Run!.Groups.Select(group => group.Trained)]);
}
