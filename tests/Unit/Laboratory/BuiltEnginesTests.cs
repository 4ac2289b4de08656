using Grokking.Laboratory;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class BuiltEnginesTests : IDisposable
{
    private readonly FakeEngine _cpu = new();
    private readonly FakeEnsembleEngine _torch = new();

    public void Dispose() => _torch.Dispose();

    [Fact]
    public void By_itself_a_build_trains_on_TorchSharp_where_it_has_it_and_it_works()
    {
        ChosenEngine chosen = Built().Choose(EngineChoice.Automatic, "GROKKING_ENGINE");

        Assert.Same(_torch, chosen.Engine);
        Assert.Equal("Engine ensemble-1: this build has it and its device works.", chosen.InWords);
    }

    [Fact]
    public void By_itself_a_build_without_it_trains_on_the_CPU_engine() =>
        Assert.Equal("Engine fake-1: this build has no other.", new BuiltEngines(_cpu).Choose(EngineChoice.Automatic, "GROKKING_ENGINE").InWords);

    [Fact]
    public void By_itself_a_build_whose_library_is_broken_trains_on_the_CPU_engine_and_says_why()
    {
        ChosenEngine chosen = Broken().Choose(EngineChoice.Automatic, "GROKKING_ENGINE");

        Assert.Same(_cpu, chosen.Engine);
        Assert.Equal("Engine fake-1: the TorchSharp engine of this build cannot be used: The library is torn.", chosen.InWords);
    }

    [Theory]
    [InlineData(EngineChoice.Cpu, "Engine fake-1: --engine asks for it.")]
    [InlineData(EngineChoice.Torch, "Engine ensemble-1: --engine asks for it.")]
    public void By_name_an_engine_is_had(EngineChoice choice, string words) => Assert.Equal(words, Built().Choose(choice, "--engine").InWords);

    [Fact]
    public void By_name_a_broken_library_is_an_error_that_names_who_asked() =>
        Assert.Equal(
            "--engine is torch, and the TorchSharp engine cannot be used: The library is torn.",
            Assert.Throws<NotSupportedException>(() => Broken().Choose(EngineChoice.Torch, "--engine")).Message);

    [Fact]
    public void By_name_a_build_without_it_says_how_to_build_with_it() =>
        Assert.Equal(
            "GROKKING_ENGINE is torch, and this build has no TorchSharp engine: build with -p:UseTorchSharp=true.",
            Assert.Throws<NotSupportedException>(() => new BuiltEngines(_cpu).Choose(EngineChoice.Torch, "GROKKING_ENGINE")).Message);

    [Fact]
    public void The_CPU_engine_by_name_does_not_touch_the_library() => Assert.Same(_cpu, Broken().Choose(EngineChoice.Cpu, "--engine").Engine);

    [Fact]
    public void What_speaks_against_an_engine_counts_where_nobody_asked_for_it()
    {
        ChosenEngine chosen = Built().Choose(EngineChoice.Automatic, "GROKKING_ENGINE").Unless("it is Sunday");

        Assert.Same(_cpu, chosen.Engine);
        Assert.Equal("Engine fake-1: it is Sunday.", chosen.InWords);
        Assert.True(_torch.IsDisposed);
    }

    [Fact]
    public void An_engine_stays_where_nothing_speaks_against_it_or_somebody_asked_for_it()
    {
        Assert.Same(_torch, Built().Choose(EngineChoice.Automatic, "GROKKING_ENGINE").Unless(null).Engine);
        Assert.Same(_torch, Built().Choose(EngineChoice.Torch, "GROKKING_ENGINE").Unless("it is Sunday").Engine);
        Assert.Equal("Engine fake-1: this build has no other.", new BuiltEngines(_cpu).Choose(EngineChoice.Automatic, "GROKKING_ENGINE").Unless("it is Sunday").InWords);
        Assert.False(_torch.IsDisposed);
    }

    private BuiltEngines Built() => new(_cpu, () => _torch);

    private BuiltEngines Broken() => new(_cpu, () => throw new NotSupportedException("The library is torn."));
}
