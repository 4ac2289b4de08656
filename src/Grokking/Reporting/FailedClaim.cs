using System.Text;

namespace Grokking.Reporting;

/// <summary>A claim that a job on GitHub tells of, in words of whoever tried it.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Verdict">In a few words.</param>
/// <param name="Message">The lines of its annotation.</param>
/// <param name="Evidence">What the job's summary has of it, line by line.</param>
public sealed record FailedClaim(string Claim, string Verdict, IReadOnlyList<string> Message, IReadOnlyList<string> Evidence)
{
    /// <summary>The lines that the runner shows as errors beside the job: one for each claim, as many as it takes.</summary>
    public static IEnumerable<string> Annotations(IEnumerable<FailedClaim> claims) => claims
        .Take(WorkflowCommand.MostAnnotations)
        .Select(claim => WorkflowCommand.Error($"{claim.Claim}: {claim.Verdict}", claim.Message));

    /// <summary>A job's summary: its head and below it a table of evidence for each claim. A table that does not fit is left out.</summary>
    public static string Summary(string head, IEnumerable<FailedClaim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var text = new StringBuilder(head);
        foreach (FailedClaim claim in claims)
        {
            var table = new Table("Claim", "Evidence");
            foreach (string line in claim.Evidence)
            {
                table.Add(claim.Claim, line);
            }

            string section = "\n" + table.ToMarkdown();
            if (Encoding.UTF8.GetByteCount(section) + Encoding.UTF8.GetByteCount(text.ToString()) < WorkflowCommand.LargestSummary)
            {
                text.Append(section);
            }
        }

        return text.Append('\n').ToString();
    }
}
