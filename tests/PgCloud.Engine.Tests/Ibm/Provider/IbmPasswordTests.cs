// SPDX-License-Identifier: MIT

using System.Net;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>A password that is set by SQL while the connection breaks: what is told logs in, whether the server had set it or not.</summary>
public sealed class IbmPasswordTests(EmulatedIbmServer cloud) : IClassFixture<EmulatedIbmServer>
{
    private readonly Heard _heard = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_connection_breaks_the_password_that_is_told_logs_in(bool isSet)
    {
        UserWithPassword made = await cloud.Provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest($"app-{isSet}", PgCloudUserKind.Writer, null), _heard, CancellationToken.None);
        string role = made.User.UserName;
        await using var relay = new SilentRelay(cloud.Orders.Port);
        await using NpgsqlConnection holder = await ConnectAsync(role, made.Password!);

        // In a transaction the activity is seen as it was once.
        await using NpgsqlConnection watcher = await ConnectAsync(role, made.Password!);
        await ExecuteAsync(holder, $"BEGIN; ALTER ROLE \"{role}\" PASSWORD 'other'");

        Task<UserWithPassword> reset = cloud.Provider.ResetPasswordAsync(
            Through(relay.Port), new PasswordReset(made.User.Name, null), _heard, CancellationToken.None);
        const string waiting = "wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE%' AND pid <> pg_backend_pid()";
        await TestServer.WaitUntilAsync(async () => reset.IsCompleted || await CountAsync(watcher, waiting) == 1);
        Assert.False(reset.IsCompleted);
        relay.Silence();
        if (!isSet)
        {
            await ExecuteAsync(watcher, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {waiting}");
        }

        await ExecuteAsync(holder, "ROLLBACK");
        await TestServer.WaitUntilAsync(async () => await CountAsync(watcher, $"usename = '{role}' AND pid <> pg_backend_pid() AND state = 'active'") == 0);
        relay.Break();

        UserWithPassword told = await reset;
        Assert.Equal(isSet, _heard.Steps.Any(s => s.StartsWith("The connection broke", StringComparison.Ordinal)));
        await using (await ConnectAsync(role, told.Password!))
        {
        }
    }

    [Fact]
    public async Task An_admin_that_is_refused_is_no_matter_of_the_stored_password()
    {
        UserWithPassword made = await cloud.Provider.CreateUserAsync(
            cloud.Orders, new NewUserRequest("refused", PgCloudUserKind.Writer, null), _heard, CancellationToken.None);
        var wrong = new DatabaseCredential(made.User.UserName, new NetworkCredential(string.Empty, "wrong").SecurePassword);
        await Failure.ExpectAsync("PgCloud.Connection.LoginFailed", () => cloud.Provider.ResetPasswordAsync(
            cloud.Orders, new PasswordReset("refused", null) { Admin = wrong }, _heard, CancellationToken.None));
    }

    [Fact]
    public async Task A_user_whose_password_was_set_by_sql_is_rotated_with_the_one_that_was_told()
    {
        await cloud.Provider.CreateUserAsync(cloud.Orders, new NewUserRequest("turned", PgCloudUserKind.Writer, null), _heard, CancellationToken.None);
        UserWithPassword told = await cloud.Provider.ResetPasswordAsync(
            cloud.Orders, new PasswordReset("turned", null), _heard, CancellationToken.None);
        await Failure.ExpectAsync("PgCloud.User.StoredPasswordOutdated", () => cloud.Provider.ResetPasswordAsync(
            cloud.Orders, new PasswordReset("turned", null) { IsRotation = true }, _heard, CancellationToken.None));
        UserWithPassword turned = await cloud.Provider.ResetPasswordAsync(
            cloud.Orders,
            new PasswordReset("turned", null) { IsRotation = true, Admin = new DatabaseCredential(told.User.UserName, told.Password!) },
            _heard,
            CancellationToken.None);
        Assert.NotEqual(told.User.UserName, turned.User.UserName);
        await using (await ConnectAsync(turned.User.UserName, turned.Password!))
        {
        }

        Assert.Equal(turned.User.Id, Assert.Single(await cloud.Provider.GetUsersAsync(cloud.Orders, _heard, CancellationToken.None), u => u.Name == "turned").Id);
    }

    private PgInstance Through(int port) => new()
    {
        Name = cloud.Orders.Name,
        Id = cloud.Orders.Id,
        Provider = cloud.Orders.Provider,
        HostName = cloud.Orders.HostName,
        Port = port,
        Database = cloud.Orders.Database,
        CaCertificate = cloud.Orders.CaCertificate,
        Detail = cloud.Orders.Detail,
        Status = cloud.Orders.Status,
    };

    private async Task<NpgsqlConnection> ConnectAsync(string user, System.Security.SecureString password)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = cloud.Orders.HostName,
            Port = cloud.Orders.Port,
            Database = cloud.Orders.Database,
            Username = user,
            Password = new NetworkCredential(string.Empty, password).Password,
            SslMode = SslMode.Require,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static Task<long> CountAsync(NpgsqlConnection connection, string condition) => ScalarAsync(connection, $"SELECT count(*) FROM pg_stat_activity WHERE {condition}");

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
