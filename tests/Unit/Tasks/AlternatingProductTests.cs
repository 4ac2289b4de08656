using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class AlternatingProductTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 12)]
    [InlineData(5, 60)]
    [InlineData(6, 360)]
    public void Half_of_the_permutations_are_even(int degree, int count) =>
        Assert.Equal(count, (Operations.ComposeEven with { Degree = degree }).ElementCount);

    // The even permutations in their order, found by counting, composed as in S_n.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Its_table_is_that_of_the_symmetric_group_on_the_even_permutations(int degree)
    {
        AlternatingProduct product = Operations.ComposeEven with { Degree = degree };
        PermutationOperation inSn = Operations.Compose with { Degree = degree };
        int[] even = [.. Enumerable.Range(0, inSn.ElementCount).Where(i => Permutation.FromIndex(degree, i).IsEven)];

        Assert.Equal(product.ElementCount, even.Length);
        for (int x = 0; x < even.Length; x++)
        {
            for (int y = 0; y < even.Length; y++)
            {
                Assert.Equal(inSn.Apply(even[x], even[y]), even[product.Apply(x, y)]);
            }
        }
    }

    [Theory]
    [InlineData("()", true)]
    [InlineData("(0,1)", false)]
    [InlineData("(0,1,2)", true)]
    [InlineData("(0,1)(2,3)", true)]
    [InlineData("(0,1,2,3)", false)]
    public void A_permutation_is_even_if_its_exchanges_are(string cycles, bool even) => Assert.Equal(even, TypedPermutations.OfCycles(5, cycles).IsEven);

    [Fact]
    public void It_is_found_by_its_name()
    {
        Assert.Equal("x*y in A5", Operations.ComposeEven.Name);
        Assert.Equal(Operations.ComposeEven with { Degree = 4 }, Operations.Parse("x*y in A", 4));
        Assert.Contains("x*y in A", Operations.Names, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void A_degree_outside_its_range_is_refused(int degree)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>("Degree", (Operations.ComposeEven with { Degree = degree }).Validate);

        Assert.Contains(FormattableString.Invariant($"Degree must be 3 to 6 and is {degree}."), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_element_has_no_product()
    {
        Assert.False(Operations.ComposeEven.IsDefined(0, 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => Operations.ComposeEven.Apply(60, 0));
    }
}
