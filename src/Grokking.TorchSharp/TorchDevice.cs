namespace Grokking.TorchSharp;

/// <summary>What the TorchSharp engine computes on.</summary>
public enum TorchDevice
{
    /// <summary>libtorch's CPU kernels: for checks of the engine, not for speed.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU.</summary>
    Cuda,
}
