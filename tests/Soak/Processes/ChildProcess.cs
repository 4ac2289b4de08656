using System.Diagnostics;

namespace Grokking.Tests.Soak.Processes;

/// <summary>The soak program as a child that trains through a store and may be killed.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>What it answers before the first step of an order, and after the last one.</summary>
    public const string Begun = "begun";

    /// <inheritdoc cref="Begun"/>
    public const string Done = "done";

    /// <summary>The argument that makes the program a child.</summary>
    public const string Argument = "child";

    private readonly Process _process;

    /// <summary>Starts it; it waits for orders.</summary>
    /// <param name="program">The soak program's assembly.</param>
    public ChildProcess(string program)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", program, Argument },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Most of a short child's life is compilation.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public void Send(Order order)
    {
        try
        {
            _process.StandardInput.WriteLine(order.ToLine());
        }
        catch (IOException)
        {
            // It was killed; whoever waits for its answer will see.
            return;
        }
    }

    /// <summary>The next answer; null when it has ended.</summary>
    public string? Answer() => _process.StandardOutput.ReadLine();

    /// <summary>kill −9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Ends its input, which ends it.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
