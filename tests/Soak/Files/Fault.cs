namespace Grokking.Tests.Soak.Files;

/// <summary>What goes wrong at an operation.</summary>
internal enum Fault
{
    /// <summary>EIO: the operation fails, the next one works again.</summary>
    InputOutput,

    /// <summary>ENOSPC: what writes fails from then on, in the middle of its bytes; what deletes works.</summary>
    NoSpace,

    /// <summary>kill −9: half of a write is done, and then nothing any more.</summary>
    Kill,
}
