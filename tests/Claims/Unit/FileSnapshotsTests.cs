using Grokking.Claims;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Unit;

[Trait("Category", "Unit")]
public sealed class FileSnapshotsTests : IDisposable
{
    private static readonly SnapshotName s_name = new("SomeTests", "Holds", Tier.Quick, EngineFamily.Cpu);

    private readonly ScratchFolder _folder = new();

    private string Verified => _folder.File("SomeTests.Holds_quick.verified.json");

    private string Received => _folder.File("SomeTests.Holds_quick.received.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_run_is_a_mismatch_and_approves_nothing()
    {
        SnapshotMismatch? mismatch = await new FileSnapshots(_folder.Path).Compare(s_name, "{}\n");

        Assert.False(mismatch!.Approved);
        Assert.Equal("{}\n", await File.ReadAllTextAsync(Received));
        Assert.False(File.Exists(Verified));
        Assert.Equal((Received, Verified), (mismatch.ReceivedPath, mismatch.VerifiedPath));
    }

    [Fact]
    public async Task Another_text_is_a_mismatch_that_leaves_the_approved_file_alone()
    {
        await File.WriteAllTextAsync(Verified, """{"a": 1}""");

        SnapshotMismatch? mismatch = await new FileSnapshots(_folder.Path).Compare(s_name, """{"a": 2}""");

        Assert.True(mismatch!.Approved);
        Assert.Equal(["a: 1 → 2"], mismatch.Differences);
        Assert.Equal("""{"a": 1}""", await File.ReadAllTextAsync(Verified));
        Assert.Equal("""{"a": 2}""", await File.ReadAllTextAsync(Received));
    }

    [Fact]
    public async Task A_match_deletes_the_received_file_of_an_earlier_run()
    {
        await File.WriteAllTextAsync(Verified, "{}\n");
        await File.WriteAllTextAsync(Received, "{ old }");

        Assert.Null(await new FileSnapshots(_folder.Path).Compare(s_name, "{}\n"));

        Assert.False(File.Exists(Received));
    }

    [Fact]
    public void Each_tier_has_its_own_file() =>
        Assert.Equal("SomeTests.Holds_paper.verified.json", (s_name with { Tier = Tier.Paper }).VerifiedFile);

    [Fact]
    public void Each_family_of_engines_has_its_own_file() =>
        Assert.Equal("SomeTests.Holds_quick_torch-cuda.verified.json", (s_name with { Family = EngineFamily.Of("torch-cuda-3") }).VerifiedFile);

    [Fact]
    public void An_engine_without_a_family_is_refused_by_name() =>
        Assert.Contains("torch-tpu-1", Assert.Throws<ArgumentException>(() => EngineFamily.Of("torch-tpu-1")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_approved_file_of_the_CPU_engine_is_no_approved_file_of_another()
    {
        await File.WriteAllTextAsync(Verified, "{}\n");

        SnapshotMismatch? mismatch = await new FileSnapshots(_folder.Path).Compare(s_name with { Family = EngineFamily.Of("torch-cuda-1") }, "{}\n");

        Assert.False(mismatch!.Approved);
    }

    [Fact]
    public void An_engine_without_an_approved_snapshot_is_advised_against_at_tiers_where_the_CPU_engine_has_all()
    {
        var torch = EngineFamily.Of("torch-cuda-1");
        SnapshotName[] expected =
        [
            .. from test in new[] { s_name.Test, "Holds_too" }
               from tier in Enum.GetValues<Tier>()
               from family in EngineFamily.All
               select s_name with { Test = test, Tier = tier, Family = family },
        ];
        string? Against(EngineFamily family, Tier tier) => ApprovedFiles.ReasonAgainst(family, tier, _folder.Path, expected);

        Assert.Null(Against(torch, Tier.Quick));

        File.WriteAllText(Verified, "{}");
        Assert.Null(Against(torch, Tier.Quick));

        File.WriteAllText(_folder.File("SomeTests.Holds_too_quick.verified.json"), "{}");

        Assert.Equal("no snapshot of torch-cuda is approved yet; GROKKING_ENGINE=torch trains on it all the same", Against(torch, Tier.Quick));
        Assert.Null(Against(torch, Tier.Paper));
        Assert.Null(Against(EngineFamily.Cpu, Tier.Quick));

        File.WriteAllText(_folder.File("SomeTests.Holds_quick_torch-cuda.verified.json"), "{}");

        Assert.Null(Against(torch, Tier.Quick));
    }

    [Fact]
    public void A_file_that_no_claim_asks_for_dangles()
    {
        File.WriteAllText(_folder.File("SomeTests.Holds_quick.verified.json"), "{}");
        File.WriteAllText(_folder.File("SomeTests.Holds_paper.verified.json"), "{}");
        File.WriteAllText(_folder.File("SomeTests.Holds_quick.received.json"), "{}");
        File.WriteAllText(_folder.File("SomeTests.Held_quick.verified.json"), "{}");
        File.WriteAllText(_folder.File("notes.txt"), "");

        Assert.Equal(["SomeTests.Held_quick.verified.json", "notes.txt"], ApprovedFiles.Dangling(_folder.Path, [s_name, s_name with { Tier = Tier.Paper }]));
    }
}
