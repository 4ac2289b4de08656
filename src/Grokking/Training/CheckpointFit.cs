using Grokking.Curves;
using Grokking.Models;

namespace Grokking.Training;

/// <summary>Where a tensor of a run lies in memory.</summary>
internal sealed record TensorPlace(string Name, IReadOnlyList<int> Shape, Memory<float> Values)
{
    /// <summary>The places of all that a checkpoint keeps of a run.</summary>
    /// <param name="layout">The weights.</param>
    /// <param name="parameters">(P) where they are.</param>
    /// <param name="state">The optimiser's buffers.</param>
    public static IReadOnlyList<TensorPlace> Of(
        ParameterLayout layout, Memory<float> parameters, IEnumerable<(string Name, Memory<float> Values)> state) =>
    [
        .. layout.Tensors.Select(tensor => new TensorPlace(
            tensor.Name, tensor.Columns == 1 ? [tensor.Rows] : [tensor.Rows, tensor.Columns], parameters.Slice(tensor.Offset, tensor.Count))),
        .. state.Select(buffer => new TensorPlace("optimizer." + buffer.Name, [buffer.Values.Length], buffer.Values)),
    ];
}

/// <summary>Holds a checkpoint against the experiment it is to go on with.</summary>
internal static class CheckpointFit
{
    /// <summary>The evaluations are those that the experiment makes up to the checkpoint's step, and none of them ended the run.</summary>
    /// <exception cref="CheckpointMismatchException">They are not.</exception>
    public static void CheckPoints(Checkpoint checkpoint, Experiment experiment)
    {
        int due = 0;
        foreach (CurvePoint point in checkpoint.Points)
        {
            if (point.Step != due || point.Step > checkpoint.Step)
            {
                throw Points($"have step {point.Step} where step {due} of the grid was due, at step {checkpoint.Step} of the run");
            }

            if (!point.IsFinite)
            {
                throw Points($"are not finite at step {point.Step}");
            }

            if (point.IsGeneralized && experiment.Stopping == StoppingRule.WhenGeneralized)
            {
                throw Points($"end at step {point.Step}, where the run generalised and stopped");
            }

            due = point.Step == experiment.Steps ? int.MaxValue : EvaluationGrid.Next(point.Step, experiment.EvaluationGrowth, experiment.Steps);
        }

        if (due < checkpoint.Step)
        {
            throw Points($"lack the one of step {due}, at step {checkpoint.Step} of the run");
        }

        static CheckpointMismatchException Points(FormattableString problem) => new("points", FormattableString.Invariant(problem));
    }

    /// <summary>One copy for each place; all of them fit, or none is made.</summary>
    /// <exception cref="CheckpointMismatchException">A tensor is missing, unknown, twice there or misshapen.</exception>
    public static IReadOnlyList<(ReadOnlyMemory<float> From, Memory<float> To)> Match(
        IReadOnlyList<NamedTensor> tensors, IReadOnlyList<TensorPlace> places)
    {
        Dictionary<string, NamedTensor> offered = new(StringComparer.Ordinal);
        foreach (NamedTensor tensor in tensors)
        {
            if (!offered.TryAdd(tensor.Name, tensor))
            {
                throw new CheckpointMismatchException(tensor.Name, "is there twice");
            }
        }

        List<(ReadOnlyMemory<float> From, Memory<float> To)> copies = [];
        foreach (TensorPlace place in places)
        {
            if (!offered.Remove(place.Name, out NamedTensor? tensor))
            {
                throw new CheckpointMismatchException(place.Name, "is missing");
            }

            if (!tensor.Shape.SequenceEqual(place.Shape))
            {
                throw new CheckpointMismatchException(place.Name, $"has shape {Text(tensor.Shape)} but must have {Text(place.Shape)}");
            }

            if (tensor.Values.Length != place.Values.Length)
            {
                throw new CheckpointMismatchException(
                    place.Name, FormattableString.Invariant($"has {tensor.Values.Length} values but must have {place.Values.Length}"));
            }

            copies.Add((tensor.Values, place.Values));
        }

        return offered.Count == 0
            ? copies
            : throw new CheckpointMismatchException(offered.Keys.Order(StringComparer.Ordinal).First(), "is unknown");
    }

    private static string Text(IReadOnlyList<int> shape) => FormattableString.Invariant($"({string.Join(", ", shape)})");
}
