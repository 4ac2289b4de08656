using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Grokking.Tests.Browser;

/// <summary>Something that happened in a page.</summary>
internal sealed class DevToolsEventArgs(string? session, string name, JsonObject parameters) : EventArgs
{
    public string? Session { get; } = session;

    public string Name { get; } = name;

    public JsonObject Parameters { get; } = parameters;
}

/// <summary>The browser's remote protocol: numbered commands with answers, and events, as JSON over a web socket.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _last;

    private DevTools()
    {
    }

    /// <summary>Raised for every event of every page.</summary>
    public event EventHandler<DevToolsEventArgs>? Happened;

    public static async Task<DevTools> Connect(Uri address)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, CancellationToken.None);
        tools._reading = tools.Read();
        return tools;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The browser refused it.</exception>
    public async Task<JsonObject> Send(string? session, string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(command.ToJsonString());
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        JsonObject message = await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return message["error"] is { } error
            ? throw new InvalidOperationException($"{method}: {error["message"]}")
            : message["result"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Read()
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                using var text = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                    text.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);

                JsonObject message = JsonNode.Parse(text.ToArray())!.AsObject();
                if ((int?)message["id"] is { } id)
                {
                    _waiting[id].SetResult(message);
                }
                else
                {
                    Happened?.Invoke(this, new DevToolsEventArgs((string?)message["sessionId"], (string)message["method"]!, message["params"]!.AsObject()));
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The connection was ended.
            return;
        }
    }
}
