namespace Grokking.Store;

/// <summary>The store cannot be read or written; the message is one line that says what was tried, on what, and why it failed.</summary>
public class StoreException : IOException
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">What was tried, on what, and why it failed.</param>
    /// <param name="innerException">What the system said; null where it was not asked.</param>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// What lies at a path inside the store is a link, a pipe, a device or a folder where a plain file belongs, or a link where a folder does. The
/// store follows none of them, so nothing outside its root is read or written.
/// </summary>
public sealed class NotPlainFileException : StoreException
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">What lies where.</param>
    public NotPlainFileException(string message)
        : base(message)
    {
    }
}

/// <summary>A file in the store is longer than its reader allows. It was not read.</summary>
public sealed class FileTooLongException : StoreException
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">Which file, how long it is, and how long it may be.</param>
    public FileTooLongException(string message)
        : base(message)
    {
    }
}

/// <summary>One key, two results: the same experiment on the same engine gave other bits than before. Nothing stored was changed.</summary>
public sealed class DifferentBitsException : StoreException
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">Which run, and where it first differs.</param>
    public DifferentBitsException(string message)
        : base(message)
    {
    }
}
