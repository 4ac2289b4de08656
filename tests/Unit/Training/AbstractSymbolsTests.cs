using Grokking.Models;
using Grokking.Numerics;
using Grokking.Optimizers;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

/// <summary>
/// Power et al. 2022, sections 1 and 2: symbols are abstract, nothing about them is known to a model but which they are. So other names for the
/// tokens, with their rows of the embedding and columns of the unembedding, change nothing.
/// </summary>
[Trait("Category", "Unit")]
public sealed class AbstractSymbolsTests
{
    private const int Steps = 200;

    // Sums over the tokens have another order, which rounds otherwise. A ReLU turns that into a jump where an input is about 0.
    private static readonly TransformerConfig s_transformer = new() { DModel = 64, Activation = ActivationKind.Gelu };

    private static readonly Experiment s_experiment = new()
    {
        Task = Operations.Subtract with { Modulus = 13 },
        Model = s_transformer,
        Optimizer = new AdamW(),
        Batches = BatchRule.Even,
        BatchSize = 32,
    };

    [Fact]
    public void Other_tokens_with_their_rows_give_the_same_curve()
    {
        int[] names = OtherNames();
        double[] plain = Losses(Identity(), Identity()), renamed = Losses(names, names);

        Assert.True(plain[^1] < 0.1 * plain[0], "The model has learnt something in between.");
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(plain[step], renamed[step], 1e-5);
        }
    }

    [Fact]
    public void Other_tokens_without_their_rows_give_another_curve()
    {
        double[] plain = Losses(Identity(), Identity()), renamed = Losses(OtherNames(), Identity());

        Assert.InRange(Math.Abs(plain[0] - renamed[0]), 1e-3, 10);
        Assert.Contains(Enumerable.Range(0, Steps), step => Math.Abs(plain[step] - renamed[step]) > 0.05);
    }

    private static int[] Identity() => [.. Enumerable.Range(0, 15)]; // 13 elements, ∘ and =

    private static int[] OtherNames()
    {
        int[] names = Identity();
        new RandomStream(seed: 5, "names").Shuffle(names);
        return names;
    }

    // The loss of each step where token v is written as tokenNames[v], and its row and column lie at rowNames[v].
    private static double[] Losses(int[] tokenNames, int[] rowNames)
    {
        var table = new EquationTable((Operation)s_experiment.Task);
        var sequences = TokenSequences.Encode(table, s_experiment.Convention);
        int[] train = Split.Draw(table, s_experiment.TrainFraction, s_experiment.Seed).Train.ToArray();
        var batches = new Batches(s_experiment.Batches, train.Length, s_experiment.BatchSize, s_experiment.Seed);
        var model = new Transformer(s_transformer, sequences.VocabularySize, sequences.Length, [3], batches.MaxCount);
        float[] parameters = new float[model.Layout.Count], gradient = new float[model.Layout.Count];
        model.Initialize(s_experiment.Seed, parameters);
        Rename(model.Layout, parameters, rowNames);
        Optimizer optimizer = s_experiment.Optimizer.Start(model.Layout, parameters, s_experiment.Seed);

        double[] losses = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            int[] batch = [.. batches.At(step).ToArray().Select(example => train[example])];
            int[] tokens = [.. batch.SelectMany(equation => sequences.Tokens.Slice(4 * equation, 4).ToArray()).Select(token => tokenNames[token])];
            int[] targets = [.. batch.Select(equation => tokenNames[sequences.Targets[equation]])];
            model.Load(parameters, forTraining: true);
            losses[step] = model.LossAndGradient(parameters, tokens, targets, gradient).Loss;
            optimizer.Update(parameters, gradient, s_experiment.Schedule.Rate(s_experiment.Optimizer.LearningRate, step), step);
        }

        return losses;
    }

    private static void Rename(ParameterLayout layout, float[] parameters, int[] names)
    {
        float[] before = [.. parameters];
        ParameterTensor embedding = layout.Tensors[0], unembedding = layout.Tensors[^1];
        Assert.Equal(("W_E", "W_U"), (embedding.Name, unembedding.Name));
        int V = names.Length, d = embedding.Columns;
        for (int v = 0; v < V; v++)
        {
            for (int j = 0; j < d; j++)
            {
                parameters[embedding.Offset + (names[v] * d) + j] = before[embedding.Offset + (v * d) + j];
                parameters[unembedding.Offset + (j * V) + names[v]] = before[unembedding.Offset + (j * V) + v];
            }
        }
    }
}
