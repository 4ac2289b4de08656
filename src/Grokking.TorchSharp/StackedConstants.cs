using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>What R runs read besides their parameters, a row of every tensor a run; null what runs of their shape do not have.</summary>
/// <param name="Prefixes">(R, n, s) int64 the beginnings that sequences share; see <see cref="SharedPrefixes"/>.</param>
/// <param name="Inputs">(R, V, D) the vectors that the tokens stand for.</param>
/// <param name="Answers">(R, answers, outputs) the vectors that the answers stand for.</param>
/// <param name="Readout">(R, ·) the weights of a readout that stays as it was drawn.</param>
/// <param name="StartOutputs">(R, V, outputs) what came out for each token at the start, where that is subtracted.</param>
internal sealed record StackedConstants(Tensor? Prefixes, Tensor? Inputs, Tensor? Answers, Tensor? Readout, Tensor? StartOutputs)
{
    /// <summary>None of them.</summary>
    public static StackedConstants None { get; } = new(Prefixes: null, Inputs: null, Answers: null, Readout: null, StartOutputs: null);

    /// <summary>Those of some of the runs.</summary>
    /// <param name="runs">(n) int64 their places.</param>
    public StackedConstants Of(Tensor runs) => new(
        Prefixes?.index_select(0L, runs),
        Inputs?.index_select(0L, runs),
        Answers?.index_select(0L, runs),
        Readout?.index_select(0L, runs),
        StartOutputs?.index_select(0L, runs));
}
