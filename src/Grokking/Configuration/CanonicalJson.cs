using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Grokking.Configuration;

/// <summary>
/// One text for one value: equal configurations give equal text on every machine and in every culture, so the text can be compared, hashed
/// and used as a key.
/// </summary>
/// <remarks>
/// Written is what can be set: public properties with a setter or an initialiser. What is computed from them is not. An object's properties
/// come in the order of their <see cref="JsonPropertyOrderAttribute"/> and then of their names, never in that of their declarations, so moving a
/// line of source keeps every key. A record that derives from another begins with its "kind". A function is left out: its type's name for it,
/// the property Name, stands for it. Numbers are the shortest digits that read back as the same number, enums are names, null is written,
/// lines end in LF and are indented by two spaces.
/// </remarks>
public static class CanonicalJson
{
    private const string KindProperty = "kind";

    private static readonly JsonSerializerOptions s_options = CreateOptions();

    /// <summary>The canonical text of a record, a list of them, or a plain value; no line end after the last line.</summary>
    /// <exception cref="NotSupportedException">It holds something without a canonical form: a nameless function, a dictionary, a set.</exception>
    /// <exception cref="ArgumentException">It holds a NaN or an infinity.</exception>
    /// <exception cref="JsonException">It holds a number that its enum has no name for.</exception>
    public static string Write(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.Serialize(value, value.GetType(), s_options);
    }

    /// <summary>What is written of a record, in the order of writing, without its kind; also how to read and to set it.</summary>
    internal static IEnumerable<JsonPropertyInfo> FieldsOf(Type type) => s_options.GetTypeInfo(type).Properties.Where(property => property.Set is not null);

    private static JsonSerializerOptions CreateOptions()
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(Arrange);
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = resolver,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            IndentCharacter = ' ',
            IndentSize = 2,
            NewLine = "\n",

            // For files, never for HTML: x³+y stays readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
                new UnsignedZeroConverter(),
                new AbstractRecordConverterFactory(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void Arrange(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Dictionary || IsSet(type.Type) || HoldsNamelessFunction(type))
        {
            throw new NotSupportedException($"{type.Type} has no canonical form.");
        }

        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        List<JsonPropertyInfo> written =
        [
            .. type.Properties
                .Where(property => property.Set is not null && !IsFunction(property))
                .OrderBy(property => property.Order)
                .ThenBy(property => property.Name, StringComparer.Ordinal),
        ];
        type.Properties.Clear();
        if (type.Type.IsClass && type.Type.BaseType != typeof(object))
        {
            JsonPropertyInfo kind = type.CreateJsonPropertyInfo(typeof(string), KindProperty);
            string name = KindOf(type.Type);
            kind.Get = _ => name;
            type.Properties.Add(kind);
        }

        foreach (JsonPropertyInfo property in written)
        {
            property.Order = 0;
            type.Properties.Add(property);
        }
    }

    private static bool IsFunction(JsonPropertyInfo property) => typeof(Delegate).IsAssignableFrom(property.PropertyType);

    private static bool HoldsNamelessFunction(JsonTypeInfo type) =>
        type.Properties.Any(IsFunction) &&
        !type.Properties.Any(property => property.Set is not null && string.Equals(property.Name, "name", StringComparison.Ordinal));

    private static bool IsSet(Type type) =>
        type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) &&
        type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    // A user's own type carries its namespace: two libraries may each have a "Lion".
    internal static string KindOf(Type type) =>
        type.Assembly == typeof(CanonicalJson).Assembly ? type.Name : type.ToString();

    // 0 and −0 are equal as fields of a record, so they have one text.
    private sealed class UnsignedZeroConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value == 0 ? 0 : value);
    }

    // A property declared as an abstract record is written as what it holds, whichever assembly that comes from.
    private sealed class AbstractRecordConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAbstract && typeToConvert.IsClass;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(AbstractRecordConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class AbstractRecordConverter<T> : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Canonical JSON is written, not read.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }
}
