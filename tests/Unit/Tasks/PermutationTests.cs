using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

[Trait("Category", "Unit")]
public sealed class PermutationTests
{
    [Fact]
    public void Permutations_are_numbered_lexicographically()
    {
        string[] ofThree = [.. Enumerable.Range(0, 6).Select(index => Permutation.FromIndex(3, index).ToString())];
        Assert.Equal(["012", "021", "102", "120", "201", "210"], ofThree);
        Assert.Equal("01234", Permutation.FromIndex(5, 0).ToString());
        Assert.Equal("43210", Permutation.FromIndex(5, 119).ToString());

        for (int degree = 2; degree <= 6; degree++)
        {
            for (int index = 0; index < Permutation.CountOf(degree); index++)
            {
                Assert.Equal(index, Permutation.FromIndex(degree, index).Index);
            }
        }
    }

    // x = 120 sends 0→1→2→0, y = 102 swaps 0 and 1. First x, then y: 0→1→0, 1→2→2, 2→0→1.
    [Fact]
    public void Composition_goes_from_left_to_right()
    {
        Permutation x = Permutation.FromIndex(3, 3);
        Permutation y = Permutation.FromIndex(3, 2);
        Assert.Equal("021", x.Then(y).ToString());
        Assert.Equal("210", y.Then(x).ToString());
        Assert.Equal("201", x.Inverse().ToString());

        Assert.Equal(1, (Operations.Compose with { Degree = 3 }).Apply(3, 2));
        Assert.Equal(5, (Operations.Conjugate with { Degree = 3 }).Apply(3, 2)); // 021 then 201: 0→0→2, 1→2→1, 2→1→0
        Assert.Equal(2, (Operations.Sandwich with { Degree = 3 }).Apply(3, 2));  // 021 then 120: 0→0→1, 1→2→0, 2→1→2
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_product_makes_a_group(int degree)
    {
        PermutationOperation product = Operations.Compose with { Degree = degree };
        int order = product.ElementCount;
        for (int x = 0; x < order; x++)
        {
            Assert.Equal(x, product.Apply(x, 0));
            Assert.Equal(x, product.Apply(0, x));
            int inverse = Permutation.FromIndex(degree, x).Inverse().Index;
            Assert.Equal(0, product.Apply(x, inverse));
            Assert.Equal(0, product.Apply(inverse, x));
            for (int y = 0; y < order; y++)
            {
                for (int z = 0; z < order; z += 5)
                {
                    Assert.Equal(product.Apply(product.Apply(x, y), z), product.Apply(x, product.Apply(y, z)));
                }
            }
        }
    }

    [Fact]
    public void Conjugate_and_sandwich_are_the_products_they_are_named_after()
    {
        PermutationOperation product = Operations.Compose;
        for (int x = 0; x < 120; x += 7)
        {
            int inverse = Permutation.FromIndex(5, x).Inverse().Index;
            for (int y = 0; y < 120; y++)
            {
                Assert.Equal(product.Apply(product.Apply(x, y), inverse), Operations.Conjugate.Apply(x, y));
                Assert.Equal(product.Apply(product.Apply(x, y), x), Operations.Sandwich.Apply(x, y));
            }
        }
    }

    [Theory]
    [InlineData("34201", "(0,3)(1,4)")]
    [InlineData("34210", "(0,3,1,4)")]
    [InlineData("01234", "()")]
    public void Cycles_are_written(string images, string cycles) => Assert.Equal(images, TypedPermutations.OfCycles(5, cycles).ToString());

    [Fact]
    public void A_number_or_degree_outside_its_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.FromIndex(3, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.FromIndex(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.FromIndex(0, 0));
    }
}
