using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Grokking.Tests.Soak.Trials;

namespace Grokking.Tests.Soak;

/// <summary>The promises of store and tool, each tried as often as one has a night for. The unit tests try the same a few times.</summary>
internal static class Properties
{
    private const int Held = 0;
    private const int Violated = 1;
    private const int WrongArguments = 5;

    private static readonly string s_program = typeof(Properties).Assembly.Location;

    private static readonly string s_tool = typeof(Properties).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "GrokProgram", StringComparison.Ordinal)).Value!;

    // The name, how often by default, and the trial, which says how often it tried.
    private static readonly IReadOnlyList<(string Name, int Count, Func<int, int, int> Try)> s_all =
    [
        ("kill", 300, (count, seed) => KillTrials.Try(s_program, count, seed)),
        ("stop", 50, (count, _) => StopTrials.Try(s_tool, count, StopTrials.Interrupt, StopTrials.Terminate, StopTrials.HangUp)),
        ("faults", 1, (_, _) => FaultTrials.Exhaust()),
        ("power", 5_000, (count, seed) =>
        {
            FaultTrials.LosePower(count, seed);
            return count;
        }),
        ("corrupt", 2_000, CorruptionTrials.Try),
        ("shared", 100, (count, seed) =>
        {
            SharedStoreTrials.Share(s_program, processes: 2, runs: 8, count, seed);
            int killing = Math.Max(1, count / 5);
            SharedStoreTrials.ShareAndKill(s_program, processes: 8, killed: 2, runs: 32, killing, seed);
            return count + killing;
        }),
        ("disk-full", 20, DiskFull.Try),
        ("listing", 10_000, (count, _) => Listing.Try(count)),
        ("safetensors", 100_000, (count, seed) =>
        {
            SafetensorsTrials.Mutate(count, seed);
            return count + SafetensorsTrials.TryHandWritten();
        }),
        ("configurations", 50_000, ConfigurationTrials.Try),
        ("names", 2_000, NameTrials.Try),
    ];

    /// <summary>Tries one property or all; a line of JSON for each.</summary>
    /// <returns>The exit code: 1 for a violation, 5 for arguments that cannot be used.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        int? wanted = null;
        if (args is [_, string text])
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
            {
                errors.WriteLine($"count is {text}; it must be a whole number ≥ 1.");
                return WrongArguments;
            }

            wanted = count;
        }

        string name = args.Length is 1 or 2 ? args[0] : "";
        List<(string Name, int Count, Func<int, int, int> Try)> chosen =
            [.. s_all.Where(property => name is "all" || string.Equals(property.Name, name, StringComparison.Ordinal))];
        if (chosen.Count == 0)
        {
            errors.WriteLine($"usage: {string.Join('|', s_all.Select(property => property.Name))}|all [count]");
            return WrongArguments;
        }

        // Another seed every night, told with the result.
        int seed = Random.Shared.Next();
        bool held = true;
        foreach ((string property, int count, Func<int, int, int> trial) in chosen)
        {
            held &= Try(property, wanted ?? count, seed, trial, output);
        }

        return held ? Held : Violated;
    }

    private static bool Try(string property, int count, int seed, Func<int, int, int> trial, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        string? violation = null;
        string? skipped = null;
        int trials = 0;
        try
        {
            trials = trial(count, seed);
        }
        catch (Violation found)
        {
            violation = found.Message;
        }
        catch (PlatformNotSupportedException reason)
        {
            skipped = reason.Message;
        }

        output.WriteLine(JsonSerializer.Serialize(new
        {
            property,
            held = violation is null && skipped is null,
            trials,
            seed,
            seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1),
            violation,
            skipped,
        }));
        return violation is null;
    }
}
