using Grokking.Analysis;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class SymmetricGroupTests
{
    private static readonly SymmetricGroup S4 = new(4);
    private static readonly SymmetricGroup S5 = new(5);

    // OEIS A005432 and A000638.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 6, 4)]
    [InlineData(4, 30, 11)]
    [InlineData(5, 156, 19)]
    public void All_subgroups_are_found(int degree, int subgroups, int classes)
    {
        var group = new SymmetricGroup(degree);

        Assert.Equal(subgroups, group.Subgroups.Count);
        Assert.Equal(classes, TypedSubgroups.ConjugacyClasses(group).Count);
        Assert.Equal(group.Subgroups, TypedSubgroups.ConjugacyClasses(group).SelectMany(conjugates => conjugates).OrderBy(group.Subgroups.ToList().IndexOf));
    }

    // Orders of the classes of S4 and their sizes, e.g. three conjugates of the dihedral group of order 8.
    [Fact]
    public void The_classes_of_S4_have_their_orders_and_sizes() =>
        Assert.Equal(
            [(1, 1), (2, 3), (2, 6), (3, 4), (4, 1), (4, 3), (4, 3), (6, 4), (8, 3), (12, 1), (24, 1)],
            TypedSubgroups.ConjugacyClasses(S4).Select(conjugates => (conjugates[0].Order, conjugates.Count)).Order());

    [Fact]
    public void A_subgroup_is_closed_and_its_order_divides_that_of_the_group() =>
        Assert.All(S5.Subgroups, subgroup =>
        {
            HashSet<int> elements = [.. subgroup.Elements];
            Assert.Contains(0, elements);
            Assert.Equal(0, 120 % subgroup.Order);
            Assert.All(subgroup.Elements, x => Assert.All(subgroup.Elements, y => Assert.Contains(Operations.Compose.Apply(x, y), elements)));
        });

    // Power et al. 2022, section 3.4: the clusters of S5 are the cosets of this group or of a conjugate.
    [Fact]
    public void The_papers_subgroup_has_order_10_twelve_cosets_and_six_conjugates()
    {
        Subgroup subgroup = TypedSubgroups.GeneratedBy(S5, "(0,3)(1,4)", "(1,2)(3,4)");

        Assert.Equal((10, 12), (subgroup.Order, subgroup.Index));
        Assert.Equal(12, subgroup.Cosets(CosetSide.Left).Count);
        Assert.Equal(12, subgroup.Cosets(CosetSide.Right).Count);
        Assert.Equal(6, TypedSubgroups.Conjugates(S5, subgroup).Count);
        Assert.Contains(subgroup, TypedSubgroups.Conjugates(S5, subgroup));

        // Dihedral: five turns of a pentagon and five reflections.
        Assert.Equal(5, subgroup.Elements.Count(x => x != 0 && Operations.Compose.Apply(x, x) == 0));
    }

    [Theory]
    [InlineData(CosetSide.Left)]
    [InlineData(CosetSide.Right)]
    public void Cosets_cut_the_group_into_equal_parts_that_the_subgroup_moves_within(CosetSide side) =>
        Assert.All(S4.Subgroups, subgroup =>
        {
            IReadOnlyList<IReadOnlyList<int>> cosets = subgroup.Cosets(side);
            Assert.Equal(subgroup.Elements, cosets[0]);
            Assert.All(cosets, coset => Assert.Equal(subgroup.Order, coset.Count));
            Assert.Equal(Enumerable.Range(0, 24), cosets.SelectMany(coset => coset).Order());
            Operation product = Operations.Compose with { Degree = 4 };
            Assert.All(cosets, coset => Assert.All(subgroup.Elements, h =>
                Assert.Contains(side == CosetSide.Left ? product.Apply(coset[0], h) : product.Apply(h, coset[0]), coset)));
        });

    [Fact]
    public void Left_and_right_cosets_are_the_same_for_normal_subgroups_alone() =>
        Assert.All(S4.Subgroups, subgroup => Assert.Equal(
            TypedSubgroups.Conjugates(S4, subgroup).Count == 1,
            subgroup.Cosets(CosetSide.Left).Zip(subgroup.Cosets(CosetSide.Right)).All(pair => pair.First.SequenceEqual(pair.Second))));

    [Fact]
    public void Every_subgroup_is_written_by_generators_that_generate_it() =>
        Assert.All(S4.Subgroups, subgroup =>
        {
            string[] written = subgroup.ToString().Trim('⟨', '⟩').Split(", ", StringSplitOptions.RemoveEmptyEntries);
            Subgroup read = TypedSubgroups.GeneratedBy(S4, written);
            Assert.Equal(subgroup.Elements, read.Elements);
        });

    [Fact]
    public void A_degree_without_subgroups_here_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricGroup(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SymmetricGroup(0));
    }
}
