using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Training;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class ClaimStoreTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly StringWriter _console = new();

    public void Dispose()
    {
        _folder.Dispose();
        _console.Dispose();
    }

    [Fact]
    public void A_named_folder_keeps_the_runs()
    {
        ITrainingEngine engine = Around(("GROKKING_STORE", _folder.File("store")));

        Assert.IsType<StoringEngine>(engine);
        Assert.True(Directory.Exists(_folder.File("store")));
        Assert.Equal("cpu-3", engine.Id);
        Assert.EndsWith("store." + Environment.NewLine, _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_continuous_integration_the_runs_are_trained_anew()
    {
        Around(("GROKKING_STORE", _folder.File("store")), ("CI", "true"));

        Assert.EndsWith("store and trained anew." + Environment.NewLine, _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_folder_that_cannot_be_used_is_an_error()
    {
        File.WriteAllText(_folder.File("file"), "");

        Assert.Throws<StoreException>(() => Around(("GROKKING_STORE", _folder.File("file"))));
    }

    [Fact]
    public void Without_a_place_of_the_users_the_engine_works_alone()
    {
        Assert.IsType<CpuEngine>(Around());

        File.WriteAllText(_folder.File("file"), "");
        Assert.IsType<CpuEngine>(Around(("XDG_CACHE_HOME", _folder.File("file")), ("LOCALAPPDATA", _folder.File("file"))));
        Assert.StartsWith("Runs are not kept: ", _console.ToString(), StringComparison.Ordinal);
    }

    private ITrainingEngine Around(params (string Name, string Value)[] variables) =>
        ClaimStore.Open(
            _console,
            name => Array.Find(variables, variable => string.Equals(variable.Name, name, StringComparison.Ordinal)).Value)(new CpuEngine());
}
