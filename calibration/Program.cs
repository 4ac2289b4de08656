using System.Globalization;
using System.Text;
using Grokking.Calibration;
using Grokking.Claims;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Training;

// Trains the quick tier of every claim on seeds that no claim test uses, and writes what the bands of the judges rest on.
//
//     dotnet run -c Release --project calibration -- FIRST_SET SETS [PART]
//
// Set s adds 1000·(s + 1) to every seed. With PART only the claims of a paper are trained, as its folder is called, e.g. Lyu2024, or only
// groups whose name contains it; claims that have other groups too are then not judged. Standard output is a row for each run, standard error the verdicts and, after the last set, how often a claim fails on
// seeds drawn anew from all sets. Runs are kept in the store, so an interrupted calibration goes on where it was.
const int LargestNumber = 1_000_000;
if (args.Length is < 2 or > 3)
{
    await Console.Error.WriteLineAsync("usage: calibration FIRST_SET SETS [PART], e.g. 0 4, 0 4 Lyu2024 or 0 4 \"small model\"");
    return 5;
}

if (!int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out int firstSet) || firstSet > LargestNumber)
{
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"FIRST_SET is \"{args[0]}\"; allowed: 0 to {LargestNumber:N0}."));
    return 5;
}

if (!int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int sets) || sets is < 1 or > LargestNumber)
{
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"SETS is \"{args[1]}\"; allowed: 1 to {LargestNumber:N0}."));
    return 5;
}

string part = args.ElementAtOrDefault(2) ?? "";
ITrainingEngine engine = StoreLocation.Find(Environment.GetEnvironmentVariable) is { } folder
    ? new StoringEngine(new CpuEngine(), new RunStore(folder))
    : new CpuEngine();
using var laboratory = new TrainingLaboratory(engine);
Calibrated[] claims = [.. ClaimCatalogue.All.Select(claim => new Calibrated(claim, part))];
if (claims.All(claim => claim.Groups.Count == 0))
{
    await Console.Error.WriteLineAsync($"PART is \"{part}\"; allowed: the folder of a paper's claims, such as Lyu2024, or a part of groups' names.");
    return 5;
}

Console.WriteLine(CalibrationRow.Header);
bool allHold = true;
for (int set = firstSet; set < firstSet + sets; set++)
{
    // All claims of a set at once: equal experiments train once, and both cores have work to the end. They are written one by one.
    foreach (Task<CalibratedSet> calibrated in claims.Select(claim => Calibrate(claim, set)).ToArray())
    {
        CalibratedSet found = await calibrated;
        await Console.Out.WriteAsync(found.Rows);
        await Console.Error.WriteAsync(found.Verdict);
        allHold &= found.Passes;
    }
}

foreach (string alarms in claims.Where(claim => claim.IsWhole).AsParallel().AsOrdered().Select(claim => claim.FalseAlarms()))
{
    await Console.Error.WriteLineAsync(alarms);
}

return allHold ? 0 : 2;

async Task<CalibratedSet> Calibrate(Calibrated claim, int set)
{
    IReadOnlyList<RunGroup> groups = claim.GroupsOf(set);
    IReadOnlyList<TrainedGroup> trained = claim.Add(groups, await laboratory.Train(groups.SelectMany(group => group.Experiments)));
    var rows = new StringBuilder();
    foreach ((RunGroup group, TrainedGroup found) in groups.Zip(trained))
    {
        for (int i = 0; i < found.Curves.Count; i++)
        {
            rows.AppendLine(CalibrationRow.Of(claim.Claim.Name, set, group.Experiments[i].Seed, found, i));
        }
    }

    if (!claim.IsWhole)
    {
        return new CalibratedSet(rows, new StringBuilder(), Passes: true);
    }

    Verdict verdict = claim.Claim.Judge(Tier.Quick, trained);
    var text = new StringBuilder();
    text.AppendLine(CultureInfo.InvariantCulture, $"set {set}: {claim.Claim.Name} {(verdict.Holds ? "holds" : "FAILS")}: {verdict.Effect}");
    foreach (Finding finding in verdict.Evidence)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"    {(finding.Holds ? "+" : "-")} {finding.Statement}: {finding.Measured}");
    }

    return new CalibratedSet(rows, text, verdict.Holds || claim.Claim.ReportedOnly is not null);
}
