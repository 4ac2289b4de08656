namespace Grokking.Tests.Torch;

[Trait("Category", "Torch")]
public sealed class TorchSharpIsOff
{
    [Fact(Skip = "TorchSharp is off: this machine has no NVIDIA driver. -p:UseTorchSharp=true -p:TorchDevice=cpu runs the engine on its CPU.")]
    public void The_engines_agree()
    {
    }
}
