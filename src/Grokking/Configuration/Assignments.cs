using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>Several assignments to different keys. A whole task, optimiser or model is set before its parts, in whichever order they are written.</summary>
internal sealed class Assignments
{
    private Assignments(IReadOnlyList<Assignment> all)
    {
        All = all;
        WholesFirst = [.. Enumerable.Range(0, all.Count).OrderBy(place => all[place].Path.Length)];
    }

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyList<Assignment> All { get; }

    /// <summary>Their places, each behind those of what it is a part of.</summary>
    public IReadOnlyList<int> WholesFirst { get; }

    /// <summary>Reads assignments.</summary>
    /// <exception cref="ExperimentFormatException">One cannot be read, or a key is there twice.</exception>
    public static Assignments Parse(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        List<Assignment> parsed = [];
        foreach (string text in texts)
        {
            Assignment assignment = Assignment.Parse(text);
            if (parsed.Find(earlier => earlier.Path.SequenceEqual(assignment.Path, StringComparer.OrdinalIgnoreCase)) is { } twice)
            {
                throw new ExperimentFormatException(assignment.Key, $"is set twice: {ShownText.Of(twice.Text)} and {ShownText.Of(text)}.");
            }

            parsed.Add(assignment);
        }

        return new Assignments(parsed);
    }

    /// <summary>An experiment with one value of each set.</summary>
    /// <param name="basis">What they are set in.</param>
    /// <param name="chosen">The place of each one's value.</param>
    /// <exception cref="ExperimentFormatException">A key is unknown, or a value is of another type or outside its range.</exception>
    public Experiment Combine(Experiment basis, int[] chosen)
    {
        Experiment experiment = basis;
        foreach (int place in WholesFirst)
        {
            experiment = ExperimentKeys.Set(experiment, All[place], All[place].Values[chosen[place]]);
        }

        try
        {
            experiment.Validate();
        }
        catch (ArgumentException refusal)
        {
            throw ExperimentFormatException.Because(refusal);
        }

        return experiment;
    }
}
