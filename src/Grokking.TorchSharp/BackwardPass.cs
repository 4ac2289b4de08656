namespace Grokking.TorchSharp;

/// <summary>Where gradients come from.</summary>
public enum BackwardPass
{
    /// <summary>libtorch's autograd, for every network.</summary>
    Autograd,

    /// <summary>For transformers a backward pass that is derived by hand, with autograd for the loss alone; for other networks autograd.</summary>
    Derived,
}
