using Grokking.Tasks;

namespace Grokking.Configuration;

/// <summary>The one number that says how large an operation's table is.</summary>
/// <param name="Name">Its name as a part of a key, e.g. "modulus".</param>
/// <param name="Value">What it is.</param>
/// <param name="With">The same operation at another size.</param>
internal sealed record OperationSize(string Name, int Value, Func<int, Operation> With)
{
    /// <summary>That of an operation; null where it has none.</summary>
    public static OperationSize? Of(object? task) => task switch
    {
        ModularOperation modular => new("modulus", modular.Modulus, modulus => modular with { Modulus = modulus }),
        PermutationOperation inSn => new("degree", inSn.Degree, degree => inSn with { Degree = degree }),
        AlternatingProduct inAn => new("degree", inAn.Degree, degree => inAn with { Degree = degree }),
        OrderedAddition addition => new("size", addition.Size, size => addition with { Size = size }),
        _ => null,
    };
}
