// SPDX-License-Identifier: MIT

using PgCloud.Emulator.Servers;
using PgCloud.Engine.Providers;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>A server with the roles that the page about users and roles lists.</summary>
internal sealed class IbmServer : ServerKind
{
    internal const string Admin = "ibm_admin";

    internal const string Writer = "ibm_writer";

    private const string Rest = "ibm_rest";

    internal static IbmServer Instance { get; } = new();

    internal override string Name => "ibm";

    internal override string Superuser => "ibm_superuser";

    internal override async Task SetUpAsync(ServiceServer server, CancellationToken cancellation)
    {
        int major = server.Installation.Major;
        string[] statements =
        [
            $"DROP DATABASE {LocalRoles.DefaultDatabase}",
            $"DROP ROLE {LocalRoles.Admin}, {LocalRoles.Writer}",
            $"CREATE ROLE {Admin} NOLOGIN",
            // "Use the Manager user to grant roles to other users", pg_signal_backend and pg_monitor for example: from PostgreSQL 16 on that takes this option.
            $"GRANT {string.Join(", ", AdminMemberships.On(major))} TO {Admin} WITH ADMIN OPTION",
            $"CREATE ROLE {Writer} NOLOGIN",
            $"GRANT pg_read_all_data, pg_write_all_data TO {Writer}",
            "CREATE ROLE ibm_monitoring LOGIN",
            $"CREATE ROLE {Rest} LOGIN NOINHERIT CREATEROLE CREATEDB",
            $"GRANT {Admin}, {Writer} TO {Rest}",
            "CREATE ROLE ibm_rewind LOGIN",
            .. Reserved(major, "ibm_monitoring", Rest),
            // What users may do in the one database is not in the sources; from PostgreSQL 15 on only its owner might make a table.
            $"GRANT CREATE ON SCHEMA public TO {Admin}",
            $"GRANT CREATE ON DATABASE postgres TO {Admin}",
            // No role can rename itself.
            $"UPDATE pg_authid SET rolname = '{Superuser}' WHERE rolname = '{LocalRoles.Superuser}'",
        ];
        foreach (string statement in statements)
        {
            await server.ExecuteAsync([statement], cancellation);
        }
    }

    /// <summary>
    ///   Makes the user of a key. The two tables of roles on the page, one after a Manager key and one after a Writer key, differ in two of the
    ///   service's own roles as well: a Writer key brings that about.
    /// </summary>
    internal static async Task CreateUserAsync(ServiceServer server, string name, string password, bool isManager, CancellationToken cancellation)
    {
        int major = server.Installation.Major;
        await server.ExecuteAsync(
            [
                $"CREATE ROLE {Sql.Name(name)} LOGIN {(isManager ? "CREATEROLE CREATEDB" : string.Empty)} PASSWORD {ServerRoles.Verifier(name, password)}",
                $"GRANT {(isManager ? $"{Admin}, {Writer}" : Writer)} TO {Sql.Name(name)}",
                $"GRANT {Sql.Name(name)} TO {Rest}",
            ],
            cancellation);
        bool isNew = !isManager
            && (await server.QueryAsync("SELECT 1 FROM pg_roles WHERE rolname = 'ibm_replication'", r => r.GetInt32(0), cancellation)).Count == 0;
        if (isNew)
        {
            await server.ExecuteAsync(
                [
                    "CREATE ROLE ibm_replication LOGIN",
                    .. Reserved(major, "ibm_replication"),
                    "ALTER ROLE ibm_monitoring NOINHERIT",
                    "GRANT pg_monitor TO ibm_monitoring",
                ],
                cancellation);
        }
    }

    internal static Task DropUserAsync(ServiceServer server, string name, CancellationToken cancellation) =>
        ServerRoles.DropAsync(server, name, Admin, cancellation);

    // The predefined role is new in PostgreSQL 16.
    private static string[] Reserved(int major, params string[] roles) =>
        major < 16 ? [] : [$"GRANT pg_use_reserved_connections TO {string.Join(", ", roles)}"];
}
