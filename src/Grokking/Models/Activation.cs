using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>The nonlinearity between the linear maps of an MLP.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))), the tanh form of GELU.</summary>
    Gelu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>x²: Gromov 2023.</summary>
    Quadratic,

    /// <summary>x + (ε/2)x² with the model's curvature ε: Kumar et al. 2024.</summary>
    LinearQuadratic,
}

/// <summary>The kernels of <see cref="ActivationKind"/>.</summary>
internal static class Activation
{
    /// <summary>Whether <see cref="Backward"/> reads what went in; else it reads what came out, and <see cref="Forward"/> may work in place.</summary>
    public static bool KeepsInput(ActivationKind kind) => kind is ActivationKind.Gelu or ActivationKind.Quadratic or ActivationKind.LinearQuadratic;

    /// <summary>Applies it to the rows [first, first + count).</summary>
    /// <param name="kind">Which.</param>
    /// <param name="x">What goes in.</param>
    /// <param name="y">What comes out; x itself unless the input is kept.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="curvature">ε of <see cref="ActivationKind.LinearQuadratic"/>; of no other.</param>
    public static void Forward(ActivationKind kind, Matrix x, Matrix y, int first, int count, double curvature = 0)
    {
        switch (kind)
        {
            case ActivationKind.Gelu: Gelu.Forward(x, y, first, count); break;
            case ActivationKind.Quadratic: Square.Forward(x, y, first, count); break;
            case ActivationKind.LinearQuadratic: LinearQuadratic.Forward(x, y, (float)curvature, first, count); break;
            case ActivationKind.Tanh: HyperbolicTangent.Forward(y, first, count); break;
            default: Relu.Forward(y, first, count); break;
        }
    }

    /// <summary>Makes the gradient at the input of that at the output, in place, for the rows [first, first + count).</summary>
    /// <param name="kind">Which.</param>
    /// <param name="kept">Its input or its output, see <see cref="KeepsInput"/>.</param>
    /// <param name="dy">Becomes dx.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="curvature">ε of <see cref="ActivationKind.LinearQuadratic"/>; of no other.</param>
    public static void Backward(ActivationKind kind, Matrix kept, Matrix dy, int first, int count, double curvature = 0)
    {
        switch (kind)
        {
            case ActivationKind.Gelu: Gelu.Backward(kept, dy, first, count); break;
            case ActivationKind.Quadratic: Square.Backward(kept, dy, first, count); break;
            case ActivationKind.LinearQuadratic: LinearQuadratic.Backward(kept, dy, (float)curvature, first, count); break;
            case ActivationKind.Tanh: HyperbolicTangent.Backward(kept, dy, first, count); break;
            default: Relu.Backward(kept, dy, first, count); break;
        }
    }
}
