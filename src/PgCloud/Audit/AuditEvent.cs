// SPDX-License-Identifier: MIT

using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using PgCloud.Errors;

namespace PgCloud.Audit;

/// <summary>
///   One change of state as a line of JSON, in the form of CADF (DSP0262, Cloud Auditing Data Federation, event model). What CADF has no
///   word for stands beside its fields: requestid, cmdlet, session, change, statements.
/// </summary>
/// <param name="Cmdlet">The cmdlet's name.</param>
/// <param name="Target">What was changed, or was to be.</param>
/// <param name="Action">What was done to it.</param>
internal sealed record AuditEvent(string Cmdlet, AuditTarget Target, string Action)
{
    private const string EventType = "http://schemas.dmtf.org/cloud/audit/1.0/event";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Version = typeof(AuditEvent).Assembly.GetName().Version?.ToString(3) ?? string.Empty;

    /// <summary>success, failure or unknown.</summary>
    internal string Outcome { get; init; } = "success";

    /// <summary>Why it failed.</summary>
    internal PgCloudException? Reason { get; init; }

    /// <summary>Why it is not known how it ended, where no error says so.</summary>
    internal string? ReasonId { get; init; }

    /// <summary>The session it went through.</summary>
    internal PgCloudSession? Session { get; init; }

    /// <summary>The ids of the calls that the API was sent for it, the last one last.</summary>
    internal IReadOnlyList<string> RequestIds { get; init; } = [];

    /// <summary>The command tags of the statements that were run.</summary>
    internal IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>How long it took.</summary>
    internal TimeSpan Duration { get; init; }

    /// <summary>Writes the line, with its end.</summary>
    internal void WriteTo(IBufferWriter<byte> line)
    {
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            json.WriteString("typeURI", EventType);
            json.WriteString("eventType", "activity");
            json.WriteString("id", Guid.NewGuid());
            json.WriteString("eventTime", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            json.WriteString("action", Action);
            json.WriteString("outcome", Outcome);
            WriteReason(json);
            WriteInitiator(json);
            WriteTarget(json);
            json.WriteStartObject("observer");
            json.WriteString("typeURI", "service/security/auditing");
            json.WriteString("id", "PgCloud");
            json.WriteString("name", "PgCloud");
            json.WriteString("version", Version);
            json.WriteEndObject();
            WriteRequests(json);
            json.WriteString("duration", XmlConvert.ToString(Duration));
            json.WriteString("cmdlet", Cmdlet);
            if (Session is not null)
            {
                json.WriteString("session", Session.Name);
            }

            if (Outcome == "success")
            {
                json.WriteString("change", Target.Change.ToString());
            }

            WriteList(json, "statements", Statements);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    private void WriteReason(Utf8JsonWriter json)
    {
        if ((Reason?.ErrorId ?? ReasonId) is not { } id)
        {
            return;
        }

        json.WriteStartObject("reason");
        json.WriteString("reasonType", id);
        if ((Reason?.ApiClass ?? Reason?.SqlState) is { } code)
        {
            json.WriteString("reasonCode", code);
        }

        json.WriteEndObject();
    }

    private void WriteInitiator(Utf8JsonWriter json)
    {
        json.WriteStartObject("initiator");
        json.WriteString("typeURI", "data/security/account/user");
        json.WriteString("id", $"{Environment.UserName}@{Environment.MachineName}");
        json.WriteString("name", Environment.UserName);
        if (Session is not null)
        {
            json.WriteString("provider", Session.Provider.ToString());
            json.WriteString("account", Session.Account);
        }

        if (Target.Connection is { } connection)
        {
            json.WriteString("role", connection.UserName);
        }

        json.WriteStartObject("host");
        json.WriteString("id", Environment.MachineName);
        json.WriteString("agent", $"PgCloud/{Version}");
        json.WriteNumber("process", Environment.ProcessId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteTarget(Utf8JsonWriter json)
    {
        json.WriteStartObject("target");
        json.WriteString("typeURI", Target.Kind);
        json.WriteString("id", Target.Id);
        json.WriteString("name", Target.Name);
        if ((Target.Instance ?? Target.Connection?.Instance) is { } instance)
        {
            json.WriteString("instance", instance.Name);
        }

        if (Target.Connection is { } connection)
        {
            json.WriteString("database", connection.Database);
        }

        if (Target.Address is { } address)
        {
            json.WriteStartArray("addresses");
            json.WriteStartObject();
            json.WriteString("url", address);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteRequests(Utf8JsonWriter json)
    {
        if (RequestIds.Count > 0)
        {
            json.WriteString("requestid", RequestIds[^1]);
        }

        if (RequestIds.Count > 1)
        {
            WriteList(json, "requestids", RequestIds);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
