namespace Grokking.Tests.Unit.Architecture;

[Trait("Category", "Unit")]
public sealed class LayersTests
{
    public static TheoryData<string> Folders { get; } = ["", .. Layers.LowestFirst];

    [Fact]
    public void Every_folder_of_the_engine_is_a_layer() =>
        Assert.Empty(SourceTree.Files.Select(file => file.Folder).Where(folder => folder.Length > 0).Except(Layers.LowestFirst, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_lower_folders_only(string folder) =>
        Assert.Empty(
            from file in SourceTree.Files
            where string.Equals(file.Folder, folder, StringComparison.Ordinal)
            from used in Layers.UpwardUses(folder, file.Text)
            select $"{file.Name} uses {used}");

    [Fact]
    public void No_folder_is_empty() =>
        Assert.Empty(Layers.LowestFirst.Except(SourceTree.Files.Select(file => file.Folder), StringComparer.Ordinal));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.Empty(
            from file in SourceTree.Files
            let expected = $"namespace {string.Join('.', new[] { "Grokking", file.Folder, file.Room }.Where(part => part.Length > 0))};"
            where !file.Text.Contains(expected, StringComparison.Ordinal)
            select file.Name);

    [Theory]
    [InlineData("using Grokking.Training;")]
    [InlineData("using static Grokking.Training.EvaluationGrid;")]
    [InlineData("global using Grokking.Training;")]
    [InlineData("using E = Grokking.Training.Experiment;")]
    [InlineData("    Grokking.Training.Experiment x;")]
    [InlineData("    var x = global::Grokking.Training.StoppingRule.WhenGeneralized;")]
    [InlineData("    var x = Training.StoppingRule.WhenGeneralized;")]
    [InlineData("/// <see cref=\"Grokking.Training.Experiment\"/>")]
    public void A_planted_upward_use_is_found(string line)
    {
        string source = $"using Grokking.Numerics;\n{line}\nnamespace Grokking.Models;\n";

        Assert.Equal(["Training"], Layers.UpwardUses("Models", source));
        Assert.Empty(Layers.UpwardUses("Laboratory", source));
    }

    [Theory]
    [InlineData("namespace Grokking.Models;")]
    [InlineData("using Grokking.Tasks;")]
    [InlineData("using System.Threading.Tasks;")]
    [InlineData("// Training. The evaluation comes later.")]
    public void A_lower_or_foreign_name_is_let_pass(string line) => Assert.Empty(Layers.UpwardUses("Models", line));

    [Fact]
    public void The_root_is_below_all_folders() => Assert.Equal(["Numerics"], Layers.UpwardUses("", "using Grokking.Numerics;"));

    [Fact]
    public void A_folder_that_is_no_layer_is_refused() => Assert.Throws<ArgumentException>(() => Layers.UpwardUses("Helpers", ""));
}
