using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

[Trait("Category", "Unit")]
public sealed partial class ReportPageTests
{
    private static readonly Lazy<string> s_page = new(() => ReportPage.Write(SynthesizedRuns.Report()));
    private static readonly Lazy<IReadOnlyList<string>> s_harmless =
        new(() => Skeleton(ReportPage.Write(HostileClaim.Report(HostileField.Name, "harmless"))));

    public static TheoryData<HostileField> Fields { get; } = [.. Enum.GetValues<HostileField>()];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Hostile_text_in_one_field_changes_no_element_and_no_attribute_name(HostileField field) =>
        AssertIsText(field, string.Join(' ', HostileClaim.Payloads));

    [Fact]
    public void Each_hostile_text_in_every_field_changes_no_element_and_no_attribute_name() =>
        Assert.All(HostileClaim.Payloads, payload => AssertIsText(HostileField.Everywhere, payload));

    [Fact]
    public void Text_put_in_as_it_is_would_be_seen()
    {
        string page = ReportPage.Write(HostileClaim.Report(HostileField.Statement, "harmless"));

        Assert.All(
            HostileClaim.Payloads.Where(payload => payload.StartsWith('<')),
            payload => Assert.NotEqual(Skeleton(page), Skeleton(page.Replace("harmless", payload, StringComparison.Ordinal)), StringComparer.Ordinal));
    }

    [Fact]
    public void Hostile_text_is_still_shown()
    {
        const string payload = "</script><script>document.title='pwned'</script>";
        string page = ReportPage.Write(HostileClaim.Report(HostileField.Group, payload));

        Assert.Contains(payload, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.All(Data(page), json => Assert.Equal(payload, JsonDocument.Parse(json).RootElement.GetProperty("name").GetString()));
    }

    [Fact]
    public void The_policy_allows_the_pages_own_scripts_and_styles_by_hash_and_nothing_else()
    {
        string policy = WebUtility.HtmlDecode(Policy().Match(s_page.Value).Groups["policy"].Value);

        Assert.Equal(
            "default-src 'none'; "
                + $"style-src {string.Join(' ', Hashes(Style()))}; "
                + $"script-src {string.Join(' ', Hashes(Script()))}; base-uri 'none'; form-action 'none'",
            policy);
        Assert.Equal(2, Script().Count(s_page.Value));
        Assert.DoesNotMatch(@"<[^>]*\s(style|on\w+)=", s_page.Value.Replace(EmbeddedAsset.UPlotScript.Text, "", StringComparison.Ordinal));

        static IEnumerable<string> Hashes(Regex element) => element.Matches(s_page.Value)
            .Select(match => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups["text"].Value)))}'");
    }

    [Fact]
    public void Nothing_is_fetched()
    {
        string own = Script().Replace(s_page.Value, "");

        Assert.DoesNotMatch(@"\s(src|srcset|data|action|poster)=", own);
        Assert.DoesNotMatch(@"url\(|@import", own);
        Assert.DoesNotMatch("href=\"(?!#)", own);
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~" },
            };

            Assert.Equal(s_page.Value, ReportPage.Write(SynthesizedRuns.Report()));
            Assert.Equal(MarkdownReport.Write(SynthesizedRuns.Report()), MarkdownReport.Write(SynthesizedRuns.Report()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_claim_has_its_sentence_source_effect_findings_published_numbers_limits_and_a_figure_a_group()
    {
        string text = WebUtility.HtmlDecode(s_page.Value).Replace('\u00A0', ' ');

        Assert.All(SynthesizedRuns.Report().Claims, reported =>
        {
            ClaimRun run = reported.Run!;
            Assert.All(
                [
                    run.Claim.Name, run.Claim.Statement, run.Claim.Source, run.Verdict.Effect, reported.FalseAlarms!.InWords,
                    .. run.Verdict.Evidence.Select(finding => finding.Measured),
                    .. run.Claim.Published.SelectMany(figure => new[] { figure.What, figure.Value, figure.Source }),
                    .. run.Claim.Deviations,
                    .. reported.Artefacts.Select(artefact => artefact.Folder),
                ],
                shown => Assert.Contains(shown, text, StringComparison.Ordinal));
        });
        int groups = SynthesizedRuns.Report().Claims.Sum(claim => claim.Run!.Groups.Count);
        int maps = SynthesizedRuns.Report().Claims.Sum(claim => claim.Maps.Count);
        int drawn = SynthesizedRuns.Report().Claims.Sum(
            claim => claim.Claim.PaperFigures(claim.Tier, [.. claim.Run!.Groups.Select(group => group.Trained)]).Count);
        Assert.InRange(maps, 4, groups);
        Assert.InRange(drawn, 5, groups);
        Assert.Equal(groups + maps + drawn, Regex.Count(s_page.Value, "<svg ", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Equal(groups, Data(s_page.Value).Count);
        Assert.Contains("negative control", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(cached)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_point_of_every_seed_is_in_the_data_and_in_the_drawing()
    {
        ClaimRunGroup group = SynthesizedRuns.Report().Claims[0].Run!.Groups[0];
        using JsonDocument data = JsonDocument.Parse(Data(s_page.Value)[0]);

        JsonElement runs = data.RootElement.GetProperty("runs");
        Assert.Equal(group.Curves.Count, runs.GetArrayLength());
        Assert.All(group.Curves.Zip(runs.EnumerateArray()), pair =>
        {
            Assert.Equal(pair.First.Points.Select(point => point.Step), pair.Second.GetProperty("step").EnumerateArray().Select(step => step.GetInt32()));
            Assert.Equal(
                pair.First.Points.Select(point => Math.Round(point.ValAccuracy, 4)),
                pair.Second.GetProperty("val").EnumerateArray().Select(value => value.GetDouble()));
            Assert.Equal(pair.First.Points.Count, pair.Second.GetProperty("loss").GetArrayLength());
        });

        // Step 0 is a dot, every other point a corner of the line.
        Match line = Regex.Match(s_page.Value, "<circle class=\"val\"[^>]*/><path class=\"val\" d=\"(?<d>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.Equal(group.Curves[0].Points.Count - 1, line.Groups["d"].Value.Count(sign => sign is 'M' or 'L'));
    }

    [Fact]
    public void A_claim_without_its_runs_is_not_judged_and_says_what_is_missing()
    {
        Claim claim = ClaimCatalogue.All[0];
        ReportContent content = SynthesizedRuns.Report() with { Claims = [SynthesizedRuns.NotRun(claim, missing: 3)] };
        string page = ReportPage.Write(content);

        Assert.Contains("0 of 1 claims hold, 1 not run", page, StringComparison.Ordinal);
        Assert.Contains("– not run", page, StringComparison.Ordinal);
        Assert.Contains($"{claim.Experiments(Tier.Quick).Count - 3} of {claim.Experiments(Tier.Quick).Count} runs are there", page, StringComparison.Ordinal);
        Assert.All(content.Claims[0].Missing, missing => Assert.Contains(missing.Key, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<svg ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunOrigin.Cached, "12 runs in 3 groups (cached)")]
    [InlineData(RunOrigin.Resumed, "12 runs in 3 groups, 12 resumed")]
    [InlineData(RunOrigin.Trained, "12 runs in 3 groups<")]
    public void Where_the_runs_come_from_is_said(RunOrigin origin, string words)
    {
        ReportContent content = SynthesizedRuns.Report() with { Claims = [SynthesizedRuns.Reported(ClaimCatalogue.All[0], origin: origin)] };

        Assert.Contains(words, ReportPage.Write(content), StringComparison.Ordinal);
    }

    private static void AssertIsText(HostileField field, string payload)
    {
        string page = ReportPage.Write(HostileClaim.Report(field, payload));

        Assert.Equal(s_harmless.Value, Skeleton(page), StringComparer.Ordinal);
        Assert.DoesNotContain(payload, page, StringComparison.Ordinal);
    }

    // Tags with the names of their attributes; what stands between them and inside of values is left out.
    private static IReadOnlyList<string> Skeleton(string page) =>
    [
        .. Tag().Matches(Script().Replace(Style().Replace(page, "<style></style>"), "<script></script>")).Select(match => Regex.Replace(match.Value, "=\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(5))),
    ];

    private static IReadOnlyList<string> Data(string page) => [.. DataBlock().Matches(page).Select(match => match.Groups["text"].Value)];

    [GeneratedRegex("<!?/?[a-zA-Z!][^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tag();

    [GeneratedRegex("<script type=\"application/json\">(?<text>.*?)</script>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DataBlock();

    [GeneratedRegex("<script>(?<text>.*?)</script>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Style();

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Policy();
}
