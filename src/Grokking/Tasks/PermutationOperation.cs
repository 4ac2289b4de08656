namespace Grokking.Tasks;

/// <summary>A formula over permutations. Two formulas are equal when their names are, so a name belongs to one formula only.</summary>
/// <param name="Name">The formula as the paper writes it, in ASCII, e.g. "x*y*x^-1".</param>
/// <param name="Value">(x, y) → x ∘ y.</param>
public sealed record PermutationFormula(string Name, Func<Permutation, Permutation, Permutation> Value)
{
    /// <inheritdoc/>
    public bool Equals(PermutationFormula? other) => string.Equals(Name, other?.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>
/// A formula over the symmetric group S_n: Power et al. 2022, A.1.1, where n = 5. Element i is the permutation whose lexicographic
/// <see cref="Permutation.Index"/> is i.
/// </summary>
/// <param name="Formula">What x ∘ y is.</param>
public sealed record PermutationOperation(PermutationFormula Formula) : Operation
{
    private const int SmallestDegree = 2;
    private const int LargestDegree = 6;

    /// <summary>n, 2 to 6: the number of things permuted.</summary>
    public int Degree { get; init; } = 5;

    /// <inheritdoc/>
    public override string Name => $"{Formula.Name} in S{Degree}";

    /// <inheritdoc/>
    public override int ElementCount => Permutation.CountOf(Degree);

    /// <inheritdoc/>
    public override bool IsDefined(int x, int y) => x >= 0 && x < ElementCount && y >= 0 && y < ElementCount;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">x or y is no element.</exception>
    public override int Apply(int x, int y) => Formula.Value(Permutation.FromIndex(Degree, x), Permutation.FromIndex(Degree, y)).Index;

    /// <inheritdoc/>
    public override void Validate() => Require.Between(Degree, SmallestDegree, LargestDegree, nameof(Degree));

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
