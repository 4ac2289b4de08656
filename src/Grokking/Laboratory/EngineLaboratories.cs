using Grokking.Training;

namespace Grokking.Laboratory;

/// <summary>
/// The laboratory of a chosen engine, and one of the CPU engine for what that refuses. Experiments that are compared with one another train on one engine:
/// where one of them is refused, all train on the CPU engine.
/// </summary>
public sealed class EngineLaboratories : IDisposable
{
    private readonly ChosenEngine _chosen;
    private readonly TrainingLaboratory _own;
    private readonly Lazy<TrainingLaboratory> _refused;
    private readonly Action<string> _tell;

    /// <summary>Starts the chosen engine's laboratory; the other one starts when it is needed.</summary>
    /// <param name="chosen">Disposed with the laboratories.</param>
    /// <param name="keeping">Puts a store before an engine, or gives back the engine.</param>
    /// <param name="workers">Of each laboratory; null for what suits the engine.</param>
    /// <param name="progress">As in <see cref="TrainingLaboratory"/>.</param>
    /// <param name="tell">Told in a line which experiments train on the CPU engine instead, and why.</param>
    public EngineLaboratories(
        ChosenEngine chosen, Func<ITrainingEngine, ITrainingEngine> keeping, int? workers, IProgress<RunEvent>? progress, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(keeping);
        ArgumentNullException.ThrowIfNull(tell);
        _chosen = chosen;
        _own = new TrainingLaboratory(keeping(chosen.Engine), workers ?? chosen.RunsAtOnce, progress);
        _refused = new Lazy<TrainingLaboratory>(() => new TrainingLaboratory(keeping(chosen.Cpu), workers, progress));
        _tell = tell;
    }

    /// <summary>The chosen engine's id.</summary>
    public string EngineId => _own.EngineId;

    /// <summary>The laboratory that trains experiments which are compared with one another.</summary>
    /// <param name="name">What they are for, to be told.</param>
    /// <param name="experiments">All of them.</param>
    public TrainingLaboratory For(string name, IEnumerable<Experiment> experiments)
    {
        if (_chosen.WhyRefused(experiments) is not string reason)
        {
            return _own;
        }

        _tell($"{name} trains on {_chosen.Cpu.Id}: {reason}");
        return _refused.Value;
    }

    /// <inheritdoc cref="TrainingLaboratory.Dispose"/>
    public void Dispose()
    {
        _own.Dispose();
        if (_refused.IsValueCreated)
        {
            _refused.Value.Dispose();
        }

        _chosen.Dispose();
    }
}
