using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Curves;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tests.Unit.Claims;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

/// <summary>Runs of the claims with curves from a formula instead of a training: for pages to look at, and nothing else.</summary>
internal static class SynthesizedRuns
{
    public static ReportContent Report(Tier tier = Tier.Quick, RunOrigin origin = RunOrigin.Trained) => new(
        tier,
        "synthesized-0",
        [.. ClaimCatalogue.All.Select(claim => Reported(claim, tier, origin))],
        [new("Runtime", ".NET 10.0.0"), new("Instruction set", "AVX-512"), new("Processors", "2"), new("Commit", "0000000")]);

    public static ReportedClaim Reported(Claim claim, Tier tier = Tier.Quick, RunOrigin origin = RunOrigin.Trained)
    {
        IReadOnlyList<Experiment> experiments = claim.Experiments(tier);
        ClaimRun run = ClaimRun.Of(
            claim, tier, "synthesized-0", TypedCurves.Groups(claim, tier, [.. experiments.Select(Curve)]), [.. experiments.Select(_ => origin)]);
        return new ReportedClaim(claim, tier, run, [.. experiments.Select((_, i) => Artefact(i))], [])
        {
            FalseAlarms = new(3, 1000, 7),
            Maps = [.. claim.Groups(tier).Where(group => group.Maps is not null).Select(group => new GroupMap(group.Name, Circle()))],
        };
    }

    public static ReportedClaim NotRun(Claim claim, int missing, Tier tier = Tier.Quick) => new(
        claim,
        tier,
        Run: null,
        [],
        [
            .. claim.Groups(tier).SelectMany(group => group.Experiments.Select(experiment => (group.Name, experiment.Seed))).Take(missing)
                .Select((run, i) => new MissingRun(run.Name, run.Seed, Artefact(i).Key)),
        ]);

    /// <summary>Sigmoids in ln(step): training accuracy, and validation accuracy where the experiment generalises within its budget.</summary>
    public static LearningCurve Curve(Experiment experiment)
    {
        double jitter = 1 + (0.12 * (((experiment.Seed * 7) + 3) % 5 - 2.0) / 2);
        double chance = 1.0 / experiment.Task.AnswerCount, chanceLoss = -Elementary.Log(chance);
        double memorized = 90 * jitter, generalized = Generalized(experiment) * jitter;
        List<CurvePoint> points = [];
        for (int step = 0; ; step = Next(step, experiment.EvaluationGrowth, experiment.Steps))
        {
            double ripple = 0.006 * ((step * 31 % 17) - 8) / 8;
            double train = Math.Clamp(chance + ((1 - chance) * Rise(step, memorized, 6)), 0, 1);
            double val = Math.Clamp(chance + ((1 - chance) * Rise(step, generalized, 9)) + (step == 0 ? 0 : ripple * (1 - Rise(step, generalized, 9))), 0, 1);
            double overfit = Rise(step, memorized * 1.5, 3), descended = Rise(step, generalized * 0.97, 7);
            double valLoss = (chanceLoss * (1 + (overfit * (0.7 + (30 * ripple))))) * (1 - descended) + (0.01 * descended);
            points.Add(new(step, chanceLoss * (1 - train) + 0.001, train, valLoss, val, val, 40));
            if (points[^1].IsGeneralized && experiment.Stopping == StoppingRule.WhenGeneralized)
            {
                return new LearningCurve(points, experiment.Steps, RunOutcome.Generalized);
            }

            if (step >= experiment.Steps)
            {
                return new LearningCurve(points, experiment.Steps, RunOutcome.BudgetSpent);
            }
        }
    }

    private static RowMap Circle()
    {
        MapPoint[] points =
        [
            .. Enumerable.Range(0, 43).Select(i =>
            {
                (double sin, double cos) = Elementary.SinCos(i * 2 * Math.PI / 43);
                return new MapPoint(cos, sin, i.ToString(System.Globalization.CultureInfo.InvariantCulture), i * 8.0);
            }),
        ];
        return new RowMap("rows on a circle, synthesized", points, [.. Enumerable.Range(0, 44).Select(i => i * 8 % 43)]);
    }

    private static RunArtefact Artefact(int number)
    {
        string key = string.Concat(Enumerable.Range(0, 64).Select(i => "0123456789abcdef"[(number * 7 + i * 5) % 16]));
        return new RunArtefact(key, $"runs/{key[..2]}/{key}");
    }

    // Less data is later, the never-grokking operation is never, and without weight decay it takes three times as long.
    private static double Generalized(Experiment experiment)
    {
        if (experiment.Task.Name.StartsWith("x^3+xy^2+y", StringComparison.Ordinal))
        {
            return 1e12;
        }

        double steps = 250 * Elementary.Exp(6.5 * (0.7 - experiment.TrainFraction));
        return experiment.TrainFraction >= 0.9 ? 110 : experiment.Optimizer is AdamW { WeightDecay: 0 } ? 3 * steps : steps;
    }

    private static double Rise(double step, double at, double steepness) =>
        step <= 0 ? 0 : 1 / (1 + Elementary.Exp(-steepness * Elementary.Log(step / at)));

    private static int Next(int step, double growth, int budget) => (int)Math.Min(Math.Max(step + 1, Math.Ceiling(step * growth)), budget);
}
