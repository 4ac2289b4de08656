using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grokking.Numerics;

namespace Grokking.Tests.Soak.Trials;

/// <summary>Configurations gone wrong: by their structure, and by the byte. The same stream spoils the same way.</summary>
internal static class MutatedText
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-0.0", "-1", "1", "0.5", "1.5", "1e5", "1e999", "-1e999", "5e-324", "1e308", "2147483647", "2147483648", "-2147483649",
        "18446744073709551615", "18446744073709551616", "1" + new string('0', 400), "\"\"", "\" \"", "\"NaN\"", "\"Infinity\"", "\"AdamW\"", "\"adamw\"",
        "\"x+y\"", "\"x*y in S4\"", "\"x+y for x<=y<4\"", "\"mlp\"", "\"x/y mod 4\"", "\"x+y mod 2147483647\"", "\"x+y mod -1\"", "\"Post\"", "\"1\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"</script>\"", "\"=1+1\"", "\"\\u202e\"", "\"\\u001b[2J\"", "\"../../x\"", "\"a\\nb\"", "[]", "[1,2]", "{}", """{"kind":"Sgd"}""", """{"kind":"MlpConfig"}""", """{"kind":"EmbeddingsApart"}""",
        """{"kind":"ModularOperation"}""", """{"name":"x+y"}""", "\"" + new string('a', 5_000) + "\"", new string('[', 12) + new string(']', 12),
        new string('[', 2_000) + new string(']', 2_000), "NaN", "'x'", "01", "+1", "1.", ".5", "0x10", "undefined", "//", "",
    ];

    private static readonly string[] s_keys =
    [
        "", " ", "kind", "seed", "Seed", "seeds", "task", "model", "dModel", "dmodel", "optimizer", "learningRate", "formula", "name", "modulus", "degree",
        "$type", "__proto__", "\\u0000", "\\n", "\\ud800", "\\u202e", "</script>", "=1", "../..", "a.b", "model.dModel", "steps ", "ſteps", "ＳＥＥＤ",
    ];

    /// <summary>One to three changes of a key or a value somewhere in the JSON, which need not be JSON afterwards.</summary>
    public static string ByStructure(string json, RandomStream stream)
    {
        string text = json;
        for (int changes = 1 + stream.NextInt(3); changes > 0; changes--)
        {
            text = ChangeOne(text, stream);
        }

        return text;
    }

    /// <summary>One to eight bytes of the UTF-8 changed, added, dropped or doubled, or the end cut off; what is no Unicode then is replaced or kept.</summary>
    public static string ByBytes(string text, RandomStream stream)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(text)];
        for (int changes = 1 + stream.NextInt(1 + stream.NextInt(8)); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = stream.NextInt(bytes.Count);
            switch (stream.NextInt(6))
            {
                case 0: bytes[at] ^= (byte)(1 << stream.NextInt(8)); break;
                case 1: bytes[at] = (byte)stream.NextInt(256); break;
                case 2: bytes.Insert(at, (byte)stream.NextInt(256)); break;
                case 3: bytes.RemoveAt(at); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(stream.NextInt(40), bytes.Count - at))); break;
                default: bytes.RemoveRange(at, Math.Min(stream.NextInt(stream.NextInt(8) == 0 ? bytes.Count : 20), bytes.Count - at)); break;
            }
        }

        // Half of them as text of one byte a sign, with everything that UTF-8 would have replaced.
        return stream.NextInt(2) == 0 ? Encoding.UTF8.GetString([.. bytes]) : Encoding.Latin1.GetString([.. bytes]);
    }

    // Works on the text of one member, so that doubled keys and values that are no JSON can be made.
    private static string ChangeOne(string text, RandomStream stream)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject { Count: > 0 } root
                ? ChangeOne(root, stream)
                : ByBytes(text, stream);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // An earlier change made it something that is no JSON.
            return ByBytes(text, stream);
        }
    }

    private static string ChangeOne(JsonObject root, RandomStream stream)
    {
        JsonObject target = root;
        while (stream.NextInt(3) > 0 && target.Select(pair => pair.Value).OfType<JsonObject>().Where(inner => inner.Count > 0).ToArray() is { Length: > 0 } inner)
        {
            target = inner[stream.NextInt(inner.Length)];
        }

        string[] keys = [.. target.Select(pair => pair.Key)];
        string key = keys[stream.NextInt(keys.Length)], value = s_values[stream.NextInt(s_values.Length)];
        string written = target[key]?.ToJsonString() ?? "null";
        string replacement = stream.NextInt(6) switch
        {
            0 or 1 or 2 => $"\"{key}\":{value}",
            3 => $"\"{s_keys[stream.NextInt(s_keys.Length)]}\":{written}",
            4 => $"\"{key}\":{written},\"{key}\":{(stream.NextInt(2) == 0 ? written : value)}",
            _ => $"\"{key}\":{written},\"{s_keys[stream.NextInt(s_keys.Length)]}\":{value}",
        };
        if (stream.NextInt(8) == 0)
        {
            target.Remove(key);
            return root.ToJsonString();
        }

        target[key] = "\u0001";
        return root.ToJsonString().Replace(JsonValue.Create(key).ToJsonString() + ":\"\\u0001\"", replacement, StringComparison.Ordinal);
    }

    /// <summary>A key and a value, of which at least one is not what it should be; mostly with a sign of equality.</summary>
    public static string Assignment(IReadOnlyList<string> known, RandomStream stream)
    {
        string key = stream.NextInt(3) == 0 ? s_keys[stream.NextInt(s_keys.Length)] : known[stream.NextInt(known.Count)];
        string value = stream.NextInt(4) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"{stream.NextInt(20) - 5}..{stream.NextInt(2_000_000_000)}"),
            1 => string.Join(',', Enumerable.Range(0, 1 + stream.NextInt(4)).Select(_ => s_values[stream.NextInt(s_values.Length)].Trim('"'))),
            _ => s_values[stream.NextInt(s_values.Length)].Trim('"'),
        };
        string text = stream.NextInt(10) == 0 ? key + value : $"{key}={value}";
        return stream.NextInt(4) == 0 ? ByBytes(text, stream) : text;
    }
}
