// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Audit;

/// <summary>What a change was about, in the words of CADF (DSP0262, resource taxonomy); nothing secret.</summary>
/// <param name="Kind">Its type, below the taxonomy's root.</param>
/// <param name="Name">Its name.</param>
internal sealed record AuditTarget(string Kind, string Name)
{
    /// <summary>The provider's own id of it; empty where it has none.</summary>
    internal string OwnId { get; init; } = string.Empty;

    /// <summary>The instance it belongs to, or is.</summary>
    internal PgInstance? Instance { get; init; }

    /// <summary>The connection through which it was changed.</summary>
    internal PgConnection? Connection { get; init; }

    /// <summary>What the cmdlet did to it.</summary>
    internal PgChange Change { get; init; } = PgChange.Updated;

    /// <summary>An id that no other target has.</summary>
    internal string Id
    {
        get
        {
            string place = (Instance ?? Connection?.Instance)?.Id
                ?? (Connection is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{Connection.HostName}:{Connection.Port}"));
            // Roles, databases and sessions are the server's.
            bool isInDatabase = Kind is "data/database/table" or "data/security/policy/privilege" or "data/security/policy/owner";
            string scope = isInDatabase && Connection is not null ? $"{place}/{Connection.Database}" : place;
            return Kind == KindOf(typeof(PgInstance)) ? OwnId
                : scope.Length == 0 ? OwnId.Length > 0 ? OwnId : Name
                : $"{scope}/{Kind[(Kind.LastIndexOf('/') + 1)..]}/{(OwnId.Length > 0 ? OwnId : Name)}";
        }
    }

    /// <summary>Where the server is that it is on.</summary>
    internal string? Address => Connection is { } connection ? At(connection.HostName, connection.Port)
        : Instance is { HostName.Length: > 0 } instance ? At(instance.HostName, instance.Port)
        : null;

    /// <summary>The target that an object of the module is; <see langword="null"/> for any other.</summary>
    internal static AuditTarget? Of(object? value) => value switch
    {
        PgInstance v => For(v, v.Name, v) with { OwnId = v.Id, Change = v.Change },
        PgReclaimedInstance v => new AuditTarget(KindOf(typeof(PgInstance)), v.Name) { OwnId = v.Id, Change = PgChange.Removed },
        PgAuthorisedIp v => For(v, v.Cidr, v.Instance) with { Change = v.Change },
        PgCloudUser v => For(v, v.Name, v.Instance) with { OwnId = v.Id, Change = v.Change },
        PgCloudDatabase v => For(v, v.Name, v.Instance) with { OwnId = v.Id, Change = v.Change },
        PgConnectionPool v => For(v, v.Name, v.Instance) with { OwnId = v.Id, Change = v.Change },
        PgConfiguration v => For(v, v.Name, v.Instance) with { Change = v.Change },
        PgMaintenance v => For(v, v.Description, v.Instance) with { OwnId = v.Id, Change = v.Change },
        PgLogSubscription v => For(v, v.Kind, v.Instance) with { OwnId = v.SubscriptionId, Change = v.Change },
        // The link itself lets whoever has it read the log.
        PgLogUrl v => For(v, v.Kind, v.Instance) with { Change = PgChange.Created },
        PgPrometheus v => For(v, v.UserName, v.Instance) with { Change = v.Change },
        PgIntegration v => For(v, v.ToString(), v.Instance) with { OwnId = v.Id, Change = v.Change },
        PgCurrentQuery v => For(v, v.ToString(), v.Instance) with { Change = v.Change },
        PgWriteWindow v => For(v, v.ToString(), v.Instance),
        PgCloudConsumerKey v => new AuditTarget(KindOf(v.GetType()), v.ApplicationKey) { Change = PgChange.Created },
        PgRole v => Through(v, v.Name, v.Connection) with { Change = v.Change },
        PgRoleMember v => Through(v, v.ToString(), v.Connection) with { Change = v.Change },
        PgPrivilege v => Through(v, v.ToString(), v.Connection) with { Change = v.Change },
        PgObjectOwner v => Through(v, v.ToString(), v.Connection) with { Change = v.Change },
        PgDatabase v => Through(v, v.Name, v.Connection?.Origin ?? v.Connection) with { Change = v.Change },
        PgActivity v => Through(v, v.ToString(), v.Connection) with { Change = v.Change },
        PgTableCopy v => Through(v, v.Schema.Length == 0 ? v.Table : $"{v.Schema}.{v.Table}", v.Connection) with { Change = v.Change },
        PgConnection v => Through(v, v.Database, v),
        AuditTarget v => v,
        _ => null,
    };

    /// <summary>A target of which only the name is known yet.</summary>
    internal static AuditTarget Named<T>(string name) => new(KindOf(typeof(T)), name);

    private static AuditTarget For(object value, string name, PgInstance? instance) =>
        new(KindOf(value.GetType()), name) { Instance = instance };

    private static AuditTarget Through(object value, string name, PgConnection? connection) =>
        new(KindOf(value.GetType()), name) { Connection = connection, Instance = connection?.Instance };

    private static string KindOf(Type type) => type.Name switch
    {
        nameof(PgInstance) or nameof(PgReclaimedInstance) => "data/database/instance",
        nameof(PgAuthorisedIp) => "data/security/policy/authorised-ip",
        nameof(PgCloudUser) => "data/security/account/user",
        nameof(PgCloudDatabase) or nameof(PgDatabase) or nameof(PgConnection) => "data/database",
        nameof(PgConnectionPool) => "data/database/pool",
        nameof(PgConfiguration) => "data/database/instance/configuration",
        nameof(PgMaintenance) => "data/database/instance/maintenance",
        nameof(PgLogSubscription) => "data/database/instance/log-subscription",
        nameof(PgLogUrl) => "data/security/credential/log-url",
        nameof(PgPrometheus) => "data/security/credential/prometheus",
        nameof(PgIntegration) => "data/database/instance/integration",
        nameof(PgCurrentQuery) or nameof(PgActivity) => "data/database/session",
        nameof(PgWriteWindow) => "data/database/instance/write-window",
        nameof(PgCloudConsumerKey) => "data/security/key",
        nameof(PgRole) => "data/security/role",
        nameof(PgRoleMember) => "data/security/role/membership",
        nameof(PgPrivilege) => "data/security/policy/privilege",
        nameof(PgObjectOwner) => "data/security/policy/owner",
        nameof(PgTableCopy) => "data/database/table",
        _ => "unknown",
    };

    private static string At(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
}
