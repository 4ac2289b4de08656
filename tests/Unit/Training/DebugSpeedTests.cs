namespace Grokking.Tests.Unit.Training;

/// <summary>`dotnet test` builds Debug, and a claim trains for minutes. These run alone: they take time.</summary>
[Trait("Category", "Unit")]
[Collection(nameof(Alone))]
public sealed class DebugSpeedTests
{
    private const double AllowedRatio = 1.1;
    private const int LeastWindows = 20;
    private const int MostWindows = 200;

    [Fact]
    public void A_step_built_in_Debug_takes_no_longer_than_one_built_in_Release()
    {
        using var debug = ProbeProcess.StartPaced("Debug");
        using var release = ProbeProcess.StartPaced("Release");
        double fastestDebug = double.PositiveInfinity;
        double fastestRelease = double.PositiveInfinity;

        // Alternating short windows, the best of each: whatever else the machine does can only add to a window. A machine so busy that
        // twenty pairs held no quiet window gets more of them; a slow build stays slow in all of them.
        for (int i = 0; i < LeastWindows || (i < MostWindows && fastestDebug > AllowedRatio * fastestRelease); i++)
        {
            fastestDebug = Math.Min(fastestDebug, debug.MicrosecondsPerStep());
            fastestRelease = Math.Min(fastestRelease, release.MicrosecondsPerStep());
        }

        Assert.True(
            fastestDebug <= AllowedRatio * fastestRelease,
            $"A step takes {fastestDebug:F0} µs in Debug and {fastestRelease:F0} µs in Release; allowed is a ratio of {AllowedRatio}.");
    }
}
