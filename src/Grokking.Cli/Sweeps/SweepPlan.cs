using System.Text;
using Grokking.Cli.Output;
using Grokking.Configuration;
using Grokking.Training;

namespace Grokking.Cli.Sweeps;

/// <summary>What a command line asks to train.</summary>
/// <param name="Name">The preset's, or the configuration file's, for labels.</param>
/// <param name="Variations">At least one, all valid.</param>
internal sealed record SweepPlan(string Name, IReadOnlyList<ExperimentVariation> Variations)
{
    /// <summary>What is trained where nothing else is named: it groks in minutes.</summary>
    public const string DefaultPreset = "small";

    /// <summary>What is trained, in the order of the variations.</summary>
    public IReadOnlyList<Experiment> Experiments => [.. Variations.Select(variation => variation.Experiment)];

    /// <summary>Whether the runs differ in more than their seeds.</summary>
    public bool VariesMoreThanSeeds => Variations[0].Varied.Any(each => !IsSeed(each.Key));

    /// <summary>Reads the words behind a command: the name of a preset, if the first word is one, and <c>key=value</c>.</summary>
    /// <param name="words">As the user typed them.</param>
    /// <param name="configPath">A JSON file that is laid over the preset, or stands by itself without one; null for none.</param>
    /// <exception cref="CommandFailedException">Something in them cannot be used.</exception>
    public static SweepPlan Read(IReadOnlyList<string> words, string? configPath)
    {
        string? preset = words.Count > 0 && !words[0].Contains('=', StringComparison.Ordinal) ? words[0] : null;
        Experiment? basis = preset is null ? null : PresetOf(preset);
        try
        {
            if (configPath is not null)
            {
                basis = ExperimentJson.Read(TextOf(configPath), basis);
            }

            var changes = ExperimentOverrides.Parse(words.Skip(preset is null ? 0 : 1));
            string name = preset ?? (configPath is null ? DefaultPreset : Path.GetFileNameWithoutExtension(configPath));
            return new SweepPlan(name, changes.Expand(basis ?? PresetOf(DefaultPreset)));
        }
        catch (ExperimentFormatException refusal)
        {
            throw new CommandFailedException(ExitCode.BadInput, refusal.Message, refusal);
        }
    }

    /// <summary>Whether a key as the user wrote it means the seed.</summary>
    public static bool IsSeed(string key) => string.Equals(key, "seed", StringComparison.OrdinalIgnoreCase);

    private static Experiment PresetOf(string name) =>
        Presets.Named.GetValueOrDefault(name)
        ?? throw new CommandFailedException(
            ExitCode.BadInput,
            $"No preset is called \"{name}\"; did you mean {NearestName.To(name, Presets.Named.Keys)}? There are: {string.Join(", ", Presets.Named.Keys)}.");

    // No more than an experiment can have: the path may lead to something endless.
    private static string TextOf(string path)
    {
        try
        {
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(path, utf8);
            char[] text = new char[ExperimentJson.LongestText + 1];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandFailedException(ExitCode.BadInput, $"--config cannot read \"{path}\": {exception.Message}", exception);
        }
    }
}
