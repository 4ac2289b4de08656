namespace Grokking.Tasks;

/// <summary>A binary operation x ∘ y over the elements 0 … <see cref="ElementCount"/> − 1, as a value.</summary>
public abstract record Operation : LearningTask
{
    /// <summary>Number of distinct elements: p for a modular operation, n! for one in S_n.</summary>
    public abstract int ElementCount { get; }

    /// <summary>Answers are below this, ≥ <see cref="ElementCount"/>; those of a closed operation are its elements.</summary>
    public override int AnswerCount => ElementCount;

    /// <summary>Whether x ∘ y exists; division by 0 does not.</summary>
    public abstract bool IsDefined(int x, int y);

    /// <summary>x ∘ y, in [0, <see cref="AnswerCount"/>).</summary>
    public abstract int Apply(int x, int y);

    /// <summary>The number of pairs (x, y) with an x ∘ y, which is that of the equations in the table.</summary>
    public override int CountExamples()
    {
        int count = 0;
        for (int x = 0; x < ElementCount; x++)
        {
            for (int y = 0; y < ElementCount; y++)
            {
                count += IsDefined(x, y) ? 1 : 0;
            }
        }

        return count;
    }
}
