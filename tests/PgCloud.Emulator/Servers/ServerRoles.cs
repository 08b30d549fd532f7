// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Emulator.Servers;

/// <summary>Statements about roles. Passwords go to the server as SCRAM verifiers, so that no log has them.</summary>
internal static class ServerRoles
{
    /// <summary>The password of a role as a literal.</summary>
    internal static string Verifier(string name, string password)
    {
        using SecureString secret = Passwords.FromCharacters(password);
        return Sql.Text(ScramVerifier.Create(name, secret));
    }

    internal static string EndSessions(string name) => $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {Sql.Text(name)}";

    /// <summary>Drops a role. What it owns becomes another's.</summary>
    internal static async Task DropAsync(ServiceServer server, string name, string heir, CancellationToken cancellation)
    {
        await server.ExecuteAsync([$"ALTER ROLE {Sql.Name(name)} NOLOGIN", EndSessions(name)], cancellation);
        foreach (string database in await server.QueryAsync(
            "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY oid", r => r.GetString(0), cancellation))
        {
            await server.ExecuteAsync(
                [$"REASSIGN OWNED BY {Sql.Name(name)} TO {Sql.Name(heir)}", $"DROP OWNED BY {Sql.Name(name)}"], cancellation, database);
        }

        await server.ExecuteAsync([$"DROP ROLE {Sql.Name(name)}"], cancellation);
    }
}
