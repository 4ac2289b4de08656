namespace Grokking.Tasks;

/// <summary>
/// A formula over the residues mod p. Two formulas are equal when their names are, so a name belongs to one formula only.
/// </summary>
/// <param name="Name">The formula as the paper writes it, in ASCII, with ^ for powers; e.g. "x^2+xy+y^2".</param>
/// <param name="Value">(x, y, p) → an integer congruent to x ∘ y mod p; 0 ≤ x, y &lt; p ≤ 1000, so polynomials up to degree 6 fit.</param>
public sealed record ModularFormula(string Name, Func<long, long, long, long> Value)
{
    /// <summary>Whether y = 0 is left out of the table, as for x/y.</summary>
    public bool ExcludesZeroDivisor { get; init; }

    /// <summary>Whether p has to be a prime because the formula divides: mod a composite p not every residue has an inverse.</summary>
    public bool NeedsPrime { get; init; }

    /// <inheritdoc/>
    public bool Equals(ModularFormula? other) => string.Equals(Name, other?.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}
