using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Grokking.Tests;

/// <summary>
/// Xunit's own framework, which leaves a file with the number of tests it was asked to run, so that the build can fail when a filter matched
/// none, and tells a listener when they have all ended.
/// </summary>
public sealed class CountingTestFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    /// <summary>Raised after the last test ended and before the runner is told so.</summary>
    public static event EventHandler? AllEnded;

    /// <summary>The tests of this run; empty before it starts.</summary>
    public static IReadOnlyList<ITestCase> TestCases { get; private set; } = [];

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assemblyName, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions)
        {
            IXunitTestCase[] cases = [.. testCases];
            TestCases = cases;
            if (cases.Length > 0)
            {
                LeaveMarker(cases.Length);
            }

            base.RunTestCases(cases, new EndSink(executionMessageSink), executionOptions);
        }

        private static void LeaveMarker(int count)
        {
            string path = typeof(CountingTestFramework).Assembly
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => string.Equals(attribute.Key, "TestsRanMarker", StringComparison.Ordinal)).Value!;
            File.WriteAllText(path, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    // The runner may end the process when it hears of the end, so the listener hears first.
    private sealed class EndSink(IMessageSink inner) : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestAssemblyFinished)
            {
                AllEnded?.Invoke(null, EventArgs.Empty);
            }

            return inner.OnMessage(message);
        }
    }
}
