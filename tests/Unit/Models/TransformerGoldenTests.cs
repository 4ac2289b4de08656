using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

/// <summary>The transformer and the optimisers against PyTorch's autograd in float64 (tests/golden).</summary>
[Trait("Category", "Unit")]
public sealed class TransformerGoldenTests
{
    public static TheoryData<string> Cases => [.. TransformerGoldenCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_gradient_and_ten_updates_agree_with_PyTorch(string name) => GoldenRun.Check(TransformerGoldenCase.Load(name));

    [Fact]
    public void Parameter_counts_are_those_of_the_published_models()
    {
        Assert.All(TransformerGoldenCase.LoadParameterCounts(), model => Assert.Equal(
            model.Count, new Transformer(model.Model, model.Vocabulary, model.SequenceLength, [model.SequenceLength - 1], 1).Layout.Count));
    }
}
