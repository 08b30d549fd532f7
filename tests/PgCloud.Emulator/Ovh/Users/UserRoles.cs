// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Servers;

namespace PgCloud.Emulator.Ovh.Users;

/// <summary>The roles that users are in their server.</summary>
internal static class UserRoles
{
    internal const string Replication = "replication";

    internal static Task CreateAsync(ServiceServer server, string name, string password, IReadOnlyList<string> roles, CancellationToken cancellation) =>
        server.ExecuteAsync(
            [
                $"CREATE ROLE {Sql.Name(name)} LOGIN {Attribute(roles)} PASSWORD {ServerRoles.Verifier(name, password)}",
                $"GRANT {Sql.Name(name)} TO {AdminRole.Name} WITH ADMIN OPTION",
            ],
            cancellation);

    internal static Task SetRolesAsync(ServiceServer server, string name, IReadOnlyList<string> roles, CancellationToken cancellation) =>
        server.ExecuteAsync([$"ALTER ROLE {Sql.Name(name)} {Attribute(roles)}"], cancellation);

    /// <summary>Sets a password and ends the sessions of the user. Of several the last one counts.</summary>
    internal static Task SetPasswordAsync(ServiceServer server, string name, string password, CancellationToken cancellation) =>
        server.ExecuteInTurnAsync([$"ALTER ROLE {Sql.Name(name)} PASSWORD {ServerRoles.Verifier(name, password)}", ServerRoles.EndSessions(name)], cancellation);

    /// <summary>Drops a role. What it owns becomes avnadmin's.</summary>
    internal static Task DropAsync(ServiceServer server, string name, CancellationToken cancellation) =>
        ServerRoles.DropAsync(server, name, AdminRole.Name, cancellation);

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
}
