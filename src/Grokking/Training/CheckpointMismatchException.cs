namespace Grokking.Training;

/// <summary>A checkpoint does not belong to the experiment it was offered to, or is not whole. Nothing of it was used.</summary>
public sealed class CheckpointMismatchException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="part">"step", "points", or the name of a tensor.</param>
    /// <param name="problem">A clause about the part, e.g. "has shape (3, 2) but must have (5, 2)".</param>
    public CheckpointMismatchException(string part, string problem)
        : base($"The checkpoint does not fit its experiment: {part} {problem}.") => Part = part;

    /// <summary>What is wrong: "step", "points", or the name of a tensor.</summary>
    public string Part { get; }
}
