namespace Grokking.Tasks;

/// <summary>A formula over the residues 0 … p − 1: Power et al. 2022, A.1.1, where p = 97.</summary>
/// <param name="Formula">What x ∘ y is.</param>
public sealed record ModularOperation(ModularFormula Formula) : Operation
{
    private const int SmallestModulus = 2;
    private const int LargestModulus = 1000;

    /// <summary>p, 2 to 1000; a prime where <see cref="ModularFormula.NeedsPrime"/>.</summary>
    public int Modulus { get; init; } = 97;

    /// <inheritdoc/>
    public override string Name => $"{Formula.Name} mod {Modulus}";

    /// <inheritdoc/>
    public override int ElementCount => Modulus;

    /// <inheritdoc/>
    public override bool IsDefined(int x, int y) =>
        x >= 0 && x < Modulus && y >= 0 && y < Modulus && !(y == 0 && Formula.ExcludesZeroDivisor);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">x ∘ y is not defined.</exception>
    public override int Apply(int x, int y)
    {
        if (!IsDefined(x, y))
        {
            throw new ArgumentOutOfRangeException(nameof(y), y, $"{Name} is not defined for x = {x}, y = {y}.");
        }

        return Residues.Reduce(Formula.Value(x, y, Modulus), Modulus);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Between(Modulus, SmallestModulus, LargestModulus, nameof(Modulus));
        Require.Holds(
            !Formula.NeedsPrime || Residues.IsPrime(Modulus),
            Modulus,
            nameof(Modulus),
            $"a prime from {SmallestModulus} to {LargestModulus}, because {Formula.Name} divides,");
    }

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
