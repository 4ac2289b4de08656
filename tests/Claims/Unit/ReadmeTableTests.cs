using Grokking.Tests.Claims.Reports;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class ReadmeTableTests
{
    [Fact]
    public void The_README_takes_its_tables_from_approved_snapshots_those_of_the_quick_tier_first()
    {
        using var folder = new ScratchFolder();
        const string Snapshot = """{"claim":"late","statement":"It is late.","source":"F 1","verdict":{"holds":true,"effect":"9×"},"published":[{"what":"lag","published":"8×","source":"F 2","ours":"9×"}],"runs":[1,2]}""";
        File.WriteAllText(folder.File("A.B_quick.verified.json"), Snapshot);
        File.WriteAllText(folder.File("A.B_paper.verified.json"), Snapshot.Replace("9×", "12×", StringComparison.Ordinal));
        File.WriteAllText(folder.File("A.C_quick.received.json"), "{}");

        File.WriteAllText(folder.File("a.txt"), "resampled from 7 sets: late fails 12 of 1000 times\n");

        string readme = ReadmeTable.Insert($"top\n{ReadmeTable.Begin}\nold\n{ReadmeTable.End}\nbottom\n", ReadmeTable.From(folder.Path, folder.Path));

        Assert.Equal(
            $"top\n{ReadmeTable.Begin}\n\n" +
            "| Claim | Source | Verdict | Measured | Runs | Fails on fresh seeds | Approved run |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
            "| It is late. | F 1 | holds | 9× | 2 | 12 of 1000 (7 sets) | [late](tests/Claims/approved/A.B_quick.verified.json) |\n" +
            "\n<details>\n<summary>Published numbers, and ours</summary>\n\n" +
            "| Claim | Quantity | Published | Where | Ours |\n| --- | --- | --- | --- | --- |\n| late | lag | 8× | F 2 | 9× |\n" +
            "\n</details>\n\nOf those that have been tried to the end at the papers' own sizes and budgets (`GROKKING_TIER=paper`):\n\n" +
            "| Claim | Source | Verdict | Measured | Runs | Approved run |\n| --- | --- | --- | --- | --- | --- |\n" +
            "| It is late. | F 1 | holds | 12× | 2 | [late](tests/Claims/approved/A.B_paper.verified.json) |\n" +
            "\n<details>\n<summary>Published numbers, and ours</summary>\n\n" +
            "| Claim | Quantity | Published | Where | Ours |\n| --- | --- | --- | --- | --- |\n| late | lag | 8× | F 2 | 12× |\n" +
            $"\n</details>\n\n{ReadmeTable.End}\nbottom\n",
            readme.Replace($"**1 claims: 1 hold, 0 do not.** Reported without gating, each with its reason: 0.\n\n{ReadmeTable.HowToRead}\n\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void It_counts_the_claims_that_hold_and_those_that_do_not_gate()
    {
        using var folder = new ScratchFolder();
        foreach ((string test, string holds, string reported) in new[] { ("B", "true", ""), ("C", "true", ""), ("D", "false", "\"reportedOnly\":\"contested\",") })
        {
            File.WriteAllText(
                folder.File($"A.{test}_quick.verified.json"),
                $$"""{"claim":"late","statement":"It is late.","source":"F 1",{{reported}}"verdict":{"holds":{{holds}},"effect":"9×"},"published":[],"runs":[1,2]}""");
        }

        Assert.StartsWith("**3 claims: 2 hold, 1 do not.** Reported without gating, each with its reason: 1.\n\n", ReadmeTable.From(folder.Path, folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_was_not_calibrated_has_a_dash()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(
            folder.File("A.B_quick.verified.json"),
            """{"claim":"late","statement":"It is late.","source":"F 1","verdict":{"holds":true,"effect":"9×"},"published":[],"runs":[1,2]}""");
        File.WriteAllText(folder.File("a.txt"), "resampled from 7 sets: early fails 12 of 1000 times\n");

        Assert.Contains("| 2 | — | [late](", ReadmeTable.From(folder.Path, folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_README_without_markers_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ReadmeTable.Insert("nothing", ""));
}
