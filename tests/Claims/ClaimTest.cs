using System.Runtime.CompilerServices;
using Grokking.Claims;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Tests.Claims.Reports;
using Grokking.Tests.Claims.Snapshots;
using Grokking.Training;
using Xunit.Sdk;

namespace Grokking.Tests.Claims;

/// <summary>
/// Trains a claim's experiments, judges their curves, and holds both to the approved snapshot. Two questions, kept apart: does the claim hold,
/// and is it the run that was approved.
/// </summary>
public abstract class ClaimTest
{
    /// <summary>Passes when the claim holds and its snapshot is the approved one.</summary>
    /// <param name="claim">Tried at the session's tier.</param>
    /// <param name="test">The calling test; names the snapshot together with the class.</param>
    protected async Task HoldsAsApproved(Claim claim, [CallerMemberName] string test = "")
    {
        ClaimSession session = ClaimSession.Shared;
        IReadOnlyList<Experiment> experiments = claim.Experiments(session.Tier);
        long start = TimeProvider.System.GetTimestamp();
        foreach (RunGroup group in claim.Groups(session.Tier))
        {
            session.Live.Follow($"{claim.Name}: {group.Name}", group.Experiments);
        }

        string? failure = null;
        ClaimResult result = ClaimResult.Started(claim, experiments);
        try
        {
            TrainingLaboratory laboratory = session.Laboratories.For(claim.Name, experiments);
            IReadOnlyList<TrainedRun> runs = await laboratory.Train(experiments);
            ClaimRun judged = ClaimRun.Of(claim, session.Tier, laboratory.EngineId, runs);
            var name = new SnapshotName(GetType().Name, test, session.Tier, EngineFamily.Of(laboratory.EngineId));
            string received = ClaimSnapshot.Of(judged).ToText();
            SnapshotMismatch? mismatch = await SnapshotHost.Compare(name, received);
            result = result.Ended(judged, mismatch?.Cause);
            failure = ClaimFailure.Describe(judged, mismatch);
        }
        catch (Exception exception)
        {
            failure = exception.Message;
            throw;
        }
        finally
        {
            session.Results.Add(new ClaimOutcome(result with { Time = TimeProvider.System.GetElapsedTime(start) }, failure));
        }

        if (failure is not null)
        {
            throw new XunitException(failure);
        }
    }
}
