using Grokking.Laboratory;

namespace Grokking.Tests.Unit.Laboratory;

[Trait("Category", "Unit")]
public sealed class EngineVariableTests
{
    [Theory]
    [InlineData(null, EngineChoice.Automatic)]
    [InlineData("", EngineChoice.Automatic)]
    [InlineData("cpu", EngineChoice.Cpu)]
    [InlineData("torch", EngineChoice.Torch)]
    [InlineData("Torch", EngineChoice.Torch)]
    public void A_value_chooses_its_engine(string? value, EngineChoice choice) => Assert.Equal(choice, EngineVariable.Parse(value));

    [Theory]
    [InlineData("cuda")]
    [InlineData("1")]
    [InlineData(" ")]
    public void An_unknown_value_is_refused_with_the_variable_the_value_and_the_choices(string value)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => EngineVariable.Parse(value));

        Assert.Contains($"GROKKING_ENGINE is \"{value}\"; allowed: cpu, torch.", thrown.Message, StringComparison.Ordinal);
    }
}
