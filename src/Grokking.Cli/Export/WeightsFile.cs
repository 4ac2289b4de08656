using Grokking.Cli.Output;
using Grokking.Models;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>Whose names and shapes exported weights have.</summary>
internal enum WeightLayout
{
    /// <summary>openai/grok's Transformer.</summary>
    OpenAI,

    /// <summary>TransformerLens's HookedTransformer.</summary>
    TransformerLens,

    /// <summary>Our own: row-major, y = x·W, heads side by side.</summary>
    Grokking,
}

/// <summary>A run's weights as one safetensors file, with what is needed to build the model in its metadata.</summary>
/// <remarks>
/// The metadata has "config", the arguments of the library's class as JSON, where there is one; "experiment", what was trained as JSON; the
/// run's key, engine and layout; and "left_out", what the outputs need beside the trained weights, where there is such.
/// </remarks>
internal static class WeightsFile
{
    /// <summary>The layouts by their names on the command line.</summary>
    public static IReadOnlyDictionary<string, WeightLayout> Layouts { get; } = new Dictionary<string, WeightLayout>(StringComparer.Ordinal)
    {
        ["openai"] = WeightLayout.OpenAI,
        ["transformerlens"] = WeightLayout.TransformerLens,
        ["grokking"] = WeightLayout.Grokking,
    };

    /// <summary>Does nothing if the run's model can be the layout's; a file that loads but computes something else is never written.</summary>
    /// <exception cref="CommandFailedException">It cannot.</exception>
    public static void Check(ExportedRun run, WeightLayout layout)
    {
        string? misfit = Misfit(run, layout);
        if (misfit is not null)
        {
            IEnumerable<string> others = Layouts.Where(pair => Misfit(run, pair.Value) is null).Select(pair => pair.Key);
            throw new CommandFailedException(
                ExitCode.BadInput,
                $"Run {run.ShortKey} ({run.Task}) is no model of {NameOf(layout)}: {misfit}. Its weights go with --names {string.Join(" or ", others)}.");
        }
    }

    /// <summary>The file.</summary>
    /// <param name="run">One that passed <see cref="Check"/>.</param>
    /// <param name="weights">All its tensors under our names.</param>
    /// <param name="layout">The names to have.</param>
    /// <exception cref="ArgumentException">The tensors are not those of the run's model.</exception>
    public static byte[] Of(ExportedRun run, IReadOnlyList<NamedTensor> weights, WeightLayout layout)
    {
        ExportedModel? model = layout switch
        {
            WeightLayout.OpenAI => OpenAILayout.Of(Named(run.Experiment!, weights)),
            WeightLayout.TransformerLens => TransformerLensLayout.Of(Named(run.Experiment!, weights)),
            _ => null,
        };
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["format"] = "pt",
            ["layout"] = NameOf(layout),
            ["run"] = run.Key,
            ["engine"] = run.EngineId,
            ["experiment"] = run.ExperimentText,
        };
        if (model is not null)
        {
            metadata["config"] = model.ConfigJson;
        }

        if (LeftOut(run.Experiment?.Model) is string leftOut)
        {
            metadata["left_out"] = leftOut;
        }

        return Safetensors.Write([.. (model?.Tensors ?? weights).Select(SafetensorsTensor.Of)], metadata);
    }

    // Not trained, so not among a run's weights: our engine draws it anew from the seed.
    private static string? LeftOut(ModelConfig? model) => model switch
    {
        MlpConfig { FrozenReadout: true, StartsAtZero: true } => "the readout, which stays as the seed drew it, and the outputs at the start, which are subtracted",
        MlpConfig { FrozenReadout: true } => "the readout, which stays as the seed drew it",
        MlpConfig { StartsAtZero: true } => "the outputs at the start, which are subtracted",
        _ => null,
    };

    private static ModelWeights Named(Experiment experiment, IReadOnlyList<NamedTensor> weights) =>
        new((TransformerConfig)experiment.Model, TokenSequences.Encode(new EquationTable((Operation)experiment.Task), experiment.Convention).Length, weights);

    private static string? Misfit(ExportedRun run, WeightLayout layout) => (layout, run.Experiment?.Model) switch
    {
        (WeightLayout.Grokking, _) => null,
        (_, null) => "this tool was not built with its operation or its optimiser",
        (WeightLayout.OpenAI, TransformerConfig model) => OpenAILayout.Misfit(model),
        (_, TransformerConfig model) => TransformerLensLayout.Misfit(model),
        _ => "it is no transformer",
    };

    private static string NameOf(WeightLayout layout) => layout switch
    {
        WeightLayout.OpenAI => "openai/grok",
        WeightLayout.TransformerLens => "TransformerLens",
        _ => "Grokking.Repro",
    };
}
