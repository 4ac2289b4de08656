using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Grokking.Tests.Probe;

namespace Grokking.Tests.Unit.Training;

/// <summary>The probe (tests/Probe) as a child process: a switch of the runtime is read once, when a process starts.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process _process;

    private ProbeProcess(string configuration, string? setting, string argument)
    {
        string probe = Path.Combine(Metadata("ProbeFolder"), configuration, Metadata("ProbeFramework"), "Grokking.Tests.Probe.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", probe, argument },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (setting?.Split('=') is [string name, string value])
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Debug or Release: the configuration that these tests were built in.</summary>
    public static string OwnConfiguration => Metadata("Configuration");

    /// <summary>The report of a process that was started with one more environment variable, "NAME=value".</summary>
    public static async Task<ProbeReport> Report(string configuration, string? setting)
    {
        using var probe = new ProbeProcess(configuration, setting, "report");
        string output = await probe._process.StandardOutput.ReadToEndAsync();
        await probe._process.WaitForExitAsync();
        Assert.True(probe._process.ExitCode == 0, $"The probe ended with {probe._process.ExitCode}; its error stream is above.");
        return JsonSerializer.Deserialize<ProbeReport>(output)!;
    }

    /// <summary>A process that trains only when asked; see <see cref="MicrosecondsPerStep"/>.</summary>
    public static ProbeProcess StartPaced(string configuration) => new(configuration, setting: null, "pace");

    /// <summary>Lets it train for one window.</summary>
    public double MicrosecondsPerStep()
    {
        _process.StandardInput.WriteLine();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The probe has ended.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        // The end of its input ends it.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Metadata(string key) => typeof(ProbeProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal)).Value!;
}
