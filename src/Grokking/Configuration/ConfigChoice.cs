using System.Globalization;
using Grokking.Models;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Configuration;

/// <summary>The tasks, models and update rules that a text can name.</summary>
internal static class ConfigChoice
{
    private const string ModelSuffix = "Config";

    /// <summary>The update rules by their kinds in canonical JSON, each with its defaults.</summary>
    public static IReadOnlyList<OptimizerConfig> Optimizers { get; } = [new AdamW(), new Sgd(), new EmbeddingsApart()];

    /// <summary>The models by their kinds in canonical JSON, each with its defaults.</summary>
    public static IReadOnlyList<ModelConfig> Models { get; } = [new TransformerConfig(), new MlpConfig(), new DiagonalConfig()];

    /// <summary>The tasks of vectors by their kinds in canonical JSON, each with its defaults. Operations have names: <see cref="Operations.All"/>.</summary>
    public static IReadOnlyList<VectorTask> VectorTasks { get; } = [new TeacherStudent(), new SparseClassification(), new QuadraticRegression(), new IdxImages()];

    private static string[] OptimizerNames => ["Adam", .. Optimizers.Select(optimizer => CanonicalJson.KindOf(optimizer.GetType()))];

    /// <summary>
    /// The update rule of this name: Adam, which is AdamW without weight decay, AdamW, Sgd or EmbeddingsApart, in either case. The hyperparameters of a current one
    /// of the same kind stay; another kind has its defaults.
    /// </summary>
    /// <exception cref="ExperimentFormatException">There is no such rule.</exception>
    public static OptimizerConfig Optimizer(OptimizerConfig current, string name, string key)
    {
        if (string.Equals(name, "Adam", StringComparison.OrdinalIgnoreCase))
        {
            return (current as AdamW ?? new AdamW()) with { WeightDecay = 0 };
        }

        OptimizerConfig chosen = Optimizers.FirstOrDefault(known => IsKind(known, name, StringComparison.OrdinalIgnoreCase))
            ?? throw ExperimentFormatException.NoChoice(key, name, OptimizerNames);
        return current.GetType() == chosen.GetType() ? current : chosen;
    }

    /// <summary>
    /// The model of this name: Transformer, Mlp or Diagonal, in either case, or its kind in canonical JSON. A current one of the same kind stays; another kind
    /// has its defaults.
    /// </summary>
    /// <exception cref="ExperimentFormatException">There is no such model.</exception>
    public static ModelConfig Model(ModelConfig current, string name, string key)
    {
        ModelConfig chosen = Models.FirstOrDefault(
            known => IsKind(known, name, StringComparison.OrdinalIgnoreCase) || IsKind(known, name + ModelSuffix, StringComparison.OrdinalIgnoreCase))
            ?? throw ExperimentFormatException.NoChoice(
                key, name, [.. Models.Select(known => CanonicalJson.KindOf(known.GetType()).Replace(ModelSuffix, "", StringComparison.Ordinal))]);
        return current.GetType() == chosen.GetType() ? current : chosen;
    }

    /// <summary>Whether canonical JSON writes the record with this kind.</summary>
    public static bool IsKind(object record, string kind, StringComparison comparison = StringComparison.Ordinal) =>
        string.Equals(CanonicalJson.KindOf(record.GetType()), kind, comparison);

    /// <summary>
    /// The task of this name: the kind of a <see cref="VectorTask"/>, in either case, where a current one of the same kind stays; or an operation, with
    /// its size, e.g. "x+y mod 59" or "x*y in S5", or without, "x+y" or "x*y in S". Without, it has the size of a current one of the same kind, or else
    /// the paper's.
    /// </summary>
    /// <exception cref="ExperimentFormatException">There is no such task, or not of this size.</exception>
    public static LearningTask Task(LearningTask? current, string name, string key)
    {
        if (VectorTasks.FirstOrDefault(known => IsKind(known, name, StringComparison.OrdinalIgnoreCase)) is { } chosen)
        {
            return current?.GetType() == chosen.GetType() ? current : chosen;
        }

        try
        {
            // The words that set a formula apart stay with it.
            return Sized(name, " mod ", keptOfWord: 0)
                ?? Sized(name, " in S", keptOfWord: " in S".Length)
                ?? Sized(name, " in A", keptOfWord: " in A".Length)
                ?? Sized(name, "<", keptOfWord: "<".Length)
                ?? Sized(Operations.Parse(name), current);
        }
        catch (ArgumentOutOfRangeException ofSize)
        {
            throw ExperimentFormatException.Because(ofSize, key);
        }
        catch (ArgumentException unknown)
        {
            string[] names = [.. Operations.Names, .. VectorTasks.Select(known => CanonicalJson.KindOf(known.GetType()))];
            string sentence =
                $"No task is called \"{ShownText.Of(name)}\"; did you mean \"{NearestName.To(name, names)}\"? The names are: {string.Join(", ", names)}.";
            throw ExperimentFormatException.Because(new ArgumentException(sentence, nameof(name), unknown), key);
        }
    }

    // The operation whose size stands behind this word; null where no number does.
    private static Operation? Sized(string name, string word, int keptOfWord)
    {
        int at = name.LastIndexOf(word, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(name.AsSpan(at + word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? Operations.Parse(name[..(at + keptOfWord)], size)
            : null;
    }

    private static Operation Sized(Operation paperSized, LearningTask? current) =>
        paperSized.GetType() == current?.GetType() && OperationSize.Of(paperSized) is { } papers && OperationSize.Of(current) is { } known
            ? papers.With(known.Value)
            : paperSized;
}
