using Grokking.Reporting;

namespace Grokking.Tests.Unit.Reporting;

[Trait("Category", "Unit")]
public sealed class ProcessorUseTests
{
    [Theory]
    [InlineData(36, 20, 2, "2 processors 90 % busy for 0:20")]
    [InlineData(1, 4, 1, "1 processor 25 % busy for 0:04")]
    [InlineData(0, 0, 2, "2 processors 0 % busy for 0:00")]
    public void It_is_a_share_of_all_processors_over_the_time(int used, int elapsed, int processors, string words) =>
        Assert.Equal(words, ProcessorUse.Describe(TimeSpan.FromSeconds(used), TimeSpan.FromSeconds(elapsed), processors));

    [Fact]
    public void It_is_read_off_this_process() => Assert.Matches("^[0-9]+ processors? [0-9]+ % busy for [0-9]+:[0-9]{2}$", new ProcessorUse(TimeProvider.System).InWords);
}
