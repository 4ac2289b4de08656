using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Tests.Unit.Cli.Report;

namespace Grokking.Tests.Browser;

/// <summary>The report in a real browser: <c>dotnet test tests/Browser</c>.</summary>
[Trait("Category", "Browser")]
public sealed partial class ReportPageTests(Chromium browser) : IClassFixture<Chromium>
{
    private const string Figures = "[...window.grokCharts.values()]";

    public static TheoryData<HostileField, bool> Injections
    {
        get
        {
            var cases = new TheoryData<HostileField, bool>();
            foreach (HostileField hostile in new[]
            {
                HostileField.Name, HostileField.Statement, HostileField.Effect, HostileField.Finding, HostileField.ConfigValue, HostileField.Everywhere,
            })
            {
                cases.Add(hostile, true);
                cases.Add(hostile, false);
            }

            return cases;
        }
    }

    public static TheoryData<int, bool, bool> Viewings
    {
        get
        {
            var cases = new TheoryData<int, bool, bool>();
            foreach (int width in new[] { 1280, 390 })
            {
                foreach (int other in Enumerable.Range(0, 4))
                {
                    cases.Add(width, other % 2 == 1, other < 2);
                }
            }

            return cases;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Injections))]
    public async Task No_payload_runs_loads_or_complains_with_and_without_the_policy(HostileField field, bool policy)
    {
        await using DevTools tools = await browser.Connect();
        foreach (string payload in HostileClaim.Payloads)
        {
            ReportContent content = HostileClaim.Report(field, payload);
            string page = ReportPage.Write(content);
            await using Page open = await Open(tools, policy ? page : WithoutPolicy(page), new Viewing());
            await open.ScrollThrough();
            await open.Evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");

            Assert.Equal("Grokking: 1 of 2 claims hold, 1 not run", (string?)await open.Evaluate("document.title"));
            Assert.Equal(1, (int?)await open.Evaluate("document.querySelectorAll('figure.live').length"));
            Assert.Empty(open.Complaints);
            Assert.Empty(open.Requests);
        }
    }

    // The check above must be able to fail: a page that forgets to encode runs the payload, and the policy stops it.
    [BrowserTheory]
    [InlineData(true, "Grokking: 1 of 2 claims hold, 1 not run")]
    [InlineData(false, "pwned")]
    public async Task Only_the_policy_stops_a_payload_that_was_not_encoded(bool policy, string title)
    {
        await using DevTools tools = await browser.Connect();
        string page = ReportPage.Write(HostileClaim.Report(HostileField.Statement, "unencoded"))
            .Replace("unencoded", "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">", StringComparison.Ordinal);
        await using Page open = await Open(tools, policy ? page : WithoutPolicy(page), new Viewing());

        Assert.Equal(title, (string?)await open.Evaluate("document.title"));
        Assert.NotEmpty(open.Complaints);
    }

    [BrowserFact]
    public async Task The_axis_of_steps_is_logarithmic_from_step_1_and_step_0_stands_left_of_it()
    {
        await using DevTools tools = await browser.Connect();
        await using Page open = await Open(tools, ReportPage.Write(SynthesizedRuns.Report()), new Viewing());
        await open.ScrollThrough();

        JsonArray charts = (await open.Evaluate(
            $$"""
            {{Figures}}.flatMap(chart => chart.plots).map(u => ({
              distr: u.scales.x.distr, min: u.scales.x.min, max: u.scales.x.max,
              places: [0.5, 1, 10, 100].map(step => u.valToPos(step, "x")), first: u.data[0][0], points: u.data[0].length,
              drawn: u.data.slice(1).every(column => column.some(value => value > 0)),
            }))
            """))!.AsArray();

        Assert.Equal(2 * SynthesizedRuns.Report().Claims.Sum(claim => claim.Run!.Groups.Count), charts.Count);
        Assert.All(charts, chart =>
        {
            double[] places = [.. chart!["places"]!.AsArray().Select(place => (double)place!)];
            Assert.Equal(3, (int)chart["distr"]!);
            Assert.Equal(0.42, (double)chart["min"]!, 1e-9);
            Assert.True(double.IsFinite((double)chart["max"]!));
            Assert.Equal(places[2] - places[1], places[3] - places[2], 1e-6);
            Assert.InRange(places[0], 0, places[1]);
            Assert.Equal(0.5, (double)chart["first"]!);
            Assert.InRange((int)chart["points"]!, 2, 2000);
            Assert.True((bool)chart["drawn"]!);
        });
    }

    [BrowserTheory]
    [MemberData(nameof(Viewings))]
    public async Task It_fits_the_window_and_every_text_can_be_read(int width, bool dark, bool script)
    {
        await using DevTools tools = await browser.Connect();
        ReportContent content = SynthesizedRuns.Report();
        content = content with { Claims = [.. content.Claims, SynthesizedRuns.NotRun(ClaimCatalogue.All[0], missing: 5)] };
        await using Page open = await Open(tools, ReportPage.Write(content), new Viewing(width, dark, script));
        if (script)
        {
            await open.ScrollThrough();
        }

        Assert.Equal(width, (int?)await open.Evaluate("document.documentElement.scrollWidth"));
        int charts = content.Claims.Sum(claim => claim.Run?.Groups.Count ?? 0), maps = content.Claims.Sum(claim => claim.Maps.Count);
        Assert.Equal(maps, (int?)await open.Evaluate("document.querySelectorAll('figure.map svg').length"));
        Assert.Equal(script ? 0 : charts, (int?)await open.Evaluate("[...document.querySelectorAll('figure[id] svg')].filter(svg => svg.getClientRects().length > 0).length"));
        Assert.Equal(script ? charts : 0, (int?)await open.Evaluate("document.querySelectorAll('figure .plot').length"));
        JsonArray pale = (await open.Evaluate(PaleTexts))!.AsArray();
        Assert.Empty(pale.Select(text => text!.ToJsonString()));
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
        await Keep($"report-{width}-{(dark ? "dark" : "light")}-{(script ? "script" : "no-script")}.png", await open.Screenshot());
    }

    [BrowserFact]
    public async Task It_prints_its_drawings()
    {
        await using DevTools tools = await browser.Connect();
        await using Page open = await Open(tools, ReportPage.Write(SynthesizedRuns.Report()), new Viewing(Dark: true));
        await open.ScrollThrough();
        byte[] pdf = await open.Pdf();

        Assert.True(pdf.AsSpan().StartsWith("%PDF"u8));
        Assert.InRange(pdf.Length, 100_000, 5_000_000);
        await Keep("report.pdf", pdf);
    }

    [BrowserFact]
    public async Task A_chart_is_read_and_zoomed_by_keys()
    {
        await using DevTools tools = await browser.Connect();
        await using Page open = await Open(tools, ReportPage.Write(SynthesizedRuns.Report()), new Viewing());
        await open.ScrollThrough();
        await open.Evaluate("document.querySelector('.plot').focus()");

        await open.Press("ArrowRight");
        Assert.StartsWith("step 0: training 1.0 %, validation 1.0 %, loss 4.5", await Says(), StringComparison.Ordinal);
        await open.Press("ArrowRight");
        Assert.StartsWith("step 1: ", await Says(), StringComparison.Ordinal);
        await open.Press("End");
        Assert.Matches(@"^step [\d,]+: training 100\.0 %, validation 9\d\.\d–9\d\.\d %, loss ", await Says());
        await open.Press("Home");
        await open.Press("+");
        Assert.True((bool)(await open.Evaluate($"{Figures}[0].plots.every(u => u.scales.x.max < 2000)"))!);
        await open.Press("Escape");
        Assert.True((bool)(await open.Evaluate($"{Figures}[0].plots.every(u => u.scales.x.max > 5000)"))!);
        Assert.Empty(open.Complaints);

        async Task<string> Says()
        {
            await open.Evaluate("new Promise(done => setTimeout(done, 50))");
            return (string)(await open.Evaluate("document.querySelector('.plot output').textContent"))!;
        }
    }

    // Texts with less than 4.5 : 1 between their colour and the page's (WCAG 2.2, 1.4.3); a tooltip is the browser's own.
    private const string PaleTexts =
        """
        (() => {
          const light = color => color.match(/[\d.]+/g).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let each = element; each; each = each.parentElement) {
              const color = getComputedStyle(each).backgroundColor;
              if (!/, 0\)$/.test(color) && color !== "transparent") return color;
            }
            return "rgb(255, 255, 255)";
          };
          return [...document.querySelectorAll("body *")]
            .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && !["SCRIPT", "STYLE", "title"].includes(element.tagName))
            .map(element => {
              const style = getComputedStyle(element);
              const [a, b] = [light(element instanceof SVGElement ? style.fill : style.color), light(ground(element))].sort((x, y) => y - x);
              return { text: element.textContent.trim().slice(0, 40), ratio: (a + 0.05) / (b + 0.05) };
            })
            .filter(text => text.ratio < 4.5);
        })()
        """;

    private static string WithoutPolicy(string page) => Policy().Replace(page, "");

    // Where someone wants to look at them.
    private static async Task Keep(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("GROKKING_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
        }
    }

    private async Task<Page> Open(DevTools tools, string page, Viewing viewing)
    {
        string path = Path.Combine(browser.Folder, "page.html");
        await File.WriteAllTextAsync(path, page);
        return await Page.Open(tools, path, viewing);
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Policy();
}
