using Grokking.Analysis;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Claims.Stander2024;

/// <summary>The network of Stander et al. 2024 on a smaller group: x·y in S4 on 80 % of its table. Equal runs of its claims train once.</summary>
internal static class SmallProduct
{
    /// <summary>A unit is of a subgroup where its concentration on that subgroup's cosets is below this (Stander et al. 2024, §5.1).</summary>
    public const double SubgroupBound = 0.01;

    private const int Seeds = 3;
    private const int Degree = 4;
    private const int Steps = 15_000;
    private const int MemorizedSteps = 100;
    private const double MostOfMemorized = 0.1;

    private static readonly Experiment s_experiment =
        Presets.Stander2024 with { Task = Operations.Compose with { Degree = Degree }, TrainFraction = 0.8, Steps = Steps };

    /// <summary>How the claims on it differ from the paper, for their lists.</summary>
    public static string Deviation { get; } =
        Figures.Text($"S4 on 80 % of its table for {Steps:N0} updates instead of S5 on 40 % for 250,000, and {Seeds} seeds instead of 128.");

    /// <summary>How many hidden units know their operands by their sign alone.</summary>
    public static WeightStatistic SignUnits { get; } = Of("signUnits", (_, units) => UnitCosets.CountSignUnits(units, Group, SubgroupBound));

    private static SymmetricGroup Group => new(Degree);

    /// <summary>Networks that have grokked.</summary>
    /// <param name="statistics">What is read off them.</param>
    public static RunGroup Grokked(params IReadOnlyList<WeightStatistic> statistics) =>
        RunGroup.Seeds("x·y in S4", s_experiment, Seeds) with { Statistics = statistics };

    /// <summary>The same networks when they have only memorised.</summary>
    /// <inheritdoc cref="Grokked"/>
    public static RunGroup Memorized(params IReadOnlyList<WeightStatistic> statistics) =>
        RunGroup.Seeds(Figures.Text($"x·y in S4 after {MemorizedSteps} updates"), s_experiment with { Steps = MemorizedSteps }, Seeds) with
        {
            Statistics = statistics,
        };

    /// <summary>Judges that the networks called memorised have learnt their training equations and next to nothing of the others.</summary>
    public static IReadOnlyList<Finding> JudgeMemorized(TrainedGroup memorized)
    {
        ArgumentNullException.ThrowIfNull(memorized);
        return
        [
            Finding.EveryAtLeast($"{memorized.Name}: training accuracy", memorized.FinalAccuracies(Equations.Train), CurvePoint.LearntAccuracy, Figures.Percent),
            Finding.EveryAtMost($"{memorized.Name}: validation accuracy", memorized.FinalAccuracies(Equations.Val), MostOfMemorized, Figures.Percent),
        ];
    }

    /// <summary>A number of the hidden units.</summary>
    public static WeightStatistic Of(string name, Func<Experiment, HiddenUnits, double> read) =>
        new(name, (experiment, run) => read(experiment, HiddenUnits.Of(experiment, run.Layout, run.Parameters.Span)));

    /// <summary>How far each hidden unit concentrates on cosets.</summary>
    public static IReadOnlyList<double> Concentrations(HiddenUnits units) => UnitCosets.LowestConcentrations(units, Group);
}
