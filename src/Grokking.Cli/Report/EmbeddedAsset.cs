using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Grokking.Cli.Report;

/// <summary>A file that is part of the tool.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its content, UTF-8, byte for byte.</param>
internal sealed record EmbeddedAsset(string Name, string Text)
{
    private const string CalibrationFolder = "calibration/";

    /// <summary>The version of uPlot that is embedded.</summary>
    public const string UPlotVersion = "1.6.32";

    public static EmbeddedAsset UPlotScript { get; } = Load("uPlot.iife.min.js");

    public static EmbeddedAsset UPlotStyles { get; } = Load("uPlot.min.css");

    public static EmbeddedAsset UPlotLicence { get; } = Load("LICENSE");

    public static EmbeddedAsset ReportScript { get; } = Load("report.js");

    public static EmbeddedAsset ReportStyles { get; } = Load("report.css");

    /// <summary>What the calibrations of the quick tier printed, in the order of their names.</summary>
    public static IReadOnlyList<EmbeddedAsset> Calibrations { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(CalibrationFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Load),
    ];

    /// <summary>The source expression that lets a content security policy allow this text and no other.</summary>
    public string CspSource => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";

    /// <summary>Reads an embedded file.</summary>
    /// <exception cref="FileNotFoundException">The assembly was built without it.</exception>
    public static EmbeddedAsset Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not embedded in this assembly.", name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new EmbeddedAsset(name, Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
