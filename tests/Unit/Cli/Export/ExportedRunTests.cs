using System.Text.Json;
using Grokking.Cli.Export;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Export;

[Trait("Category", "Unit")]
public sealed class ExportedRunTests
{
    [Fact]
    public void The_operation_has_its_own_name()
    {
        Assert.All(Operations.All, operation => Assert.Equal(
            operation.Name, TypedRuns.Of(new Experiment { Task = operation }).Task));
        Assert.Equal("Mine.Own", TypedRuns.OfText("""{"task": {"kind": "Mine.Own"}}""").Task);
        Assert.Equal("", TypedRuns.OfText("{}").Task);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_specification_without_an_experiment_is_refused(string text) =>
        Assert.Throws<StoreException>(() => TypedRuns.OfSpecification(text));

    [Theory]
    [InlineData("""{"seed": "\ud800"}""")]
    [InlineData("""{"\ud800": 1}""")]
    public void An_experiment_with_half_of_a_surrogate_pair_is_refused(string text) => Assert.Throws<JsonException>(() => TypedRuns.OfText(text));

    [Theory]
    [InlineData("x+y", "x+y_seed0_0123456789ab")]
    [InlineData("x/y", "x-div-y_seed0_0123456789ab")]
    [InlineData("x*y", "x-times-y_seed0_0123456789ab")]
    [InlineData("../../x", "div-div-x_seed0_0123456789ab")]
    [InlineData("C:\\x", "C-x_seed0_0123456789ab")]
    [InlineData("\u202E\0\n", "run_seed0_0123456789ab")]
    [InlineData("😀", "run_seed0_0123456789ab")]
    [InlineData("", "run_seed0_0123456789ab")]
    public void A_run_has_a_name_for_its_file(string operation, string name) => Assert.Equal(name, RunFileName.Of(TypedRuns.Named(operation)));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(new string('a', 60) + "_seed0_0123456789ab", RunFileName.Of(TypedRuns.Named(new string('a', 4096))));

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void No_name_leaves_the_folder_or_means_anything_to_a_shell(string name)
    {
        string file = RunFileName.Of(TypedRuns.Named(name));

        Assert.Matches("^[A-Za-z0-9+][A-Za-z0-9+-]*_seed0_0123456789ab$", file);
        Assert.InRange(file.Length, 1, 100);
    }

    [Theory]
    [MemberData(nameof(HostileNames.All), MemberType = typeof(HostileNames))]
    public void No_name_is_a_formula_or_another_line_of_a_table(string name)
    {
        string[] lines = TypedRuns.Written(CurveTable.Write, TypedRuns.Named(name)).Split('\n');

        Assert.Equal(13, lines.Length);
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
        string operation = lines[1].Split(',', 3)[2].TrimStart('"').TrimStart();
        Assert.False(operation is ['=' or '+' or '-' or '@', ..], operation);
    }
}
