using Grokking.Models;
using Grokking.Training;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// The forward pass of R networks of one architecture, each with its own weights and its own batch; autograd makes the backward pass. An implementation
/// of the same mathematics as <see cref="Model"/> that shares no code with it.
/// </summary>
internal abstract class StackedModel : IDisposable
{
    /// <summary>Where each weight of one run lies.</summary>
    public abstract ParameterLayout Layout { get; }

    /// <summary>Makes the networks of a shape.</summary>
    /// <param name="example">A run of the shape.</param>
    /// <param name="device">Where weights and tokens lie.</param>
    /// <exception cref="NotSupportedException">There is no such network here; the message names it.</exception>
    public static StackedModel Of(EnsembleRun example, Device device) => example.Shape.Model switch
    {
        TransformerConfig transformer => new TransformerStack(
            transformer, example.Shape.OutputTokens, example.Length, example.ReadPositions, device, example.Shape.PrefixLength),
        MlpConfig mlp => new MlpStack(mlp, example.Layout, example.WholeLayout, device),
        DiagonalConfig => new DiagonalStack(example.Layout),
        _ => throw Unknown(example.Shape.Model),
    };

    /// <summary>Passes if the experiment's network is here.</summary>
    /// <exception cref="NotSupportedException">It is not; the message names it.</exception>
    public static void Check(Experiment experiment)
    {
        if (experiment.Model is not (TransformerConfig or MlpConfig or DiagonalConfig))
        {
            throw Unknown(experiment.Model);
        }
    }

    /// <summary>The weights as the passes see them.</summary>
    /// <param name="parameters">(R, P).</param>
    public virtual Tensor Seen(Tensor parameters) => parameters;

    /// <summary>The outputs at each read position.</summary>
    /// <param name="parameters">(R, P) as <see cref="Seen"/>.</param>
    /// <param name="tokens">(R, B, T) int64; where beginnings are shared (R, B, 1 + T − s), see <see cref="SharedPrefixes.Width"/>.</param>
    /// <param name="constants">What the runs read besides.</param>
    /// <param name="keep">The dropout factors of the step, one tensor a block; null for no dropout.</param>
    /// <returns>(R, B, reads, outputs).</returns>
    public abstract Tensor Outputs(Tensor parameters, Tensor tokens, StackedConstants constants, IReadOnlyList<Tensor>? keep = null);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The nonlinearity, element by element.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="x">What goes in.</param>
    /// <param name="curvature">ε of <see cref="ActivationKind.LinearQuadratic"/>; of no other.</param>
    protected static Tensor Activate(ActivationKind kind, Tensor x, double curvature = 0) => kind switch
    {
        ActivationKind.Relu => x.relu(),
        ActivationKind.Gelu => x * 0.5f * (((x + (x * x * x * 0.044715f)) * MathF.Sqrt(2 / MathF.PI)).tanh() + 1f),
        ActivationKind.Quadratic => x * x,
        ActivationKind.Tanh => x.tanh(),
        ActivationKind.LinearQuadratic => x + (x * x * (float)(curvature / 2)),
        _ => throw new NotSupportedException($"The TorchSharp engine has no activation {kind}."),
    };

    private static NotSupportedException Unknown(ModelConfig config) =>
        new($"The TorchSharp engine has no {config.GetType().Name}; it has {nameof(TransformerConfig)}, {nameof(MlpConfig)} and {nameof(DiagonalConfig)}.");
}
