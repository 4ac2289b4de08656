using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class StoreLocationTests
{
    [Fact]
    public void A_named_folder_is_the_store()
    {
        Assert.Equal("some where", StoreLocation.Find(With(("GROKKING_STORE", "some where"), ("HOME", "/home/x"))));
        Assert.True(StoreLocation.IsNamed(With(("GROKKING_STORE", "x"))));
        Assert.False(StoreLocation.IsNamed(With(("GROKKING_STORE", ""))));
    }

    [UnixFact]
    public void The_default_is_in_the_users_cache_folder()
    {
        Assert.Equal("/cache/grokking", StoreLocation.Find(With(("XDG_CACHE_HOME", "/cache"), ("HOME", "/home/x"))));
        Assert.Equal("/home/x/.cache/grokking", StoreLocation.Find(With(("HOME", "/home/x"), ("GROKKING_STORE", ""))));
        Assert.Equal("/home/x/.cache/grokking", StoreLocation.Find(With(("XDG_CACHE_HOME", "relative"), ("HOME", "/home/x"))));
        Assert.Null(StoreLocation.Find(With()));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("", "", false)]
    [InlineData("0", "false", false)]
    [InlineData("0", "0", false)]
    [InlineData("1", null, true)]
    [InlineData(null, "true", true)]
    [InlineData("", "true", true)]
    [InlineData("0", "true", false)]
    [InlineData("1", "true", true)]
    [InlineData(null, "1", true)]
    public void Runs_are_trained_anew_where_it_is_asked_for_and_in_continuous_integration_unless_that_is_declined(string? fresh, string? ci, bool expected) =>
        Assert.Equal(expected, StoreLocation.TrainsAnew(With(("GROKKING_FRESH", fresh), ("CI", ci))));

    [Fact]
    public void Another_value_is_refused_by_its_name()
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => StoreLocation.TrainsAnew(With(("GROKKING_FRESH", "yes"))));

        Assert.Contains("GROKKING_FRESH is \"yes\"; allowed: 0 and 1.", refusal.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> With(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.Ordinal)).Value;
}
