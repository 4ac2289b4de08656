using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// The examples of a task as token ids, with what has to be predicted from them: equations in their table's order, or vectors, where an example has
/// one token, its own place, which stands for its vector.
/// </summary>
public sealed class TokenSequences
{
    private readonly int[] _tokens;
    private readonly int[] _targets;
    private readonly int[] _readPositions;

    private TokenSequences(int vocabularySize, int outputSize, int count, int length, int[] readPositions)
    {
        VocabularySize = vocabularySize;
        OutputSize = outputSize;
        Count = count;
        Length = length;
        _readPositions = readPositions;
        _tokens = new int[count * length];
        _targets = new int[count * readPositions.Length];
    }

    /// <summary>V; the ids of input tokens are in [0, V).</summary>
    public int VocabularySize { get; }

    /// <summary>The ids of predicted tokens are below it.</summary>
    public int OutputSize { get; }

    /// <summary>N, the number of examples.</summary>
    public int Count { get; }

    /// <summary>T, the input tokens of one example.</summary>
    public int Length { get; }

    /// <summary>(R) the positions, ascending, whose next token is predicted and scored; the last is T − 1.</summary>
    public ReadOnlySpan<int> ReadPositions => _readPositions;

    /// <summary>(N, T) the inputs, row by row.</summary>
    public ReadOnlySpan<int> Tokens => _tokens;

    /// <summary>(N, R) the token that follows each read position, row by row.</summary>
    public ReadOnlySpan<int> Targets => _targets;

    /// <summary>(V, D) what each token stands for where the task gives it; null where a network has to learn or look up its own vectors.</summary>
    public Matrix? InputVectors { get; private init; }

    /// <summary>(output size, outputs) what each answer of a regression stands for; null where answers are classes.</summary>
    public Matrix? TargetVectors { get; private init; }

    /// <summary>Throws <see cref="ArgumentException"/> unless the convention has tokens for the operation, naming what it has them for.</summary>
    public static void Validate(Operation operation, SequenceConvention convention)
    {
        Require.OneOf(convention, "Convention");
        if (convention == SequenceConvention.OpenAICode)
        {
            OpenAIVocabulary.OperatorOf(operation);
            OpenAIVocabulary.FirstElementOf(operation);
        }
    }

    /// <summary>Examples whose inputs are vectors.</summary>
    /// <param name="examples">Gives inputs and targets, which are kept.</param>
    /// <param name="answers">(N) which answer each example has to give.</param>
    /// <param name="answerCount">Classes; of a regression it does not count.</param>
    public static TokenSequences OfVectors(VectorExamples examples, ReadOnlySpan<int> answers, int answerCount)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int count = examples.Inputs.Rows;
        var sequences = new TokenSequences(count, examples.Targets?.Rows ?? answerCount, count, length: 1, readPositions: [0])
        {
            InputVectors = examples.Inputs,
            TargetVectors = examples.Targets,
        };
        for (int i = 0; i < count; i++)
        {
            sequences.Write(i, [i], [answers[i]]);
        }

        return sequences;
    }

    /// <summary>Writes every equation of the table in the convention.</summary>
    /// <exception cref="ArgumentException">The convention has no tokens for the table's operation.</exception>
    public static TokenSequences Encode(EquationTable table, SequenceConvention convention)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Encode(table, table.Answers, convention);
    }

    /// <summary>Writes every equation of the table in the convention, but with these answers.</summary>
    /// <param name="table">Gives the operands.</param>
    /// <param name="answers">(N) an element for each equation.</param>
    /// <param name="convention">How an equation becomes tokens.</param>
    /// <exception cref="ArgumentException">The convention has no tokens for the table's operation.</exception>
    public static TokenSequences Encode(EquationTable table, ReadOnlySpan<int> answers, SequenceConvention convention)
    {
        ArgumentNullException.ThrowIfNull(table);
        return convention switch
        {
            SequenceConvention.PaperText => EncodeAsPaperText(table, answers),
            SequenceConvention.OpenAICode => EncodeAsOpenAICode(table, answers),
            SequenceConvention.Operands => EncodeAsOperands(table, answers),
            _ => throw new ArgumentOutOfRangeException(
                nameof(convention), convention, $"Convention must be one of {string.Join(", ", Enum.GetNames<SequenceConvention>())}."),
        };
    }

    /// <summary>The token of element 0 in the convention; element i follows i places later.</summary>
    /// <exception cref="ArgumentException">The convention has no tokens for the operation's elements.</exception>
    public static int FirstElementOf(Operation operation, SequenceConvention convention) =>
        convention == SequenceConvention.OpenAICode ? OpenAIVocabulary.FirstElementOf(operation) : 0;

    // a ∘ b = | c. Elements have the tokens 0 … n − 1, then come ∘ and =.
    private static TokenSequences EncodeAsPaperText(EquationTable table, ReadOnlySpan<int> answers)
    {
        int elements = table.Operation.AnswerCount;
        int operatorSign = elements;
        int equalsSign = elements + 1;
        var sequences = new TokenSequences(elements + 2, elements + 2, table.Count, length: 4, readPositions: [3]);
        for (int i = 0; i < table.Count; i++)
        {
            sequences.Write(i, [table.Left[i], operatorSign, table.Right[i], equalsSign], [answers[i]]);
        }

        return sequences;
    }

    // <eos> a ∘ b = | c | <eos>. The answer is an input too: the closing token is predicted from it.
    private static TokenSequences EncodeAsOpenAICode(EquationTable table, ReadOnlySpan<int> answers)
    {
        const int eos = OpenAIVocabulary.EndOfSequence;
        int operatorSign = OpenAIVocabulary.OperatorOf(table.Operation);
        int zero = OpenAIVocabulary.FirstElementOf(table.Operation);
        var sequences = new TokenSequences(OpenAIVocabulary.Size, OpenAIVocabulary.Size, table.Count, length: 6, readPositions: [4, 5]);
        for (int i = 0; i < table.Count; i++)
        {
            int a = zero + table.Left[i];
            int b = zero + table.Right[i];
            int c = zero + answers[i];
            sequences.Write(i, [eos, a, operatorSign, b, OpenAIVocabulary.EqualsSign, c], [c, eos]);
        }

        return sequences;
    }

    // a b | c. Elements have the tokens 0 … n − 1.
    private static TokenSequences EncodeAsOperands(EquationTable table, ReadOnlySpan<int> answers)
    {
        var sequences = new TokenSequences(table.Operation.ElementCount, table.Operation.AnswerCount, table.Count, length: 2, readPositions: [1]);
        for (int i = 0; i < table.Count; i++)
        {
            sequences.Write(i, [table.Left[i], table.Right[i]], [answers[i]]);
        }

        return sequences;
    }

    private void Write(int equation, ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets)
    {
        tokens.CopyTo(_tokens.AsSpan(equation * Length, Length));
        targets.CopyTo(_targets.AsSpan(equation * _readPositions.Length, _readPositions.Length));
    }
}
