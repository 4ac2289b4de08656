namespace Grokking.Tests.Unit.Training;

/// <summary>Tests that measure time or allocation: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
