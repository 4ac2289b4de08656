using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The first linear map of an MLP, from what an example's tokens stand for to the hidden units. A batch passes slice by slice.</summary>
internal abstract class InputLayer
{
    /// <summary>Takes over the current weights.</summary>
    public abstract void Load(ReadOnlySpan<float> parameters, bool forTraining);

    /// <summary>Writes the hidden units of a slice of examples before their activation.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="tokens">(count, T).</param>
    /// <param name="hidden">(≥ count, d_hidden) overwritten.</param>
    /// <param name="count">Examples of the slice.</param>
    public abstract void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, Matrix hidden, int count);

    /// <summary>Begins a batch's gradient at 0.</summary>
    public abstract void ClearGradient(Span<float> gradient);

    /// <summary>Adds what the slice of the last forward pass has to the gradient.</summary>
    /// <param name="dHidden">(≥ count, d_hidden) the gradient at the hidden units before their activation.</param>
    /// <param name="count">Examples of the slice.</param>
    /// <param name="gradient">(P) of it the bias, whose sum needs no more.</param>
    public abstract void Backward(Matrix dHidden, int count, Span<float> gradient);

    /// <summary>Writes the batch's gradient of the weights.</summary>
    public abstract void FinishGradient(Span<float> gradient, Matrix scratch);
}
