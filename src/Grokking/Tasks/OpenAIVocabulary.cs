namespace Grokking.Tasks;

/// <summary>
/// The 239 tokens of openai/grok (commit 3d64b1d, data.py): end-of-sequence, =, 20 operators in the order of their spelling there, the
/// numbers 0 … 96, and the 120 permutations of S5 in lexicographic order. Every run has all of them as inputs and as outputs.
/// </summary>
internal static class OpenAIVocabulary
{
    public const int EndOfSequence = 0;
    public const int EqualsSign = 1;
    public const int Size = FirstPermutation + PermutationCount;

    private const int FirstOperator = 2;
    private const int FirstNumber = FirstOperator + 20;
    private const int NumberCount = 97;
    private const int FirstPermutation = FirstNumber + NumberCount;
    private const int Degree = 5;
    private const int PermutationCount = 120;

    // Null: a task of openai/grok that is not in the paper. Its token exists and is never used.
    private static readonly Operation?[] Operators =
    [
        Operations.DivideOrSubtract,
        Operations.Multiply,
        null, // x²+y
        null, // x³+y
        Operations.Add,
        null, // x+y where x is even, otherwise x*y
        null, // x+y where x is even, otherwise x-y
        Operations.Subtract,
        Operations.Divide,
        null, // copy
        null, // reverse
        Operations.Compose,
        Operations.Sandwich,
        Operations.Conjugate,
        null, // sort
        Operations.SquaresAndProductPlusX,
        Operations.SquaresAndProduct,
        Operations.SumOfSquares,
        Operations.CubeAndProductOfSquare,
        Operations.CubeAndProduct,
    ];

    /// <summary>The token of ∘.</summary>
    public static int OperatorOf(Operation operation)
    {
        int place = operation switch
        {
            ModularOperation modular => Array.FindIndex(Operators, known => (known as ModularOperation)?.Formula == modular.Formula),
            PermutationOperation inSn => Array.FindIndex(Operators, known => (known as PermutationOperation)?.Formula == inSn.Formula),
            _ => -1,
        };
        return place >= 0
            ? FirstOperator + place
            : throw new ArgumentException(
                $"Convention OpenAICode has no operator token for {operation.Name}; it has them for {string.Join(", ", Operators.OfType<Operation>().Select(Operations.NameWithoutSize))}.",
                nameof(operation));
    }

    /// <summary>The token of element 0; element i follows i places later.</summary>
    public static int FirstElementOf(Operation operation)
    {
        switch (operation)
        {
            case ModularOperation { Modulus: var modulus }:
                Require.Holds(
                    modulus <= NumberCount, modulus, nameof(ModularOperation.Modulus), $"2 to {NumberCount} (Convention OpenAICode has tokens for 0 to {NumberCount - 1})");
                return FirstNumber;
            case PermutationOperation { Degree: var degree }:
                Require.Holds(
                    degree == Degree, degree, nameof(PermutationOperation.Degree), $"{Degree} (Convention OpenAICode has tokens for the permutations in S{Degree})");
                return FirstPermutation;
            default:
                throw new ArgumentException($"Convention OpenAICode has no tokens for the elements of {operation.Name}.", nameof(operation));
        }
    }
}
