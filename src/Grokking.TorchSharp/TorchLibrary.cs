using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>TorchSharp's native library: whether it is there, and for which device this build has it.</summary>
public static class TorchLibrary
{
    /// <summary>The device this build was made for: the MSBuild property TorchDevice.</summary>
    public static TorchDevice BuiltFor { get; } = Enum.Parse<TorchDevice>(
        typeof(TorchLibrary).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => string.Equals(attribute.Key, nameof(TorchDevice), StringComparison.Ordinal)).Value!,
        ignoreCase: true);

    /// <summary>Loads the library.</summary>
    /// <returns>One line that says why the device cannot be used; null if it can.</returns>
    public static string? WhyUnavailable(TorchDevice device)
    {
        // Before it throws, TorchSharp writes all it has tried to the console. Nothing else writes meanwhile: an engine is opened, and the library with
        // it loaded, before a view of its runs begins.
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return Load(device);
        }
        catch (Exception exception) when (
            exception is NotSupportedException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            // Its first sentence: the rest is advice for notebooks, and all that was tried.
            string reason = (exception.InnerException ?? exception).Message.Trim();
            return $"TorchSharp's native library cannot be loaded: {reason.Split('\n')[0].Split(". ")[0].Trim().TrimEnd('.')}.";
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    // Apart, so that TorchSharp's types are touched inside the caller's try.
    private static string? Load(TorchDevice device)
    {
        if (device == TorchDevice.Cuda && !cuda.is_available())
        {
            return "TorchSharp sees no CUDA device.";
        }

        InitializeDeviceType(TypeOf(device));
        return null;
    }

    /// <summary>TorchSharp's name of the device.</summary>
    internal static DeviceType TypeOf(TorchDevice device) => device == TorchDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU;
}
