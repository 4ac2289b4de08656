namespace Grokking.Tests.Soak.Files;

/// <summary>The process is gone: no handler of the store's own exceptions may see this one.</summary>
internal sealed class KilledException : Exception;
