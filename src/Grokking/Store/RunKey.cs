using System.Security.Cryptography;
using System.Text;
using Grokking.Configuration;
using Grokking.Training;

namespace Grokking.Store;

/// <summary>What names a stored run: all that decides its bits, as text, and that text's hash.</summary>
public sealed record RunKey
{
    /// <summary>Length of <see cref="Hash"/> in characters.</summary>
    public const int HashLength = 64;

    /// <summary>The key of a specification as it stands in a file.</summary>
    internal RunKey(string specText)
    {
        SpecText = specText;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(specText)));
    }

    /// <summary>The file spec.json: canonical JSON of engine, code and experiment, and a line end.</summary>
    public string SpecText { get; }

    /// <summary>SHA-256 of <see cref="SpecText"/> in UTF-8, in lower-case hexadecimal digits; the name of the run's folder.</summary>
    public string Hash { get; }

    /// <summary>The run's folder in a store.</summary>
    internal string Folder => StorePaths.FolderOf(Hash);

    /// <summary>The key of an experiment on an engine.</summary>
    /// <param name="experiment">Need not be valid.</param>
    /// <param name="engineId">The engine's <see cref="ITrainingEngine.Id"/>.</param>
    /// <exception cref="NotSupportedException">The experiment has no canonical text; see <see cref="CanonicalJson"/>.</exception>
    public static RunKey Of(Experiment experiment, string engineId)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentException.ThrowIfNullOrEmpty(engineId);
        return new RunKey(CanonicalJson.Write(new RunSpec(engineId, TrainingCode.Of(experiment, engineId), experiment)) + "\n");
    }
}

/// <summary>The content of spec.json.</summary>
/// <param name="Engine">The engine's id.</param>
/// <param name="Code">What the run's code was built from; see <see cref="TrainingCode"/>.</param>
/// <param name="Experiment">The run.</param>
public sealed record RunSpec(string Engine, IReadOnlyList<string> Code, Experiment Experiment);
