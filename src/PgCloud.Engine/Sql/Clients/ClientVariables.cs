// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>A connection as the environment variables of libpq ("Environment Variables" in its documentation); never its password.</summary>
internal static class ClientVariables
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["host"] = "PGHOST",
        ["port"] = "PGPORT",
        ["dbname"] = "PGDATABASE",
        ["user"] = "PGUSER",
        ["sslmode"] = "PGSSLMODE",
        ["sslrootcert"] = "PGSSLROOTCERT",
    };

    internal static IReadOnlyDictionary<string, string> Of(SqlTarget target, string? certificatePath) =>
        ClientSettings.Of(target, certificatePath).ToDictionary(s => Names[s.Key], s => s.Value);
}
