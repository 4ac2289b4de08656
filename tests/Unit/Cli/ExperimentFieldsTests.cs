using System.Text.Json;
using Grokking.Cli;

namespace Grokking.Tests.Unit.Cli;

[Trait("Category", "Unit")]
public sealed class ExperimentFieldsTests
{
    [Fact]
    public void Each_value_is_there_by_its_path_and_as_text() => Assert.Equal(
        ["seed=7", "task.formula.name=x+y", "task.sizes=[1,2]", "clipNorm=null", "constantNorm=true", "wd=1e-3"],
        ExperimentFields
            .Of("""{"seed":7,"task":{"formula":{"name":"x+y"},"sizes":[1,2],"none":{}},"clipNorm":null,"constantNorm":true,"wd":1e-3}""")
            .Select(field => $"{field.Key}={ExperimentFields.Text(field.Value)}"),
        StringComparer.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"seed": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    public void A_text_that_is_no_JSON_or_no_Unicode_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ExperimentFields.Of(json));
}
