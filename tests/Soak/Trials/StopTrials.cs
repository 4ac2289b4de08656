using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Grokking.Store;
using Grokking.Tests.Soak.Files;
using Grokking.Training;

namespace Grokking.Tests.Soak.Trials;

/// <summary>
/// The tool is told to stop while it trains. It ends with its own exit code and says how to go on; every run that it had begun is kept where it
/// was, with the bits of an unbroken run; and the same command goes on from there.
/// </summary>
internal sealed partial class StopTrials : IDisposable
{
    /// <summary>Of Ctrl+C in a terminal; a terminal that is closed sends 1, a batch system 15.</summary>
    public const int Interrupt = 2;

    /// <summary>Of a batch system before it kills.</summary>
    public const int Terminate = 15;

    /// <summary>Of a terminal that is closed.</summary>
    public const int HangUp = 1;

    private const double MostSeconds = 2;
    private const double WorkSeconds = 0.03; // of a processor
    private const int Interrupted = 3; // the tool's exit code
    private static readonly string s_engineId = new CpuEngine().Id;

    // None of them ends by itself before it is stopped.
    private static readonly string[][] s_commands =
    [
        ["train", "small", "steps=100000000"],
        ["sweep", "small", "steps=100000000", "seed=1..3", "--workers", "2"],
        ["claims", "grokking-past", "--workers", "2"],
    ];

    // Nothing depends on it: a run that has not begun by then never will.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly ScratchFolder _folder = new("grokking-stop");
    private readonly string _program;
    private readonly string[] _command;
    private readonly RunStore _store;

    // Runs without a break, as far as what is kept.
    private readonly Dictionary<string, TrainingRun> _unbroken = [];

    private StopTrials(string program, string[] command)
    {
        _program = program;
        _command = command;
        _store = new RunStore(_folder.Path);
    }

    /// <summary>Stops each command in turn, twice: the second time it goes on from the first.</summary>
    /// <param name="program">The tool's assembly.</param>
    /// <param name="stops">At least so many.</param>
    /// <param name="signals">Sent in turn.</param>
    /// <returns>How many were stopped.</returns>
    public static int Try(string program, int stops, params int[] signals)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no such signals.");
        }

        int[] heard = [.. signals.Where(signal => !IsIgnored(signal))];
        if (heard.Length == 0)
        {
            throw new PlatformNotSupportedException("This process was started deaf to all of these signals.");
        }

        List<double> seconds = [];
        for (int trial = 0; seconds.Count < stops; trial++)
        {
            string[] command = s_commands[trial % s_commands.Length];
            using var trials = new StopTrials(program, command);
            try
            {
                seconds.Add(trials.Stop(heard[seconds.Count % heard.Length]));
                seconds.Add(trials.Stop(heard[seconds.Count % heard.Length]));
            }
            catch (Violation violation)
            {
                throw new Violation($"grok {string.Join(' ', command)}, stop {seconds.Count}: {violation.Message}");
            }
        }

        seconds.Sort();
        double median = seconds[seconds.Count / 2];
        Console.Error.WriteLine(FormattableString.Invariant($"{seconds.Count} stops: {median:F2} s the middle one, {seconds[^1]:F2} s the slowest"));
        Violation.Unless(median <= MostSeconds, FormattableString.Invariant($"stopping took {median:F2} s"));
        return seconds.Count;
    }

    public void Dispose() => _folder.Dispose();

    private double Stop(int signal)
    {
        Dictionary<string, int> before = Reached();
        using Process grok = Start();
        Task<string> output = grok.StandardOutput.ReadToEndAsync();
        Task<string> error = grok.StandardError.ReadToEndAsync();
        Dictionary<string, int> reached = WaitUntilItTrains(before, grok, error);
        long start = Stopwatch.GetTimestamp();
        Violation.Unless(Kill(grok.Id, signal) == 0, "no signal could be sent");
        Violation.Unless(grok.WaitForExit(s_patience), "it does not end");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / Slowdown();

        output.Wait();
        Violation.Unless(grok.ExitCode == Interrupted, string.Create(CultureInfo.InvariantCulture, $"it ended with {grok.ExitCode} and {error.Result}"));
        Violation.Unless(error.Result.Contains($"To go on: grok {string.Join(' ', _command)} --store ", StringComparison.Ordinal), "it says " + error.Result);
        Violation.Unless(_store.Verify().Problems.Count == 0, "the store is damaged");
        foreach ((string key, int step) in reached)
        {
            Check(key, step);
        }

        return seconds;
    }

    // A shell starts what it puts into the background deaf to Ctrl+C, nohup deaf to hang-ups, and children inherit that.
    private static bool IsIgnored(int signal)
    {
        const string status = "/proc/self/status", field = "SigIgn:";
        if (!File.Exists(status))
        {
            return false;
        }

        string mask = File.ReadLines(status).First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Trim();
        return ((ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) == 1;
    }

    // How much longer than on a machine of its own a process takes at this moment.
    private static double Slowdown()
    {
        TimeSpan work = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        double worked;
        do
        {
            Thread.SpinWait(1_000);
            worked = (Environment.CpuUsage.TotalTime - work).TotalSeconds;
        }
        while (worked < WorkSeconds);

        return Math.Max(1, Stopwatch.GetElapsedTime(start).TotalSeconds / worked);
    }

    // Until a run is further than the process before has told.
    private Dictionary<string, int> WaitUntilItTrains(Dictionary<string, int> before, Process grok, Task<string> error)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            Dictionary<string, int> reached = Reached();
            foreach ((string key, int step) in before)
            {
                if (reached.TryGetValue(key, out int now) && now <= step)
                {
                    reached.Remove(key);
                }
            }

            if (reached.Count > 0)
            {
                return reached;
            }

            Violation.Unless(waited.Elapsed < s_patience, "it does not train");
            if (grok.HasExited)
            {
                throw new Violation("it ended by itself: " + error.Result);
            }

            Thread.Sleep(10);
        }
    }

    // The step behind the first that each run has last told of.
    private Dictionary<string, int> Reached() => _store.List().Runs
        .Select(run => (run.Key, Step: _store.ReadProgress(run.Key) is [.., { Step: int step }] ? step : 0))
        .Where(run => run.Step > 0)
        .ToDictionary(run => run.Key, run => run.Step, StringComparer.Ordinal);

    private void Check(string key, int reached)
    {
        Experiment experiment = _store.List().Runs.Single(run => string.Equals(run.Key, key, StringComparison.Ordinal)).Experiment!;
        using RunWriter writer = _store.TryBegin(RunKey.Of(experiment, s_engineId), experiment, s_engineId)!;
        Checkpoint? checkpoint = writer.Latest();
        Violation.Unless(checkpoint?.Step >= reached, $"a run was at step {reached} and is kept at {checkpoint?.Step}");
        if (!_unbroken.TryGetValue(key, out TrainingRun? unbroken))
        {
            _unbroken[key] = unbroken = new TrainingRun(experiment);
        }

        Violation.Unless(checkpoint!.Step > unbroken.Step, "it did not go on");
        while (unbroken.Step < checkpoint.Step)
        {
            unbroken.TryStep();
        }

        Violation.Unless(
            unbroken.CopyTensors().Zip(checkpoint.Tensors).All(pair => HaveSameBits(pair.First, pair.Second)),
            $"step {checkpoint.Step} has other bits than without a break");
    }

    private static bool HaveSameBits(NamedTensor first, NamedTensor second) =>
        string.Equals(first.Name, second.Name, StringComparison.Ordinal)
        && MemoryMarshal.AsBytes(first.Values.Span).SequenceEqual(MemoryMarshal.AsBytes(second.Values.Span));

    private Process Start() => Process.Start(
        new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", _program, .. _command, "--store", _store.Root])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Whatever is asked of the tests, these runs go on.
            Environment = { [StoreLocation.FreshVariable] = "0" },
        })!;

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
