using Grokking.Curves;

namespace Grokking.Training;

/// <summary>
/// All that a run needs to go on as if it had never stopped: equal bits in its curve and in its weights. Batches, dropout and every noise
/// are functions of seed and step, and what the decay pulls to is drawn from the seed again, so none of them is here.
/// </summary>
/// <param name="Step">Updates made, ≥ 0.</param>
/// <param name="Points">The evaluations so far, all those of the grid up to <paramref name="Step"/>; the one at Step itself may be missing.</param>
/// <param name="Tensors">The weights by their names, then the optimiser's buffers.</param>
public sealed record Checkpoint(int Step, IReadOnlyList<CurvePoint> Points, IReadOnlyList<NamedTensor> Tensors);
