using Grokking.Claims;
using Grokking.Curves;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Claims;

public sealed class StubClaim : Claim
{
    public override string Name => "stub";

    public override string Statement => "A stub | trains <b>well</b>.";

    public override string Source => "Nobody 2026, Figure 0";

    public override IReadOnlyList<string> Deviations => ["Everything."];

    public override IReadOnlyList<Experiment> Experiments(Tier tier) =>
    [
        .. Enumerable.Range(0, 5).Select(seed => new Experiment
        {
            Operation = Operations.Add with { Modulus = 13 },
            Model = new() { NLayers = 1, DModel = 32 },
            Steps = 3000,
            Seed = (ulong)seed,
            TrainFraction = seed == 2 ? 0.3 : 0.5,
        }),
    ];

    public override Verdict Judge(Tier tier, IReadOnlyList<LearningCurve> curves) =>
        new(true, "3× later [x](y)", [new Finding("something ≥ 1", "2", true)]);
}

[Trait("Category", "Claims")]
public sealed class StubTests : ClaimTest
{
    [Fact]
    public Task Holds_and_is_the_approved_run() => HoldsAsApproved(new StubClaim());
}
