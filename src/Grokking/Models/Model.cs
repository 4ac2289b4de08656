using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The scores of a batch or a set.</summary>
/// <param name="Loss">Mean loss over the scored tokens: nats for the cross-entropies, else squared error an output.</param>
/// <param name="Correct">Sequences whose scored tokens were all right.</param>
public readonly record struct Scores(double Loss, int Correct);

/// <summary>
/// A network over batches of token sequences: loss, accuracy and the gradient of the mean loss over one flat parameter buffer. It owns the
/// activations of one batch and nothing else; after construction it allocates nothing.
/// </summary>
public abstract class Model
{
    /// <summary>
    /// What the passes take for 0. A weight below this changes no sum of a living unit, for beside others of 1e-7 it is no bit of a float. A unit that
    /// dies out under weight decay would fill the passes with subnormal products, each a hundred times slower; so it counts as dead from here on.
    /// </summary>
    internal const float SmallestWeight = 1e-14f;

    /// <summary>Where each weight lies.</summary>
    public abstract ParameterLayout Layout { get; }

    /// <summary>Draws the weights before the first update.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="parameters">(P) overwritten.</param>
    public abstract void Initialize(ulong seed, Span<float> parameters);

    /// <summary>Tells the model which weights training starts from; most models do nothing with them.</summary>
    /// <param name="parameters">(P) as drawn, and then scaled where that is asked for.</param>
    public virtual void StartFrom(ReadOnlySpan<float> parameters)
    {
    }

    /// <summary>Draws the dropout masks of a training pass over <paramref name="examples"/> sequences; does nothing without dropout.</summary>
    public virtual void DrawDropout(RandomStream stream, int examples)
    {
    }

    /// <summary>Takes over the current weights; to be called after every change of them.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="forTraining">Whether a backward pass will follow.</param>
    public abstract void Load(ReadOnlySpan<float> parameters, bool forTraining);

    /// <summary>Loss and accuracy over any number of sequences, without dropout.</summary>
    /// <param name="parameters">(P) as last loaded.</param>
    /// <param name="tokens">(N, T).</param>
    /// <param name="targets">(N, reads).</param>
    public abstract Scores Evaluate(ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets);

    /// <summary>The mean loss of a batch and its gradient.</summary>
    /// <param name="parameters">(P) as last loaded for training.</param>
    /// <param name="tokens">(B, T).</param>
    /// <param name="targets">(B, reads).</param>
    /// <param name="gradient">(P) overwritten.</param>
    public abstract Scores LossAndGradient(
        ReadOnlySpan<float> parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, Span<float> gradient);
}
