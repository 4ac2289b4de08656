using Grokking.Tests.Soak.Trials;

namespace Grokking.Tests.Unit.Store;

/// <summary>The store's promises, as often as a pull request has time for; tests/Soak tries them all night.</summary>
[Trait("Category", "Unit")]
public sealed class StorePropertiesTests
{
    // Fixed, so that a pull request fails for its own changes only.
    private const int Seed = 20220106;

    [Fact]
    public void A_fault_at_any_operation_leaves_the_old_state_or_the_new_one() => Assert.InRange(FaultTrials.Exhaust(), 200, 2_000);

    [Fact]
    public void A_loss_of_power_at_any_moment_leaves_the_old_state_or_the_new_one() => FaultTrials.LosePower(500, Seed);

    [Fact]
    public void No_damaged_file_is_ever_used() => Assert.Equal(200, CorruptionTrials.Try(200, Seed));

    [Fact]
    public void A_malicious_tensor_file_is_refused_or_valid()
    {
        Assert.InRange(SafetensorsTrials.TryHandWritten(), 25, 1_000);
        SafetensorsTrials.Mutate(1_000, Seed);
    }
}
