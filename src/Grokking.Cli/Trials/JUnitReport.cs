using System.Globalization;
using System.Text;
using System.Xml;

namespace Grokking.Cli.Trials;

/// <summary>Claims as JUnit's XML, which most servers of continuous integration read: one suite, one case a claim.</summary>
internal static class JUnitReport
{
    private const string ClassName = "grokking.claims";

    /// <summary>The document; characters that XML 1.0 cannot hold become �.</summary>
    public static string Of(ClaimTrials trials)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "grok claims", trials);
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, $"claims, {trials.Tier} tier, {trials.EngineId}", trials);
            foreach (ClaimTrial trial in trials.All)
            {
                WriteCase(xml, trial);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void WriteCounts(XmlWriter xml, string name, ClaimTrials trials)
    {
        WriteAttribute(xml, "name", name);
        WriteAttribute(xml, "tests", Number(trials.All.Count));
        WriteAttribute(xml, "failures", Number(trials.All.Count(trial => trial.Judged is { Passes: false })));
        WriteAttribute(xml, "errors", Number(trials.All.Count(trial => trial.Failure is not null)));
        WriteAttribute(xml, "skipped", "0");
        WriteAttribute(xml, "time", Seconds(trials.All.Select(trial => trial.Row.Time).DefaultIfEmpty().Max()));
    }

    private static void WriteCase(XmlWriter xml, ClaimTrial trial)
    {
        xml.WriteStartElement("testcase");
        WriteAttribute(xml, "name", trial.Claim.Name);
        WriteAttribute(xml, "classname", ClassName);
        WriteAttribute(xml, "time", Seconds(trial.Row.Time));
        if (trial.Error is { } error)
        {
            xml.WriteStartElement("error");
            WriteAttribute(xml, "message", error);
            WriteAttribute(xml, "type", trial.Failure!.GetType().Name);
            xml.WriteEndElement();
        }
        else if (trial.Judged is { Passes: false, Verdict: var verdict })
        {
            xml.WriteStartElement("failure");
            WriteAttribute(xml, "message", $"{trial.Row.Verdict}: {verdict.Effect}");
            WriteAttribute(xml, "type", "DoesNotHold");
            xml.WriteString(Valid(string.Join('\n', trial.Evidence)));
            xml.WriteEndElement();
        }

        xml.WriteElementString(
            "system-out",
            Valid($"{trial.Claim.Statement}\n{trial.Claim.Source}\n{trial.Row.Verdict}: {trial.Row.Effect}\n{string.Join('\n', trial.Evidence)}"));
        xml.WriteEndElement();
    }

    private static void WriteAttribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Valid(value));

    // Half surrogates are replaced by the enumeration itself.
    private static string Valid(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    // An XmlWriter over text writes the text's encoding into its first line.
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
