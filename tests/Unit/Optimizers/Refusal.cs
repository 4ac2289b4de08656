namespace Grokking.Tests.Unit.Optimizers;

internal static class Refusal
{
    public static void Of(string field, object value, Action action)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(field, action);
        Assert.Equal(value, error.ActualValue);
        Assert.Contains($"{field} must be ", error.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($" and is {value}."), error.Message, StringComparison.Ordinal);
    }
}
