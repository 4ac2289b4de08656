using System.Text;

namespace Grokking.Tests.Unit.Cli;

/// <summary>Keeps what is written to it; unlike a StringWriter it may be read while another thread writes.</summary>
internal sealed class RecordedText : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public RecordedText() => NewLine = "\n";

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value) => Append([value]);

    public override void Write(char[] buffer, int index, int count) => Append(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Append(buffer);

    public override void Write(string? value) => Append(value);

    public override void WriteLine(string? value) => Append(value + NewLine);

    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _text.Append(text);
        }
    }
}
