namespace Grokking.Reporting;

/// <summary>What GitHub's runner obeys when it stands on a line of a job's output, and how text is kept from being obeyed.</summary>
public static class WorkflowCommand
{
    /// <summary>The environment variable that is "true" in a job.</summary>
    public const string JobVariable = "GITHUB_ACTIONS";

    /// <summary>The environment variable with the path of the job's summary, a Markdown file to append to.</summary>
    public const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>The most annotations of one kind that a step can have; the runner drops the others.</summary>
    public const int MostAnnotations = 10;

    /// <summary>The largest summary in bytes; the upload of a larger one is refused as a whole.</summary>
    public const int LargestSummary = 1024 * 1024;

    /// <summary>A line that the runner shows as an error beside the job; control characters in it become �.</summary>
    /// <param name="title">One line.</param>
    /// <param name="message">Its lines.</param>
    public static string Error(string title, IEnumerable<string> message)
    {
        string property = Data(title).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
        return $"::error title={property}::{string.Join("%0A", message.Select(Data))}";
    }

    /// <summary>The same line with nothing in it that a runner obeys: "::" at its beginning, and the older "##[" anywhere.</summary>
    public static string Disarm(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string disarmed = line.Replace("##[", "# #[", StringComparison.Ordinal);
        int start = disarmed.Length - disarmed.TrimStart().Length;
        return disarmed.AsSpan(start).StartsWith("::") ? $"{disarmed[..start]}: :{disarmed[(start + 2)..]}" : disarmed;
    }

    private static string Data(string line) => Printable.Line(line).Replace("%", "%25", StringComparison.Ordinal);
}
