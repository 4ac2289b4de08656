using System.Text.Json;

namespace Grokking.Configuration;

/// <summary>The text of an experiment, JSON or <c>key=value</c>, cannot be taken. The message names the key, what it was given and what it takes.</summary>
public sealed class ExperimentFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="key">The key's path, e.g. "optimizer.weightDecay"; empty for the text as a whole.</param>
    /// <param name="problem">A clause about the key, or a sentence about the whole.</param>
    public ExperimentFormatException(string key, string problem)
        : this(key, key.Length == 0 ? problem : $"{ShownText.Of(key)} {problem}", cause: null)
    {
    }

    private ExperimentFormatException(string key, string message, Exception? cause)
        : base(message, cause) => Key = key;

    /// <summary>The key's path, e.g. "optimizer.weightDecay"; empty for the text as a whole.</summary>
    public string Key { get; }

    /// <summary>The text is not what it should be, as another exception says.</summary>
    internal static ExperimentFormatException Because(Exception cause, string sentence) => new("", sentence, cause);

    /// <summary>A value was refused by what it is for; its key is the refused field, or the one given.</summary>
    internal static ExperimentFormatException Because(ArgumentException refusal, string? key = null)
    {
        // The base class writes the parameter behind the sentence, and the value once more.
        string sentence = refusal.Message.Split(" (Parameter '", count: 2)[0];
        key ??= string.Join('.', (refusal.ParamName ?? "").Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
        return new ExperimentFormatException(key, sentence, refusal);
    }

    /// <summary>There is no such key.</summary>
    /// <param name="key">What was written.</param>
    /// <param name="nearest">What was probably meant.</param>
    internal static ExperimentFormatException Unknown(string key, string nearest) =>
        new(key, $"{(key.Length == 0 ? "An empty text " : "")}is no key; did you mean {nearest}?");

    /// <summary>There is no such choice.</summary>
    internal static ExperimentFormatException NoChoice(string key, string given, IReadOnlyList<string> choices) =>
        new(key, $"must be one of {string.Join(", ", choices)} and is {ShownText.Of(given)}; did you mean {NearestName.To(given, choices)}?");
}
