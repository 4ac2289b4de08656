using Grokking.Tasks;

namespace Grokking.Tests.Unit.Laboratory;

/// <summary>x ∘ y = x over a few elements.</summary>
internal sealed record FakeOperation : Operation
{
    public int Elements { get; init; } = 10;

    public override string Name => "fake";

    public override int ElementCount => Elements;

    public override bool IsDefined(int x, int y) => true;

    public override int Apply(int x, int y) => x;

    public override void Validate() => RequirePositive(Elements);

    private static void RequirePositive(int elements) => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(elements);
}
