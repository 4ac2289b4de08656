using Grokking.Cli.Compare;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Optimizers;
using Grokking.Training;
using static Grokking.Tests.Unit.Cli.Compare.TypedRuns;

namespace Grokking.Tests.Unit.Cli.Compare;

[Trait("Category", "Unit")]
public sealed class PairingTests
{
    [Fact]
    public void Runs_pair_by_seed_and_by_every_field_that_is_on_both_sides()
    {
        Experiment less = Baseline with { TrainFraction = 0.4 };
        var sgd = new Sgd { LearningRate = 0.5 };

        var pairing = Pairing.Of(
            [.. Seeds(less, 10, 20), .. Seeds(Baseline, 30, 40, 50)],
            [.. Seeds(Baseline with { Optimizer = sgd }, 31, 41), .. Seeds(less with { Optimizer = sgd }, 11, 21)]);

        Assert.Equal(
            [(10.0, 11.0), (20, 21), (30, 31), (40, 41)],
            pairing.Pairs.Select(pair => (pair.Baseline.Generalized.Time, pair.Candidate.Generalized.Time)));
        Assert.Equal(["trainFraction"], pairing.Varying, StringComparer.Ordinal);
        Assert.Equal((1, 0), pairing.WithoutPartner);
        SideDifference kind = Assert.Single(pairing.Differences, difference => string.Equals(difference.Path, "optimizer.kind", StringComparison.Ordinal));
        Assert.Equal(("AdamW", "Sgd"), (kind.Baseline.Single(), kind.Candidate.Single()));
        Assert.All(pairing.Differences, difference => Assert.StartsWith("optimizer.", difference.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void One_experiment_on_two_engines_differs_in_the_engine()
    {
        var pairing = Pairing.Of([Run(Baseline, 100)], [Run(Baseline, 100, engine: "cuda-1")]);

        Assert.Equal("engine", Assert.Single(pairing.Differences).Path);
    }

    [Fact]
    public void Seeds_never_become_what_the_sides_differ_in()
    {
        CommandFailedException refusal = Assert.Throws<CommandFailedException>(
            () => Pairing.Of([Run(Baseline with { Seed = 1 }, 100)], [Run(Baseline with { Seed = 2 }, 100)]));

        Assert.Equal(ExitCode.NothingMatched, refusal.Code);
        Assert.Equal("No pair among 1 runs of A and 1 of B: no seed is on both sides.", refusal.Message);
    }

    [Fact]
    public void Runs_without_a_match_in_their_fields_are_no_pair()
    {
        Experiment other = Baseline with { TrainFraction = 0.3, BatchSize = 64 };
        CommandFailedException refusal = Assert.Throws<CommandFailedException>(() => Pairing.Of(
            [Run(Baseline with { BatchSize = 64 }, 1), Run(other with { BatchSize = 512, Seed = 1 }, 1)],
            [Run(Baseline with { Seed = 1 }, 1), Run(other, 1)]));

        Assert.Contains("no two of them agree in all of batchSize, seed, trainFraction", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_for_one_pair_are_refused_with_what_tells_them_apart()
    {
        CommandFailedException refusal = Assert.Throws<CommandFailedException>(() => Pairing.Of(
            [Run(Baseline with { ClipNorm = 1 }, 1), Run(Baseline with { ClipNorm = 2 }, 1)],
            [Run(Baseline with { ClipNorm = 3 }, 1)]));

        Assert.Equal(ExitCode.BadInput, refusal.Code);
        Assert.Equal("Side A has several runs for one pair; they differ in clipNorm (1 and 2). Choose one of them with a filter.", refusal.Message);
    }

    [Fact]
    public void A_run_of_an_unknown_optimiser_is_compared_by_its_fields()
    {
        string foreign = CanonicalJson.Write(Baseline).Replace("\"AdamW\"", "\"Acme.Lion\"", StringComparison.Ordinal);
        var lion = ComparedRun.Of("cpu-1", foreign, experiment: null, Run(Baseline, 50).Curve);

        var pairing = Pairing.Of([Run(Baseline, 100)], [lion]);

        Assert.Equal("optimizer.kind", Assert.Single(pairing.Differences).Path);
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("wd=0", 3)]
    [InlineData("opt=AdamW,seed=0,2", 4)]
    [InlineData("opt=Adam,seed=0..1", 2)]
    [InlineData("engine=cpu-2", 0)]
    [InlineData("engine=cpu-1,wd=1", 3)]
    [InlineData("op=x-y mod 43", 6)]
    [InlineData("op=x+y,x-y mod 43", 6)]
    [InlineData("op=x-y,p=43", 6)]
    [InlineData("op=x-y,p=59,43,seed=00,1", 4)]
    [InlineData("p=97,59", 0)]
    [InlineData("opt=Adam,wd=1", 3)]
    [InlineData("wd=0.0,3e0,opt=Sgd,AdamW,seed=2", 1)]
    [InlineData("opt=Sgd,optimizer.momentum=0.9", 0)]
    [InlineData("seed=1..40,steps=1..40,warmup=1..40", 0)]
    [InlineData("clip=none,1,stop=whengeneralized,atbudget", 6)]
    [InlineData("op=x+y", 0)]
    public void A_filter_chooses_what_it_would_not_change(string filter, int expected)
    {
        IReadOnlyList<ComparedRun> runs =
            [.. Seeds(Baseline, 1, 2, 3), .. Seeds(Baseline with { Optimizer = ((AdamW)Baseline.Optimizer) with { WeightDecay = 0 } }, 1, 2, 3)];

        Assert.Equal(expected, RunFilter.Parse(filter).Choose(runs).Count);
    }

    [Theory]
    [InlineData("wieghtDecay=1", "did you mean optimizer.weightDecay?")]
    [InlineData("wd=much", "wd")]
    [InlineData("wd=1,wd=2", "is set twice")]
    [InlineData("seed=3..1", "range")]
    [InlineData("seed=0,one", "whole number")]
    [InlineData("frac=0.5,7", "must be inside (0, 1)")]
    [InlineData("opt=Sgd,optimizer.beta2=0.9", "is no key")]
    public void A_filter_that_makes_no_sense_is_refused_by_its_key(string filter, string expected)
    {
        CommandFailedException refusal = Assert.Throws<CommandFailedException>(() => RunFilter.Parse(filter).Choose(Seeds(Baseline, 1)));

        Assert.Equal(ExitCode.BadInput, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_key_that_one_optimiser_lacks_chooses_among_the_others()
    {
        IReadOnlyList<ComparedRun> runs = [Run(Baseline with { Optimizer = new Sgd { LearningRate = 0.1 } }, 1), Run(Baseline, 2)];

        ComparedRun chosen = Assert.Single(RunFilter.Parse("optimizer.beta2=0.98").Choose(runs));

        Assert.Equal(2, chosen.Generalized.Time);
    }
}
