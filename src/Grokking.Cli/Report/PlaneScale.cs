using System.Globalization;
using Grokking.Claims;
using Grokking.Numerics;

namespace Grokking.Cli.Report;

/// <summary>Where the values of an axis stand: 0 at its start, 1 at its end.</summary>
internal sealed class PlaneScale
{
    private const int MostTicks = 7;

    private static readonly double s_decade = Elementary.Log(10.0);

    private readonly bool _logarithmic;
    private readonly double _start;
    private readonly double _end;

    /// <summary>An axis that shows all of these values, from one tick to another.</summary>
    public PlaneScale(FigureAxis axis, IEnumerable<double> values)
    {
        _logarithmic = axis.IsLogarithmic;
        double[] shown = [.. values.Where(Shows).Select(Unit)];
        double low = shown.Length == 0 ? 0 : shown.Min(), high = shown.Length == 0 ? 1 : shown.Max();
        double step = _logarithmic ? Math.Max(1, Math.Ceiling((high - low) / MostTicks)) : NiceStep(high - low);
        _start = Math.Floor(low / step) * step;
        _end = Math.Max(Math.Ceiling(high / step) * step, _start + step);
        Ticks = [.. Enumerable.Range(0, (int)Math.Round((_end - _start) / step) + 1).Select(i => Tick(_start + (i * step)))];
    }

    /// <summary>Marks on the axis: where each stands, and its label.</summary>
    public IReadOnlyList<(double Place, string Label)> Ticks { get; }

    /// <summary>Whether a value has a place.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_logarithmic || value > 0);

    /// <summary>Where a value stands.</summary>
    public double Place(double value) => (Unit(value) - _start) / (_end - _start);

    private double Unit(double value) => _logarithmic ? Elementary.Log(value) / s_decade : value;

    private (double Place, string Label) Tick(double unit) => (
        (unit - _start) / (_end - _start),
        !_logarithmic ? unit.ToString("0.####", CultureInfo.InvariantCulture)
        : unit is >= -2 and <= 3 ? Elementary.Exp(unit * s_decade).ToString("0.##", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"1e{unit:0}"));

    // 1, 2 or 5 times a power of ten, so that a few steps cover the extent.
    private static double NiceStep(double extent)
    {
        double step = 1e-6;
        double[] factors = [2, 2.5, 2];
        for (int i = 0; step * (MostTicks - 1) < extent; i++)
        {
            step *= factors[i % factors.Length];
        }

        return step;
    }
}
