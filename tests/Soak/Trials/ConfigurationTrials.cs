using System.Diagnostics;
using System.Text;
using Grokking.Configuration;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Soak.Trials;

/// <summary>
/// Malformed configurations. Each is taken or refused in one printable line that names what is wrong, within 50 ms and 64 MB. Nothing else
/// comes out of the readers.
/// </summary>
internal static class ConfigurationTrials
{
    private const long MostBytes = 64 << 20;
    private const double MostMilliseconds = 50;

    // A range may stand for 100,000 values, each of which is made.
    private const double MostMillisecondsForValues = 500;

    private static readonly string[] s_texts =
    [
        .. Presets.Named.Values.Append(Presets.Small with { Optimizer = new Sgd { Momentum = 0.9 }, Task = Operations.Compose }).Select(CanonicalJson.Write),
    ];

    private static readonly string[] s_keys = [.. ExperimentKeys.Of(Presets.PaperText), .. ExperimentKeys.Aliases.Keys];

    /// <summary>Tries all kinds.</summary>
    /// <param name="count">Number of configurations.</param>
    /// <param name="seed">Of the changes.</param>
    /// <returns>The number of configurations.</returns>
    public static int Try(int count, int seed)
    {
        int quarter = count / 4;
        ChangeStructure(quarter, seed);
        ChangeBytes(quarter, seed);
        Assign(count - (2 * quarter), seed);
        return count;
    }

    /// <summary>Reads JSON with other keys and values.</summary>
    /// <returns>How many were taken.</returns>
    public static int ChangeStructure(int count, int seed) => Count("structure", count, seed, stream => IsTaken(MutatedText.ByStructure, stream));

    /// <summary>Reads JSON with other bytes.</summary>
    /// <inheritdoc cref="ChangeStructure"/>
    public static int ChangeBytes(int count, int seed) => Count("bytes", count, seed, stream => IsTaken(MutatedText.ByBytes, stream));

    /// <summary>Reads one or two assignments.</summary>
    /// <inheritdoc cref="ChangeStructure"/>
    public static int Assign(int count, int seed) => Count("assignments", count, seed, stream =>
    {
        string[] assignments = [.. Enumerable.Range(0, 1 + stream.NextInt(2)).Select(_ => MutatedText.Assignment(s_keys, stream))];
        return IsTaken(
            string.Join(' ', assignments),
            () =>
            {
                ExperimentOverrides overrides = ExperimentOverrides.Parse(assignments);
                Violation.Unless(overrides.Count is >= 1 and <= ExperimentOverrides.MostExperiments, $"{overrides.Count} experiments");
                Violation.Unless(overrides.Count > 100 || overrides.Expand(Presets.PaperText).Count == overrides.Count, "there are more or fewer experiments than said");
            },
            MostMillisecondsForValues);
    });

    /// <summary>Whether a text is taken; false if it is refused as it should be, and anything else is a violation.</summary>
    /// <param name="text">What is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="mostMilliseconds">That it may take.</param>
    public static bool IsTaken(string text, Action read, double mostMilliseconds = MostMilliseconds)
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
                throw new Violation($"{exception.GetType().Name} of {Shown(text)}: {exception}");
            }

            fastest = Math.Min(fastest, watch.Elapsed.TotalMilliseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Violation.Unless(bytes <= MostBytes, $"{bytes} bytes for {Shown(text)}");
        Violation.Unless(fastest <= mostMilliseconds, FormattableString.Invariant($"{fastest} ms for {Shown(text)}"));
        if (refusal is { Key: string key, Message: string said })
        {
            Violation.Unless(said.Length is >= 10 and <= 2_000, $"{said.Length} characters are said of {Shown(text)}");
            Violation.Unless(!Unprintable.IsIn(said) && IsUnicode(said), $"\"{said}\" is no line, for {Shown(text)}");
            Violation.Unless(
                key.Length > 0 || said.Contains("text", StringComparison.Ordinal) || said.Contains("key=value", StringComparison.Ordinal),
                $"\"{said}\" names nothing of {Shown(text)}");
        }

        return refusal is null;
    }

    private static int Count(string kind, int count, int seed, Func<RandomStream, bool> isTaken)
    {
        int taken = 0;
        for (int number = 0; number < count; number++)
        {
            try
            {
                taken += isTaken(new RandomStream((ulong)seed, "hostile/" + kind, (ulong)number)) ? 1 : 0;
            }
            catch (Violation found)
            {
                throw new Violation($"seed {seed}, {kind}, trial {number}: {found.Message}");
            }
        }

        return taken;
    }

    private static bool IsTaken(Func<string, RandomStream, string> mutate, RandomStream stream)
    {
        string text = mutate(s_texts[stream.NextInt(s_texts.Length)], stream);
        return IsTaken(text, () =>
        {
            Experiment experiment = ExperimentJson.Read(text);
            experiment.Validate();
            Violation.Unless(experiment == ExperimentJson.Read(CanonicalJson.Write(experiment)), "what was read is written as something else");
        });
    }

    private static bool IsUnicode(string text) => string.Equals(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    private static string Shown(string text) => text.Length > 2_000 ? text[..2_000] : text;
}
