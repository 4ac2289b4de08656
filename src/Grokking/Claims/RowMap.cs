namespace Grokking.Claims;

/// <summary>A picture of a run's output rows in the plane, for a reader to look at; no judge sees it.</summary>
/// <param name="Caption">What is drawn, and how.</param>
/// <param name="Points">One a row.</param>
/// <param name="Path">The points to be joined by a line, in its order; empty for none.</param>
public sealed record RowMap(string Caption, IReadOnlyList<MapPoint> Points, IReadOnlyList<int> Path);

/// <summary>A row in a picture.</summary>
/// <param name="X">From left to right, in any unit.</param>
/// <param name="Y">From below to above, in the same unit.</param>
/// <param name="Label">What the row is of.</param>
/// <param name="Hue">Its colour, degrees in [0, 360).</param>
public sealed record MapPoint(double X, double Y, string Label, double Hue);
