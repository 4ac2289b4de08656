using Grokking.Curves;

namespace Grokking.Cli.Report;

/// <summary>A curve in a line of text, for places that show no figures.</summary>
internal static class Sparkline
{
    /// <summary>Number of signs in a line.</summary>
    public const int Width = 32;

    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// The median accuracy of some curves at <see cref="Width"/> steps that grow by a constant factor from 1 to <paramref name="end"/>, each the
    /// latest evaluation at or before its step; a blank after the last of them ended. Empty to full is 0 to 100 %.
    /// </summary>
    public static string Of(IReadOnlyList<LearningCurve> curves, Equations equations, int end)
    {
        char[] signs = new char[Width];
        for (int i = 0; i < Width; i++)
        {
            int step = (int)Math.Round(Numerics.Elementary.Exp(Numerics.Elementary.Log((double)end) * i / (Width - 1)));
            double[] values = [.. curves.Where(curve => curve.LastStep >= step || i == 0).Select(curve => curve.At(step).AccuracyOn(equations)).Order()];
            signs[i] = values.Length == 0 ? ' ' : Sign(values[values.Length / 2]);
        }

        return new string(signs).TrimEnd();
    }

    private static char Sign(double share) => Levels[Math.Clamp((int)(share * Levels.Length), 0, Levels.Length - 1)];
}
