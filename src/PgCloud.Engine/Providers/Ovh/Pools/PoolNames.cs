// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Ovh.Databases;
using PgCloud.Engine.Providers.Ovh.Users;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Pools;

/// <summary>The databases and users that pools lead to: the API speaks of them by id, people by name.</summary>
internal sealed class PoolNames(PgInstance instance, IReadOnlyList<OvhDatabase> databases, IReadOnlyList<OvhUser> users)
{
    /// <summary>The id of a database.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Database.NotFound</c>.</exception>
    internal string DatabaseId(string name) => databases.FirstOrDefault(d => d.Name == name)?.Id
        ?? throw PgErrors.CloudDatabaseNotFound(name, instance.Name, databases.Select(d => d.Name));

    /// <summary>The id of a user.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.User.NotFound</c>.</exception>
    internal string UserId(string name) => users.FirstOrDefault(u => u.Username == name)?.Id
        ?? throw PgErrors.PoolUserNotFound(name, instance.Name, users.Select(u => u.Username));

    /// <summary>The pool in the module's words.</summary>
    internal PgConnectionPool Describe(OvhPool pool, PgChange change) => new()
    {
        Name = pool.Name,
        Id = pool.Id,

        // Of what has gone the id is left; nothing at all would say that every user may come in.
        Database = databases.FirstOrDefault(d => d.Id == pool.DatabaseId)?.Name ?? pool.DatabaseId,
        DatabaseId = pool.DatabaseId,
        UserName = pool.UserId is null ? null : users.FirstOrDefault(u => u.Id == pool.UserId)?.Username ?? pool.UserId,
        UserId = pool.UserId,
        Mode = pool.Mode.Known?.ToString() ?? pool.Mode.ToString(),
        Size = pool.Size,
        HostName = pool.HostName ?? instance.HostName,
        Port = pool.Port ?? 0,
        TlsMode = pool.SslMode?.Known?.ToString() ?? pool.SslMode?.ToString() ?? string.Empty,
        Instance = instance,
        Change = change,
    };
}
