using Grokking.Claims;
using Grokking.Cli;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Tests.Claims.Reports;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims;

/// <summary>What the claims of one test process share: the tier, the laboratories, the live view and the table.</summary>
internal sealed class ClaimSession
{
    private static readonly Lazy<ClaimSession> s_shared = new(() => new ClaimSession());

    private readonly ProcessorUse _use = new(TimeProvider.System);

    private ClaimSession()
    {
        Tier = TierVariable.Parse(Environment.GetEnvironmentVariable(TierVariable.Name));
        EngineChoice wanted = EngineVariable.Parse(Environment.GetEnvironmentVariable(EngineVariable.Name));
        ChosenEngine chosen = TorchSwitch.Engines.Choose(wanted, EngineVariable.Name);
        Engine = chosen.Unless(ApprovedFiles.ReasonAgainst(EngineFamily.Of(chosen.Engine.Id), Tier, RepositoryPaths.Approved, ApprovedFiles.Expected));
        Console.WriteLine(Printable.Line(Engine.InWords));
        Live = new RunLines(Console.Out.WriteLine);
        Laboratories = new EngineLaboratories(Engine, ClaimStore.Open(Console.Out), workers: null, Live, line => Console.WriteLine(Printable.Line(line)));
        CountingTestFramework.AllEnded += (_, _) => End();
    }

    /// <summary>Made by the first claim; where the tier or the engine cannot be had every claim gets the reason and nothing trains.</summary>
    public static ClaimSession Shared => s_shared.Value;

    public Tier Tier { get; }

    public ChosenEngine Engine { get; }

    public RunLines Live { get; }

    public EngineLaboratories Laboratories { get; }

    public ClaimResults Results { get; } = new();

    private void End()
    {
        Laboratories.Dispose();
        ClaimReport.Publish(Results.Sorted(), Engine.InWords, Console.Out);
        Console.WriteLine(_use.InWords);
    }
}
