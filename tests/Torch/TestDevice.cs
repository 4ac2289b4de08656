using Grokking.TorchSharp;
using static TorchSharp.torch;

namespace Grokking.Tests.Torch;

/// <summary>The device of this build's tests.</summary>
internal static class TestDevice
{
    /// <summary>For tensors.</summary>
    public static Device Value { get; } = Open();

    /// <summary>A new engine on it.</summary>
    public static TorchEngine NewEngine(int maxRuns = 64, BackwardPass backward = BackwardPass.Autograd) => new(TorchLibrary.BuiltFor, maxRuns, backward);

    private static Device Open()
    {
        string? reason = TorchLibrary.WhyUnavailable(TorchLibrary.BuiltFor);
        return reason is null ? new Device(TorchLibrary.TypeOf(TorchLibrary.BuiltFor)) : throw new NotSupportedException(reason);
    }
}
