using System.Text.Json.Nodes;

namespace Grokking.Tests.Browser;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">Of the window, CSS pixels.</param>
/// <param name="Dark">Whether the user asks for dark colours.</param>
/// <param name="Script">Whether scripts run.</param>
internal sealed record Viewing(int Width = 1280, bool Dark = false, bool Script = true);

/// <summary>One open page, and what it complained about and asked the network for.</summary>
internal sealed class Page : IAsyncDisposable
{
    // Pixels.
    private const int TallestPicture = 16_000;

    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string _session;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Page(DevTools tools, string target, string session)
    {
        _tools = tools;
        _target = target;
        _session = session;
        _tools.Happened += Note;
    }

    /// <summary>Errors of scripts, of the console and of the content security policy.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Every address asked for beside the page's own.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file and waits until it is loaded.</summary>
    public static async Task<Page> Open(DevTools tools, string path, Viewing viewing)
    {
        string target = (string)(await tools.Send(null, "Target.createTarget", new JsonObject { ["url"] = "about:blank" }))["targetId"]!;
        JsonObject attached = await tools.Send(null, "Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true });
        var page = new Page(tools, target, (string)attached["sessionId"]!);
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await page.Send($"{domain}.enable");
        }

        await page.Send("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = viewing.Width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = viewing.Width < 600 });
        await page.Send("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = viewing.Dark ? "dark" : "light" }) });
        await page.Send("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !viewing.Script });
        await page.Send("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await page._loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return page;
    }

    /// <summary>The value of an expression in the page; a promise is waited for.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        JsonObject answer = await Send(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException($"{expression}: {thrown["exception"]?["description"] ?? thrown["text"]}")
            : answer["result"]!["value"];
    }

    /// <summary>Scrolls through the page, so that every chart is made, and lets it come to rest.</summary>
    public async Task ScrollThrough() => await Evaluate(
        """
        (async () => {
          // What comes into view is told after a frame, so the task after the second frame finds it told.
          const rest = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
          for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo(0, y); await rest(); }
          scrollTo(0, 0);
          await rest();
        })()
        """);

    public async Task Press(string key)
    {
        await Send("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = key });
        await Send("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>The page as a PNG, of a long one as much as the browser draws in one.</summary>
    public async Task<byte[]> Screenshot()
    {
        double width = (double)(await Evaluate("document.documentElement.scrollWidth"))!, height = (double)(await Evaluate("document.documentElement.scrollHeight"))!;
        return Convert.FromBase64String((string)(await Send("Page.captureScreenshot", new JsonObject
        {
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = width, ["height"] = Math.Min(height, TallestPicture), ["scale"] = 1 },
        }))["data"]!);
    }

    /// <summary>The page as it prints.</summary>
    public async Task<byte[]> Pdf() => Convert.FromBase64String(
        (string)(await Send("Page.printToPDF", new JsonObject { ["preferCSSPageSize"] = true }))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= Note;
        await _tools.Send(null, "Target.closeTarget", new JsonObject { ["targetId"] = _target });
    }

    private Task<JsonObject> Send(string method, JsonObject? parameters = null) => _tools.Send(_session, method, parameters);

    private void Note(object? sender, DevToolsEventArgs happened)
    {
        if (!string.Equals(happened.Session, _session, StringComparison.Ordinal))
        {
            return;
        }

        JsonObject parameters = happened.Parameters;
        switch (happened.Name)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Runtime.exceptionThrown":
                Complaints.Add(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled":
                Complaints.Add(parameters["args"]!.ToJsonString());
                break;
            case "Log.entryAdded":
                Complaints.Add(parameters["entry"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when (string)parameters["request"]!["url"]! is var url && !url.StartsWith("file:", StringComparison.Ordinal):
                Requests.Add(url);
                break;
        }
    }
}
