using Grokking.Configuration;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>What loss and accuracy mean in the two sequence conventions.</summary>
[Trait("Category", "Unit")]
public sealed class ConventionScoringTests
{
    private static readonly Experiment s_openAI = TinyExperiments.Add with { Convention = SequenceConvention.OpenAICode };

    [Theory]
    [InlineData(SequenceConvention.PaperText, 7)]
    [InlineData(SequenceConvention.OpenAICode, 239)]
    public void The_loss_is_a_mean_over_the_scored_tokens(SequenceConvention convention, int vocabulary)
    {
        TokenSequences sequences = Encode(convention);
        Transformer model = ModelOf(sequences);
        float[] parameters = new float[model.Layout.Count]; // all zero: every token is as likely as every other
        model.Load(parameters, forTraining: false);

        Scores scores = model.Evaluate(parameters, sequences.Tokens, sequences.Targets);

        Assert.Equal(Math.Log(vocabulary), scores.Loss, 1e-6);
    }

    [Fact]
    public void The_openai_model_starts_near_a_uniform_guess_among_239_tokens()
    {
        var run = new TrainingRun(Presets.OpenAICode with { EvaluationSample = 200 });

        // Logits of variance 1/3 cost about 1/6 on top of ln 239 = 5.48.
        Assert.InRange(run.Evaluate().TrainLoss, 5.2, 6.2);
    }

    [Fact]
    public void An_openai_equation_is_right_when_answer_and_end_token_are()
    {
        TrainedRun run = TinyExperiments.Train(s_openAI with { Steps = 300 });
        TokenSequences sequences = Encode(SequenceConvention.OpenAICode);
        Transformer model = ModelOf(sequences);
        ReadOnlySpan<float> parameters = run.Parameters.Span;
        model.Load(parameters, forTraining: false);
        Scores both = model.Evaluate(parameters, sequences.Tokens, sequences.Targets);

        Scores wrongAnswers = model.Evaluate(parameters, sequences.Tokens, Replaced(sequences.Targets, offset: 0));
        Scores wrongEnds = model.Evaluate(parameters, sequences.Tokens, Replaced(sequences.Targets, offset: 1));

        Assert.True(both.Correct >= 15);
        Assert.Equal(0, wrongAnswers.Correct);
        Assert.Equal(0, wrongEnds.Correct);
        Assert.True(wrongAnswers.Loss > both.Loss && wrongEnds.Loss > both.Loss);
    }

    private static TokenSequences Encode(SequenceConvention convention) =>
        TokenSequences.Encode(new EquationTable((Operation)TinyExperiments.Add.Task), convention);

    private static Transformer ModelOf(TokenSequences sequences) =>
        new(TinyExperiments.Transformer, sequences.VocabularySize, sequences.Length, sequences.ReadPositions.ToArray(), maxExamples: 8);

    // Every second target, from the offset on, becomes a token that no equation has in that place.
    private static int[] Replaced(ReadOnlySpan<int> targets, int offset)
    {
        int[] replaced = targets.ToArray();
        for (int i = offset; i < replaced.Length; i += 2)
        {
            replaced[i] = OpenAIVocabulary.EqualsSign;
        }

        return replaced;
    }
}
