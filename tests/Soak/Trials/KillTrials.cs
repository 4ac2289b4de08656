using System.Diagnostics;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Soak.Processes;

namespace Grokking.Tests.Soak.Trials;

/// <summary>A process that trains is killed at a random moment, and another one goes on, until the run is done. Its bits are those of the unbroken run.</summary>
internal static class KillTrials
{
    private const int Steps = 600;
    private const double ShareKilledThrice = 0.3;
    private const int MostRunsPerKill = 4;

    /// <summary>Kills so many processes, three and more of some runs. A run that ended before it was killed counts for nothing.</summary>
    /// <param name="program">The soak program's assembly.</param>
    /// <param name="kills">At least so many.</param>
    /// <param name="seed">Of the moments.</param>
    /// <returns>How many were killed.</returns>
    public static int Try(string program, int kills, int seed)
    {
        var chance = new Random(seed);
        List<int> killsOfRuns = [];
        using var folder = new ScratchFolder("grokking-kill");
        try
        {
            double longest = UnbrokenMilliseconds(program, OrderOf(folder.Path, -1)) / 2;
            int tried = 0;
            while (killsOfRuns.Sum() < kills || killsOfRuns.Count(count => count >= 3) < ShareKilledThrice * killsOfRuns.Count)
            {
                Violation.Unless(tried < MostRunsPerKill * kills, "the runs end before they are killed; that tries nothing");
                Order order = OrderOf(folder.Path, tried++);
                int killed = KillUntilDone(program, order, longest, chance);
                RightResults.Check(order.Store, order.Experiments());
                if (killed < 3)
                {
                    // The machine has become faster than it was when the unbroken run was timed.
                    longest *= 0.7;
                }

                if (killed > 0)
                {
                    killsOfRuns.Add(killed);
                }
            }
        }
        catch (Violation violation)
        {
            throw new Violation($"seed {seed}, run {killsOfRuns.Count}: {violation.Message}");
        }

        return killsOfRuns.Sum();
    }

    private static Order OrderOf(string folder, int run) => new(Path.Combine(folder, $"{run}"), (ulong)(run + 1), Runs: 1, Steps);

    private static int KillUntilDone(string program, Order order, double longest, Random chance)
    {
        for (int kills = 0; ; kills++)
        {
            using var child = new ChildProcess(program);
            child.Send(order);
            Violation.Unless(child.Answer() is ChildProcess.Begun, "a process ended before it was killed");
            Task<string?> answer = Task.Run(child.Answer);

            // A machine that has become slow gets longer, or no process would ever get to its first checkpoint.
            double moment = chance.NextDouble() * longest * (1 + (kills / 5));
            if (!answer.Wait(TimeSpan.FromMilliseconds(moment)))
            {
                child.Kill();
                if (answer.Result is null)
                {
                    continue;
                }

                kills++;
            }

            Violation.Unless(answer.Result is ChildProcess.Done, "a process ended before it was killed");
            return kills;
        }
    }

    // What a process needs for a run, its start-up behind it.
    private static double UnbrokenMilliseconds(string program, Order order)
    {
        using var child = new ChildProcess(program);
        child.Send(order);
        child.Answer();
        long start = Stopwatch.GetTimestamp();
        child.Answer();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
