using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Claims;

/// <summary>The store that the claims' runs are kept in, as the environment has it.</summary>
internal static class ClaimStore
{
    /// <summary>Puts the store before an engine; gives back the engine where the user has no place for one.</summary>
    /// <exception cref="StoreException">The folder that somebody named cannot be used.</exception>
    public static Func<ITrainingEngine, ITrainingEngine> Open(TextWriter console) => Open(console, Environment.GetEnvironmentVariable);

    internal static Func<ITrainingEngine, ITrainingEngine> Open(TextWriter console, Func<string, string?> variable)
    {
        bool anew = StoreLocation.TrainsAnew(variable);
        if (StoreLocation.Find(variable) is not string folder)
        {
            return engine => engine;
        }

        try
        {
            // A test's working folder is its output folder: nobody means that.
            var store = new RunStore(Path.Combine(RepositoryPaths.Root, folder), new Notices(console));
            store.Prepare();
            console.WriteLine($"Runs are kept in {Printable.Line(store.Root)}{(anew ? " and trained anew" : "")}.");
            return engine => new StoringEngine(engine, store, anew);
        }
        catch (StoreException exception) when (!StoreLocation.IsNamed(variable))
        {
            console.WriteLine($"Runs are not kept: {Printable.Line(exception.Message)}");
            return engine => engine;
        }
    }

    private sealed class Notices(TextWriter console) : IProgress<Quarantined>
    {
        public void Report(Quarantined value) =>
            console.WriteLine(Printable.Line($"A damaged run is trained again: {value.Key}: {value.Reason} ({value.Place ?? "left where it is"})"));
    }
}
