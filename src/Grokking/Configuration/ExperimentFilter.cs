using Grokking.Training;

namespace Grokking.Configuration;

/// <summary>
/// Experiments by <c>key=value</c>, with the keys, lists and ranges of <see cref="ExperimentOverrides"/>: those in which some combination of the values
/// changes nothing. The assignments are looked at one by one, so their combinations are not made.
/// </summary>
public sealed class ExperimentFilter
{
    private readonly Assignments _assignments;
    private bool _madeSense;

    private ExperimentFilter(Assignments assignments) => _assignments = assignments;

    /// <summary>Reads assignments. Which keys there are shows only with an experiment; everything else is checked here.</summary>
    /// <exception cref="ExperimentFormatException">
    /// One is no <c>key=value</c>, a key or a value is there twice, a value is empty, or one has more than <see cref="ExperimentOverrides.MostExperiments"/> of them.
    /// </exception>
    public static ExperimentFilter Parse(IEnumerable<string> assignments) => new(Assignments.Parse(assignments));

    /// <summary>Whether an experiment is one of them.</summary>
    /// <exception cref="ExperimentFormatException">
    /// A key is unknown, or a value is of another type or outside its range, in this experiment and in all that were asked about before.
    /// </exception>
    public bool Fits(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (!_madeSense)
        {
            Try(experiment);
            _madeSense = true;
        }

        // The parts before their whole: it may change what they set back.
        List<(Assignment Assignment, string Value)> parts = [];
        foreach (Assignment assignment in _assignments.WholesFirst.Reverse().Select(place => _assignments.All[place]))
        {
            if (ExperimentKeys.Find(experiment, assignment.Path) is not var (type, current))
            {
                return false;
            }

            string? value = ConfigValue.IsSingle(type)
                ? assignment.Read(type)[current].FirstOrDefault()
                : assignment.Values.FirstOrDefault(text => parts.Aggregate(
                    ExperimentKeys.Set(experiment, assignment, text), (changed, part) => ExperimentKeys.Set(changed, part.Assignment, part.Value)) == experiment);
            if (value is null)
            {
                return false;
            }

            parts.Insert(0, (assignment, value));
        }

        return true;
    }

    // Each value once, with the first ones of the other keys.
    private void Try(Experiment experiment)
    {
        int[] chosen = new int[_assignments.All.Count];
        for (int i = 0; i < chosen.Length; i++)
        {
            for (chosen[i] = _assignments.All[i].Values.Count - 1; chosen[i] > 0; chosen[i]--)
            {
                _ = _assignments.Combine(experiment, chosen);
            }
        }

        _ = _assignments.Combine(experiment, chosen);
    }
}
