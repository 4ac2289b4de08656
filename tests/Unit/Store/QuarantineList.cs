using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

/// <summary>Keeps what a store tells of.</summary>
internal sealed class QuarantineList : List<Quarantined>, IProgress<Quarantined>
{
    public void Report(Quarantined value) => Add(value);
}
