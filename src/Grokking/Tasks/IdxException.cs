namespace Grokking.Tasks;

/// <summary>The pictures of a task cannot be had. The message names the folder or the file and what is wrong with it.</summary>
public sealed class IdxException(string message) : IOException(message);
