namespace Grokking.Training;

/// <summary>Numbers with a name and a shape, as a checkpoint keeps them.</summary>
/// <param name="Name">A weight's symbol, e.g. "blocks.0.W_Q", or "optimizer." and the name of an optimiser's buffer.</param>
/// <param name="Shape">The length of each dimension, ≥ 0; their product is the number of values.</param>
/// <param name="Values">Row-major; never changed after the tensor is made.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
