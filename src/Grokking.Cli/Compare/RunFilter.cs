using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Training;

namespace Grokking.Cli.Compare;

/// <summary>
/// Chooses runs by <c>key=value,key=a,b,seed=0..4</c>: the keys and values of <c>grok train</c>. A run is chosen if setting the keys to one of their
/// values changes nothing in it.
/// </summary>
internal sealed class RunFilter
{
    private const string EngineKey = "engine";

    private readonly string _text;
    private readonly IReadOnlyList<string> _engines;
    private readonly ExperimentFilter? _experiments;

    private RunFilter(string text, IReadOnlyList<string> engines, ExperimentFilter? experiments)
    {
        _text = text;
        _engines = engines;
        _experiments = experiments;
    }

    /// <summary>Whether an argument is a filter and not a folder.</summary>
    public static bool IsFilter(string argument) => argument.Contains('=', StringComparison.Ordinal);

    /// <summary>Reads a filter; an item without "=" is one more value of the key before it. Empty chooses all.</summary>
    /// <exception cref="CommandFailedException">It is none.</exception>
    public static RunFilter Parse(string text)
    {
        List<string> assignments = [];
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Contains('=', StringComparison.Ordinal) || assignments.Count == 0)
            {
                assignments.Add(item);
            }
            else
            {
                assignments[^1] += "," + item;
            }
        }

        assignments.RemoveAll(string.IsNullOrEmpty);
        ILookup<bool, string> areEngines = assignments.ToLookup(each => each.StartsWith(EngineKey + "=", StringComparison.OrdinalIgnoreCase));
        try
        {
            return new RunFilter(
                text,
                [.. areEngines[true].SelectMany(each => each[(EngineKey.Length + 1)..].Split(','))],
                areEngines[false].Any() ? ExperimentFilter.Parse(areEngines[false]) : null);
        }
        catch (ExperimentFormatException exception)
        {
            throw Refuse(text, exception);
        }
    }

    /// <summary>The runs that match, in their order.</summary>
    /// <param name="runs">Any.</param>
    /// <param name="engineOf">The engine that trained one.</param>
    /// <param name="experimentOf">What was trained; null where it is not known, and then only an engine can match.</param>
    /// <exception cref="CommandFailedException">A key or a value makes sense for none of them.</exception>
    public IReadOnlyList<T> Choose<T>(IReadOnlyList<T> runs, Func<T, string> engineOf, Func<T, Experiment?> experimentOf)
    {
        List<T> chosen = [];
        ExperimentFormatException? refusal = null;
        bool understood = false;
        foreach (T run in runs.Where(run => _engines.Count == 0 || _engines.Contains(engineOf(run), StringComparer.Ordinal)))
        {
            try
            {
                if (_experiments is null || (experimentOf(run) is { } experiment && _experiments.Fits(experiment)))
                {
                    chosen.Add(run);
                }

                understood = true;
            }
            catch (ExperimentFormatException exception)
            {
                // Of two update rules one may have a key that the other has not.
                refusal ??= exception;
            }
        }

        return understood || refusal is null ? chosen : throw Refuse(_text, refusal);
    }

    /// <inheritdoc cref="Choose{T}"/>
    public IReadOnlyList<ComparedRun> Choose(IReadOnlyList<ComparedRun> runs) => Choose(runs, run => run.Engine, run => run.Experiment);

    private static CommandFailedException Refuse(string text, ExperimentFormatException exception) =>
        new(ExitCode.BadInput, $"The filter \"{text}\" cannot be used: {exception.Message}", exception);
}
