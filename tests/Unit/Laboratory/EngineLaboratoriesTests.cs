using Grokking.Laboratory;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class EngineLaboratoriesTests : IDisposable
{
    private static readonly Experiment s_known = TinyExperiments.Add;
    private static readonly Experiment s_unknown = TinyExperiments.Add with { Seed = 1 };

    private readonly FakeEngine _cpu = new();
    private readonly FakeEnsembleEngine _torch = new() { Refuses = experiment => experiment == s_unknown ? "It has no seed 1." : null };
    private readonly List<string> _told = [];

    public void Dispose() => _torch.Dispose();

    [Fact]
    public async Task Experiments_that_the_engine_knows_train_on_it()
    {
        using EngineLaboratories laboratories = Start();

        TrainingLaboratory laboratory = laboratories.For("late", [s_known]);
        await laboratory.Train(s_known);

        Assert.Equal("ensemble-1", laboratory.EngineId);
        Assert.Equal([s_known], _torch.Trained);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Where_one_is_refused_all_train_on_the_CPU_engine_and_a_line_says_so()
    {
        using EngineLaboratories laboratories = Start();

        TrainingLaboratory laboratory = laboratories.For("late", [s_known, s_unknown]);
        await laboratory.Train([s_known, s_unknown]);

        Assert.Equal("fake-1", laboratory.EngineId);
        Assert.Equal(2, _cpu.Trained.Count);
        Assert.Empty(_torch.Trained);
        Assert.Equal(["late trains on fake-1: It has no seed 1."], _told);
        Assert.Equal("ensemble-1", laboratories.EngineId);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData(2, 2)]
    public async Task The_engine_says_how_many_runs_train_at_once_unless_somebody_else_does(int? workers, int expected)
    {
        using var all = new CountdownEvent(expected);
        var torch = new FakeEnsembleEngine { Makes = run => all.Signal() || all.Wait(TimeSpan.FromSeconds(20)) ? run : throw new TimeoutException() };
        using var laboratories = new EngineLaboratories(new ChosenEngine(torch, _cpu, EngineChoice.Torch, ""), engine => engine, workers, progress: null, _told.Add);

        await laboratories.For("many", []).Train(Enumerable.Range(0, expected).Select(seed => s_known with { Seed = (ulong)seed }));

        Assert.Equal(expected, torch.Trained.Count);
    }

    [Fact]
    public void The_engine_ends_with_its_laboratories()
    {
        Start().Dispose();

        Assert.True(_torch.IsDisposed);
    }

    private EngineLaboratories Start() =>
        new(new ChosenEngine(_torch, _cpu, EngineChoice.Automatic, "a test"), engine => engine, workers: null, progress: null, _told.Add);
}
