namespace Grokking.Tasks;

/// <summary>
/// x·y in the alternating group A_n of the even permutations, first x, then y (Chughtai et al. 2023 and Stander et al. 2024 train A_5). Element i is the
/// i-th of them in lexicographic order.
/// </summary>
public sealed record AlternatingProduct : Operation
{
    /// <summary>What its name begins with; n follows.</summary>
    internal const string Formula = "x*y in A";

    /// <summary>n, 3 to 6: the number of things permuted.</summary>
    public int Degree { get; init; } = 5;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"{Formula}{Degree}");

    /// <inheritdoc/>
    public override int ElementCount => Permutation.CountOf(Degree) / 2;

    /// <inheritdoc/>
    public override bool IsDefined(int x, int y) => x >= 0 && x < ElementCount && y >= 0 && y < ElementCount;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">x or y is no element.</exception>
    public override int Apply(int x, int y) => ElementOf(x).Then(ElementOf(y)).Index / 2;

    /// <inheritdoc/>
    public override void Validate() => Require.Between(Degree, 3, 6, nameof(Degree));

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    // The permutations 2i and 2i + 1 differ by an exchange of their last two images, so one of them is even.
    private Permutation ElementOf(int i)
    {
        var first = Permutation.FromIndex(Degree, 2 * i);
        return first.IsEven ? first : Permutation.FromIndex(Degree, (2 * i) + 1);
    }
}
