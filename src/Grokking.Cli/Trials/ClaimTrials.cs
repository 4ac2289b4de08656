using Grokking.Claims;
using Grokking.Cli.Output;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Cli.Trials;

/// <summary>Claims tried together at one tier.</summary>
/// <param name="Tier">At which size.</param>
/// <param name="EngineId">On which engine, but for claims that it refuses.</param>
/// <param name="All">In the order of their names, one for each claim.</param>
internal sealed record ClaimTrials(Tier Tier, string EngineId, IReadOnlyList<ClaimTrial> All)
{
    /// <summary>The worst of the claims: an error of the machinery before a claim that does not hold.</summary>
    public ExitCode Code => All.Select(trial => trial.Code).MaxBy(code => code switch
    {
        ExitCode.Success => 0,
        ExitCode.DoesNotHold => 1,
        ExitCode.InternalError => 2,
        _ => 3,
    });

    /// <summary>
    /// Trains what the claims ask for and judges each as soon as its runs have ended. A claim whose training fails leaves the others alone.
    /// </summary>
    /// <param name="claims">At least one.</param>
    /// <param name="tier">At which size.</param>
    /// <param name="laboratories">Train.</param>
    /// <param name="view">Shows the runs and each verdict.</param>
    /// <param name="clock">Measures how long a claim took, for display only.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ClaimTrials> Run(
        IReadOnlyList<Claim> claims,
        Tier tier,
        EngineLaboratories laboratories,
        RunView view,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // All are named before any trains: a run that two claims share has the name that the first of them gives it.
        foreach (Claim claim in claims)
        {
            foreach (RunGroup group in claim.Groups(tier))
            {
                view.Follow($"{claim.Name}: {group.Name}", group.Experiments);
            }
        }

        ClaimTrial[] trials = await Task.WhenAll(
            claims.Select(claim => Try(claim, tier, laboratories, view, clock, cancellationToken))).ConfigureAwait(false);
        return new ClaimTrials(tier, laboratories.EngineId, [.. trials.OrderBy(trial => trial.Claim.Name, StringComparer.Ordinal)]);
    }

    private static async Task<ClaimTrial> Try(
        Claim claim, Tier tier, EngineLaboratories laboratories, RunView view, TimeProvider clock, CancellationToken cancellationToken)
    {
        IReadOnlyList<Experiment> experiments = claim.Experiments(tier);
        long start = clock.GetTimestamp();
        ClaimResult row = ClaimResult.Started(claim, experiments);
        ClaimRun? judged = null;
        Exception? failure = null;
        try
        {
            TrainingLaboratory laboratory = laboratories.For(claim.Name, experiments);
            IReadOnlyList<TrainedRun> runs = await laboratory.Train(experiments, cancellationToken).ConfigureAwait(false);
            judged = ClaimRun.Of(claim, tier, laboratory.EngineId, runs);
            row = row.Ended(judged);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = exception;
        }

        var trial = new ClaimTrial(claim, row with { Time = clock.GetElapsedTime(start) }, judged, failure);
        view.Line($"{claim.Name}: {trial.Row.Verdict}; {trial.Error ?? trial.Row.Effect}", trial.Code == ExitCode.Success ? Tone.Good : Tone.Bad);
        return trial;
    }
}
