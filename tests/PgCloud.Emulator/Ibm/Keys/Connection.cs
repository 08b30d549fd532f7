// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace PgCloud.Emulator.Ibm.Keys;

/// <summary>The member <c>connection</c> of instances and of credentials, in both generations' shapes.</summary>
internal static class Connection
{
    internal const string Database = "postgres";

    private const string CertificateName = "emulator-ca";

    /// <summary>Without a user: environment variables stand for it.</summary>
    internal static object OfInstance(ServerEndpoint endpoint) => Gen2(endpoint, "$PGUSER", "$PGPASSWORD", "$PGUSER:$PGPASSWORD", isKey: false);

    /// <summary>The credentials of a key.</summary>
    internal static object OfKey(ServerEndpoint endpoint, string user, string password, bool isGen1)
    {
        string login = $"{user}:{Escape(password)}";
        return isGen1
            ? new
            {
                connection = Gen1(endpoint, user, password, login),
                instance_administration_api = new
                {
                    deployment_id = endpoint.InstanceCrn,
                    instance_id = endpoint.InstanceCrn,
                    root = $"https://api.{endpoint.Region}.databases.cloud.ibm.com/v5/ibm",
                },
            }
            : new { connection = Gen2(endpoint, user, password, login, isKey: true), username = user, password };
    }

    private static Dictionary<string, object> Gen2(ServerEndpoint endpoint, string user, string password, string login, bool isKey)
    {
        // IBM Cloud's certificates are public authorities', so that the system's store has them; the emulator's are not.
        string authority = isKey ? CertificateName : "system";
        var cli = new Dictionary<string, object>
        {
            ["arguments"] = new[] { $"{Place(endpoint)} user={user} password={password} sslmode=verify-full" },
            ["bin"] = "psql",
            ["composed"] = new[] { $"PGUSER={user} PGPASSWORD={password} PGSSLMODE=verify-full PGSSLROOTCERT={authority} psql '{Place(endpoint)}'" },
            ["environment"] = new Dictionary<string, string>
            {
                ["PGPASSWORD"] = password,
                ["PGSSLMODE"] = "verify-full",
                ["PGSSLROOTCERT"] = authority,
                ["PGUSER"] = user,
            },
            ["type"] = "cli",
        };
        var postgres = new Dictionary<string, object>
        {
            ["authentication"] = new { method = "direct", password, username = user },
            ["composed"] = new[] { Uri(endpoint, login) },
            ["database"] = Database,
            ["hosts"] = new[] { new { hostname = endpoint.Host, port = endpoint.Port } },
            ["path"] = "/" + Database,
            ["port"] = endpoint.Port,
            ["query_options"] = new { sslmode = "verify-full" },
            ["scheme"] = "postgres",
            ["type"] = "uri",
        };
        if (isKey)
        {
            cli["certificate"] = postgres["certificate"] = Certificate(endpoint);
        }

        return new Dictionary<string, object> { ["cli"] = cli, ["postgres"] = postgres };
    }

    private static object Gen1(ServerEndpoint endpoint, string user, string password, string login) => new
    {
        cli = new
        {
            arguments = new[] { new[] { $"{Place(endpoint)} user={user} sslmode=verify-full" } },
            bin = "psql",
            certificate = Certificate(endpoint),
            composed = new[] { $"PGPASSWORD={password} PGSSLROOTCERT={CertificateName} psql '{Place(endpoint)} user={user} sslmode=verify-full'" },
            environment = new Dictionary<string, string> { ["PGPASSWORD"] = password, ["PGSSLROOTCERT"] = CertificateName },
            type = "cli",
        },
        postgres = new
        {
            authentication = new { method = "direct", password, username = user },
            certificate = Certificate(endpoint),
            composed = new[] { Uri(endpoint, login) },
            database = Database,
            // A text here, as in the one public sample; a number in Gen 2.
            hosts = new[] { new { hostname = endpoint.Host, port = endpoint.Port.ToString(CultureInfo.InvariantCulture) } },
            path = "/" + Database,
            query_options = new { sslmode = "verify-full" },
            scheme = "postgres",
            type = "uri",
        },
    };

    private static string Place(ServerEndpoint endpoint) => $"host={endpoint.Host} port={endpoint.Port} dbname={Database}";

    private static string Uri(ServerEndpoint endpoint, string login) => $"postgres://{login}@{endpoint.Host}:{endpoint.Port}/{Database}?sslmode=verify-full";

    private static object Certificate(ServerEndpoint endpoint) => new
    {
        certificate_authority = "self_signed",
        certificate_base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(endpoint.CaPem)),
        name = CertificateName,
    };

    // As in the documentation's sample, where a comma is left as it is.
    private static string Escape(string password) => System.Uri.EscapeDataString(password).Replace("%2C", ",", StringComparison.Ordinal);
}
