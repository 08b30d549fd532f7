// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Security;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Engine.Providers.Ibm.Api;

/// <summary>A host and a port.</summary>
internal sealed record IbmHost(string Name, int Port);

/// <summary>
///   How a database is reached, and as whom: the credentials of a key, or what an instance tells of itself. Read from either shape: Gen 1 has
///   a certificate in it, Gen 2 has one of a public authority; either may have a member <c>connection</c> around it or not.
/// </summary>
internal sealed class IbmConnection
{
    internal string? User { get; init; }

    internal SecureString? Password { get; init; }

    internal IReadOnlyList<IbmHost> Hosts { get; init; } = [];

    internal string? Database { get; init; }

    /// <summary>verify-full everywhere, but for a draft of the documents.</summary>
    internal string? SslMode { get; init; }

    /// <summary>The authority that signed the server's certificate; <see langword="null"/> for a public one, which every machine trusts.</summary>
    internal string? CertificatePem { get; init; }

    /// <summary>What the service calls that certificate.</summary>
    internal string? CertificateName { get; init; }

    /// <summary>Whether the API keeps the credentials from this caller.</summary>
    internal bool IsRedacted { get; init; }

    /// <summary>Nothing secret.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{User ?? "nobody"} at {(Hosts.Count == 0 ? "no host" : $"{Hosts[0].Name}:{Hosts[0].Port}")}");

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">A port or a certificate that is none; the message holds nothing of it.</exception>
    internal static IbmConnection Read(JObject credentials)
    {
        if (credentials.Properties().Any(p => p.Name == "REDACTED" || Text(p.Value) is "REDACTED" or "REDACTED_EXPLICIT"))
        {
            return new IbmConnection { IsRedacted = true };
        }

        JObject types = credentials["connection"] as JObject ?? credentials;
        JObject uri = (types["postgres"] ?? types["postgresql"]) as JObject ?? [];
        JToken? login = uri["authentication"];
        var certificate = (uri["certificate"] ?? types["cli"]?["certificate"]) as JObject;
        Uri? composed = Composed(uri);
        string[] composedUser = composed?.UserInfo.Split(':', 2) ?? [];
        string? user = Text(login?["username"]) ?? Text(credentials["username"]) ?? Unescaped(composedUser.ElementAtOrDefault(0));
        string? password = Text(login?["password"]) ?? Text(credentials["password"]) ?? Unescaped(composedUser.ElementAtOrDefault(1));
        return new IbmConnection
        {
            User = IsPlaceholder(user) ? null : user,
            Password = password is null || IsPlaceholder(password) ? null : Passwords.FromCharacters(password),
            Hosts = HostsOf(uri, composed),
            Database = Text(uri["database"]) ?? Unescaped((Text(uri["path"]) ?? composed?.AbsolutePath)?.TrimStart('/')),
            SslMode = Text((uri["query_options"] as JObject)?["sslmode"]),
            CertificatePem = Text(certificate?["certificate_base64"]) is { } encoded ? Pem(encoded) : null,
            CertificateName = Text(certificate?["name"]),
        };
    }

    // What an instance tells of itself, it tells for whoever may come.
    private static bool IsPlaceholder(string? text) => text is "$PGUSER" or "$PGPASSWORD" or "$USERNAME" or "$PASSWORD";

    private static IbmHost[] HostsOf(JObject uri, Uri? composed)
    {
        IbmHost[] hosts =
        [
            .. (uri["hosts"] as JArray ?? []).OfType<JObject>()
                .Where(h => Text(h["hostname"]) is not null)
                .Select(h => new IbmHost(Text(h["hostname"])!, Port(h["port"] ?? uri["port"]))),
        ];
        return hosts.Length > 0 || composed is null ? hosts : [new IbmHost(composed.Host, composed.Port > 0 ? composed.Port : 5432)];
    }

    // A number in what is in use, a text in what is documented.
    private static int Port(JToken? port) => port is null or { Type: JTokenType.Null }
        ? 5432
        : int.TryParse(port.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536
            ? number
            : throw new FormatException("a port is no number");

    private static Uri? Composed(JObject uri) =>
        (uri["composed"] as JArray)?.Select(Text).FirstOrDefault() is { } text && Uri.TryCreate(text, UriKind.Absolute, out Uri? composed) ? composed : null;

    private static string Pem(string encoded)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException)
        {
            throw new FormatException("a certificate is no base64");
        }
    }

    private static string? Unescaped(string? text) => string.IsNullOrEmpty(text) ? null : Uri.UnescapeDataString(text);

    private static string? Text(JToken? token) => token is JValue { Type: JTokenType.String } value ? (string?)value : null;
}

/// <summary>Reads <see cref="IbmConnection"/> from credentials; it is never sent.</summary>
internal sealed class IbmConnectionConverter : JsonConverter<IbmConnection>
{
    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override IbmConnection? ReadJson(
        JsonReader reader, Type objectType, IbmConnection? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        JToken.Load(reader) is JObject credentials ? IbmConnection.Read(credentials) : null;

    /// <inheritdoc/>
    public override void WriteJson(JsonWriter writer, IbmConnection? value, JsonSerializer serializer) => throw new NotSupportedException();
}
