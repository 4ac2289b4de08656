using System.Globalization;
using Grokking.Cli.Export;
using Grokking.Configuration;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Tests.Unit.Cli.Export;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli;

/// <summary>The user's culture reaches no number: there is none in the process, and one that somebody sets is not asked.</summary>
[Trait("Category", "Unit")]
public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void A_process_has_the_invariant_culture_only(string name)
    {
        Assert.True(AppContext.TryGetSwitch("System.Globalization.Invariant", out bool isInvariant) && isInvariant);
        Assert.Throws<CultureNotFoundException>(() => CultureInfo.GetCultureInfo(name));
        Assert.Equal("I", "i".ToUpper(CultureInfo.CurrentCulture), StringComparer.Ordinal);
    }

    [Fact]
    public void The_tool_has_none_either() =>
        Assert.Contains(
            "\"System.Globalization.Invariant\": true",
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "grok.runtimeconfig.json")),
            StringComparison.Ordinal);

    [Fact]
    public void A_culture_with_commas_and_its_own_minus_reaches_no_file_and_no_bit()
    {
        string[] plain = Everything();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign();
            Assert.Equal("−1.234,5", (-1234.5).ToString("N1", CultureInfo.CurrentCulture));

            Assert.Equal(plain, Everything(), StringComparer.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // What is trained, and every text that it is written as and read from.
    private static string[] Everything()
    {
        Experiment experiment = ExperimentOverrides.Parse(["lr=0.0125", "frac=0.55", "weightNoise=1e-3", "seed=12345678901"]).Expand(TinyExperiments.Add)[0].Experiment;
        experiment = ExperimentJson.Read(CanonicalJson.Write(experiment));
        LearningCurve curve = TinyExperiments.Train(experiment).Curve;
        ExportedRun run = TypedRuns.OfSpecification($"{{\"experiment\":{CanonicalJson.Write(experiment)}}}", curve);
        string refusal = Assert.Throws<ExperimentFormatException>(() => ExperimentOverrides.Parse(["frac=-1234.5"]).Expand(experiment)).Message;
        return
        [
            CanonicalJson.Write(experiment),
            Convert.ToHexString(CurveCsv.Write(curve.Points)),
            TypedRuns.Written(CurveTable.Write, run),
            TypedRuns.Written(CurveLines.Write, run),
            RunKey.Of(experiment, "cpu").Hash,
            refusal,
        ];
    }

    private static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NaNSymbol = "nan";
        culture.NumberFormat.PositiveInfinitySymbol = "∞";
        return culture;
    }
}
