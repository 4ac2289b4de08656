using Grokking.Curves;
using Grokking.Training;

namespace Grokking.Claims;

/// <summary>
/// One sentence of a paper made into something that can fail: which experiments to train, and a pure judge of their curves. It trains nothing
/// itself, so its judge is tested with typed-in points.
/// </summary>
public abstract class Claim
{
    /// <summary>An identifier of letters, digits and hyphens; the claim's name in tables, labels and file names.</summary>
    public abstract string Name { get; }

    /// <summary>What is claimed, as one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>Where the paper says so, e.g. "Power et al. 2022, Figure 1 and §3.1".</summary>
    public abstract string Source { get; }

    /// <summary>How the quick tier differs from the paper, one sentence each.</summary>
    public abstract IReadOnlyList<string> Deviations { get; }

    /// <summary>What is trained at a tier; the order is the claim's own. The same list at every call.</summary>
    public abstract IReadOnlyList<Experiment> Experiments(Tier tier);

    /// <summary>Holds the curves against the claim. The same curves always give the same verdict.</summary>
    /// <param name="tier">The tier whose experiments were trained.</param>
    /// <param name="curves">One for each of <see cref="Experiments"/>, in its order.</param>
    public abstract Verdict Judge(Tier tier, IReadOnlyList<LearningCurve> curves);
}
