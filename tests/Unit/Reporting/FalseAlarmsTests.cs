using Grokking.Reporting;

namespace Grokking.Tests.Unit.Reporting;

[Trait("Category", "Unit")]
public sealed class FalseAlarmsTests
{
    [Fact]
    public void They_are_read_from_the_end_of_each_result()
    {
        IReadOnlyDictionary<string, FalseAlarms> alarms = FalseAlarms.Read(
        [
            ("a.txt", "set 0: late FAILS: 1× later\n    - delay ≥ 2: 1\nresampled from 7 sets: late fails 12 of 1000 times\n    12 by: delay ≥ 2\n"),
            ("b.txt", "resampled from 1 sets: early fails 0 of 1000 times\r\n"),
        ]);

        Assert.Equal(2, alarms.Count);
        Assert.Equal(new FalseAlarms(12, 1000, 7), alarms["late"]);
        Assert.Equal("12 of 1000 (7 sets)", alarms["late"].InWords);
        Assert.Equal("0 of 1000 (1 set)", alarms["early"].InWords);
    }

    [Fact]
    public void A_claim_of_two_results_is_refused_with_both_files()
    {
        const string Line = "resampled from 7 sets: late fails 0 of 1000 times\n";

        string message = Assert.Throws<InvalidDataException>(() => FalseAlarms.Read([("a.txt", Line), ("b.txt", Line)])).Message;

        Assert.Equal("a.txt and b.txt both say how often late fails.", message);
    }

    [Theory]
    [InlineData("resampled from 7 sets: late fails often")]
    [InlineData("resampled from 7 sets: late fails 99999999999 of 1000 times")]
    public void A_line_of_another_form_is_refused_with_its_file(string line)
    {
        string message = Assert.Throws<InvalidDataException>(() => FalseAlarms.Read([("a.txt", line)])).Message;

        Assert.StartsWith($"a.txt: \"{line}\" is not ", message, StringComparison.Ordinal);
    }
}
