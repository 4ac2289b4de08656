using Grokking.Curves;
using Grokking.Laboratory;
using Grokking.Tests.Probe;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>One experiment has one curve and one set of weights, whatever computes it.</summary>
[Trait("Category", "Unit")]
public sealed class SameBitsTests(ProbeReports reports) : IClassFixture<ProbeReports>
{
    // The bits of today's engine. A change of them is a change of every approved curve: raise CpuEngine.Id, then take the new values from the
    // failure message or from `dotnet run --project tests/Probe`.
    private static readonly RunFingerprint s_paperText = new(
        Curve: "ecf2c2e73a81c11165d5ecbe8913a93a5ebaf5393cebe705332d7e2c38c9eb91",
        Weights: "507900e2a203a1b6ceaa457bf74a16928cff1e080db7ca81db749112ee6bf57c");

    private static readonly RunFingerprint s_openAICode = new(
        Curve: "5a7ea81977bb6a68e7ba641b0e65c88fcf55bc7a02d1dbd77af27c38cbb21a39",
        Weights: "8651b8ab4fa65bfad10bbf2b1e993e51573cf889c280c293f8e199e8640c7cd4");

    private static readonly RunFingerprint s_plainNorms = new(
        Curve: "6224a4dd2b2e90f929d5a9197a02be16efb84521bfcc43db9430c070ab2ba138",
        Weights: "7d2a271fb8a89ab294f9b05d753b65a8d8037338c2637cfdd86905f7f541ae23");

    private static readonly RunFingerprint s_oneHotMlp = new(
        Curve: "eb04feb8cec9e48371625d5d09b823979bfe5046cbe6f9a24f0334fb4ff52858",
        Weights: "010ba5214a333740d4308bda1fa4633b31e3772d2b527b10a46fae03aefc5549");

    private static readonly RunFingerprint s_embeddedMlp = new(
        Curve: "bd9ee9c3e170848ad25ecea6f3481eba6b97bfec188fa789ac4f5eb26859ac3a",
        Weights: "ed3d39858a4e6826de188d97b6bd673a446599153cd630bf751411e7496c184e");

    private static readonly RunFingerprint s_vectorMlp = new(
        Curve: "1512560fb07554f7d1e1a8595c43f83e9f3beb7170776ec0385bf4d798ea3dd4",
        Weights: "64375cfb640ae281ffef546ec1e47560a01c30062eb7a5af531e6d9a1a846778");

    private static readonly RunFingerprint s_diagonal = new(
        Curve: "84a7a44b1d00f235a650b49ec8083e06a19be8fb5896b74dd893f977dacaa69b",
        Weights: "79baffa7b84a9cc81d569e823fe0d280c20e8739099a581f04bfceadf20c95b4");

    // One of each kind.
    private static readonly Experiment[] s_runs =
    [
        ProbeRuns.PaperText, ProbeRuns.OpenAICode, ProbeRuns.PlainNorms, ProbeRuns.OneHotMlp, ProbeRuns.EmbeddedMlp, ProbeRuns.VectorMlp, ProbeRuns.Diagonal,
    ];

    [Fact]
    public void The_bits_of_this_process_are_the_approved_ones()
    {
        var report = ProbeReport.Make();

        AssertApproved(report);
        Assert.True(report.EngineIsOptimized);
    }

    [Fact]
    public void Each_of_the_runs_makes_all_its_steps_and_learns()
    {
        Assert.All(s_runs, experiment =>
        {
            LearningCurve curve = TinyExperiments.Train(experiment).Curve;

            Assert.Equal(RunOutcome.BudgetSpent, curve.Outcome);
            Assert.True(curve.Final.TrainLoss < 0.9 * curve.Points[0].TrainLoss, $"{curve.Final.TrainLoss} of {curve.Points[0].TrainLoss}");
        });
    }

    [Fact]
    public async Task A_process_of_its_own_has_the_approved_bits() => AssertApproved(await reports.Of(setting: null));

    [InstructionSetFact("AVX-512")]
    public async Task Without_AVX512_the_bits_are_the_same()
    {
        ProbeReport report = await reports.Of("DOTNET_EnableAVX512=0");

        Assert.False(report.Avx512 || report.Vector512);
        AssertApproved(report);
    }

    [InstructionSetFact("AVX2")]
    public async Task Without_AVX2_the_bits_are_the_same()
    {
        ProbeReport report = await reports.Of("DOTNET_EnableAVX2=0");

        Assert.False(report.Avx2 || report.Vector256 || report.Avx512 || report.Vector512);
        AssertApproved(report);
    }

    [InstructionSetFact("any")]
    public async Task Without_any_vector_instruction_the_bits_are_the_same()
    {
        ProbeReport report = await reports.Of("DOTNET_EnableHWIntrinsic=0");

        Assert.False(report.Vector128 || report.Vector256 || report.Vector512 || report.Fma);
        AssertApproved(report);
    }

    [Fact]
    public async Task Without_tiered_compilation_the_bits_are_the_same()
    {
        ProbeReport tiered = await reports.Of(setting: null);
        ProbeReport report = await reports.Of("DOTNET_TieredCompilation=0");

        // Where nothing is compiled twice, less is compiled.
        Assert.True(report.MethodsCompiled < tiered.MethodsCompiled, $"{report.MethodsCompiled} methods, {tiered.MethodsCompiled} with tiers.");
        AssertApproved(report);
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public async Task A_build_in_either_configuration_is_optimised_and_has_the_same_bits(string configuration)
    {
        ProbeReport report = await reports.Of(configuration, setting: null);

        Assert.True(report.EngineIsOptimized);
        AssertApproved(report);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Any_number_of_threads_gives_the_same_bits(int workers)
    {
        Experiment[] experiments = [.. Enumerable.Range(0, 8).Select(seed => s_runs[seed % s_runs.Length] with { Seed = (ulong)seed, Steps = 30 })];
        var engine = new CpuEngine();
        RunFingerprint[] alone =
            [.. experiments.Select(experiment => RunFingerprint.Of(engine.Train(experiment, progress: null, checkpointing: null, CancellationToken.None)))];

        using var laboratory = new TrainingLaboratory(engine, workers);
        IReadOnlyList<TrainedRun> together = await laboratory.Train(experiments);

        Assert.Equal(alone, together.Select(RunFingerprint.Of));
        Assert.Equal(experiments.Length, alone.Distinct().Count());
    }

    [Fact]
    public void A_fingerprint_sees_the_last_bit_of_a_weight_and_of_a_curve()
    {
        TrainedRun run = new CpuEngine().Train(ProbeRuns.PaperText with { Steps = 1 }, progress: null, checkpointing: null, CancellationToken.None);
        float[] weights = run.Parameters.ToArray();
        weights[^1] = MathF.BitIncrement(weights[^1]);
        CurvePoint last = run.Curve.Final with { ValLoss = Math.BitIncrement(run.Curve.Final.ValLoss) };
        TrainedRun otherCurve = run with { Curve = run.Curve with { Points = [.. run.Curve.Points.SkipLast(1), last] } };

        Assert.NotEqual(RunFingerprint.Of(run), RunFingerprint.Of(run with { Parameters = weights }));
        Assert.NotEqual(RunFingerprint.Of(run), RunFingerprint.Of(otherCurve));
    }

    private static void AssertApproved(ProbeReport report)
    {
        Assert.Equal(s_paperText, report.PaperText);
        Assert.Equal(s_openAICode, report.OpenAICode);
        Assert.Equal(s_plainNorms, report.PlainNorms);
        Assert.Equal(s_oneHotMlp, report.OneHotMlp);
        Assert.Equal(s_embeddedMlp, report.EmbeddedMlp);
        Assert.Equal(s_vectorMlp, report.VectorMlp);
        Assert.Equal(s_diagonal, report.Diagonal);
    }
}
