using System.Globalization;
using Grokking.Analysis;
using Grokking.Tasks;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Claims;

/// <summary>The pictures of Power et al. 2022, Figure 3: t-SNE of the output layer's rows.</summary>
internal static class OutputRowMaps
{
    /// <summary>Residues, joined in the order of the number line that is found best.</summary>
    public static RowMap OfResidues(Experiment experiment, TrainedRun run)
    {
        Matrix<double> rows = OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
        int n = rows.RowCount, step = NumberLine.Recover(rows).Step;
        Matrix<double> points = new TSne().Draw(rows).Points;
        return new RowMap(
            string.Create(CultureInfo.InvariantCulture, $"t-SNE of the output rows, seed {experiment.Seed}; the line joins x to x + {step}"),
            [.. Enumerable.Range(0, n).Select(x => new MapPoint(points[x, 0], points[x, 1], x.ToString(CultureInfo.InvariantCulture), x % step))],
            [.. Enumerable.Range(0, n + 1).Select(i => i * step % n)]);
    }

    /// <summary>Permutations, coloured by the coset of the subgroup that is found best.</summary>
    public static RowMap OfPermutations(Experiment experiment, TrainedRun run)
    {
        Matrix<double> rows = OutputRows.Of(experiment, run.Layout, run.Parameters.Span);
        var group = new SymmetricGroup(((PermutationOperation)experiment.Operation).Degree);
        CosetFit best = CosetSearch.Run(rows, group).Best;
        Matrix<double> points = new TSne().Draw(rows).Points;
        int[] classes = new int[group.Order];
        foreach ((int number, IReadOnlyList<int> coset) in best.Subgroup.Cosets(best.Side).Index())
        {
            foreach (int element in coset)
            {
                classes[element] = number;
            }
        }

        return new RowMap(
            string.Create(
                CultureInfo.InvariantCulture,
                $"t-SNE of the output rows, seed {experiment.Seed}; a colour for each {(best.Side == CosetSide.Left ? "left" : "right")} coset of a subgroup of order {best.Subgroup.Order}"),
            [
                .. Enumerable.Range(0, group.Order)
                    .Select(i => new MapPoint(points[i, 0], points[i, 1], i.ToString(CultureInfo.InvariantCulture), classes[i])),
            ],
            []);
    }
}
