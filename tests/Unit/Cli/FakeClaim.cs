using Grokking.Claims;
using Grokking.Tests.Unit.Laboratory;
using Grokking.Training;

namespace Grokking.Tests.Unit.Cli;

/// <summary>A claim about two runs of an operation that no engine has to train.</summary>
internal sealed class FakeClaim(string name, bool holds) : Claim
{
    public static Experiment Baseline { get; } = new() { Task = new FakeOperation(), Steps = 100 };

    public override string Name => name;

    public int Steps { get; init; } = 100;

    public string Says { get; init; } = "Validation follows training.";

    public Func<Verdict>? Judges { get; init; }

    public override string Statement => Says;

    public override string Source => "Nobody 2026, Figure 0";

    public override IReadOnlyList<string> Deviations => ["Nothing is trained."];

    public override IReadOnlyList<PublishedFigure> Published => [];

    public override IReadOnlyList<RunGroup> Groups(Tier tier) =>
        [RunGroup.Seeds("fake", Baseline with { TrainFraction = 0.5, Steps = tier == Tier.Paper ? 200 : Steps }, 2)];

    public override Verdict Judge(Tier tier, IReadOnlyList<TrainedGroup> groups) =>
        Judges?.Invoke() ?? new Verdict(holds, "3× later", [new Finding("delay ≥ 2", holds ? "3" : "1", holds)]);
}
