using System.Reflection;
using Grokking.Tests.Soak.Trials;

namespace Grokking.Tests.Unit.Store;

/// <summary>The store's promises to processes, with the soak program as the child.</summary>
[Trait("Category", "Unit")]
public sealed class StoreProcessTests
{
    private const int Seed = 20220106;

    private static readonly string s_program = typeof(StoreProcessTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "SoakProgram", StringComparison.Ordinal)).Value!;

    [Fact]
    public void A_run_that_is_killed_again_and_again_ends_with_the_bits_of_the_unbroken_one() => KillTrials.Try(s_program, kills: 25, Seed);

    [Fact]
    public void Two_processes_share_a_store() => SharedStoreTrials.Share(s_program, processes: 2, runs: 8, count: 10, Seed);

    [Fact]
    public void Of_eight_processes_two_may_be_killed() => SharedStoreTrials.ShareAndKill(s_program, processes: 8, killed: 2, runs: 32, count: 1, Seed);
}
