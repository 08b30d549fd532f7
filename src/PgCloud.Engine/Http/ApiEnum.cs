// SPDX-License-Identifier: MIT

using Newtonsoft.Json;

namespace PgCloud.Engine.Http;

/// <summary>
///   One of an API's words, such as <c>in progress</c>. An API gains words over time: one that is not known here is kept as it is.
/// </summary>
[JsonConverter(typeof(ApiWordConverter))]
internal readonly record struct ApiEnum<T>(string Text)
    where T : struct, Enum
{
    /// <summary>The member of that name; <see langword="null"/> where there is none.</summary>
    internal T? Known => ApiWords<T>.Find(Text);

    /// <summary>The API's word.</summary>
    public override string ToString() => Text ?? string.Empty;
}

/// <summary>Finds the member of an enumeration that an API's word means.</summary>
internal static class ApiWords<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Members =
        Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The member of that name, written without what stands between its words; <see langword="null"/> where there is none.</summary>
    internal static T? Find(string? text) =>
        Members.TryGetValue(string.Concat((text ?? string.Empty).Split('_', ' ', '-')), out T value) ? value : null;
}

/// <summary>Reads and writes an API's words as plain text.</summary>
internal sealed class ApiWordConverter : JsonConverter
{
    /// <inheritdoc/>
    public override bool CanConvert(Type objectType) => objectType.IsGenericType && objectType.GetGenericTypeDefinition() == typeof(ApiEnum<>);

    /// <inheritdoc/>
    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        Type type = Nullable.GetUnderlyingType(objectType) ?? objectType;
        return reader.Value is null && type != objectType ? null : Activator.CreateInstance(type, reader.Value?.ToString() ?? string.Empty);
    }

    /// <inheritdoc/>
    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue(value?.ToString());
}
