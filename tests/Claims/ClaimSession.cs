using Grokking.Claims;
using Grokking.Laboratory;
using Grokking.Reporting;
using Grokking.Tests.Claims.Reports;
using Grokking.Training;

namespace Grokking.Tests.Claims;

/// <summary>What the claims of one test process share: the tier, the laboratory, the live view and the table.</summary>
internal sealed class ClaimSession
{
    private static readonly Lazy<ClaimSession> s_shared = new(() => new ClaimSession());

    private ClaimSession()
    {
        Tier = TierVariable.Parse(Environment.GetEnvironmentVariable(TierVariable.Name));
        Engine = ClaimStore.Around(new CpuEngine(), Console.Out);
        Live = new RunLines(Console.Out.WriteLine);
        Laboratory = new TrainingLaboratory(Engine, progress: Live);
        CountingTestFramework.AllEnded += (_, _) => End();
    }

    /// <summary>Made by the first claim; where the tier is unknown every claim gets the reason and nothing trains.</summary>
    public static ClaimSession Shared => s_shared.Value;

    public Tier Tier { get; }

    public ITrainingEngine Engine { get; }

    public RunLines Live { get; }

    public TrainingLaboratory Laboratory { get; }

    public ClaimResults Results { get; } = new();

    private void End()
    {
        Laboratory.Dispose();
        ClaimReport.Publish(Results.Sorted(), Console.Out);
    }
}
