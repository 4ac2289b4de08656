using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The numbers in formulas over tensors, made once and held for good.</summary>
/// <remarks>
/// TorchSharp makes a <see cref="Scalar"/> of each number in an expression, and of the 1 by which a + b scales b, and nothing holds it while native code
/// reads it: a garbage collection on another thread frees it in the middle of the operation, which then fails or computes with whatever came to lie
/// there. So steps and evaluations take numbers from here and add with <see cref="Plus(Tensor, Tensor)"/> instead of the operator.
/// </remarks>
internal static class Held
{
    private static readonly ConcurrentDictionary<double, Scalar> s_reals = new();
    private static readonly ConcurrentDictionary<long, Scalar> s_integers = new();
    private static readonly Scalar s_one = Integer(1);

    /// <summary>A number for tensors of floats and doubles.</summary>
    public static Scalar Real(double value) => s_reals.GetOrAdd(value, static number => number.ToScalar());

    /// <summary>A whole number, for tensors of any type.</summary>
    public static Scalar Integer(long value) => s_integers.GetOrAdd(value, static number => number.ToScalar());

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, s_one);

    /// <summary>x + y for x of floats or doubles.</summary>
    public static Tensor Plus(this Tensor x, double y) => x.add(Real(y), s_one);

    /// <summary>x·y for x of floats or doubles.</summary>
    public static Tensor Times(this Tensor x, double y) => x.mul(Real(y));

    /// <summary>x + y·z, element by element.</summary>
    public static Tensor PlusProduct(this Tensor x, Tensor y, Tensor z) => x.addcmul(y, z, s_one);

    /// <summary>x += y.</summary>
    public static Tensor Increase(this Tensor x, Tensor y) => x.add_(y, s_one);

    /// <summary>x += y·z, element by element.</summary>
    public static Tensor IncreaseByProduct(this Tensor x, Tensor y, Tensor z) => x.addcmul_(y, z, s_one);

    /// <summary>x with a whole number where the mask is true.</summary>
    public static Tensor Filled(this Tensor x, Tensor mask, long value) => x.masked_fill(mask, Integer(value));

    /// <summary>(count) int64: 0, step, 2·step and so on.</summary>
    public static Tensor Multiples(long count, long step, Device device) =>
        arange(Integer(0), Integer(count * step), Integer(step), dtype: ScalarType.Int64, device: device);
}
