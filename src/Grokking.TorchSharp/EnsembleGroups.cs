using System.Diagnostics.CodeAnalysis;
using Grokking.Curves;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The ensembles on the device and whose runs they train. To be used from one thread.</summary>
/// <param name="device">Where they train.</param>
/// <param name="backward">Where gradients come from.</param>
internal sealed class EnsembleGroups(Device device, BackwardPass backward) : IDisposable
{
    // Steps of an ensemble between two looks at what its runs' callers want.
    private const int MaxChunk = 16;

    private readonly List<(Ensemble Ensemble, List<EnsembleMember> Members)> _groups = [];

    /// <summary>Runs on the device.</summary>
    public int Runs => _groups.Sum(group => group.Members.Count);

    /// <summary>Takes runs in, each into the ensemble of its shape. An exception is told to the callers of the runs of one shape; the others join.</summary>
    public void Admit(IEnumerable<EnsembleMember> joining)
    {
        foreach (IGrouping<EnsembleShape, EnsembleMember> group in joining.GroupBy(member => member.Run.Shape))
        {
            List<EnsembleMember> members = [.. group];
            Attempt(members, () => Join(group.Key, members));
        }
    }

    /// <summary>Gives each ensemble a few steps; what ends leaves.</summary>
    public void TakeTurns()
    {
        foreach ((Ensemble ensemble, List<EnsembleMember> members) in _groups)
        {
            Attempt(members, () => TakeTurn(ensemble, members));
        }

        foreach ((Ensemble ensemble, _) in _groups.Where(group => group.Members.Count == 0))
        {
            ensemble.Dispose();
        }

        _groups.RemoveAll(group => group.Members.Count == 0);
    }

    /// <summary>Ends all runs, whose callers get an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        foreach ((Ensemble ensemble, List<EnsembleMember> members) in _groups)
        {
            Fail(members, new ObjectDisposedException(nameof(TorchEngine)));
            ensemble.Dispose();
        }

        _groups.Clear();
    }

    // An exception on the device belongs to the callers of the runs it happened to, not to the thread.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Handed to the callers, whatever it is.")]
    private static void Attempt(List<EnsembleMember> members, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Fail(members, exception);
            members.Clear();
        }
    }

    private static void Fail(List<EnsembleMember> members, Exception exception) => members.ForEach(member => member.Fail(exception));

    private static void TakeTurn(Ensemble ensemble, List<EnsembleMember> members)
    {
        List<EnsembleMember> leaving = [.. members.Where(member => member.IsToLeave)];
        foreach (EnsembleMember member in members.Where(member => member.IsToKeep))
        {
            member.Keep(ensemble.Copy(member.Run));
        }

        leaving.ForEach(member => member.Cancel());
        List<EnsembleMember> due = [.. members.Except(leaving).Where(member => member.Run.NextEvaluation == member.Run.Step)];
        if (due.Count > 0)
        {
            IReadOnlyList<(CurvePoint Point, bool IsAlive)> points = ensemble.Evaluate([.. due.Select(member => member.Run)]);
            leaving.AddRange(due.Where((member, i) => member.Tell(points[i].Point, points[i].IsAlive, () => ensemble.Copy(member.Run).Parameters)));
        }

        if (leaving.Count > 0)
        {
            ensemble.Leave([.. leaving.Select(member => member.Run)]);
            members.RemoveAll(leaving.Contains);
        }

        if (members.Count > 0)
        {
            ensemble.Advance(Math.Min(ensemble.StepsToEvaluation, MaxChunk));
        }
    }

    private void Join(EnsembleShape shape, List<EnsembleMember> members)
    {
        int found = _groups.FindIndex(group => group.Members[0].Run.Shape == shape);
        if (found >= 0)
        {
            _groups[found].Ensemble.Join([.. members.Select(member => member.TakeStart())]);
            _groups[found].Members.AddRange(members);
            return;
        }

        // A group always has members: an ensemble that no run could join is none.
        var ensemble = new Ensemble(members[0].Run, device, backward);
        try
        {
            ensemble.Join([.. members.Select(member => member.TakeStart())]);
        }
        catch
        {
            ensemble.Dispose();
            throw;
        }

        _groups.Add((ensemble, members));
    }
}
