using System.Text.Json;
using Grokking.Cli.Export;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Cli.Export;

[Trait("Category", "Unit")]
public sealed class CurveLinesTests
{
    [Fact]
    public void A_curve_is_an_object_for_each_evaluation() =>
        Assert.Equal(
            """
            {"run":"0123456789abcdef","engine":"cpu-1","task":"x\u002By mod 97","train_fraction":0.5,"seed":7,"step":0,"train_loss":4.5,"train_accuracy":0.01,"val_loss":4.625,"val_accuracy":0,"mirror_free_val_accuracy":0.25,"weight_norm":30}
            {"run":"0123456789abcdef","engine":"cpu-1","task":"x\u002By mod 97","train_fraction":0.5,"seed":7,"step":1000,"train_loss":1E-07,"train_accuracy":1,"val_loss":"NaN","val_accuracy":0.5,"mirror_free_val_accuracy":null,"weight_norm":"Infinity"}

            """,
            TypedRuns.Written(CurveLines.Write, TypedRuns.Of(TypedRuns.Experiment)));

    [Fact]
    public void What_sets_the_runs_apart_keeps_its_type()
    {
        string[] lines = TypedRuns.Written(
            CurveLines.Write,
            TypedRuns.Of(TypedRuns.Experiment),
            TypedRuns.Of(TypedRuns.Experiment with { ClipNorm = 1, Convention = SequenceConvention.OpenAICode })).Split('\n');

        using var first = JsonDocument.Parse(lines[0]);
        using var other = JsonDocument.Parse(lines[2]);
        Assert.Equal(JsonValueKind.Null, first.RootElement.GetProperty("clipNorm").ValueKind);
        Assert.Equal(1, other.RootElement.GetProperty("clipNorm").GetDouble());
        Assert.Equal("OpenAICode", other.RootElement.GetProperty("convention").GetString());
    }

    [Fact]
    public void Lines_are_ASCII_without_anything_that_a_page_would_run()
    {
        string line = TypedRuns.Written(CurveLines.Write, TypedRuns.Named("</script>\u202E😀\n\0'")).Split('\n')[0];

        Assert.All(line, sign => Assert.InRange(sign, ' ', '~'));
        Assert.DoesNotContain('<', line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal("</script>\u202E😀\n\0'", json.RootElement.GetProperty("task").GetString());
    }
}
