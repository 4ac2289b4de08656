namespace Grokking.Tests.Unit;

/// <summary>What a call allocates on the managed heap of its thread.</summary>
internal static class AllocatedBytes
{
    private const int Windows = 5;

    /// <summary>
    /// The least of some calls, the first of which is not counted. Now and then, on a busy machine, the count moves by what was left of the thread's
    /// buffer, or by what a profiler sets up; what the call itself allocates shows every time.
    /// </summary>
    public static long LeastOf(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int window = 0; window < Windows; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
