using System.Collections.Concurrent;
using Grokking.Tests.Probe;

namespace Grokking.Tests.Unit.Training;

/// <summary>The probe's reports, each process started once and two of them at a time.</summary>
public sealed class ProbeReports : IDisposable
{
    private readonly SemaphoreSlim _places = new(2);
    private readonly ConcurrentDictionary<(string Configuration, string? Setting), Lazy<Task<ProbeReport>>> _reports = new();

    public ProbeReports()
    {
        // The slowest first, so that they run side by side whatever the order of the tests.
        _ = Of("DOTNET_EnableHWIntrinsic=0");
        _ = Of("DOTNET_EnableAVX2=0");
    }

    /// <summary>The report of a process with one more environment variable, in the configuration that these tests were built in.</summary>
    public Task<ProbeReport> Of(string? setting) => Of(ProbeProcess.OwnConfiguration, setting);

    /// <summary>The same in this configuration.</summary>
    public Task<ProbeReport> Of(string configuration, string? setting) =>
        _reports.GetOrAdd((configuration, setting), key => new(() => InTurn(key.Configuration, key.Setting))).Value;

    public void Dispose() => _places.Dispose();

    private async Task<ProbeReport> InTurn(string configuration, string? setting)
    {
        await _places.WaitAsync();
        try
        {
            return await ProbeProcess.Report(configuration, setting);
        }
        finally
        {
            _places.Release();
        }
    }
}
