using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>
/// Trains experiments together: those that are being trained at the same time and have one shape are rows of the same tensors, and one step moves all
/// of them. A caller sees one run, as with any engine; the more callers at once, the fuller the device. Safe to call from any thread.
/// </summary>
/// <remarks>
/// One thread owns the device. It gives each ensemble a few steps in turn; between them, runs join and leave. What a run tells and keeps is handled on
/// the thread of its caller, so that no disk makes the device wait. Within the tolerances of float32 the result does not depend on the other runs.
/// </remarks>
public sealed class TorchEngine : IEnsembleEngine
{
    private readonly TorchDevice _device;
    private readonly int _maxRuns;
    private readonly BackwardPass _backward;
    private readonly Thread _worker;

    // Guards the two fields below it; pulsed when there is work or an end to it.
    private readonly object _gate = new();
    private readonly Queue<EnsembleMember> _waiting = new();
    private bool _disposed;

    /// <summary>Starts the thread that owns the device; it sleeps until there is work and ends with <see cref="Dispose"/>.</summary>
    /// <param name="device">Where it trains.</param>
    /// <param name="maxRuns">
    /// The most runs on the device at once, ≥ 1; more wait. A run of the paper's model takes about 30 MB of the device's memory.
    /// </param>
    /// <param name="backward">Where gradients come from.</param>
    /// <exception cref="NotSupportedException">The device cannot be used; the message says why.</exception>
    public TorchEngine(TorchDevice device, int maxRuns = 256, BackwardPass backward = BackwardPass.Autograd)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRuns, 1);
        if (TorchLibrary.WhyUnavailable(device) is string reason)
        {
            throw new NotSupportedException(reason);
        }

        _device = device;
        _maxRuns = maxRuns;
        _backward = backward;
        _worker = new Thread(Work) { IsBackground = true, Name = "TorchSharp engine" };
        _worker.Start();
    }

    /// <summary>Raised with every change that moves a curve.</summary>
    public string Id => $"torch-{(_device == TorchDevice.Cuda ? "cuda" : "cpu")}{(_backward == BackwardPass.Derived ? "-derived" : "")}-2";

    /// <inheritdoc/>
    public int RunsAtOnce => _maxRuns;

    /// <inheritdoc/>
    public string? WhyRefused(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        try
        {
            StackedModel.Check(experiment);
            UpdateRule.Structure(experiment.Optimizer);
            return null;
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc/>
    /// <param name="experiment">Validated before any training.</param>
    /// <param name="progress">Told of every evaluation, on the calling thread; null for nobody.</param>
    /// <param name="checkpointing">Where the run goes on from and is kept, on the calling thread; null to start at step 0 and to keep nothing.</param>
    /// <param name="cancellationToken">Obeyed within a few steps; a run that has made any is kept first.</param>
    /// <exception cref="NotSupportedException">The experiment has something that this engine cannot train; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed before the run had ended.</exception>
    public TrainedRun Train(
        Experiment experiment,
        IProgress<TrainingProgress>? progress,
        ICheckpointing? checkpointing,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        cancellationToken.ThrowIfCancellationRequested();
        var run = new EnsembleRun(experiment);
        RunBuffers buffers = run.Draw();
        float[] initial = [.. buffers.Parameters];
        RunOrigin origin = RunOrigin.Trained;
        if (checkpointing?.Latest() is { } latest)
        {
            origin = RunOrigin.Resumed;
            run.Restore(latest, buffers);
            if (run.Points.Count > 0)
            {
                progress?.Report(new TrainingProgress(experiment, run.Step, run.Points[^1]));
            }

            if (run.NextEvaluation is null)
            {
                return run.End(RunOutcome.BudgetSpent, buffers.Parameters, origin);
            }
        }

        var member = new EnsembleMember(run, buffers, initial, origin, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _waiting.Enqueue(member);
            Monitor.PulseAll(_gate);
        }

        return member.Follow(progress, checkpointing);
    }

    /// <summary>Ends all runs, whose callers get an <see cref="ObjectDisposedException"/>, and returns when the device is free.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        _worker.Join();
    }

    private void Work()
    {
        using var groups = new EnsembleGroups(new Device(TorchLibrary.TypeOf(_device)), _backward);
        while (Admit(groups))
        {
            groups.TakeTurns();
        }
    }

    // Waits for work and takes in as many runs as there is room for; false when the engine is disposed.
    private bool Admit(EnsembleGroups groups)
    {
        List<EnsembleMember> joining = [];
        lock (_gate)
        {
            while (!_disposed && _waiting.Count == 0 && groups.Runs == 0)
            {
                Monitor.Wait(_gate);
            }

            int room = _maxRuns - groups.Runs;
            while (_waiting.Count > 0 && (_disposed || joining.Count < room))
            {
                joining.Add(_waiting.Dequeue());
            }

            if (_disposed)
            {
                joining.ForEach(static member => member.Fail(new ObjectDisposedException(nameof(TorchEngine))));
                return false;
            }
        }

        groups.Admit(joining);
        return true;
    }
}
