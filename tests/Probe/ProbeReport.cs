using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using System.Runtime.Intrinsics.X86;
using Grokking.Training;

namespace Grokking.Tests.Probe;

/// <summary>What one process computed, and on what.</summary>
public sealed record ProbeReport
{
    public required bool Vector512 { get; init; }

    public required bool Vector256 { get; init; }

    public required bool Vector128 { get; init; }

    public required bool Avx512 { get; init; }

    public required bool Avx2 { get; init; }

    public required bool Fma { get; init; }

    /// <summary>Whether the engine's assembly was compiled optimised.</summary>
    public required bool EngineIsOptimized { get; init; }

    /// <summary>Methods that the JIT compiled, each tier of each counted: what tiering is seen by.</summary>
    public required long MethodsCompiled { get; init; }

    public required RunFingerprint PaperText { get; init; }

    public required RunFingerprint OpenAICode { get; init; }

    public required RunFingerprint PlainNorms { get; init; }

    public required RunFingerprint OneHotMlp { get; init; }

    public required RunFingerprint EmbeddedMlp { get; init; }

    public required RunFingerprint VectorMlp { get; init; }

    public required RunFingerprint Diagonal { get; init; }

    /// <summary>Trains all runs.</summary>
    public static ProbeReport Make()
    {
        var engine = new CpuEngine();
        RunFingerprint paperText = Train(ProbeRuns.PaperText), openAICode = Train(ProbeRuns.OpenAICode);
        RunFingerprint plainNorms = Train(ProbeRuns.PlainNorms);
        RunFingerprint oneHotMlp = Train(ProbeRuns.OneHotMlp), embeddedMlp = Train(ProbeRuns.EmbeddedMlp);
        RunFingerprint vectorMlp = Train(ProbeRuns.VectorMlp), diagonal = Train(ProbeRuns.Diagonal);
        return new ProbeReport
        {
            Vector512 = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated,
            Vector256 = System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated,
            Vector128 = System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated,
            Avx512 = Avx512F.IsSupported,
            Avx2 = System.Runtime.Intrinsics.X86.Avx2.IsSupported,
            Fma = System.Runtime.Intrinsics.X86.Fma.IsSupported,
            EngineIsOptimized = typeof(CpuEngine).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true },
            MethodsCompiled = JitInfo.GetCompiledMethodCount(),
            PaperText = paperText,
            OpenAICode = openAICode,
            PlainNorms = plainNorms,
            OneHotMlp = oneHotMlp,
            EmbeddedMlp = embeddedMlp,
            VectorMlp = vectorMlp,
            Diagonal = diagonal,
        };

        RunFingerprint Train(Experiment experiment) =>
            RunFingerprint.Of(engine.Train(experiment, progress: null, checkpointing: null, CancellationToken.None));
    }
}
