using Grokking.Store;
using Grokking.Tests.Soak.Files;

namespace Grokking.Tests.Soak.Trials;

/// <summary>A file of the store is damaged. The damage is found and put aside with its reason, never used, and the run is made again.</summary>
internal static class CorruptionTrials
{
    private static readonly IReadOnlyList<(string Name, Func<byte[], Random, byte[]> Apply)> s_damages =
    [
        ("a bit flipped", (bytes, chance) =>
        {
            bytes[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
            return bytes;
        }),
        ("cut short", (bytes, chance) => bytes[..chance.Next(bytes.Length)]),
        ("emptied", (_, _) => []),
        ("a page of zeros", (bytes, chance) =>
        {
            int start = chance.Next(bytes.Length);
            bytes.AsSpan(start, Math.Min(4096, bytes.Length - start)).Clear();
            return bytes;
        }),
        ("a line twice", (bytes, chance) =>
        {
            int start = bytes.AsSpan(0, chance.Next(bytes.Length)).LastIndexOf((byte)'\n') + 1;
            int end = bytes.AsSpan(start).IndexOf((byte)'\n') is int at and >= 0 ? start + at + 1 : bytes.Length;
            return [.. bytes[..end], .. bytes[start..end], .. bytes[end..]];
        }),
        ("something appended", (bytes, _) => [.. bytes, (byte)'\n']),
        ("noise", (bytes, chance) =>
        {
            chance.NextBytes(bytes);
            return bytes;
        }),
    ];

    /// <summary>Tries random damages of random files.</summary>
    /// <param name="count">Number of trials.</param>
    /// <param name="seed">Of the choices.</param>
    /// <returns>How many were found; all, or there is a violation.</returns>
    public static int Try(int count, int seed)
    {
        var chance = new Random(seed);
        ScriptedRun[] runs = [new(1), new(2), new(3)];
        MemoryFiles whole = Store(runs);
        for (int trial = 0; trial < count; trial++)
        {
            MemoryFiles files = whole.Clone();
            string[] paths = [.. files.Paths.Where(path => !path.EndsWith("progress.jsonl", StringComparison.Ordinal))];
            string path = paths[chance.Next(paths.Length)];
            string damage = trial % 5 == 0 ? Swap(files, paths, path, chance) : Damage(files, path, chance);
            try
            {
                Check(files, runs, path);
            }
            catch (Exception exception) when (exception is Violation or StoreException)
            {
                throw new Violation($"seed {seed}, trial {trial}, {path} {damage}: {exception.Message}");
            }
        }

        return count;
    }

    // Two complete runs and one that was killed after its second checkpoint.
    private static MemoryFiles Store(ScriptedRun[] runs)
    {
        var files = new MemoryFiles();
        runs[0].Train(new RunStore(files), []);
        runs[1].Train(new RunStore(files), []);
        List<int> saved = [];
        for (int failing = 0; saved.Count < 2; failing++)
        {
            saved.Clear();
            MemoryFiles before = files.Clone();
            var faulty = new FaultyFiles(before, Fault.Kill, failing);
            try
            {
                runs[2].Train(new RunStore(faulty), saved);
            }
            catch (KilledException)
            {
                faulty.FreeLocks();
            }

            if (saved.Count == 2)
            {
                return before;
            }
        }

        throw new InvalidOperationException("The third run was never interrupted.");
    }

    private static string Damage(MemoryFiles files, string path, Random chance)
    {
        byte[] before = files[path];
        while (true)
        {
            (string name, Func<byte[], Random, byte[]> apply) = s_damages[chance.Next(s_damages.Count)];
            byte[] after = apply([.. before], chance);
            if (!after.AsSpan().SequenceEqual(before))
            {
                files[path] = after;
                return name;
            }
        }
    }

    // A file in the place of another one, whole in itself.
    private static string Swap(MemoryFiles files, string[] paths, string path, Random chance)
    {
        byte[] before = files[path];
        while (true)
        {
            string other = paths[chance.Next(paths.Length)];
            if (!files[other].AsSpan().SequenceEqual(before))
            {
                files[path] = files[other];
                return "replaced by " + other;
            }
        }
    }

    private static void Check(MemoryFiles files, ScriptedRun[] runs, string path)
    {
        List<Quarantined> quarantined = [];
        var store = new RunStore(files, new Told(quarantined));
        Violation.Unless(store.List().Problems.Count <= 1, "one damage is told of twice");
        foreach (ScriptedRun run in runs)
        {
            bool damaged = path.Contains(run.Key.Hash, StringComparison.Ordinal);
            bool complete = run.IsComplete(store);
            Violation.Unless(!complete || !damaged, "a damaged run is used");
            if (!complete)
            {
                run.Train(store, []);
            }

            Violation.Unless(run.IsComplete(store), "the run cannot be made again");
        }

        // A run that was not finished loses a checkpoint that is older than the newest one without noticing: it is never read.
        bool unread = path.EndsWith("ckpt-00000010.safetensors", StringComparison.Ordinal);
        Violation.Unless(unread || quarantined is [{ Place: not null, Reason.Length: > 0 }], $"{quarantined.Count} things were put aside");
        Violation.Unless(store.Verify().Problems.Count == 0, "damage is left");
    }

    private sealed class Told(List<Quarantined> told) : IProgress<Quarantined>
    {
        public void Report(Quarantined value) => told.Add(value);
    }
}
