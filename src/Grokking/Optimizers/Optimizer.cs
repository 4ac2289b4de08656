using Grokking.Models;

namespace Grokking.Optimizers;

/// <summary>
/// An update rule and its hyperparameters, as a value: equal configurations train alike. A new optimiser is one file with a record that
/// derives from this and the <see cref="Optimizer"/> that it starts.
/// </summary>
public abstract record OptimizerConfig
{
    /// <summary>The peak learning rate, &gt; 0; a schedule scales it.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for the first field outside its range, naming field, value and range.</summary>
    public abstract void Validate();

    /// <summary>Fresh state for one run.</summary>
    /// <param name="layout">The tensors within the flat buffer, for rules that treat matrices and vectors differently.</param>
    /// <param name="initialParameters">(P) the parameters before the first update.</param>
    /// <param name="seed">The run's seed, for rules that draw noise.</param>
    public abstract Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed);
}

/// <summary>An update rule in the middle of a run. Stepping allocates nothing.</summary>
public abstract class Optimizer
{
    /// <summary>
    /// The buffers that decide the next update besides its arguments, each under a name of its own: what a checkpoint keeps. A run that
    /// resumes starts the optimiser anew with the same arguments and copies the kept values in. Empty for a rule without memory.
    /// </summary>
    public abstract IReadOnlyList<(string Name, Memory<float> Values)> State { get; }

    /// <summary>Makes one update in place.</summary>
    /// <param name="parameters">(P) changed in place.</param>
    /// <param name="gradient">(P) of the mean loss over the batch.</param>
    /// <param name="learningRate">The scheduled absolute rate of this step; 0 in the first step of openai/grok's warm-up.</param>
    /// <param name="step">Number of updates made before this one.</param>
    public abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step);
}
