// SPDX-License-Identifier: MIT

using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace PgCloud.Engine.Http;

/// <summary>
///   JSON as an API speaks it: fields nobody knows are passed over. Failures name a place, never a value: an answer may hold a password.
/// </summary>
/// <param name="names">How the API writes the names of fields.</param>
internal sealed class ApiJson(NamingStrategy names)
{
    private readonly JsonSerializer _serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        // A property that is null is left out: an absent field means unchanged. Who wants to send null gives a JObject.
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,

        // A signature is over bytes, and not all of an API's clients agree on those of other characters.
        StringEscapeHandling = StringEscapeHandling.EscapeNonAscii,
        ContractResolver = new DefaultContractResolver { NamingStrategy = names },
    });

    /// <summary>The bytes of a body.</summary>
    internal byte[] Write(object body)
    {
        using var text = new StringWriter();
        using (var writer = new JsonTextWriter(text) { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii })
        {
            _serializer.Serialize(writer, body);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The JSON of an answer; <see langword="null"/> and the place of the flaw where it is none.</summary>
    internal static JToken? Parse(string text, out string? flaw)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 64 };
            JToken token = JToken.ReadFrom(reader);
            flaw = reader.Read() ? "there is something behind its end" : null;
            return flaw is null ? token : null;
        }
        catch (JsonReaderException failure)
        {
            flaw = FormattableString.Invariant($"line {failure.LineNumber}, position {failure.LinePosition}");
            return null;
        }
    }

    /// <summary>The object that an answer describes.</summary>
    internal T? Read<T>(JToken token, out string? flaw)
    {
        flaw = null;
        try
        {
            return token.ToObject<T>(_serializer);
        }
        catch (JsonException failure)
        {
            string path = failure switch
            {
                JsonSerializationException { Path: { } at } => at,
                JsonReaderException { Path: { } at } => at,
                _ => string.Empty,
            };
            flaw = path.Length == 0 ? $"it is no {typeof(T).Name}" : $"the value at {path} has another type than expected";
            return default;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            flaw = $"it is no {typeof(T).Name}";
            return default;
        }
    }
}
