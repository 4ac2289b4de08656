namespace Grokking.Tasks;

/// <summary>
/// The operations of Power et al. 2022, A.1.1, x*y of its section 3.2, and those of other papers, at the papers' sizes; <c>with</c> gives another.
/// A new operation is one declaration here and one entry in <see cref="All"/>.
/// </summary>
public static class Operations
{
    /// <summary>x + y mod p.</summary>
    public static ModularOperation Add { get; } = new(new("x+y", static (x, y, p) => x + y));

    /// <summary>x − y mod p.</summary>
    public static ModularOperation Subtract { get; } = new(new("x-y", static (x, y, p) => x - y));

    /// <summary>x · y⁻¹ mod p for y ≠ 0: 9312 equations at p = 97.</summary>
    public static ModularOperation Divide { get; } =
        new(new("x/y", static (x, y, p) => x * Residues.Inverse(y, p)) { ExcludesZeroDivisor = true, NeedsPrime = true });

    /// <summary>
    /// x · y mod p with 0 among the factors, as in openai/grok. Section 3.2 speaks of the nonzero residues, where x*y mod a prime p is
    /// x+y mod p − 1 under other names.
    /// </summary>
    public static ModularOperation Multiply { get; } = new(new("x*y", static (x, y, p) => x * y));

    /// <summary>x · y⁻¹ where y is odd, otherwise x − y, mod p; an odd y is never 0, so all pairs are defined.</summary>
    public static ModularOperation DivideOrSubtract { get; } =
        new(new("x/y|x-y", static (x, y, p) => y % 2 == 1 ? x * Residues.Inverse(y, p) : x - y) { NeedsPrime = true });

    /// <summary>x² + y² mod p.</summary>
    public static ModularOperation SumOfSquares { get; } = new(new("x^2+y^2", static (x, y, p) => (x * x) + (y * y)));

    /// <summary>x² + xy + y² mod p.</summary>
    public static ModularOperation SquaresAndProduct { get; } =
        new(new("x^2+xy+y^2", static (x, y, p) => (x * x) + (x * y) + (y * y)));

    /// <summary>x² + xy + y² + x mod p.</summary>
    public static ModularOperation SquaresAndProductPlusX { get; } =
        new(new("x^2+xy+y^2+x", static (x, y, p) => (x * x) + (x * y) + (y * y) + x));

    /// <summary>x³ + xy mod p.</summary>
    public static ModularOperation CubeAndProduct { get; } = new(new("x^3+xy", static (x, y, p) => (x * x * x) + (x * y)));

    /// <summary>x³ + xy² + y mod p: never generalised in the paper's budget, section 3.2.</summary>
    public static ModularOperation CubeAndProductOfSquare { get; } =
        new(new("x^3+xy^2+y", static (x, y, p) => (x * x * x) + (x * y * y) + y));

    /// <summary>x·y in S_n: first x, then y.</summary>
    public static PermutationOperation Compose { get; } = new(new("x*y", static (x, y) => x.Then(y)));

    /// <summary>x·y·x⁻¹ in S_n.</summary>
    public static PermutationOperation Conjugate { get; } = new(new("x*y*x^-1", static (x, y) => x.Then(y).Then(x.Inverse())));

    /// <summary>x·y·x in S_n.</summary>
    public static PermutationOperation Sandwich { get; } = new(new("x*y*x", static (x, y) => x.Then(y).Then(x)));

    /// <summary>x·y in A_n: Chughtai et al. 2023.</summary>
    public static AlternatingProduct ComposeEven { get; } = new();

    /// <summary>x + y without a modulus, each unordered pair once: Liu et al. 2022.</summary>
    public static OrderedAddition AddOrdered { get; } = new();

    /// <summary>All of the above, in their order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        Add, Subtract, Divide, Multiply, DivideOrSubtract,
        SumOfSquares, SquaresAndProduct, SquaresAndProductPlusX, CubeAndProduct, CubeAndProductOfSquare,
        Compose, Conjugate, Sandwich, ComposeEven,
        AddOrdered,
    ];

    /// <summary>
    /// What <see cref="Parse(string)"/> understands, in the order of <see cref="All"/>: the formula's name, e.g. "x^3+xy" or "x/y|x-y", and
    /// " in S" behind a formula over permutations, e.g. "x*y in S", or " in A" over the even ones. A name and its size make a whole: "x*y in S5".
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(NameWithoutSize)];

    /// <summary>The operation with this formula at the paper's size.</summary>
    /// <param name="formulaName">One of <see cref="Names"/>; spaces do not matter.</param>
    /// <exception cref="ArgumentException">No formula has this name.</exception>
    public static Operation Parse(string formulaName)
    {
        ArgumentNullException.ThrowIfNull(formulaName);
        string wanted = WithoutSpaces(formulaName);
        return All.FirstOrDefault(operation => string.Equals(WithoutSpaces(NameWithoutSize(operation)), wanted, StringComparison.Ordinal))
            ?? throw new ArgumentException(
                $"No operation is called \"{ShownText.Of(formulaName)}\"; did you mean \"{NearestName.To(formulaName, Names)}\"? The names are: {string.Join(", ", Names)}.",
                nameof(formulaName));
    }

    /// <summary>The operation with this formula at this size.</summary>
    /// <param name="formulaName">One of <see cref="Names"/>; spaces do not matter.</param>
    /// <param name="size">p of a modular operation, n of one in S_n or A_n or of numbers below n.</param>
    /// <exception cref="ArgumentException">No formula has this name, or it does not exist at this size.</exception>
    public static Operation Parse(string formulaName, int size)
    {
        Operation paperSized = Parse(formulaName);
        Operation sized = paperSized switch
        {
            ModularOperation modular => modular with { Modulus = size },
            PermutationOperation permutations => permutations with { Degree = size },
            AlternatingProduct alternating => alternating with { Degree = size },
            OrderedAddition addition => addition with { Size = size },
            _ => throw new NotSupportedException($"{paperSized.Name} has one size only."),
        };
        sized.Validate();
        return sized;
    }

    internal static string NameWithoutSize(Operation operation) => operation switch
    {
        ModularOperation modular => modular.Formula.Name,
        PermutationOperation permutations => $"{permutations.Formula.Name} in S",
        AlternatingProduct => AlternatingProduct.Formula,
        OrderedAddition => OrderedAddition.Formula,
        _ => operation.Name,
    };

    private static string WithoutSpaces(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}
