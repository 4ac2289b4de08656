using System.Globalization;
using Grokking.Analysis;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Claims.Power2022;

/// <summary>The pictures of Power et al. 2022, Figure 3: t-SNE of the output layer's rows, and the plane of their number line.</summary>
internal static class OutputRowMaps
{
    // Cosets in turn get hues far apart: steps of the golden angle.
    private const double GoldenAngle = 137.508;

    /// <summary>Residues in the plane of the number line that is found best, and by t-SNE; their colours go around that line once.</summary>
    public static IReadOnlyList<RowMap> OfResidues(Experiment experiment, TrainedRun run)
    {
        Matrix<double> rows = OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
        int n = rows.RowCount;
        var line = NumberLine.Recover(rows);
        int[] path = [.. Enumerable.Range(0, n + 1).Select(i => i * line.Step % n)];
        double[] hues = new double[n];
        for (int i = 0; i < n; i++)
        {
            hues[path[i]] = 360.0 * i / n;
        }

        return
        [
            Draw(Figures.Text($"Seed {experiment.Seed}: the output rows in the plane of their best circle; the line joins x to x + {line.Step}"), line.Plane, hues, path),
            Draw(Figures.Text($"Seed {experiment.Seed}: t-SNE of the output rows, in the same colours"), new TSne().Draw(rows).Points, hues, []),
        ];
    }

    /// <summary>Permutations by t-SNE, with a colour for each coset of the subgroup that is found best.</summary>
    public static IReadOnlyList<RowMap> OfPermutations(Experiment experiment, TrainedRun run)
    {
        Matrix<double> rows = OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
        var group = new SymmetricGroup(((PermutationOperation)experiment.Task).Degree);
        CosetFit best = OutputRowStatistics.BestCosets(experiment, run);
        double[] hues = new double[group.Order];
        foreach ((int number, IReadOnlyList<int> coset) in best.Subgroup.Cosets(best.Side).Index())
        {
            foreach (int element in coset)
            {
                hues[element] = number * GoldenAngle % 360;
            }
        }

        string side = best.Side == CosetSide.Left ? "left" : "right";
        return
        [
            Draw(
                Figures.Text($"Seed {experiment.Seed}: t-SNE of the output rows, a colour for each {side} coset of a subgroup of order {best.Subgroup.Order}"),
                new TSne().Draw(rows).Points,
                hues,
                []),
        ];
    }

    private static RowMap Draw(string caption, Matrix<double> points, double[] hues, IReadOnlyList<int> path) => new(
        caption, [.. hues.Select((hue, i) => new MapPoint(points[i, 0], points[i, 1], i.ToString(CultureInfo.InvariantCulture), hue))], path);
}
