namespace Grokking.Tasks;

/// <summary>What a network learns, as a value: a finite set of examples, some of which train. An <see cref="Operation"/> or a <see cref="VectorTask"/>.</summary>
public abstract record LearningTask
{
    /// <summary>What it is called in tables and labels, with its size.</summary>
    public abstract string Name { get; }

    /// <summary>Different answers: classes, or the outputs of a regression.</summary>
    public abstract int AnswerCount { get; }

    /// <summary>Whether an answer is a vector of real numbers; else it is a class.</summary>
    public virtual bool IsRegression => false;

    /// <summary>N, the number of examples, ≥ 2.</summary>
    public abstract int CountExamples();

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for a size the task does not exist at, naming field, value and range.</summary>
    public abstract void Validate();

    /// <summary>
    /// Throws where something outside the experiment that its examples are made of, such as a file, cannot be had; most tasks need nothing. It may take
    /// as long as drawing them.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    public virtual void CheckSources(ulong seed)
    {
    }
}
