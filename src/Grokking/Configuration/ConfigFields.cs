using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace Grokking.Configuration;

/// <summary>A record of a configuration as its fields: the very ones that <see cref="CanonicalJson"/> writes, under the same names.</summary>
internal static class ConfigFields
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<JsonPropertyInfo>> s_known = new();

    /// <summary>The fields of a record, in the order of their names.</summary>
    public static IReadOnlyList<JsonPropertyInfo> Of(object record) =>
        s_known.GetOrAdd(record.GetType(), static type => [.. CanonicalJson.FieldsOf(type)]);

    /// <summary>A record of its own with equal fields; the type has a constructor without parameters.</summary>
    public static T Copy<T>(T record)
        where T : notnull
    {
        object copy = Activator.CreateInstance(record.GetType())!;
        foreach (JsonPropertyInfo field in Of(record))
        {
            field.Set!(copy, field.Get!(record));
        }

        return (T)copy;
    }
}
