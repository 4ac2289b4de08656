using Grokking.Tests.Soak.Trials;

namespace Grokking.Tests.Unit;

/// <summary>Names that have broken other programs, for a theory.</summary>
internal static class HostileNames
{
    public static TheoryData<string> All { get; } = [.. NameTrials.HandWritten];
}
