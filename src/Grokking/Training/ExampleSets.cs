using Grokking.Tasks;

namespace Grokking.Training;

/// <summary>The examples that an experiment's seed draws: what trains, what validates, and which of them have wrong answers.</summary>
internal sealed class ExampleSets
{
    private readonly Outliers _outliers;

    private ExampleSets(Split split, Outliers outliers, TokenSequences trained, TokenSequences truth, bool isSymmetric)
    {
        Split = split;
        _outliers = outliers;
        Trained = trained;
        Truth = truth;
        IsSymmetric = isSymmetric;
    }

    /// <summary>Which train and which validate.</summary>
    public Split Split { get; }

    /// <summary>Those of the training set that have the answer of another.</summary>
    public ReadOnlySpan<int> Outliers => _outliers.Examples;

    /// <summary>All examples with the answers that train: those of the outliers are wrong.</summary>
    public TokenSequences Trained { get; }

    /// <summary>All examples with their true answers.</summary>
    public TokenSequences Truth { get; }

    /// <summary>Whether they are the equations of a symmetric operation, where a trained mirror gives an answer away.</summary>
    public bool IsSymmetric { get; }

    /// <summary>The examples of a valid experiment.</summary>
    public static ExampleSets Of(Experiment experiment) => experiment.Task switch
    {
        Operation operation => OfTable(experiment, new EquationTable(operation)),
        VectorTask vectors => OfVectors(experiment, vectors.Draw(experiment.Seed)),
        _ => throw new ArgumentException($"No experiment trains a {experiment.Task.GetType()}: a task is an operation or has vectors.", nameof(experiment)),
    };

    private static ExampleSets OfTable(Experiment experiment, EquationTable table)
    {
        Split split = Split.Draw(table, experiment.TrainFraction, experiment.Seed);
        var outliers = Tasks.Outliers.Draw(table.Answers, split, experiment.Outliers, experiment.Seed);
        return new ExampleSets(
            split,
            outliers,
            TokenSequences.Encode(table, outliers.Answers, experiment.Convention),
            TokenSequences.Encode(table, experiment.Convention),
            table.IsSymmetric);
    }

    private static ExampleSets OfVectors(Experiment experiment, VectorExamples examples)
    {
        Split split = Split.Draw(examples.Answers.Length, experiment.TrainFraction, experiment.Seed);
        var outliers = Tasks.Outliers.Draw(examples.Answers, split, experiment.Outliers, experiment.Seed);
        return new ExampleSets(
            split,
            outliers,
            TokenSequences.OfVectors(examples, outliers.Answers, experiment.Task.AnswerCount),
            TokenSequences.OfVectors(examples, examples.Answers, experiment.Task.AnswerCount),
            isSymmetric: false);
    }
}
