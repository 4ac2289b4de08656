using MathNet.Numerics.Statistics;

namespace Grokking.Claims;

/// <summary>A picture of a claim's statistic over what the claim varies, as its paper draws it; no judge sees it.</summary>
/// <param name="Caption">What is drawn.</param>
public abstract record ClaimFigure(string Caption);

/// <summary>Quantities over a quantity.</summary>
/// <param name="Caption">What is drawn.</param>
/// <param name="X">The axis from left to right.</param>
/// <param name="Y">The axis from below to above.</param>
/// <param name="Series">What is drawn, at most one of each colour.</param>
public sealed record PlaneFigure(string Caption, FigureAxis X, FigureAxis Y, IReadOnlyList<FigureSeries> Series) : ClaimFigure(Caption);

/// <summary>An axis of a <see cref="PlaneFigure"/>.</summary>
/// <param name="Title">The quantity with its unit.</param>
/// <param name="IsLogarithmic">Whether equal factors are equally far apart; values ≤ 0 are then left out.</param>
public sealed record FigureAxis(string Title, bool IsLogarithmic);

/// <summary>What a series is of; it decides the colour, the same as in the curves.</summary>
public enum SeriesKind
{
    /// <summary>The training set.</summary>
    Train,

    /// <summary>The validation set.</summary>
    Val,

    /// <summary>What would be expected.</summary>
    Guide,
}

/// <summary>A series of a <see cref="PlaneFigure"/>.</summary>
/// <param name="Name">What it is, for the key.</param>
/// <param name="Kind">Decides its colour.</param>
/// <param name="Dots">One a run, say.</param>
/// <param name="Line">Points joined in their order; empty for none.</param>
public sealed record FigureSeries(string Name, SeriesKind Kind, IReadOnlyList<FigurePoint> Dots, IReadOnlyList<FigurePoint> Line);

/// <summary>A point of a <see cref="FigureSeries"/>, in the units of its axes.</summary>
public readonly record struct FigurePoint(double X, double Y);

/// <summary>A share over two quantities: a phase diagram.</summary>
/// <param name="Caption">What is drawn.</param>
/// <param name="XTitle">The quantity from left to right.</param>
/// <param name="X">Its values, as text.</param>
/// <param name="YTitle">The quantity from above to below.</param>
/// <param name="Y">Its values, as text.</param>
/// <param name="Cells">[Y][X].</param>
public sealed record HeatMap(
    string Caption, string XTitle, IReadOnlyList<string> X, string YTitle, IReadOnlyList<string> Y, IReadOnlyList<IReadOnlyList<HeatCell>> Cells)
    : ClaimFigure(Caption);

/// <summary>A cell of a <see cref="HeatMap"/>.</summary>
/// <param name="Share">How strongly it is coloured, in [0, 1].</param>
/// <param name="Text">What stands in it, a few characters.</param>
public readonly record struct HeatCell(double Share, string Text)
{
    /// <summary>A place of the paper's grid that no run is trained for.</summary>
    public static HeatCell NotTrained { get; } = new(0, "not trained");

    /// <summary>The median of some shares, as a percentage.</summary>
    public static HeatCell Median(IReadOnlyList<double> shares)
    {
        double median = shares.Median();
        return new HeatCell(median, Figures.Percent(median));
    }
}
