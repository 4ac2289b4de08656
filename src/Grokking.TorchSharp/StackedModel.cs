using Grokking.Models;
using Grokking.Training;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// R networks of one architecture, each with its own weights and its own batch. An implementation of the same mathematics as <see cref="Model"/> that
/// shares no code with it.
/// </summary>
internal abstract class StackedModel : IDisposable
{
    /// <summary>Where each weight of one run lies.</summary>
    public abstract ParameterLayout Layout { get; }

    /// <summary>Makes the networks of a shape.</summary>
    /// <param name="example">A run of the shape.</param>
    /// <param name="device">Where weights and tokens lie.</param>
    /// <param name="backward">Where gradients come from.</param>
    /// <exception cref="NotSupportedException">There is no such network here; the message names it.</exception>
    public static StackedModel Of(EnsembleRun example, Device device, BackwardPass backward) => example.Shape.Model switch
    {
        TransformerConfig transformer => new TransformerStack(
            transformer, example.Shape.OutputTokens, example.Length, example.ReadPositions, device, example.Shape.PrefixLength, backward),
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

    /// <summary>The loss of each run on a batch and its gradient, without clipping and without a change of anything.</summary>
    /// <param name="loss">What is minimised.</param>
    /// <param name="parameters">(R, P).</param>
    /// <param name="batch">Of each run.</param>
    /// <returns>(R) double and (R, P).</returns>
    public virtual (Tensor Losses, Tensor Gradient) LossAndGradient(StackedLoss loss, Tensor parameters, StackedBatch batch)
    {
        Tensor leaf = Seen(parameters).detach().requires_grad_();
        Tensor losses = loss.OfRuns(Outputs(leaf, batch.Tokens, batch.Constants, batch.Keep), batch);
        losses.sum().backward();
        return (losses.detach(), leaf.grad!);
    }

    /// <summary>The derivative of the nonlinearity, element by element.</summary>
    /// <param name="kind">Which; of <see cref="ActivationKind.LinearQuadratic"/> with no curvature.</param>
    /// <param name="x">What went in.</param>
    /// <param name="y">What came out.</param>
    public static Tensor Slope(ActivationKind kind, Tensor x, Tensor y)
    {
        switch (kind)
        {
            case ActivationKind.Relu:
                return y.gt(Held.Integer(0)).to(y.dtype);
            case ActivationKind.Gelu:
                // y = ½x(1 + tanh u) with u = √(2/π)(x + 0.044715x³)
                float scale = MathF.Sqrt(2 / MathF.PI);
                Tensor tanh = x.Plus((x * x * x).Times(0.044715f)).Times(scale).tanh();
                Tensor inner = (x * x).Times(3 * 0.044715f).Plus(1).Times(scale);
                return tanh.Plus(1).Times(0.5f).Plus(x.Times(0.5f) * (tanh * tanh).neg().Plus(1) * inner);
            case ActivationKind.Quadratic:
                return x.Times(2);
            case ActivationKind.Tanh:
                return (y * y).neg().Plus(1);
            case ActivationKind.LinearQuadratic:
                return ones_like(x);
            default:
                throw new NotSupportedException($"The TorchSharp engine has no activation {kind}.");
        }
    }

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
        ActivationKind.Gelu => x.Times(0.5f) * x.Plus((x * x * x).Times(0.044715f)).Times(MathF.Sqrt(2 / MathF.PI)).tanh().Plus(1),
        ActivationKind.Quadratic => x * x,
        ActivationKind.Tanh => x.tanh(),
        ActivationKind.LinearQuadratic => x.Plus((x * x).Times((float)(curvature / 2))),
        _ => throw new NotSupportedException($"The TorchSharp engine has no activation {kind}."),
    };

    private static NotSupportedException Unknown(ModelConfig config) =>
        new($"The TorchSharp engine has no {config.GetType().Name}; it has {nameof(TransformerConfig)}, {nameof(MlpConfig)} and {nameof(DiagonalConfig)}.");
}
