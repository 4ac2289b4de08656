using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class SnapshotComparerTests
{
    private const string Text = "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ]\n}\n";

    [Theory]
    [InlineData("{\n  \"a\": 1,\n  \"b\": [\n    true\n  ]\n}")]
    [InlineData("{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    true\r\n  ]\r\n}\r\n")]
    [InlineData("\uFEFF{\n  \"a\": 1,\n  \"b\": [\n    true\n  ]\n}\n")]
    public void What_an_editor_or_git_does_to_a_file_is_forgiven(string verified) =>
        Assert.True(SnapshotComparer.AreEqual(Text, verified));

    [Theory]
    [InlineData("{\n  \"a\": 2,\n  \"b\": [\n    true\n  ]\n}\n", "a: 2 → 1")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": [\n    true,\n    false\n  ]\n}\n", "b[1]: false → (nothing)")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": []\n}\n", "b[0]: (nothing) → true")]
    [InlineData("{\n  \"a\": 1.0,\n  \"b\": [\n    true\n  ]\n}\n", "a: 1.0 → 1")]
    [InlineData("{\n  \"b\": [\n    true\n  ],\n  \"a\": 1\n}\n", "The same values in another layout or order.")]
    [InlineData("{\n  \"a\":  1,\n  \"b\": [\n    true\n  ]\n}\n", "The same values in another layout or order.")]
    [InlineData("<<<<<<< HEAD\n", "The approved file is not JSON.")]
    [InlineData("", "The approved file is not JSON.")]
    public void Any_other_difference_is_one_and_is_told_by_its_path(string verified, string difference)
    {
        Assert.False(SnapshotComparer.AreEqual(Text, verified));
        Assert.Equal([difference], SnapshotComparer.Differences(Text, verified));
    }

    [Fact]
    public void A_vanished_field_is_a_difference_in_both_directions()
    {
        const string Less = "{\n  \"a\": 1\n}\n";

        Assert.Equal(["b[0]: true → (nothing)"], SnapshotComparer.Differences(Less, Text));
        Assert.Equal(["b[0]: (nothing) → true"], SnapshotComparer.Differences(Text, Less));
    }
}
