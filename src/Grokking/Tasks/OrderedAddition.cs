namespace Grokking.Tasks;

/// <summary>
/// x + y without a modulus over 0 ≤ x ≤ y &lt; n: each unordered pair once, 2n − 1 answers. The table of the effective theory (Liu et al. 2022, §3).
/// </summary>
public sealed record OrderedAddition : Operation
{
    /// <summary>What its name begins with; n follows.</summary>
    internal const string Formula = "x+y for x<=y<";

    /// <summary>n, 2 to 1,000.</summary>
    public int Size { get; init; } = 10;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"{Formula}{Size}");

    /// <inheritdoc/>
    public override int ElementCount => Size;

    /// <inheritdoc/>
    public override int AnswerCount => (2 * Size) - 1;

    /// <inheritdoc/>
    public override bool IsDefined(int x, int y) => x >= 0 && x <= y && y < Size;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">x + y is not defined.</exception>
    public override int Apply(int x, int y) => IsDefined(x, y)
        ? x + y
        : throw new ArgumentOutOfRangeException(nameof(y), y, FormattableString.Invariant($"{Name} is not defined for x = {x}, y = {y}."));

    /// <inheritdoc/>
    public override void Validate() => Require.Between(Size, 2, 1_000, nameof(Size));

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
