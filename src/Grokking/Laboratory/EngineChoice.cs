namespace Grokking.Laboratory;

/// <summary>Which engine somebody wants.</summary>
public enum EngineChoice
{
    /// <summary>The TorchSharp engine where the build has it and its device works, else the CPU engine.</summary>
    Automatic,

    /// <summary>The CPU engine.</summary>
    Cpu,

    /// <summary>The TorchSharp engine; where it cannot be had, that is an error.</summary>
    Torch,
}
