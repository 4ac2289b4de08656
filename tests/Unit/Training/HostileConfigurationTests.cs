using System.Diagnostics;
using System.Globalization;
using System.Text;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>
/// Malformed configurations: each is taken or refused in one printable line that names what is wrong, within 50 ms and 64 MB. Nothing else
/// comes out of the readers.
/// </summary>
[Trait("Category", "Unit")]
public sealed class HostileConfigurationTests
{
    private const long MostBytes = 64 << 20;
    private const double MostMilliseconds = 50;

    // A range may stand for 100,000 values, each of which is made.
    private const double MostMillisecondsForValues = 500;

    private static readonly string[] s_texts =
    [
        .. Presets.Named.Values.Append(Presets.Small with { Optimizer = new Sgd { Momentum = 0.9 }, Operation = Operations.Compose }).Select(CanonicalJson.Write),
    ];

    [Fact]
    public void A_configuration_changed_in_its_structure_is_taken_or_refused_by_name() => ReadMany("structure", 1_000, MutatedText.ByStructure);

    [Fact]
    public void A_configuration_changed_by_the_byte_is_taken_or_refused_by_name() => ReadMany("bytes", 1_000, MutatedText.ByBytes);

    [Fact]
    public void An_assignment_is_taken_or_refused_by_name()
    {
        string[] known = [.. ExperimentOverrides.KeysOf(Presets.PaperText), .. ExperimentOverrides.Aliases.Keys];
        int taken = 0;
        for (int number = 0; number < 2_000; number++)
        {
            var stream = new RandomStream(seed: 0, "hostile/assignments", (ulong)number);
            string[] assignments = [.. Enumerable.Range(0, 1 + stream.NextInt(2)).Select(_ => MutatedText.Assignment(known, stream))];
            bool isTaken = IsTaken(
                string.Join(' ', assignments),
                () =>
                {
                    ExperimentOverrides overrides = ExperimentOverrides.Parse(assignments);
                    Assert.InRange(overrides.Count, 1, ExperimentOverrides.MostExperiments);
                    if (overrides.Count <= 100)
                    {
                        Assert.Equal(overrides.Count, overrides.Expand(Presets.PaperText).Count);
                    }
                },
                MostMillisecondsForValues);
            taken += isTaken ? 1 : 0;
        }

        Assert.InRange(taken, 10, 1_500);
    }

    [Fact]
    public void What_is_refused_is_refused_however_deep_or_long()
    {
        string[] texts =
        [
            new string('[', 1 << 16),
            string.Concat(Enumerable.Repeat("{\"model\":", 1 << 13)),
            "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"k{i}\":{i}")) + "}",
            "{\"" + new string('k', 100_000) + "\":1}",
            $"{{\"operation\":\"{new string('x', 100_000)}\"}}",
            $"{{\"operation\":\"x+y\",\"seed\":{new string('9', 100_000)}}}",
            new string(' ', ExperimentJson.LongestText + 1),
            "\uFEFF{}",
        ];
        Assert.All(texts, text => Assert.False(IsTaken(text, () => ExperimentJson.Read(text))));
    }

    private static void ReadMany(string kind, int count, Func<string, RandomStream, string> mutate)
    {
        int taken = 0;
        for (int number = 0; number < count; number++)
        {
            var stream = new RandomStream(seed: 0, "hostile/" + kind, (ulong)number);
            string text = mutate(s_texts[stream.NextInt(s_texts.Length)], stream);
            taken += IsTaken(text, () =>
            {
                Experiment experiment = ExperimentJson.Read(text);
                experiment.Validate();
                Assert.Equal(experiment, ExperimentJson.Read(CanonicalJson.Write(experiment)));
            }) ? 1 : 0;
        }

        // Neither everything nor nothing: the changes reach behind the syntax.
        Assert.InRange(taken, count / 200, count / 2);
    }

    private static bool IsTaken(string text, Action read, double mostMilliseconds = MostMilliseconds)
    {
        ExperimentFormatException? refusal = null;
        double fastest = double.PositiveInfinity;
        long bytes = 0;

        // A pause of the machine is not the reader's: the fastest of three counts.
        for (int attempt = 0; attempt < 3 && fastest > mostMilliseconds; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                read();
            }
            catch (ExperimentFormatException exception)
            {
                refusal = exception;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} of {Shown(text)}: {exception}");
            }

            fastest = Math.Min(fastest, watch.Elapsed.TotalMilliseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(fastest <= mostMilliseconds, $"{fastest} ms for {Shown(text)}");
        Assert.True(bytes <= MostBytes, $"{bytes} bytes for {Shown(text)}");
        if (refusal is not null)
        {
            Assert.InRange(refusal.Message.Length, 10, 2_000);
            Assert.False(refusal.Message.EnumerateRunes().Any(IsUnprintable), $"{refusal.Message} is no line, for {Shown(text)}");
            Assert.Equal(refusal.Message, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(refusal.Message)));
            Assert.True(
                refusal.Key.Length > 0 || refusal.Message.Contains("text", StringComparison.Ordinal) || refusal.Message.Contains("key=value", StringComparison.Ordinal),
                $"{refusal.Message} names nothing of {Shown(text)}");
        }

        return refusal is null;
    }

    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Shown(string text) => text.Length > 2_000 ? text[..2_000] : text;
}
