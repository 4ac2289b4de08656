namespace Grokking.Cli.Export;

/// <summary>What every line of an export says of its run.</summary>
/// <remarks>
/// The run's key, its engine, operation, train fraction and seed; then every other setting in which the exported runs differ, by its path,
/// e.g. "optimizer.weightDecay".
/// </remarks>
internal static class RunColumns
{
    /// <summary>The columns that are always there.</summary>
    public static IReadOnlyList<string> Fixed { get; } = ["run", "engine", "task", "train_fraction", "seed"];

    /// <summary>The path of the setting in the column train_fraction.</summary>
    public const string TrainFractionPath = "trainFraction";

    /// <summary>The path of the setting in the column seed.</summary>
    public const string SeedPath = "seed";

    /// <summary>The paths of the columns behind the fixed ones, sorted.</summary>
    public static IReadOnlyList<string> VariedIn(IReadOnlyList<ExportedRun> runs) =>
    [
        .. runs.SelectMany(run => run.Settings.Keys)
            .Distinct(StringComparer.Ordinal)
            .Where(path => path is not (TrainFractionPath or SeedPath) && !path.StartsWith("operation.", StringComparison.Ordinal))
            .Where(path => runs.Select(run => run.Text(path)).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .Order(StringComparer.Ordinal),
    ];
}
