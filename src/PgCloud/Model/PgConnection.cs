// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>What it takes to reach one database as one user.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConnection
{
    // PowerShell makes one of a hashtable without what the compiler requires.
    /// <summary>The host to connect to: a name, or an IPv4 or IPv6 address.</summary>
    public required string HostName { get => field ?? string.Empty; init; }

    /// <summary>The TCP port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>The database.</summary>
    public required string Database { get => field ?? string.Empty; init; }

    /// <summary>The role to log in as.</summary>
    public required string UserName { get => field ?? string.Empty; init; }

    /// <summary>The name and password; <c>$null</c> where the password is not known.</summary>
    public PSCredential? Credential { get; init; }

    /// <summary>How far TLS is demanded and checked.</summary>
    public PgTlsMode TlsMode { get; init; } = PgTlsMode.VerifyFull;

    /// <summary>The certificate authority that the server's certificate must come from, in PEM; empty for the machine's own trust store.</summary>
    public string CaCertificate { get; init; } = string.Empty;

    /// <summary>The instance it leads to, where that is known.</summary>
    public PgInstance? Instance { get; init; }

    /// <summary>
    ///   For a database's own connection, the database from which it was read or made; elsewhere <c>$null</c>. What is done to the database is
    ///   done from there.
    /// </summary>
    public string? OriginDatabase { get; init; }

    /// <summary>
    ///   For a database's own connection (<see cref="PgDatabase.Connection"/>), the one through which the database was read or made: nobody
    ///   can drop a database while connected to it.
    /// </summary>
    internal PgConnection? Origin
    {
        get => field ?? (OriginDatabase is null ? null : Another(OriginDatabase, null));
        init;
    }

    /// <summary>The user, host, port and database; never the password.</summary>
    public override string ToString() => $"{UserName}@{HostName}:{Port}/{Database}";

    /// <summary>The connection as a libpq URI, its parts percent-encoded, without the password: libpq reads that from PGPASSWORD or ~/.pgpass.</summary>
    public string ToUri() => ToUri(includePassword: false);

    /// <summary>The connection as a libpq URI.</summary>
    /// <param name="includePassword">Whether the password goes in. Whoever sees the URI then can log in; keep it from logs and command lines.</param>
    public string ToUri(bool includePassword)
    {
        string password = includePassword && Credential is not null ? ":" + Uri.EscapeDataString(Credential.GetNetworkCredential().Password) : string.Empty;
        string user = UserName.Length == 0 ? string.Empty : $"{Uri.EscapeDataString(UserName)}{password}@";
        string host = HostName.Contains(':', StringComparison.Ordinal) ? $"[{HostName}]" : HostName;
        return string.Create(
            CultureInfo.InvariantCulture, $"postgres://{user}{host}:{Port}/{Uri.EscapeDataString(Database)}?sslmode={TlsModeWord.Of(TlsMode)}");
    }

    internal static PgConnection To(PgInstance instance, PSCredential credential) => new()
    {
        HostName = instance.HostName,
        Port = instance.Port,
        Database = instance.Database,
        UserName = credential.UserName,
        Credential = credential,
        CaCertificate = instance.CaCertificate,
        Instance = instance,
    };

    /// <summary>The same to another database of the server.</summary>
    internal PgConnection To(string database) => Another(database, this);

    private PgConnection Another(string database, PgConnection? origin) => new()
    {
        HostName = HostName,
        Port = Port,
        Database = database,
        UserName = UserName,
        Credential = Credential,
        TlsMode = TlsMode,
        CaCertificate = CaCertificate,
        Instance = Instance,
        Origin = origin,
        OriginDatabase = origin?.Database,
    };

    /// <summary>The same connection with another credential.</summary>
    internal PgConnection With(PSCredential credential) => new()
    {
        HostName = HostName,
        Port = Port,
        Database = Database,
        UserName = credential.UserName,
        Credential = credential,
        TlsMode = TlsMode,
        CaCertificate = CaCertificate,
        Instance = Instance,
    };

    /// <summary>The same in the engine's terms.</summary>
    internal SqlTarget ToSqlTarget() => Credential is null
        ? throw PgErrors.ConnectionWithoutCredential(this)
        : ToSqlTarget(Credential);

    internal SqlTarget ToSqlTarget(PSCredential? credential) => new(
        HostName, Port, Database, UserName, credential?.Password, TlsMode, CaCertificate, Instance?.Name)
    {
        // IBM Cloud's servers have certificates of a public authority, unless a service credential tells of another.
        IsPinned = Instance is { Provider: PgProviderName.Ovh or PgProviderName.Local },
    };
}
