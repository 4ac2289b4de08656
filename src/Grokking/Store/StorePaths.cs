namespace Grokking.Store;

/// <summary>Where things lie in a store, relative to its root.</summary>
internal static class StorePaths
{
    public const string Version = "v1";
    public const string Runs = Version + "/runs";
    public const string Locks = Version + "/locks";
    public const string Quarantine = Version + "/quarantine";

    public const string Spec = "spec.json";
    public const string Curve = "curve.csv";
    public const string Weights = "weights.safetensors";
    public const string Manifest = "manifest.json";
    public const string Progress = "progress.jsonl";
    public const string Reason = "reason.txt";

    private const string CheckpointStart = "ckpt-";
    private const string CheckpointEnd = ".safetensors";
    private const string TemporaryMark = ".tmp-";
    private const int FanOut = 2;

    public static string FolderOf(string hash) => $"{Runs}/{hash[..FanOut]}/{hash}";

    public static string LockOf(string hash) => $"{Locks}/{hash}.lock";

    public static string CheckpointAt(int step) => FormattableString.Invariant($"{CheckpointStart}{step:D8}{CheckpointEnd}");

    /// <summary>The step that a checkpoint's name says; null for any other name.</summary>
    public static int? StepOf(string name) =>
        name.StartsWith(CheckpointStart, StringComparison.Ordinal)
        && name.EndsWith(CheckpointEnd, StringComparison.Ordinal)
        && int.TryParse(
            name.AsSpan()[CheckpointStart.Length..^CheckpointEnd.Length],
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out int step)
        && string.Equals(name, CheckpointAt(step), StringComparison.Ordinal)
            ? step
            : null;

    public static string TemporaryOf(string path, int process, int count) => FormattableString.Invariant($"{path}{TemporaryMark}{process}-{count}");

    public static bool IsTemporary(string name) => name.Contains(TemporaryMark, StringComparison.Ordinal);

    public static bool IsHash(string name) => name.Length == RunKey.HashLength && name.All(sign => sign is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    public static bool IsInRightFolder(string fan, string hash) => hash.StartsWith(fan, StringComparison.Ordinal) && fan.Length == FanOut;
}
