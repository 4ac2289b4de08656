namespace Grokking.Tests.Unit;

[Trait("Category", "Unit")]
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("x+y, ö, 数, \U0001F600", "x+y, ö, 数, \U0001F600", "x+y, ö, 数, \U0001F600")]
    [InlineData("a\r\nb\u001b[31m\u2028", "a\\u000d\\u000ab\\u001b[31m\\u2028", "a??b?[31m?")]
    [InlineData("\u202Eabc\u200B", "\\u202eabc\\u200b", "?abc?")]
    [InlineData("a\uE000\uFFFE", "a\\ue000\\ufffe", "a??")]
    [InlineData("\U000E0041", "\\udb40\\udc41", "?")]
    public void What_moves_turns_or_hides_is_replaced_by_its_code_or_another_text(string text, string coded, string replaced)
    {
        Assert.Equal(coded, ShownText.Of(text));
        Assert.Equal(replaced, ShownText.Of(text, int.MaxValue, "?"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        string half = new([(char)0xD83D, 'a', (char)0xDE00]);

        Assert.Equal("\\ud83da\\ude00", ShownText.Of(half));
        Assert.Equal("?a?", ShownText.Of(half, int.MaxValue, "?"));
    }

    [Fact]
    public void A_long_text_ends_with_an_ellipsis_and_never_within_a_pair()
    {
        Assert.Equal("abc", ShownText.Of("abc", 3));
        Assert.Equal("ab…", ShownText.Of("abc", 2));
        Assert.Equal("a…", ShownText.Of("a\U0001F600b", 2));
        Assert.Equal("a\U0001F600…", ShownText.Of("a\U0001F600b", 3));
    }
}
