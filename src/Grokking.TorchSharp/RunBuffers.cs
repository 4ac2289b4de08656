namespace Grokking.TorchSharp;

/// <summary>The numbers of one run that change as it trains, in host memory: on their way to the device or back.</summary>
/// <param name="Parameters">(P).</param>
/// <param name="State">The optimiser's buffers, in the order of <see cref="UpdateRule.StateNames"/>.</param>
internal sealed record RunBuffers(float[] Parameters, IReadOnlyList<float[]> State);
