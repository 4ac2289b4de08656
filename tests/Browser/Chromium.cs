using System.Diagnostics;

namespace Grokking.Tests.Browser;

/// <summary>A headless browser of this machine, started for one test class and ended with it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string HowToGetOne = "No browser: put chromium or google-chrome on the PATH, or its file into GROKKING_CHROMIUM.";

    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    private readonly string _profile = Directory.CreateTempSubdirectory("grokking-browser-").FullName;
    private Process? _process;

    /// <summary>The browser's file; null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("GROKKING_CHROMIUM") is { Length: > 0 } file
        ? file
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => s_names.SelectMany(name => new[] { name, name + ".exe" }).Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>A folder for pages, removed at the end.</summary>
    public string Folder => _profile;

    public async Task InitializeAsync()
    {
        if (Path is null)
        {
            return;
        }

        var start = new ProcessStartInfo(Path)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={_profile}", "about:blank",
            },
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        string port = System.IO.Path.Combine(_profile, "DevToolsActivePort");
        for (int i = 0; i < 300 && !File.Exists(port); i++)
        {
            await Task.Delay(100);
        }
    }

    /// <summary>A connection to the browser.</summary>
    internal async Task<DevTools> Connect()
    {
        string[] lines = await File.ReadAllLinesAsync(System.IO.Path.Combine(_profile, "DevToolsActivePort"));
        return await DevTools.Connect(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"));
    }

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        for (int i = 0; i < 20 && Directory.Exists(_profile); i++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }
}
