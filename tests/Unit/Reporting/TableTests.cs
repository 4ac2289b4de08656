using Grokking.Reporting;

namespace Grokking.Tests.Unit.Reporting;

[Trait("Category", "Unit")]
public sealed class TableTests
{
    [Fact]
    public void On_a_console_columns_are_aligned()
    {
        var table = new Table("Claim", "n");
        table.Add("late", "12");

        Assert.Equal("Claim  n\n-----  --\nlate   12\n", table.ToText());
    }

    [Fact]
    public void In_Markdown_nothing_in_a_cell_is_obeyed()
    {
        var table = new Table("Claim");
        table.Add("a|b <img> [x](y)\n::error::`c`\u001b");

        Assert.Equal("| Claim |\n| --- |\n| a\\|b \\<img\\> \\[x\\](y)�::error::\\`c\\`� |\n", table.ToMarkdown());
    }
}
