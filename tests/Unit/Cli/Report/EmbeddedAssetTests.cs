using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grokking.Cli.Report;
using Grokking.Tests.Unit.Architecture;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed class EmbeddedAssetTests
{
    private static readonly string s_folder = Path.Combine(SourceTree.Root, "src", "Grokking.Cli", "Assets", "uPlot");

    [Fact]
    public void Every_vendored_file_has_the_hash_it_came_with_on_disk_and_embedded()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "assets.json")));
        JsonProperty[] files = [.. assets.RootElement.GetProperty("sha256").EnumerateObject()];

        Assert.Equal(
            Directory.EnumerateFiles(s_folder).Select(Path.GetFileName).Where(name => name is not "assets.json").Order(StringComparer.Ordinal),
            files.Select(file => file.Name).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.All(files, file =>
        {
            Assert.Equal(file.Value.GetString(), Hash(File.ReadAllBytes(Path.Combine(s_folder, file.Name))));
            Assert.Equal(file.Value.GetString(), Hash(Encoding.UTF8.GetBytes(EmbeddedAsset.Load(file.Name).Text)));
        });
        Assert.StartsWith("sha512-", assets.RootElement.GetProperty("integrity").GetString(), StringComparison.Ordinal);
        Assert.Equal(EmbeddedAsset.UPlotVersion, assets.RootElement.GetProperty("version").GetString());
    }

    // The footer names the version, and a page that holds the library holds its licence.
    [Fact]
    public void The_report_carries_the_licence_of_the_version_it_embeds()
    {
        string page = ReportPage.Write(SynthesizedRuns.Report());

        Assert.Contains($"(v{EmbeddedAsset.UPlotVersion})", EmbeddedAsset.UPlotScript.Text, StringComparison.Ordinal);
        Assert.Contains($"Licence of uPlot {EmbeddedAsset.UPlotVersion}", page, StringComparison.Ordinal);
        Assert.Contains("Copyright (c) 2022 Leon Sorokin", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_embedded_script_or_style_can_end_its_element()
    {
        Assert.All(
            [EmbeddedAsset.UPlotScript, EmbeddedAsset.UPlotStyles, EmbeddedAsset.ReportScript, EmbeddedAsset.ReportStyles],
            asset =>
            {
                Assert.DoesNotContain("</", asset.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("<!--", asset.Text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void A_file_that_is_not_embedded_is_named() =>
        Assert.Contains("nothing.js", Assert.Throws<FileNotFoundException>(() => EmbeddedAsset.Load("nothing.js")).Message, StringComparison.Ordinal);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
