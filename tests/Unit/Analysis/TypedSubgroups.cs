using Grokking.Analysis;
using Grokking.Tasks;
using Grokking.Tests.Unit.Tasks;

namespace Grokking.Tests.Unit.Analysis;

/// <summary>Subgroups by their generators, and their conjugates: what is known of S_n and told by no other code.</summary>
internal static class TypedSubgroups
{
    /// <summary>The smallest subgroup with these elements in it.</summary>
    /// <param name="group">S_n.</param>
    /// <param name="cycles">Generators as <see cref="Permutation.ToCycles"/> writes them.</param>
    public static Subgroup GeneratedBy(SymmetricGroup group, params IReadOnlyList<string> cycles)
    {
        int[] generators = [.. cycles.Select(each => TypedPermutations.OfCycles(group.Degree, each).Index)];
        return group.Subgroups.First(subgroup => generators.All(subgroup.Elements.Contains));
    }

    /// <summary>The subgroups g⁻¹Hg for all g, each once, in the group's order; H is one of them.</summary>
    public static IReadOnlyList<Subgroup> Conjugates(SymmetricGroup group, Subgroup subgroup)
    {
        IReadOnlyList<Permutation> all = TypedPermutations.All(group.Degree);
        HashSet<string> conjugates = [.. all.Select(g => Name(subgroup.Elements.Select(h => g.Inverse().Then(all[h]).Then(g).Index)))];
        return [.. group.Subgroups.Where(each => conjugates.Contains(Name(each.Elements)))];
    }

    /// <summary>The subgroups, those that are conjugate together.</summary>
    public static IReadOnlyList<IReadOnlyList<Subgroup>> ConjugacyClasses(SymmetricGroup group)
    {
        HashSet<Subgroup> seen = [];
        List<IReadOnlyList<Subgroup>> classes = [];
        foreach (Subgroup subgroup in group.Subgroups.Where(subgroup => !seen.Contains(subgroup)))
        {
            IReadOnlyList<Subgroup> conjugates = Conjugates(group, subgroup);
            seen.UnionWith(conjugates);
            classes.Add(conjugates);
        }

        return classes;
    }

    private static string Name(IEnumerable<int> elements) => string.Join(',', elements.Order());
}
