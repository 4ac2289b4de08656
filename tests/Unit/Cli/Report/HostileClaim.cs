using Grokking.Claims;
using Grokking.Cli.Report;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Tests.Unit.Claims;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli.Report;

/// <summary>Where text from outside stands in a report.</summary>
public enum HostileField
{
    Name,
    Statement,
    Effect,
    Finding,
    ConfigValue,
    Group,
    Published,
    Deviation,
    Artefact,
    Environment,
    Engine,

    /// <summary>All of them.</summary>
    Everywhere,
}

/// <summary>A claim, and a report of it, with one field that tries to be more than text.</summary>
internal sealed class HostileClaim(HostileField field, string payload) : Claim
{
    private const string Title = "document.title='pwned'";

    /// <summary>Texts that would run, load or break out if any of them were put into a page as they are.</summary>
    public static IReadOnlyList<string> Payloads { get; } =
    [
        $"<script>{Title}</script>",
        $"\"><script>{Title}</script>",
        $"'><img src=x onerror={Title}>",
        $"</script><script>{Title}</script>",
        $"</style><script>{Title}</script>",
        $"</title><script>{Title}</script>",
        $"</textarea></pre></code></table><script>{Title}</script>",
        $"<!--<script>{Title}</script>",
        $"--><script>{Title}</script><!--",
        $"]]><script>{Title}</script>",
        $"<svg onload={Title}>",
        $"</svg><svg><script>{Title}</script></svg>",
        $"\" onmouseover=\"{Title}\" onfocus=\"{Title}\" autofocus tabindex=\"0",
        $"' onfocus='{Title}' autofocus tabindex='0",
        $"<iframe srcdoc=\"<script>parent.{Title}</script>\"></iframe>",
        "<iframe src=\"javascript:parent.document.title='pwned'\"></iframe>",
        "<base href=\"http://127.0.0.1:9/\"><img src=\"x\">",
        "<link rel=stylesheet href=\"http://127.0.0.1:9/x.css\">",
        "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
        "<object data=\"http://127.0.0.1:9/x\"></object><embed src=\"http://127.0.0.1:9/x\">",
        "<style>@import url(http://127.0.0.1:9/x.css);*{background:url(http://127.0.0.1:9/x.png)}</style>",
        $"<details open ontoggle={Title}><video src onerror={Title}></video></details>",
        $"&lt;script&gt;{Title}&lt;/script&gt;&#60;script&#62;{Title}&#60;/script&#62;",
        $"\\u003cscript\\u003e{Title}\\u003c/script\\u003e\",\"runs\":[]}}",
        $"${{{Title}}}`{{{{constructor.constructor(\"{Title}\")()}}}}",
        $"\u2028\u2029\u202E\0\r\n\t</script\u0009><script >{Title}</script\n>\uD800",
    ];

    public override string Name => In(HostileField.Name);

    public override string Statement => In(HostileField.Statement);

    public override string Source => "Nobody 2026, Figure 0";

    public override IReadOnlyList<string> Deviations => [In(HostileField.Deviation)];

    public override IReadOnlyList<PublishedFigure> Published =>
        [new(In(HostileField.Published), In(HostileField.Published), In(HostileField.Published), (_, _) => In(HostileField.Published))];

    /// <summary>A report of this claim, once with its runs and once without.</summary>
    public static ReportContent Report(HostileField field, string payload)
    {
        var claim = new HostileClaim(field, payload);
        string artefact = claim.In(HostileField.Artefact);
        LearningCurve[] curves = [.. claim.Experiments(Tier.Quick).Select(SynthesizedRuns.Curve)];
        ClaimRun run = ClaimRun.Of(claim, Tier.Quick, claim.In(HostileField.Engine), TypedCurves.Groups(claim, Tier.Quick, curves), [.. curves.Select(_ => RunOrigin.Cached)]);
        return new ReportContent(
            Tier.Quick,
            claim.In(HostileField.Engine),
            [
                new(claim, Tier.Quick, run, [.. curves.Select(_ => new RunArtefact(artefact, artefact))], []),
                new(claim, Tier.Quick, Run: null, [], [new(claim.In(HostileField.Group), 0, artefact)]),
            ],
            [new(claim.In(HostileField.Environment), claim.In(HostileField.Environment))]);
    }

    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
    [
        RunGroup.Seeds(
            In(HostileField.Group),
            new Experiment { Task = new HostileOperation { Label = In(HostileField.ConfigValue) }, Steps = 300 },
            2),
    ];

    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) => new(
        Holds: true,
        In(HostileField.Effect),
        [new(In(HostileField.Finding), In(HostileField.Finding), Holds: true), Finding.Refuses(In(HostileField.Finding), [])]);

    private string In(HostileField here) => field == here || field == HostileField.Everywhere ? payload : "harmless";

    private sealed record HostileOperation : Operation
    {
        public string Label { get; init; } = "";

        public override string Name => Label;

        public override int ElementCount => 10;

        public override bool IsDefined(int x, int y) => true;

        public override int Apply(int x, int y) => x;

        public override void Validate()
        {
        }
    }
}
