using Grokking.Tasks;

namespace Grokking.Models;

/// <summary>
/// A network's architecture and how its weights start, as a value. A new architecture is a record that derives from this and the <see cref="Model"/>
/// that it creates.
/// </summary>
public abstract record ModelConfig
{
    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for the first field outside its range, naming field, value and range.</summary>
    public abstract void Validate();

    /// <summary>Throws <see cref="ArgumentException"/> unless the network can read the task's examples, equations written like this.</summary>
    public abstract void ValidateFor(LearningTask task, SequenceConvention convention);

    /// <summary>Room for one network and its batches.</summary>
    /// <param name="sequences">The shape of what it reads.</param>
    /// <param name="loss">What it minimises, over as many outputs as that has.</param>
    /// <param name="maxExamples">B, the most sequences of one pass, ≥ 1.</param>
    public abstract Model Create(TokenSequences sequences, OutputLoss loss, int maxExamples);

    /// <summary>The same network with nothing random in its passes.</summary>
    public abstract ModelConfig WithoutDropout();

    /// <summary>Multiply-adds of one example's forward pass, roughly: for comparing costs, nothing else.</summary>
    /// <param name="task">What it learns.</param>
    public abstract double EstimateCost(LearningTask task);
}
