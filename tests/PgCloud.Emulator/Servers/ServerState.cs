// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Servers;

/// <summary>What a server itself has, to be compared with what the API tells and a client believes.</summary>
/// <param name="LetIn">The ranges that it lets in.</param>
/// <param name="Roles">All but the predefined ones.</param>
/// <param name="Members">Their memberships, as "member in role".</param>
/// <param name="Databases">All but the templates.</param>
/// <param name="Privileges">What others than the owner may do with tables, as "SELECT on Table public.orders to reader".</param>
internal sealed record ServerState(
    IReadOnlyList<string> LetIn,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Databases,
    IReadOnlyList<string> Privileges)
{
    /// <summary>Reads it; where there is no server there is nothing.</summary>
    internal static async Task<ServerState> ReadAsync(ServiceServer? server)
    {
        if (server is null)
        {
            return new ServerState([], [], [], [], []);
        }

        IReadOnlyList<string> databases = await RowsAsync("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1");
        var privileges = new List<string>();
        foreach (string database in databases)
        {
            privileges.AddRange(await RowsAsync(
                "SELECT a.privilege_type || ' on Table ' || c.relnamespace::regnamespace || '.' || c.relname || ' to ' || g.rolname "
                + "FROM pg_class c CROSS JOIN aclexplode(c.relacl) a JOIN pg_roles g ON g.oid = a.grantee "
                + "WHERE c.relkind = 'r' AND a.grantee <> c.relowner AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1",
                database));
        }

        return new ServerState(
            [.. server.LetIn.Order(StringComparer.Ordinal)],
            await RowsAsync("SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|_)' ORDER BY 1"),
            await RowsAsync(
                "SELECT DISTINCT m.rolname || ' in ' || r.rolname FROM pg_auth_members a "
                + "JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member WHERE m.rolname !~ '^(pg_|_)' ORDER BY 1"),
            databases,
            privileges);

        async Task<IReadOnlyList<string>> RowsAsync(string query, string database = "postgres") =>
            await server.QueryAsync(query, r => r.GetString(0), CancellationToken.None, database);
    }
}
