using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Grokking.Bench;

/// <summary>bench/pytorch/step.py, waiting to be told which implementation to train for a window.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];
    private readonly Process _process;

    private PyTorchProcess(Process process, JsonElement about)
    {
        _process = process;
        About = about;
    }

    /// <summary>What the script says about its torch.</summary>
    public JsonElement About { get; }

    /// <summary>Starts the script and waits until it has warmed up.</summary>
    /// <param name="device">Torch's name of what it trains on.</param>
    /// <returns>Null when no Python here has a torch for the device.</returns>
    public static PyTorchProcess? TryStart(string device = "cpu")
    {
        string? interpreter = Array.Find(Interpreters, candidate => HasTorch(candidate, device));
        if (interpreter is null)
        {
            return null;
        }

        var start = new ProcessStartInfo(interpreter, [Script(), "--device", device, "--serve"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // One core each, and the fastest kernels that this core has.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment.Remove("OPENBLAS_CORETYPE");
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{interpreter} did not start.");
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("step.py ended before it was ready.");
        using var about = JsonDocument.Parse(line);
        return new PyTorchProcess(process, about.RootElement.Clone());
    }

    /// <summary>Trains for a window.</summary>
    /// <param name="implementation">"plain" or "tuned".</param>
    /// <returns>Milliseconds of a step.</returns>
    public double MillisecondsPerStep(string implementation)
    {
        _process.StandardInput.WriteLine(implementation);
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("step.py ended early.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool HasTorch(string interpreter, string device)
    {
        var start = new ProcessStartInfo(interpreter, ["-c", $"import torch; torch.zeros(1, device='{device}')"]) { UseShellExecute = false, RedirectStandardError = true };
        try
        {
            using Process? process = Process.Start(start);
            process?.StandardError.ReadToEnd();
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    // The repository is above the built program, wherever the command was typed.
    private static string Script()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string script = Path.Combine(folder, "pytorch", "step.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new FileNotFoundException("bench/pytorch/step.py is in no folder above the program.");
    }
}
