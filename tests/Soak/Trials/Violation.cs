namespace Grokking.Tests.Soak.Trials;

/// <summary>A property did not hold.</summary>
internal sealed class Violation(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new Violation(message);
        }
    }
}
