using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class StoreVariableTests
{
    [Fact]
    public void The_variable_names_the_store() =>
        Assert.Equal("here", StoreVariable.Folder(name => string.Equals(name, StoreVariable.Name, StringComparison.Ordinal) ? "here" : "elsewhere"));

    [UnixFact]
    public void Without_it_the_store_is_in_the_users_folder_for_caches()
    {
        string folder = StoreVariable.Folder(name => string.Equals(name, "HOME", StringComparison.Ordinal) ? "/home/x" : null);

        Assert.Contains(folder, (string[])["/home/x/.cache/grokking", "/home/x/Library/Caches/grokking"], StringComparer.Ordinal);
    }

    [Fact]
    public void Without_any_folder_the_message_names_the_variable() =>
        Assert.Contains(StoreVariable.Name, Assert.Throws<StoreException>(() => StoreVariable.Folder(_ => null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("True", true)]
    public void Fresh_is_yes_or_no(string? value, bool expected) => Assert.Equal(expected, StoreVariable.IsFresh(_ => value));

    [Fact]
    public void Anything_else_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => StoreVariable.IsFresh(_ => "maybe"));
}
