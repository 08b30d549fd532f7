// SPDX-License-Identifier: MIT

using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Local;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;

namespace PgCloud.Benchmarks;

/// <summary>Connections over verified TLS, as every client of a cloud has: PgCloud's and a bare one.</summary>
internal static class BenchmarkConnection
{
    internal static Task<NpgsqlSqlSession> OpenSessionAsync(BenchmarkServer server) => NpgsqlSqlSession.OpenAsync(
        new SqlTarget(
            "127.0.0.1",
            server.Port,
            LocalRoles.DefaultDatabase,
            BenchmarkServer.UserName,
            Passwords.FromCharacters(BenchmarkServer.Password),
            PgTlsMode.VerifyFull,
            File.ReadAllText(server.CaPath),
            null),
        Silence.Instance,
        CancellationToken.None);

    internal static async Task<NpgsqlConnection> OpenAsync(BenchmarkServer server)
    {
        var connection = new NpgsqlConnection(StringFor(server));
        await connection.OpenAsync();
        return connection;
    }

    internal static string StringFor(BenchmarkServer server) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Database = LocalRoles.DefaultDatabase,
        Username = BenchmarkServer.UserName,
        Password = BenchmarkServer.Password,
        SslMode = SslMode.VerifyFull,
        RootCertificate = server.CaPath,
        Pooling = false,
    }.ConnectionString;
}
