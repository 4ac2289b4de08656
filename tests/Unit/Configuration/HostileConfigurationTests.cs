using Grokking.Configuration;
using Grokking.Tests.Soak.Trials;

namespace Grokking.Tests.Unit.Configuration;

/// <summary>Malformed configurations, as often as a pull request has time for.</summary>
[Trait("Category", "Unit")]
public sealed class HostileConfigurationTests
{
    // Fixed, so that a pull request fails for its own changes only.
    private const int Seed = 0;

    // How many are taken: neither everything nor nothing, so the changes reach behind the syntax.
    [Fact]
    public void A_configuration_changed_in_its_structure_is_taken_or_refused_by_name() =>
        Assert.InRange(ConfigurationTrials.ChangeStructure(1_000, Seed), 5, 500);

    [Fact]
    public void A_configuration_changed_by_the_byte_is_taken_or_refused_by_name() =>
        Assert.InRange(ConfigurationTrials.ChangeBytes(1_000, Seed), 5, 500);

    [Fact]
    public void An_assignment_is_taken_or_refused_by_name() =>
        Assert.InRange(ConfigurationTrials.Assign(2_000, Seed), 10, 1_500);

    [Fact]
    public void What_is_refused_is_refused_however_deep_or_long()
    {
        string[] texts =
        [
            new string('[', 1 << 16),
            string.Concat(Enumerable.Repeat("{\"model\":", 1 << 13)),
            "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"k{i}\":{i}")) + "}",
            "{\"" + new string('k', 100_000) + "\":1}",
            $"{{\"task\":\"{new string('x', 100_000)}\"}}",
            $"{{\"task\":\"x+y\",\"seed\":{new string('9', 100_000)}}}",
            new string(' ', ExperimentJson.LongestText + 1),
            "\uFEFF{}",
        ];
        Assert.All(texts, text => Assert.False(ConfigurationTrials.IsTaken(text, () => ExperimentJson.Read(text))));
    }

    [Fact]
    public void A_reader_that_does_anything_else_is_found()
    {
        (string Found, Action Read)[] readers =
        [
            ("InvalidOperationException", () => throw new InvalidOperationException("The seed is wrong.")),
            ("is no line", () => throw new ExperimentFormatException("seed", "must be\na number")),
            ("is no line", () => throw new ExperimentFormatException("seed", "must be no \ud800")),
            ("names nothing", () => throw new ExperimentFormatException("", "Something is wrong.")),
            ("0 characters", () => throw new ExperimentFormatException("", "")),
            ("characters", () => throw new ExperimentFormatException("seed", new string('x', 2_000))),
            (" ms ", () => Thread.Sleep(60)),
            (" bytes ", () => GC.KeepAlive(GC.AllocateUninitializedArray<byte>(65 << 20))),
        ];
        Assert.All(
            readers,
            reader => Assert.Contains(reader.Found, Assert.Throws<Violation>(() => ConfigurationTrials.IsTaken("{}", reader.Read)).Message, StringComparison.Ordinal));
    }
}
