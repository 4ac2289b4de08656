using System.Text;

namespace Grokking.Cli.Output;

/// <summary>Result files: whoever reads one sees the old or the new content, never a part.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Fails now, before hours of training, where <see cref="Write(string, string, string)"/> would fail then.</summary>
    /// <param name="option">Who asked for the file, e.g. "--junit".</param>
    /// <param name="path">Where it will lie; its folder has to be there.</param>
    /// <exception cref="CommandFailedException">It cannot be written there.</exception>
    public static void Try(string option, string path) => Attempt(ExitCode.BadInput, option, path, () =>
    {
        using (File.Create(NameBeside(path)))
        {
            if (Directory.Exists(path))
            {
                throw new IOException("it is a folder");
            }
        }

        File.Delete(NameBeside(path));
    });

    /// <summary>Writes a text in UTF-8 beside the file and moves it into place.</summary>
    /// <inheritdoc cref="Try"/>
    public static void Write(string option, string path, string text) => Write(option, path, (Stream file) => file.Write(s_utf8.GetBytes(text)));

    /// <summary>Writes a text that is made as it is written.</summary>
    /// <inheritdoc cref="Try"/>
    public static void Write(string option, string path, Action<TextWriter> write) => Write(option, path, (Stream file) =>
    {
        using var text = new StreamWriter(file, s_utf8, leaveOpen: true);
        write(text);
    });

    /// <summary>Writes bytes that are made as they are written.</summary>
    /// <inheritdoc cref="Try"/>
    public static void Write(string option, string path, Action<Stream> write) => Attempt(ExitCode.InternalError, option, path, () =>
    {
        using (FileStream file = File.Create(NameBeside(path)))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(NameBeside(path), path, overwrite: true);
    });

    /// <summary>Makes a folder, and those above it; nothing if it is there.</summary>
    /// <inheritdoc cref="Try"/>
    public static void CreateFolder(string option, string path) => Attempt(ExitCode.BadInput, option, path, () => Directory.CreateDirectory(path));

    private static string NameBeside(string path) => FormattableString.Invariant($"{path}.tmp-{Environment.ProcessId}");

    private static void Attempt(ExitCode code, string option, string path, Action action)
    {
        // What lies beside an empty path could be written.
        if (path.Length == 0)
        {
            throw new CommandFailedException(ExitCode.BadInput, $"{option} is empty; it has to name a path.");
        }

        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            TryDelete(path);
            throw new CommandFailedException(code, $"{option} cannot write \"{path}\": {Reason(exception, path)}", exception);
        }
    }

    // The system speaks of the file beside it.
    private static string Reason(Exception exception, string path) => exception switch
    {
        DirectoryNotFoundException => "its folder is not there.",
        UnauthorizedAccessException => "not allowed.",
        _ => exception.Message.Replace(NameBeside(path), path, StringComparison.Ordinal),
    };

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(NameBeside(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // What is left over is a file of ours beside the one that was wanted; the reason it is left is already on its way to the user.
            return;
        }
    }
}
