// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Servers;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>The roles that users are in their server. Passwords go there as SCRAM verifiers, so that no log has them.</summary>
internal static class UserRoles
{
    internal const string Replication = "replication";

    internal static Task CreateAsync(ServiceServer server, string name, string password, IReadOnlyList<string> roles, CancellationToken cancellation) =>
        server.ExecuteAsync(
            [
                $"CREATE ROLE {Sql.Name(name)} LOGIN {Attribute(roles)} PASSWORD {Verifier(name, password)}",
                $"GRANT {Sql.Name(name)} TO {AdminRole.Name} WITH ADMIN OPTION",
            ],
            cancellation);

    internal static Task SetRolesAsync(ServiceServer server, string name, IReadOnlyList<string> roles, CancellationToken cancellation) =>
        server.ExecuteAsync([$"ALTER ROLE {Sql.Name(name)} {Attribute(roles)}"], cancellation);

    /// <summary>Sets a password and ends the sessions of the user.</summary>
    internal static Task SetPasswordAsync(ServiceServer server, string name, string password, CancellationToken cancellation) =>
        server.ExecuteAsync([$"ALTER ROLE {Sql.Name(name)} PASSWORD {Verifier(name, password)}", EndSessions(name)], cancellation);

    /// <summary>Drops a role. What it owns becomes avnadmin's.</summary>
    internal static async Task DropAsync(ServiceServer server, string name, CancellationToken cancellation)
    {
        await server.ExecuteAsync([$"ALTER ROLE {Sql.Name(name)} NOLOGIN", EndSessions(name)], cancellation);
        foreach (string database in await DatabasesAsync(server, cancellation))
        {
            await server.ExecuteAsync(
                [$"REASSIGN OWNED BY {Sql.Name(name)} TO {AdminRole.Name}", $"DROP OWNED BY {Sql.Name(name)}"], cancellation, database);
        }

        await server.ExecuteAsync([$"DROP ROLE {Sql.Name(name)}"], cancellation);
    }

    /// <summary>Makes a fork's users what they are in a new service: avnadmin without a password, and no others.</summary>
    internal static async Task ForgetAsync(ServiceServer server, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        await server.ExecuteAsync([$"ALTER ROLE {AdminRole.Name} PASSWORD NULL"], cancellation);
        foreach (string name in names.Where(n => n != AdminRole.Name))
        {
            await DropAsync(server, name, cancellation);
        }
    }

    internal static Task<List<string>> DatabasesAsync(ServiceServer server, CancellationToken cancellation) => server.QueryAsync(
        "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> 'postgres' ORDER BY oid", r => r.GetString(0), cancellation);

    private static string Attribute(IReadOnlyList<string> roles) => roles.Contains(Replication) ? "REPLICATION" : "NOREPLICATION";

    private static string EndSessions(string name) => $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {Sql.Text(name)}";

    private static string Verifier(string name, string password)
    {
        using System.Security.SecureString secret = Passwords.FromCharacters(password);
        return Sql.Text(ScramVerifier.Create(name, secret));
    }
}
