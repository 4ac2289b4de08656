using System.Diagnostics;
using System.Globalization;
using Grokking.Claims;
using Grokking.Reporting;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>What the claims of a tier cost at most: the measured time of a step times the budget, of every run that no earlier claim trains, and of all runs that a claim has.</summary>
internal static class TierCost
{
    private const int WarmUpSteps = 4;
    private const double Seconds = 0.4;

    /// <summary>A table in Markdown; a line for each claim, and the sum.</summary>
    public static Table Measure(Tier tier, TextWriter progress)
    {
        var table = new Table("Claim", "Runs", "Of these new", "Steps of the new at most", "Core-hours at most", "Core-hours alone");
        Dictionary<Experiment, double> stepTimes = [];
        HashSet<Experiment> trained = [];
        double total = 0;
        foreach (Claim claim in ClaimCatalogue.All)
        {
            IReadOnlyList<Experiment> runs = claim.Experiments(tier);
            Experiment[] added = [.. runs.Where(trained.Add)];
            double hours = added.Sum(Hours);
            double alone = runs.Sum(Hours);
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{claim.Name}: {hours:0.00} h, alone {alone:0.00} h"));
            total += hours;
            table.Add(
                claim.Name,
                Number(runs.Count),
                Number(added.Length),
                Number(added.Sum(experiment => (long)experiment.Steps)),
                Text(hours),
                Text(alone));
        }

        table.Add("all", "", Number(trained.Count), Number(trained.Sum(experiment => (long)experiment.Steps)), Text(total), "");
        return table;

        double Hours(Experiment experiment)
        {
            // A seed changes which equations train, not how many.
            Experiment shape = experiment with { Seed = 0, Steps = 1_000_000 };
            if (!stepTimes.TryGetValue(shape, out double time))
            {
                time = StepSeconds(shape);
                stepTimes.Add(shape, time);
            }

            return time * experiment.Steps / 3600;
        }
    }

    // The mean of whole steps; evaluations, a few hundred in a run, are left out.
    private static double StepSeconds(Experiment experiment)
    {
        var run = new TrainingRun(experiment);
        for (int i = 0; i < WarmUpSteps; i++)
        {
            run.TryStep();
        }

        long start = Stopwatch.GetTimestamp();
        int steps = 0;
        do
        {
            run.TryStep();
            steps++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
    }

    private static string Text(double hours) => hours.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
