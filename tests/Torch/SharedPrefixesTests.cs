using Grokking.Configuration;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.TorchSharp;
using Grokking.Training;

namespace Grokking.Tests.Torch;

/// <summary>Which beginnings sequences share, and that sharing them changes no result. Their gradients are in <see cref="GradientParityTests"/>.</summary>
[Trait("Category", "Torch")]
public sealed class SharedPrefixesTests
{
    // Batched products may add up in another order for another number of rows.
    private const double Limit = 1e-5;

    [Fact]
    public void The_paper_s_equations_share_first_operand_and_operator()
    {
        SharedPrefixes shared = new EnsembleRun(Presets.PaperText).Prefixes;

        Assert.Equal((2, 97, 3), (shared.Length, shared.Count, shared.Width));
    }

    [Fact]
    public void OpenAI_s_share_the_opening_token_too() =>
        Assert.Equal((3, 97), (new EnsembleRun(Presets.OpenAICode).Prefixes.Length, new EnsembleRun(Presets.OpenAICode).Prefixes.Count));

    [Fact]
    public void Nothing_is_shared_where_the_table_would_be_longer_than_the_batch() =>
        Assert.Equal(0, new EnsembleRun(TinyExperiments.Add with { BatchSize = 5 }).Prefixes.Length);

    [Fact]
    public void Nothing_is_shared_under_dropout_or_by_an_MLP()
    {
        Assert.Equal(0, new EnsembleRun(Presets.PaperText with { Model = TinyExperiments.Transformer with { Dropout = 0.1 } }).Prefixes.Length);
        Assert.Equal(0, new EnsembleRun(TinyExperiments.OneHotMlp).Prefixes.Length);
    }

    [Fact]
    public void A_table_and_what_is_left_make_the_sequences_again()
    {
        int[] tokens = [7, 9, 1, 8, 7, 9, 2, 8, 5, 9, 1, 8];

        SharedPrefixes shared = SharedPrefixes.Cut(tokens, length: 4, prefix: 2);

        Assert.Equal([7, 9, 5, 9], shared.Table.ToArray());
        Assert.Equal([0, 1, 8, 0, 2, 8, 1, 1, 8], shared.Inputs.ToArray());
    }

    [Theory]
    [InlineData(SequenceConvention.PaperText)]
    [InlineData(SequenceConvention.OpenAICode)]
    [InlineData(SequenceConvention.Operands)]
    public void Runs_that_share_train_like_runs_that_do_not(SequenceConvention convention)
    {
        Experiment experiment = TinyExperiments.Add with
        {
            Task = convention == SequenceConvention.OpenAICode ? Operations.Add : Operations.Add with { Modulus = 11 },
            Convention = convention,
            Model = TinyExperiments.Transformer with { NLayers = 2 },
            BatchSize = convention == SequenceConvention.OpenAICode ? 128 : 16,
            EvaluationSample = 60,
        };
        EnsembleRun sharing = new(experiment), plain = new(experiment, sharesPrefixes: false);

        (float[] Parameters, double ValLoss) with = Train(sharing), without = Train(plain);

        Assert.True(sharing.Shape.PrefixLength > 0);
        Assert.Equal(0, plain.Shape.PrefixLength);
        Assert.True(RelativeError.Of(without.Parameters, with.Parameters) <= Limit);
        Assert.True(RelativeError.Of(without.ValLoss, with.ValLoss) <= Limit);
    }

    private static (float[] Parameters, double ValLoss) Train(EnsembleRun run)
    {
        using var ensemble = new Ensemble(run, TestDevice.Value);
        RunBuffers start = run.Draw();
        ensemble.Join([(run, start, [.. start.Parameters])]);
        ensemble.Advance(30);
        return (ensemble.Copy(run).Parameters, ensemble.Evaluate([run])[0].Point.ValLoss);
    }
}
