// SPDX-License-Identifier: MIT

using System.ComponentModel;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>A connection under a name in libpq's service file: <c>psql service=orders</c>.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed class PgConnectionService
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>The host that it leads to.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>The TCP port.</summary>
    public int Port { get; init; }

    /// <summary>The database.</summary>
    public string Database { get; init; } = string.Empty;

    /// <summary>The role to log in as; empty where whoever connects says so.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>The service file.</summary>
    public string ServiceFile { get; init; } = string.Empty;

    /// <summary>The password file that has the password; empty where the password was not known, or not to be written.</summary>
    public string PassFile { get; init; } = string.Empty;

    /// <summary>The file with the certificate authority; empty where a public one is trusted.</summary>
    public string CertificatePath { get; init; } = string.Empty;

    /// <summary>What was done: Created, Updated or Unchanged.</summary>
    public PgChange Change { get; init; }

    /// <summary>The service's name.</summary>
    public override string ToString() => Name;
}
