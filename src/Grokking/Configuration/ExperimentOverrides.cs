using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>One experiment of a sweep.</summary>
/// <param name="Experiment">A valid one.</param>
/// <param name="Varied">The keys that have several values in the sweep, as they were written, with this experiment's.</param>
public sealed record ExperimentVariation(Experiment Experiment, IReadOnlyList<KeyValuePair<string, string>> Varied);

/// <summary>
/// Changes to an experiment as <c>key=value</c>, the key one of <see cref="ExperimentKeys"/>; several values are a list, 0.1,1, or a range of whole numbers
/// with both its ends, 0..9, or both.
/// </summary>
public sealed class ExperimentOverrides
{
    /// <summary>The most experiments that one sweep can have.</summary>
    public const int MostExperiments = 100_000;

    private readonly Assignments _assignments;

    private ExperimentOverrides(Assignments assignments, int count)
    {
        _assignments = assignments;
        Count = count;
    }

    /// <summary>The number of experiments: the product of the numbers of values; 1 without any change.</summary>
    public int Count { get; }

    /// <summary>Reads assignments. Which keys there are shows only with an experiment; everything else is checked here.</summary>
    /// <exception cref="ExperimentFormatException">
    /// One is no <c>key=value</c>, a key or a value is there twice, a value is empty, or there are more than <see cref="MostExperiments"/> combinations.
    /// </exception>
    public static ExperimentOverrides Parse(IEnumerable<string> assignments)
    {
        var parsed = Assignments.Parse(assignments);
        long count = 1;
        foreach (Assignment assignment in parsed.All)
        {
            count *= assignment.Values.Count;
            if (count > MostExperiments)
            {
                throw new ExperimentFormatException(
                    assignment.Key, FormattableString.Invariant($"makes more than {MostExperiments} experiments; take fewer values."));
            }
        }

        return new ExperimentOverrides(parsed, (int)count);
    }

    /// <summary>
    /// All combinations, as nested loops with the first assignment outermost; the values of a list in its order. A whole task, optimiser or model is set
    /// before its parts, in whichever order they are written.
    /// </summary>
    /// <exception cref="ExperimentFormatException">
    /// A key is unknown, a value is of another type or outside its range, or two values, such as 0.5 and 0.50, make the same experiment.
    /// </exception>
    public IReadOnlyList<ExperimentVariation> Expand(Experiment basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        List<ExperimentVariation> variations = new(Count);
        Dictionary<Experiment, ExperimentVariation> known = new(Count);
        int[] chosen = new int[_assignments.All.Count];
        for (int number = 0; number < Count; number++)
        {
            int rest = number;
            for (int i = chosen.Length - 1; i >= 0; i--)
            {
                (rest, chosen[i]) = Math.DivRem(rest, _assignments.All[i].Values.Count);
            }

            var variation = new ExperimentVariation(_assignments.Combine(basis, chosen), [.. Varied(chosen)]);
            if (!known.TryAdd(variation.Experiment, variation))
            {
                throw Same(known[variation.Experiment], variation);
            }

            variations.Add(variation);
        }

        return variations;
    }

    private static ExperimentFormatException Same(ExperimentVariation one, ExperimentVariation other)
    {
        (KeyValuePair<string, string> first, KeyValuePair<string, string> second) =
            one.Varied.Zip(other.Varied).First(pair => !string.Equals(pair.First.Value, pair.Second.Value, StringComparison.Ordinal));
        return new ExperimentFormatException(
            first.Key, $"has the values {ShownText.Of(first.Value)} and {ShownText.Of(second.Value)}, which make the same experiment.");
    }

    private IEnumerable<KeyValuePair<string, string>> Varied(int[] chosen) =>
        from each in _assignments.All.Zip(chosen, (assignment, value) => (Assignment: assignment, Value: value))
        where each.Assignment.Values.Count > 1
        select KeyValuePair.Create(each.Assignment.Key, each.Assignment.Values[each.Value]);
}
