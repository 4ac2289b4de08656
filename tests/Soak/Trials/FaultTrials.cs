using Grokking.Store;
using Grokking.Tests.Soak.Files;

namespace Grokking.Tests.Soak.Trials;

/// <summary>
/// Something goes wrong at an operation of the store, whichever it is. Afterwards the run's old state is there or its new one, what the store
/// said it has is there, nothing looks damaged, and the run goes on to the same files.
/// </summary>
internal static class FaultTrials
{
    private static readonly string[] s_filesOfARun = ["curve.csv", "manifest.json", "spec.json", "weights.safetensors"];

    /// <summary>Every operation × every fault, with a first attempt and with one that resumes.</summary>
    /// <returns>The number of trials.</returns>
    public static int Exhaust()
    {
        int trials = 0;
        foreach (MemoryFiles start in new[] { new MemoryFiles(), Interrupted() })
        {
            int operations = CountOperations(start);
            for (int failing = 0; failing < operations; failing++)
            {
                foreach (Fault fault in Enum.GetValues<Fault>())
                {
                    Try(start.Clone(), fault, failing);
                    trials++;
                }
            }
        }

        return trials;
    }

    /// <summary>The power fails at a random operation, and takes a random part of what was not safe yet.</summary>
    /// <param name="count">Number of trials.</param>
    /// <param name="seed">Of the choices.</param>
    public static void LosePower(int count, int seed)
    {
        var chance = new Random(seed);
        MemoryFiles[] starts = [new MemoryFiles(), Interrupted()];
        int[] operations = [.. starts.Select(CountOperations)];
        for (int trial = 0; trial < count; trial++)
        {
            int which = trial % starts.Length;
            MemoryFiles files = starts[which].Clone();
            (List<int> saved, bool completed) = Attempt(files, Fault.Kill, chance.Next(operations[which]));
            Check(files.LosePower(chance), saved, completed, $"seed {seed}, trial {trial}");
        }
    }

    // A store in which somebody was killed after two checkpoints.
    private static MemoryFiles Interrupted()
    {
        var files = new MemoryFiles();
        List<int> saved = [];
        for (int failing = 0; saved.Count < 2; failing++)
        {
            files = new MemoryFiles();
            (saved, _) = Attempt(files, Fault.Kill, failing);
        }

        return files;
    }

    private static int CountOperations(MemoryFiles start)
    {
        var files = new FaultyFiles(start.Clone(), Fault.InputOutput);
        new ScriptedRun().Train(new RunStore(files), []);
        return files.Count;
    }

    private static void Try(MemoryFiles files, Fault fault, int failing)
    {
        (List<int> saved, bool completed) = Attempt(files, fault, failing);
        Check(files, saved, completed, $"{fault} at operation {failing}");
    }

    private static (List<int> Saved, bool Completed) Attempt(MemoryFiles files, Fault fault, int failing)
    {
        var faulty = new FaultyFiles(files, fault, failing);
        List<int> saved = [];
        try
        {
            new ScriptedRun().Train(new RunStore(faulty), saved);
            return (saved, true);
        }
        catch (Exception exception) when (exception is StoreException or KilledException)
        {
            return (saved, false);
        }
        finally
        {
            faulty.FreeLocks();
        }
    }

    private static void Check(MemoryFiles files, List<int> saved, bool completed, string what)
    {
        try
        {
            var run = new ScriptedRun();
            var store = new RunStore(files);
            Violation.Unless(run.IsComplete(store) || !completed, "a result that was kept is gone");
            Violation.Unless(store.List().Problems.Count == 0, "a listing has problems");
            Violation.Unless(store.Verify().Problems.Count == 0, "a verification has problems");
            if (!run.IsComplete(store))
            {
                using (RunWriter writer = run.Begin(store))
                {
                    int step = ScriptedRun.Latest(writer)?.Step ?? 0;
                    Violation.Unless(step >= saved.DefaultIfEmpty(0).Max(), $"the checkpoint at step {saved.LastOrDefault()} was kept and step {step} is the newest");
                }

                run.Train(store, saved);
            }

            Violation.Unless(run.IsComplete(store), "the run cannot be completed");
            store.Collect();
            string folder = "v1/runs/" + run.Key.Hash[..2] + "/" + run.Key.Hash;
            string[] expected = [.. s_filesOfARun.Select(name => folder + "/" + name)];
            Violation.Unless(files.Paths.SequenceEqual(expected, StringComparer.Ordinal), "there is more or less than a complete run: " + string.Join(", ", files.Paths));
        }
        catch (Exception exception) when (exception is Violation or StoreException)
        {
            throw new Violation($"{what}: {exception.Message}");
        }
    }
}
