using System.Text.RegularExpressions;

namespace Grokking.Tests.Unit.Architecture;

[Trait("Category", "Unit")]
public sealed partial class SourceRulesTests
{
    [Fact]
    public void No_file_is_named_after_nothing_in_particular() =>
        Assert.DoesNotContain(SourceTree.Files, file => Vague().IsMatch(file.Name));

    [Fact]
    public void No_file_calls_libm() =>
        Assert.Empty(
            from file in SourceTree.Files
            from Match call in Libm().Matches(file.Text)
            select $"{file.Name}: {call.Value}");

    [Fact]
    public void No_file_reduces_or_estimates_in_an_order_of_the_hardwares_choice() =>
        Assert.Empty(
            from file in SourceTree.Files
            from Match call in HardwareDependent().Matches(file.Text)
            select $"{file.Name}: {call.Value}");

    [Theory]
    [InlineData("MathF.Exp(x)")]
    [InlineData("Math.Log10(x)")]
    [InlineData("double.Exp(x)")]
    [InlineData("float.SinCos(x)")]
    [InlineData("Vector512.Log(x)")]
    public void A_planted_call_of_libm_is_found(string source) => Assert.Matches(Libm(), source);

    [Theory]
    [InlineData("Vector512.Sum(x)")]
    [InlineData("Vector256.Dot(x, y)")]
    [InlineData("Vector512.MultiplyAddEstimate(x, y, z)")]
    [InlineData("MathF.ReciprocalSqrtEstimate(x)")]
    public void A_planted_reduction_is_found(string source) => Assert.Matches(HardwareDependent(), source);

    [Theory]
    [InlineData("Elementary.Exp(x)")]
    [InlineData("Math.Sqrt(x)")]
    [InlineData("MathF.FusedMultiplyAdd(x, y, z)")]
    public void An_exact_function_is_let_pass(string source)
    {
        Assert.DoesNotMatch(Libm(), source);
        Assert.DoesNotMatch(HardwareDependent(), source);
    }

    [Theory]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Pow")]
    [InlineData("Sin")]
    [InlineData("Cos")]
    [InlineData("Tanh")]
    [InlineData("Cbrt")]
    public void The_compiler_bans_libm_in_both_precisions(string function)
    {
        string banned = File.ReadAllText(Path.Combine(SourceTree.Root, "BannedSymbols.txt"));

        Assert.Contains($"M:System.Math.{function}(System.Double", banned, StringComparison.Ordinal);
        Assert.Contains($"M:System.MathF.{function}(System.Single", banned, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T:System.Diagnostics.Stopwatch;")]
    [InlineData("P:System.DateTime.UtcNow;")]
    [InlineData("M:System.Random.#ctor;")]
    [InlineData("T:System.Numerics.Tensors.TensorPrimitives;")]
    public void The_compiler_bans_clocks_foreign_randomness_and_foreign_reductions(string symbol) =>
        Assert.Contains(symbol, File.ReadAllText(Path.Combine(SourceTree.Root, "BannedSymbols.txt")), StringComparison.Ordinal);

    [GeneratedRegex(@"Utils?|Helpers?|Manager", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Vague();

    [GeneratedRegex(
        @"\b(Math|MathF|double|float|Double|Single|Vector|Vector(64|128|256|512))\s*\.\s*(Exp(10|2)?M?1?|Log(10|2)?(P1)?|Pow|Cbrt|RootN|Hypot|SinCos(Pi)?|A?(Sin|Cos|Tan)(h|Pi)?|Atan2(Pi)?)\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Libm();

    [GeneratedRegex(
        @"\b(Vector(64|128|256|512)?\s*\.\s*(Sum|Dot)\(|\w+Estimate\()",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HardwareDependent();
}
