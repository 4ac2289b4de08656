using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class TokenSequencesTests
{
    [Fact]
    public void The_paper_text_asks_for_the_answer_after_the_equals_sign()
    {
        var table = new EquationTable(Operations.Subtract with { Modulus = 5 });
        var sequences = TokenSequences.Encode(table, SequenceConvention.PaperText);
        Assert.Equal(7, sequences.VocabularySize);
        Assert.Equal(25, sequences.Count);
        Assert.Equal(4, sequences.Length);
        Assert.Equal([3], sequences.ReadPositions.ToArray());

        int equation = table.IndexOf(1, 3)!.Value;
        Assert.Equal([1, 5, 3, 6], InputOf(sequences, equation)); // 1 ∘ 3 =
        Assert.Equal([3], TargetOf(sequences, equation));         // 1 − 3 = 3 mod 5
        Assert.Equal(table.Answers.ToArray(), sequences.Targets.ToArray());
    }

    [Fact]
    public void The_vocabulary_of_the_paper_text_is_that_of_the_task()
    {
        Assert.Equal(99, TokenSequences.Encode(new EquationTable(Operations.Add), SequenceConvention.PaperText).VocabularySize);
        Assert.Equal(122, TokenSequences.Encode(new EquationTable(Operations.Compose), SequenceConvention.PaperText).VocabularySize);
    }

    [Fact]
    public void Operands_alone_are_two_tokens_with_the_answer_to_say()
    {
        var table = new EquationTable(Operations.Subtract with { Modulus = 5 });
        var sequences = TokenSequences.Encode(table, SequenceConvention.Operands);
        Assert.Equal((5, 25, 2), (sequences.VocabularySize, sequences.Count, sequences.Length));
        Assert.Equal([1], sequences.ReadPositions.ToArray());

        int equation = table.IndexOf(1, 3)!.Value;
        Assert.Equal([1, 3], InputOf(sequences, equation));
        Assert.Equal([3], TargetOf(sequences, equation)); // 1 − 3 = 3 mod 5
        Assert.Equal(table.Answers.ToArray(), sequences.Targets.ToArray());
    }

    // 10 elements and 19 answers: as operands the inputs have their own vocabulary, else both share the tokens 0 to 18.
    [Fact]
    public void Answers_that_are_no_elements_have_tokens_too()
    {
        var table = new EquationTable(Operations.AddOrdered);
        var operands = TokenSequences.Encode(table, SequenceConvention.Operands);
        var paperText = TokenSequences.Encode(table, SequenceConvention.PaperText);
        int last = table.IndexOf(9, 9)!.Value;

        Assert.Equal((10, 19), (operands.VocabularySize, operands.OutputSize));
        Assert.Equal([9, 9], InputOf(operands, last));
        Assert.Equal([18], TargetOf(operands, last));
        Assert.Equal((21, 21), (paperText.VocabularySize, paperText.OutputSize));
        Assert.Equal([9, 19, 9, 20], InputOf(paperText, last)); // 9 ∘ 9 =
        Assert.Equal([18], TargetOf(paperText, last));
    }

    [Fact]
    public void Sums_without_a_modulus_have_no_tokens_in_the_openai_code()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => TokenSequences.Encode(new EquationTable(Operations.AddOrdered), SequenceConvention.OpenAICode));
        Assert.Contains("no operator token for x+y for x<=y<10; it has them for x/y|x-y, x*y, x+y, ", error.Message, StringComparison.Ordinal);
    }

    // Ids by hand from openai/grok, data.py: <|eos|> 0, = 1, operators 2–21, the number k is 22 + k, the permutation i is 119 + i.
    [Fact]
    public void The_openai_code_asks_for_the_answer_and_the_closing_end_token()
    {
        var table = new EquationTable(Operations.Divide);
        var sequences = TokenSequences.Encode(table, SequenceConvention.OpenAICode);
        Assert.Equal(239, sequences.VocabularySize);
        Assert.Equal(6, sequences.Length);
        Assert.Equal([4, 5], sequences.ReadPositions.ToArray());

        int equation = table.IndexOf(3, 5)!.Value;                      // 3/5 = 20 mod 97
        Assert.Equal([0, 25, 10, 27, 1, 42], InputOf(sequences, equation));
        Assert.Equal([42, 0], TargetOf(sequences, equation));
    }

    [Fact]
    public void The_openai_code_writes_permutations_with_their_own_tokens()
    {
        var table = new EquationTable(Operations.Compose);
        var sequences = TokenSequences.Encode(table, SequenceConvention.OpenAICode);
        int equation = table.IndexOf(119, 0)!.Value;                    // the reversal after the identity
        Assert.Equal([0, 238, 13, 119, 1, 238], InputOf(sequences, equation));
        Assert.Equal([238, 0], TargetOf(sequences, equation));
    }

    // Places in Python's order of the operators' spellings there:
    // mix1 * **2+ **3+ + +* +- - / copy reverse s5 s5aba s5conj sort quad3 quad2 quad1 cube2 cube1.
    [Theory]
    [InlineData("x/y|x-y", 97, 2)]
    [InlineData("x*y", 97, 3)]
    [InlineData("x+y", 97, 6)]
    [InlineData("x-y", 97, 9)]
    [InlineData("x/y", 97, 10)]
    [InlineData("x*y in S", 5, 13)]
    [InlineData("x*y*x in S", 5, 14)]
    [InlineData("x*y*x^-1 in S", 5, 15)]
    [InlineData("x^2+xy+y^2+x", 97, 17)]
    [InlineData("x^2+xy+y^2", 97, 18)]
    [InlineData("x^2+y^2", 97, 19)]
    [InlineData("x^3+xy^2+y", 97, 20)]
    [InlineData("x^3+xy", 97, 21)]
    public void Every_operation_has_its_operator_token_of_the_openai_code(string formula, int size, int token)
    {
        var sequences = TokenSequences.Encode(new EquationTable(Operations.Parse(formula, size)), SequenceConvention.OpenAICode);
        Assert.Equal(token, InputOf(sequences, 0)[2]);
    }

    [Fact]
    public void A_smaller_modulus_fits_the_openai_code()
    {
        var table = new EquationTable(Operations.Add with { Modulus = 3 });
        var sequences = TokenSequences.Encode(table, SequenceConvention.OpenAICode);
        Assert.Equal([0, 24, 6, 24, 1, 23], InputOf(sequences, 8)); // 2 + 2 = 1 mod 3
    }

    [Theory]
    [InlineData("x+y", 98, "Modulus must be 2 to 97")]
    [InlineData("x*y in S", 4, "Degree must be 5")]
    public void A_size_without_tokens_in_the_openai_code_is_refused(string formula, int size, string reason)
    {
        var table = new EquationTable(Operations.Parse(formula, size));
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => TokenSequences.Encode(table, SequenceConvention.OpenAICode));
        Assert.Contains("Convention OpenAICode", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains($"and is {size}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_without_a_token_in_the_openai_code_is_refused()
    {
        var table = new EquationTable(new ModularOperation(new ModularFormula("x^2-y", static (x, y, p) => (x * x) - y)));
        ArgumentException error = Assert.Throws<ArgumentException>(() => TokenSequences.Encode(table, SequenceConvention.OpenAICode));
        Assert.Contains("no operator token for x^2-y mod 97", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_of_vectors_is_one_token_that_stands_for_its_vector()
    {
        VectorExamples examples = new SparseClassification { Width = 7, Examples = 12 }.Draw(seed: 1);
        int[] answers = [.. examples.Answers.Reverse()];
        var sequences = TokenSequences.OfVectors(examples, answers, answerCount: 2);

        Assert.Equal((12, 12, 1, 2), (sequences.VocabularySize, sequences.Count, sequences.Length, sequences.OutputSize));
        Assert.Equal([0], sequences.ReadPositions.ToArray());
        Assert.Equal(Enumerable.Range(0, 12), sequences.Tokens.ToArray());
        Assert.Equal(answers, sequences.Targets.ToArray());
        Assert.Same(examples.Inputs, sequences.InputVectors);
        Assert.Null(sequences.TargetVectors);
    }

    [Fact]
    public void The_answer_of_a_regression_is_one_row_of_its_targets()
    {
        VectorExamples examples = new TeacherStudent { Examples = 12 }.Draw(seed: 1);
        var sequences = TokenSequences.OfVectors(examples, examples.Answers, answerCount: 5);

        Assert.Equal((12, 12), (sequences.VocabularySize, sequences.OutputSize));
        Assert.Equal(Enumerable.Range(0, 12), sequences.Targets.ToArray());
        Assert.Same(examples.Targets, sequences.TargetVectors);
    }

    [Fact]
    public void Equations_have_no_vectors_of_their_own()
    {
        var sequences = TokenSequences.Encode(new EquationTable(Operations.Add with { Modulus = 3 }), SequenceConvention.Operands);

        Assert.Null(sequences.InputVectors);
        Assert.Null(sequences.TargetVectors);
    }

    [Fact]
    public void An_unknown_convention_is_refused()
    {
        var table = new EquationTable(Operations.Add with { Modulus = 3 });
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => TokenSequences.Encode(table, (SequenceConvention)9));
        Assert.Contains("Convention must be one of PaperText, OpenAICode, Operands", error.Message, StringComparison.Ordinal);
    }

    private static int[] InputOf(TokenSequences sequences, int equation) =>
        sequences.Tokens.Slice(equation * sequences.Length, sequences.Length).ToArray();

    private static int[] TargetOf(TokenSequences sequences, int equation) =>
        sequences.Targets.Slice(equation * sequences.ReadPositions.Length, sequences.ReadPositions.Length).ToArray();
}
