using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>The engines that a build has.</summary>
/// <param name="Cpu">The CPU engine.</param>
/// <param name="Torch">
/// Opens the TorchSharp engine, or throws a <see cref="NotSupportedException"/> that says why it cannot be used; null where the build lacks it.
/// </param>
public sealed record BuiltEngines(ITrainingEngine Cpu, Func<IEnsembleEngine>? Torch = null)
{
    /// <summary>Opens the engine that is wanted.</summary>
    /// <param name="choice">The wish.</param>
    /// <param name="askedBy">The variable or the option it comes from.</param>
    /// <exception cref="NotSupportedException">The engine was asked for by name and cannot be had.</exception>
    public ChosenEngine Choose(EngineChoice choice, string askedBy)
    {
        if (choice == EngineChoice.Cpu)
        {
            return OnCpu($"{askedBy} asks for it");
        }

        if (Torch is null)
        {
            return choice == EngineChoice.Automatic
                ? OnCpu("this build has no other")
                : throw new NotSupportedException($"{askedBy} is torch, and this build has no TorchSharp engine: build with -p:UseTorchSharp=true.");
        }

        try
        {
            string reason = choice == EngineChoice.Automatic ? "this build has it and its device works" : $"{askedBy} asks for it";
            return new ChosenEngine(Torch(), Cpu, choice, reason);
        }
        catch (NotSupportedException exception)
        {
            return choice == EngineChoice.Automatic
                ? OnCpu($"the TorchSharp engine of this build cannot be used: {exception.Message}")
                : throw new NotSupportedException($"{askedBy} is torch, and the TorchSharp engine cannot be used: {exception.Message}", exception);
        }

        ChosenEngine OnCpu(string reason) => new(Cpu, Cpu, choice, reason);
    }
}

/// <summary>The engine that a build and somebody's wish come to.</summary>
/// <param name="Engine">Trains all that it does not refuse.</param>
/// <param name="Cpu">Trains the rest.</param>
/// <param name="Choice">What was wanted.</param>
/// <param name="Reason">Why it is this one.</param>
public sealed record ChosenEngine(ITrainingEngine Engine, ITrainingEngine Cpu, EngineChoice Choice, string Reason) : IDisposable
{
    /// <summary>The engine and the reason, as one line.</summary>
    public string InWords => $"Engine {Engine.Id}: {Reason.TrimEnd('.')}.";

    /// <summary>How many runs to ask it for at once; null for one per processor.</summary>
    public int? RunsAtOnce => (Engine as IEnsembleEngine)?.RunsAtOnce;

    /// <summary>What in the experiments it cannot train, in one sentence; null where it can train them all.</summary>
    public string? WhyRefused(IEnumerable<Experiment> experiments) =>
        Engine is IEnsembleEngine ensembles ? experiments.Select(ensembles.WhyRefused).FirstOrDefault(reason => reason is not null) : null;

    /// <summary>The CPU engine where this one was taken without being asked for and something speaks against it, else this one.</summary>
    /// <param name="reasonAgainst">Becomes the reason; null for nothing.</param>
    public ChosenEngine Unless(string? reasonAgainst)
    {
        if (reasonAgainst is null || Choice != EngineChoice.Automatic || Engine == Cpu)
        {
            return this;
        }

        Dispose();
        return this with { Engine = Cpu, Reason = reasonAgainst };
    }

    /// <summary>Ends an engine that has something to end.</summary>
    public void Dispose() => (Engine as IDisposable)?.Dispose();
}
