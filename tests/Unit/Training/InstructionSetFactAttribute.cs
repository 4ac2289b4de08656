using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grokking.Tests.Unit.Training;

/// <summary>A fact about switching an instruction set off: skipped, and seen to be skipped, where it is off already.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstructionSetFactAttribute : FactAttribute
{
    public InstructionSetFactAttribute(string instructionSet)
    {
        bool isOn = instructionSet switch
        {
            "AVX-512" => Avx512F.IsSupported,
            "AVX2" => Avx2.IsSupported,
            "any" => Vector128.IsHardwareAccelerated,
            _ => throw new ArgumentException($"{instructionSet} is not AVX-512, AVX2 or any.", nameof(instructionSet)),
        };
        if (!isOn)
        {
            Skip = $"This process runs without {instructionSet}, so there is nothing to switch off.";
        }
    }
}
