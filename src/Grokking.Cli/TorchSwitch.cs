using Grokking.Laboratory;
using Grokking.Training;
#if USE_TORCHSHARP
using Grokking.TorchSharp;
#endif

namespace Grokking.Cli;

/// <summary>What the MSBuild property UseTorchSharp decides, for every program that trains. The file is compiled into each of them.</summary>
internal static class TorchSwitch
{
    /// <summary>The engines of this build.</summary>
    public static BuiltEngines Engines { get; } = new(
        new CpuEngine(),
#if USE_TORCHSHARP
        static () => new TorchEngine(TorchLibrary.BuiltFor));
#else
        Torch: null);
#endif
}
