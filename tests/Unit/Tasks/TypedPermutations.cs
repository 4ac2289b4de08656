using Grokking.Tasks;

namespace Grokking.Tests.Unit.Tasks;

/// <summary>Permutations that a test writes down.</summary>
internal static class TypedPermutations
{
    /// <summary>All n! of them, in their order.</summary>
    public static IReadOnlyList<Permutation> All(int degree) =>
        [.. Enumerable.Range(0, Permutation.CountOf(degree)).Select(index => Permutation.FromIndex(degree, index))];

    /// <summary>The one that <see cref="Permutation.ToCycles"/> writes like this.</summary>
    public static Permutation OfCycles(int degree, string cycles) =>
        All(degree).Single(permutation => string.Equals(permutation.ToCycles(), cycles, StringComparison.Ordinal));
}
