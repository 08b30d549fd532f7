// SPDX-License-Identifier: MIT

using Newtonsoft.Json;

namespace PgCloud.Engine.Providers.Ovh.Api;

/// <summary>
///   One of the API's words, such as <c>LOCKED_UPDATING</c>. The API gains words over time: one that is not known here is kept as it is.
/// </summary>
[JsonConverter(typeof(OvhEnumConverter))]
internal readonly record struct OvhEnum<T>(string Text)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Members =
        Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The member of that name, written without underscores; <see langword="null"/> where there is none.</summary>
    internal T? Known =>
        Members.TryGetValue((Text ?? string.Empty).Replace("_", string.Empty, StringComparison.Ordinal), out T value) ? value : null;

    /// <summary>The member's name, for people; a word that is not known here as it is.</summary>
    internal string Readable => Known?.ToString() ?? ToString();

    /// <summary>The API's word.</summary>
    public override string ToString() => Text ?? string.Empty;
}

/// <summary>Reads and writes <see cref="OvhEnum{T}"/> as the plain word.</summary>
internal sealed class OvhEnumConverter : JsonConverter
{
    /// <inheritdoc/>
    public override bool CanConvert(Type objectType) => objectType.IsGenericType && objectType.GetGenericTypeDefinition() == typeof(OvhEnum<>);

    /// <inheritdoc/>
    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        Type type = Nullable.GetUnderlyingType(objectType) ?? objectType;
        return reader.Value is null && type != objectType ? null : Activator.CreateInstance(type, reader.Value?.ToString() ?? string.Empty);
    }

    /// <inheritdoc/>
    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue(value?.ToString());
}
