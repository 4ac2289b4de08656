using System.Globalization;
using Grokking.Claims;
using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Training;

// Trains the quick tier of every claim on seeds that no claim test uses, and writes what the bands of the judges rest on.
//
//     dotnet run -c Release --project calibration -- FIRST_SET SETS [GROUP_PART]
//
// Set s adds 1000·(s + 1) to every seed. With GROUP_PART only groups whose name contains it are trained, and no claim is judged.
if (args.Length is < 2 or > 3
    || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out int firstSet)
    || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int sets)
    || sets < 1)
{
    await Console.Error.WriteLineAsync("usage: calibration FIRST_SET SETS [GROUP_PART], e.g. 0 4 or 0 4 \"small model\"");
    return 5;
}

string? part = args.ElementAtOrDefault(2);
IReadOnlyList<Claim> claims = ClaimCatalogue.All;
using var laboratory = new TrainingLaboratory(new CpuEngine());
Console.WriteLine("claim,set,group,seed,train99,val50,val90,val99,val_at_train99,peak_val_loss,final_val_loss,best_val,best_train,last_step,weights");
bool allHold = true;
for (int set = firstSet; set < firstSet + sets; set++)
{
    // All claims of a set at once: equal experiments train once, and both cores have work to the end.
    foreach (Task<bool> claim in claims.Select(claim => Calibrate(claim, set)).ToArray())
    {
        allHold &= await claim;
    }
}

return allHold ? 0 : 2;

async Task<bool> Calibrate(Claim claim, int set)
{
    RunGroup[] groups = [.. claim.Groups(Tier.Quick).Where(group => part is null || group.Name.Contains(part, StringComparison.Ordinal))];
    ulong shift = 1000 * ((ulong)set + 1);
    IReadOnlyList<TrainedRun> runs = await laboratory.Train(
        groups.SelectMany(group => group.Experiments).Select(experiment => experiment with { Seed = experiment.Seed + shift }));
    int next = 0;
    foreach (RunGroup group in groups)
    {
        foreach (Experiment experiment in group.Experiments)
        {
            TrainedRun run = runs[next++];
            string weights = string.Join(';', group.Statistics.Select(statistic =>
                string.Create(CultureInfo.InvariantCulture, $"{statistic.Name}={statistic.Read(experiment, run):G4}")));
            Console.WriteLine($"{Row(claim, set, group, experiment.Seed + shift, run.Curve)},{weights}");
        }
    }

    if (part is not null)
    {
        return true;
    }

    Verdict verdict = claim.Judge(Tier.Quick, claim.Read(Tier.Quick, runs));
    await Console.Error.WriteLineAsync($"set {set}: {claim.Name} {(verdict.Holds ? "holds" : "FAILS")}: {verdict.Effect}");
    foreach (Finding finding in verdict.Evidence)
    {
        await Console.Error.WriteLineAsync($"    {(finding.Holds ? "+" : "-")} {finding.Statement}: {finding.Measured}");
    }

    return verdict.Holds;
}

static string Row(Claim claim, int set, RunGroup group, ulong seed, LearningCurve curve)
{
    int? train99 = curve.FirstCrossing(Equations.Train, CurvePoint.LearntAccuracy).By;
    CurvePoint? memorized = train99 is { } step ? curve.At(step) : null;
    FormattableString row =
        $"{claim.Name},{set},\"{group.Name}\",{seed},{train99},{By(0.5)},{By(0.9)},{By(0.99)},{memorized?.MirrorFreeValAccuracy ?? memorized?.ValAccuracy:0.0000},{curve.PeakValLoss.ValLoss:0.0000},{curve.Final.ValLoss:0.0000},{curve.Best(Equations.Val).ValAccuracy:0.0000},{curve.Best(Equations.Train).TrainAccuracy:0.0000},{curve.LastStep}";
    return row.ToString(CultureInfo.InvariantCulture);

    int? By(double threshold) => curve.FirstCrossing(Equations.Val, threshold).By;
}
