using System.Text.Json;

namespace Grokking.Bench;

/// <summary>PyTorch training one run of the paper's model on the device that an ensemble trains on. Rates are of the best window.</summary>
/// <param name="Pytorch">What the script says of its torch.</param>
/// <param name="PlainStepsPerS">Updates per second of plain_model.py.</param>
/// <param name="TunedStepsPerS">The same of tuned_model.py.</param>
internal sealed record PyTorchPeer(JsonElement Pytorch, double PlainStepsPerS, double TunedStepsPerS)
{
    private const int Windows = 5;

    /// <summary>Measures both implementations in turns.</summary>
    /// <param name="device">"Cpu" or "Cuda".</param>
    /// <returns>Null where no Python here has a torch for the device.</returns>
    public static PyTorchPeer? Measure(string device)
    {
        Console.Error.WriteLine("starting PyTorch …");
        using PyTorchProcess? pytorch = PyTorchProcess.TryStart(device.ToLowerInvariant());
        if (pytorch is null)
        {
            Console.Error.WriteLine("No python3 here has a torch for this device; there is nobody to compare with.");
            return null;
        }

        (double Plain, double Tuned)[] windows =
            [.. Enumerable.Range(0, Windows).Select(_ => (pytorch.MillisecondsPerStep("plain"), pytorch.MillisecondsPerStep("tuned")))];
        return new PyTorchPeer(pytorch.About, 1000 / windows.Min(window => window.Plain), 1000 / windows.Min(window => window.Tuned));
    }
}
