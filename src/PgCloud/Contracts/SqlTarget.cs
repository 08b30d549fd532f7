// SPDX-License-Identifier: MIT

using System.Net;
using System.Security;

namespace PgCloud.Contracts;

/// <summary>A database and a user to log in as, in the engine's terms.</summary>
/// <param name="HostName">Host name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Database">Database.</param>
/// <param name="UserName">Role to log in as.</param>
/// <param name="Password">Its password.</param>
/// <param name="TlsMode">How far TLS is demanded and checked.</param>
/// <param name="CaCertificate">The authority to trust, in PEM; empty for the machine's trust store.</param>
/// <param name="InstanceName">The instance's name, for advice in errors.</param>
public sealed record SqlTarget(
    string HostName,
    int Port,
    string Database,
    string UserName,
    SecureString? Password,
    PgTlsMode TlsMode,
    string CaCertificate,
    string? InstanceName)
{
    /// <summary>
    ///   Whether its provider has an authority of its own for it. The machine's trust store, in which any public authority could vouch for
    ///   somebody else's server, then never stands in for one that is not known.
    /// </summary>
    public bool IsPinned { get; init; }

    /// <summary>How long to try to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The user, host, port and database; never the password.</summary>
    public override string ToString() => $"{UserName}@{HostName}:{Port}/{Database}";
}

/// <summary>What connection to test.</summary>
/// <param name="Target">The connection. Without a password the steps from login on are skipped.</param>
/// <param name="SourceAddress">The address of this machine to connect from; the steps from login on are then skipped.</param>
/// <param name="Timeout">The time each step may take.</param>
public sealed record ConnectionTestRequest(SqlTarget Target, IPAddress? SourceAddress, TimeSpan Timeout);
