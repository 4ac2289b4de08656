using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Grokking.Reporting;

namespace Grokking.Cli.Report;

/// <summary>A piece of markup that is safe to put into a page.</summary>
/// <remarks>
/// It is only made from an interpolated string: what the source spells out is markup, and every hole is text that is encoded, unless it is
/// markup already. So text from outside cannot become an element, an attribute or a script by being forgotten.
/// </remarks>
internal readonly struct Html
{
    private Html(string markup) => Markup = markup;

    public static Html Empty { get; } = new("");

    public string Markup { get; }

    public static Html Of(Builder builder) => new(builder.ToMarkup());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    /// <summary>A file of this assembly, which nobody outside has a say in.</summary>
    public static Html Trusted(EmbeddedAsset asset) => new(asset.Text);

    /// <summary>JSON for a data block: the default encoder writes no &lt;, &gt;, &amp; or quote, so it cannot end its element.</summary>
    public static Html Trusted(FigureData data) => new(data.Json);

    public override string ToString() => Markup;

    [InterpolatedStringHandler]
    public readonly struct Builder(int literalLength, int formattedCount)
    {
        private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _markup = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html part) => _markup.Append(part.Markup);

        public void AppendFormatted(IEnumerable<Html> parts) => _markup.AppendJoin("", parts.Select(part => part.Markup));

        public void AppendFormatted(string? text) => _markup.Append(s_encoder.Encode(Shown(text ?? "")));

        public void AppendFormatted(int number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) => _markup.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        internal string ToMarkup() => _markup.ToString();

        // Lines stay lines, a number and its percent sign stay together, and what would be invisible is seen.
        private static string Shown(string text) =>
            string.Join('\n', text.Split('\n').Select(Printable.Line)).Replace(" %", "\u00A0%", StringComparison.Ordinal);
    }
}
