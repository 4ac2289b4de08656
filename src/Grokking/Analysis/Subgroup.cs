using Grokking.Tasks;

namespace Grokking.Analysis;

/// <summary>On which side of its cosets' representatives a subgroup H stands.</summary>
public enum CosetSide
{
    /// <summary>gH = {g·h}: of the paper's product, g first and then h.</summary>
    Left,

    /// <summary>Hg = {h·g}.</summary>
    Right,
}

/// <summary>A subgroup H of S_n. Elements are lexicographic numbers, as in <see cref="Permutation.Index"/> and in the tables of the tasks.</summary>
public sealed class Subgroup
{
    private readonly SymmetricGroup _group;
    private readonly int[] _elements;

    internal Subgroup(SymmetricGroup group, UInt128 members)
    {
        _group = group;
        Members = members;
        _elements = [.. Enumerable.Range(0, group.Order).Where(element => (members >> element & 1) != 0)];
    }

    /// <summary>|H|, the number of elements.</summary>
    public int Order => _elements.Length;

    /// <summary>n!/|H|, the number of cosets.</summary>
    public int Index => _group.Order / Order;

    /// <summary>The elements, ascending.</summary>
    public IReadOnlyList<int> Elements => _elements;

    /// <summary>Bit i is set where element i belongs to H.</summary>
    internal UInt128 Members { get; }

    /// <summary>The cosets in the order of their least elements, each ascending. H is the first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Cosets(CosetSide side)
    {
        List<IReadOnlyList<int>> cosets = [];
        bool[] placed = new bool[_group.Order];
        for (int g = 0; g < _group.Order; g++)
        {
            if (placed[g])
            {
                continue;
            }

            int[] coset = [.. _elements.Select(h => side == CosetSide.Left ? _group.Product(g, h) : _group.Product(h, g)).Order()];
            Array.ForEach(coset, element => placed[element] = true);
            cosets.Add(coset);
        }

        return cosets;
    }

    /// <summary>Generators in cycles, e.g. "⟨(1,2)(3,4), (0,1)(2,3)⟩": the least elements that are not in the group of those before them.</summary>
    public override string ToString()
    {
        List<int> generators = [];
        UInt128 generated = _group.Generate([]);
        foreach (int element in _elements)
        {
            if ((generated >> element & 1) == 0)
            {
                generators.Add(element);
                generated = _group.Generate(generators);
            }
        }

        return $"⟨{string.Join(", ", generators.Select(element => Permutation.FromIndex(_group.Degree, element).ToCycles()))}⟩";
    }
}
