using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// An update rule of R runs at once over the tensor (R, P) of their parameters. What the runs may differ in, rates, decays and the like, is a column a
/// run; what changes the operations themselves is the rule's <see cref="Structure"/>, which runs of one ensemble share.
/// </summary>
internal abstract class UpdateRule
{
    /// <summary>The names of the optimiser's buffers in a checkpoint, as on the CPU engine.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Numbers that one step of one run needs.</summary>
    public abstract int ColumnCount { get; }

    /// <summary>The columns that move parameters: where they are 0 an update with a gradient of 0 leaves the parameters as they were.</summary>
    public abstract IReadOnlyList<int> MovingColumns { get; }

    /// <summary>Makes the rule of a configuration.</summary>
    /// <param name="config">Only its <see cref="Structure"/> counts.</param>
    /// <param name="layout">The tensors of one run.</param>
    /// <exception cref="NotSupportedException">There is no such rule here; the message names it.</exception>
    public static UpdateRule Of(OptimizerConfig config, ParameterLayout layout) => config switch
    {
        AdamW adam => new AdamWRule(adam),
        Sgd sgd => new SgdRule(sgd),
        EmbeddingsApart apart => new EmbeddingsApartRule(apart, layout),
        _ => throw Unknown(config),
    };

    /// <summary>The configuration with all that is a column set to one value: equal structures can train together.</summary>
    /// <exception cref="NotSupportedException">There is no such rule here; the message names it.</exception>
    public static OptimizerConfig Structure(OptimizerConfig config) => config switch
    {
        AdamW adam => new AdamW { DecayTarget = adam.DecayTarget, UpdateNoise = Math.Sign(adam.UpdateNoise) },
        Sgd sgd => new Sgd { Nesterov = sgd.Nesterov, UpdateNoise = Math.Sign(sgd.UpdateNoise) },
        EmbeddingsApart apart => new EmbeddingsApart { Embeddings = Structure(apart.Embeddings), Others = Structure(apart.Others) },
        _ => throw Unknown(config),
    };

    /// <summary>Whether an update adds noise, or pulls to where the parameters began.</summary>
    public static (bool Noise, bool Initial) Needs(OptimizerConfig config) => config switch
    {
        AdamW adam => (adam.UpdateNoise > 0, adam.DecayTarget == DecayTarget.Initialization),
        Sgd sgd => (sgd.UpdateNoise > 0, false),
        EmbeddingsApart apart => (Needs(apart.Embeddings).Noise || Needs(apart.Others).Noise, Needs(apart.Embeddings).Initial || Needs(apart.Others).Initial),
        _ => throw Unknown(config),
    };

    /// <summary>Elements of each buffer of a run, in the order of <see cref="StateNames"/>.</summary>
    /// <param name="count">P.</param>
    public abstract IReadOnlyList<int> StateCounts(int count);

    /// <summary>Writes the numbers of one step of one run, each computed in double and rounded once.</summary>
    /// <param name="config">The run's own configuration.</param>
    /// <param name="learningRate">The scheduled absolute rate of the step.</param>
    /// <param name="step">Updates made before it.</param>
    /// <param name="columns">(<see cref="ColumnCount"/>) overwritten.</param>
    public abstract void Fill(OptimizerConfig config, double learningRate, int step, Span<float> columns);

    /// <summary>Draws the noise of one update of one run by its stream "update noise", as the CPU engine does.</summary>
    /// <param name="config">The run's own configuration, with noise.</param>
    /// <param name="stream">The run's stream.</param>
    /// <param name="step">Updates made before it.</param>
    /// <param name="noise">(P) overwritten.</param>
    public abstract void DrawNoise(OptimizerConfig config, RandomStream stream, int step, Span<float> noise);

    /// <summary>Makes one update in place.</summary>
    public abstract void Apply(UpdateOperands operands);

    private static NotSupportedException Unknown(OptimizerConfig config) =>
        new($"The TorchSharp engine has no update rule {config.GetType().Name}; it has AdamW, Sgd and EmbeddingsApart.");
}

/// <summary>What an update works on.</summary>
/// <param name="Parameters">(R, P) changed in place.</param>
/// <param name="Gradient">(R, P) may be changed.</param>
/// <param name="State">(R, ·) the rule's buffers, changed in place.</param>
/// <param name="Columns">(R, columns) the numbers of the step.</param>
/// <param name="Initial">(R, P) where the parameters began; null where nothing pulls there.</param>
/// <param name="Noise">(R, P) of the step; null without noise.</param>
internal sealed record UpdateOperands(
    Tensor Parameters, Tensor Gradient, IReadOnlyList<Tensor> State, Tensor Columns, Tensor? Initial, Tensor? Noise)
{
    /// <summary>(R, 1) one number of each run.</summary>
    public Tensor Column(int index) => Columns.narrow(1L, index, 1);
}
