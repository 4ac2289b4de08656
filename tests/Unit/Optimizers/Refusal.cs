namespace Grokking.Tests.Unit.Optimizers;

internal static class Refusal
{
    public static void Of(string field, object value, Action action)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(field, action);
        Assert.Equal(value, error.ActualValue);
        Assert.Contains(FormattableString.Invariant($"{field} is {value} but must be "), error.Message, StringComparison.Ordinal);
    }
}
