using Grokking.Tests.Soak.Files;
using Grokking.Tests.Soak.Processes;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Several processes train the same runs through one store, each in its own order. The store is then as if one had done it alone.</summary>
internal static class SharedStoreTrials
{
    private const int Steps = 60;
    private const int LongestDelayMilliseconds = 40;

    /// <summary>Tries it with processes that live on.</summary>
    /// <param name="program">The soak program's assembly.</param>
    /// <param name="processes">At once.</param>
    /// <param name="runs">Distinct runs.</param>
    /// <param name="count">Number of stores.</param>
    /// <param name="seed">Of the orders and the delays.</param>
    public static void Share(string program, int processes, int runs, int count, int seed)
    {
        List<ChildProcess> children = [.. Enumerable.Range(0, processes).Select(_ => new ChildProcess(program))];
        try
        {
            InStores(count, seed, (folder, chance) =>
            {
                children.ForEach(child => child.Send(Next(folder, runs, chance)));
                Violation.Unless(children.TrueForAll(IsDone), "a process ended with an exception");
                RightResults.Check(folder, Next(folder, runs, chance).Experiments());
            });
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    /// <summary>Tries it with processes of which some are killed on the way; the others do their work too.</summary>
    /// <param name="program">The soak program's assembly.</param>
    /// <param name="processes">At once.</param>
    /// <param name="killed">How many of them are killed.</param>
    /// <param name="runs">Distinct runs.</param>
    /// <param name="count">Number of stores.</param>
    /// <param name="seed">Of the orders, the delays and the moments.</param>
    public static void ShareAndKill(string program, int processes, int killed, int runs, int count, int seed) => InStores(count, seed, (folder, chance) =>
    {
        List<ChildProcess> children = [.. Enumerable.Range(0, processes).Select(_ => new ChildProcess(program))];
        try
        {
            children.ForEach(child => child.Send(Next(folder, runs, chance)));
            Violation.Unless(children.TrueForAll(child => child.Answer() is ChildProcess.Begun), "a process ended before it began");
            foreach (ChildProcess child in children.Take(killed))
            {
                Thread.Sleep(chance.Next(LongestDelayMilliseconds));
                child.Kill();
            }

            Violation.Unless(children.Skip(killed).All(child => child.Answer() is ChildProcess.Done), "a process ended with an exception");
            RightResults.Check(folder, Next(folder, runs, chance).Experiments());
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    });

    private static bool IsDone(ChildProcess child) => child.Answer() is ChildProcess.Begun && child.Answer() is ChildProcess.Done;

    private static Order Next(string folder, int runs, Random chance) =>
        new(folder, FirstSeed: 0, runs, Steps, chance.Next(), chance.Next(LongestDelayMilliseconds));

    private static void InStores(int count, int seed, Action<string, Random> act)
    {
        var chance = new Random(seed);
        for (int trial = 0; trial < count; trial++)
        {
            using var folder = new ScratchFolder("grokking-shared");
            try
            {
                act(folder.Path, chance);
            }
            catch (Violation violation)
            {
                throw new Violation($"seed {seed}, trial {trial}: {violation.Message}");
            }
        }
    }
}
