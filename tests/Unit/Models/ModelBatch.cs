using Grokking.Numerics;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Models;

/// <summary>A batch of examples as a model reads it.</summary>
/// <param name="Sequences">All examples of the task.</param>
/// <param name="Tokens">(B, T).</param>
/// <param name="Targets">(B, reads).</param>
internal sealed record ModelBatch(TokenSequences Sequences, int[] Tokens, int[] Targets)
{
    /// <summary>Equations by their places in the table.</summary>
    public static ModelBatch Of(Operation operation, SequenceConvention convention, IEnumerable<int> equations)
    {
        var sequences = TokenSequences.Encode(new EquationTable(operation), convention);
        int T = sequences.Length, reads = sequences.ReadPositions.Length;
        int[] places = [.. equations];
        return new ModelBatch(
            sequences,
            [.. places.SelectMany(equation => sequences.Tokens.Slice(equation * T, T).ToArray())],
            [.. places.SelectMany(equation => sequences.Targets.Slice(equation * reads, reads).ToArray())]);
    }

    /// <summary>The first examples of a task of vectors.</summary>
    public static ModelBatch First(VectorTask task, int count)
    {
        VectorExamples examples = task.Draw(seed: 5);
        var sequences = TokenSequences.OfVectors(examples, examples.Answers, task.AnswerCount);
        return new ModelBatch(sequences, sequences.Tokens[..count].ToArray(), sequences.Targets[..count].ToArray());
    }

    /// <summary>Drawn with replacement, so that some equations come more than once.</summary>
    public static ModelBatch Drawn(Operation operation, SequenceConvention convention, int count)
    {
        var stream = new RandomStream(seed: 5, "batch");
        int equations = new EquationTable(operation).Count;
        int[] places = [.. Enumerable.Range(0, count).Select(_ => stream.NextInt(equations))];
        places[count - 1] = places[0];
        return Of(operation, convention, places);
    }
}
