using System.Globalization;
using Grokking.Numerics;

namespace Grokking.Cli.Report;

/// <summary>
/// A logarithmic axis of steps from 1 to <paramref name="End"/>. Step 0, the untrained model, has no place on it: it stands left of a break in the
/// axis, where step ½ would be.
/// </summary>
/// <param name="End">The last step of the axis, ≥ 2.</param>
internal sealed record LogAxis(int End)
{
    /// <summary>Where step 0 stands.</summary>
    public const double PlaceOfZero = 0.5;

    private const double Start = 0.42;

    /// <summary>The decades 1, 10, 100, … on the axis.</summary>
    public IReadOnlyList<int> Decades => [.. PowersOfTen().TakeWhile(step => step <= End).Select(step => (int)step)];

    /// <summary>The steps between the decades that get a small mark.</summary>
    public IReadOnlyList<int> Between =>
        [.. PowersOfTen().TakeWhile(step => step <= End).SelectMany(decade => Enumerable.Range(2, 8).Select(digit => digit * decade)).Where(step => step <= End).Select(step => (int)step)];

    /// <summary>The axis that shows all steps up to <paramref name="lastStep"/>, ended at a number of one digit and zeros.</summary>
    public static LogAxis Covering(int lastStep)
    {
        long digit = PowersOfTen().TakeWhile(power => power <= Math.Max(lastStep, 2)).Last();
        long end = (Math.Max(lastStep, 2) + digit - 1) / digit * digit;
        return new LogAxis((int)Math.Min(end, int.MaxValue));
    }

    /// <summary>A decade as text: "1", "10", … "1,000", and from there "10k", "100k", "1M".</summary>
    public static string Label(int step) => step switch
    {
        >= 1_000_000 => (step / 1_000_000).ToString(CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (step / 1000).ToString(CultureInfo.InvariantCulture) + "k",
        _ => step.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>Where a step stands: 0 at the left end of the axis, 1 at the right.</summary>
    public double Place(int step) => Elementary.Log((step == 0 ? PlaceOfZero : step) / Start) / Elementary.Log(End / Start);

    private static IEnumerable<long> PowersOfTen()
    {
        for (long power = 1; power < 10_000_000_000; power *= 10)
        {
            yield return power;
        }
    }
}
