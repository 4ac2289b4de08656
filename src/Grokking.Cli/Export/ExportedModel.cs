using Grokking.Training;

namespace Grokking.Cli.Export;

/// <summary>A model as another library loads it.</summary>
/// <param name="Tensors">Its tensors under that library's names, in that library's shapes.</param>
/// <param name="ConfigJson">The arguments that make the library's model, as one JSON object.</param>
internal sealed record ExportedModel(IReadOnlyList<NamedTensor> Tensors, string ConfigJson);
