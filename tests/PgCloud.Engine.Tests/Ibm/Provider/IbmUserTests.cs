// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ibm.Provider;

/// <summary>Service credentials on a real server: lost answers, and rotations that do not come to their end.</summary>
public sealed class IbmUserTests(EmulatedIbmServer cloud) : IClassFixture<EmulatedIbmServer>
{
    private const string Owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'goods'";

    private readonly Heard _heard = new();

    [Theory]
    [InlineData("500-done", 5)]
    [InlineData("cut-body", 5)]
    [InlineData("500-done", 180)]
    public async Task A_credential_whose_answer_is_lost_is_made_once_and_works(string fault, int appearsAfter)
    {
        string name = $"made-{fault}-{appearsAfter}";
        await cloud.SetQuirksAsync(new { keyAppearanceSeconds = appearsAfter });
        try
        {
            await cloud.FailNextAsync(fault, "POST", "*/v2/resource_keys");
            UserWithPassword made = await CreateAsync(name, PgCloudUserKind.Writer);
            Assert.Equal(PgChange.Created, made.User.Change);
            Assert.Single(await UsersAsync(), u => u.Name == name);
            await using ISqlSession session = await OpenAsync(made);
            Assert.DoesNotContain(_heard.Steps, s => s.Contains(Text(made.Password!), StringComparison.Ordinal));
        }
        finally
        {
            await cloud.SetQuirksAsync(new { keyAppearanceSeconds = 0 });
        }
    }

    [Fact]
    public async Task A_credential_that_fails_before_it_is_made_says_that_its_outcome_is_unknown()
    {
        await cloud.FailNextAsync("500", "POST", "*/v2/resource_keys");
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Cloud.OutcomeUnknown", () => CreateAsync("never", PgCloudUserKind.Writer));
        Assert.Equal("never", failure.Target);
        Assert.Contains("The user 'never' of", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Get-PgCloudUser", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Reset-PgUserPassword", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(await UsersAsync(), u => u.Name == "never");
    }

    [Fact]
    public async Task A_rotation_that_cannot_hand_over_leaves_both_credentials_and_says_so()
    {
        UserWithPassword lead = await CreateAsync("lead", PgCloudUserKind.Manager);
        UserWithPassword ops = await CreateAsync("ops", PgCloudUserKind.Manager);
        string old = ops.User.UserName;
        await RunAsync(lead, "CREATE DATABASE closed");
        await RunAsync(lead, "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
        await RunAsync(lead, $"GRANT CONNECT, CREATE ON DATABASE closed TO \"{old}\"");
        await RunAsync(ops, "CREATE SCHEMA kept", "closed");
        await RunAsync(ops, "CREATE TABLE kept.goods (a int)", "closed");

        // Before anything is moved, for the new one cannot connect; then half way, for it may not have the schema.
        foreach (string missing in new[] { "CONNECT", "CREATE" })
        {
            PgCloudException failure = await Failure.ExpectAsync("PgCloud.User.RotationIncomplete", () => RotateAsync("ops"));
            PgCloudUser[] both = [.. (await UsersAsync()).Where(u => u.Name == "ops")];
            Assert.Equal(2, both.Length);
            Assert.All(both, u => Assert.Contains(u.Id, failure.Message, StringComparison.Ordinal));
            Assert.Equal(old, await ScalarAsync(ops, Owner, "closed"));
            Assert.Equal("0", await ScalarAsync(ops, "SELECT count(*)::text FROM pg_roles WHERE rolname LIKE 'pgcloud_handover%'"));

            // As the error says to go on.
            await cloud.Provider.RemoveUserAsync(cloud.Orders, both.Single(u => u.UserName != old).Id, _heard, CancellationToken.None);
            await RunAsync(lead, $"GRANT {missing} ON DATABASE closed TO PUBLIC");
        }

        UserWithPassword made = await RotateAsync("ops");
        Assert.Equal(made.User.UserName, await ScalarAsync(made, Owner, "closed"));
        await Failure.ExpectAsync("PgCloud.Connection.LoginFailed", () => ScalarAsync(ops, "SELECT 'x'"));
        Assert.Single(await UsersAsync(), u => u.Name == "ops");
    }

    [Fact]
    public async Task A_rotation_says_what_was_granted_to_the_old_user_and_ends_with_it()
    {
        UserWithPassword boss = await CreateAsync("boss", PgCloudUserKind.Manager);
        UserWithPassword reader = await CreateAsync("reader", PgCloudUserKind.Writer);
        string old = reader.User.UserName;
        await RunAsync(boss, "CREATE DATABASE \"o'books\"");
        await RunAsync(boss, "CREATE TABLE titles (a int)", "o'books");
        await RunAsync(boss, $"GRANT SELECT ON titles TO \"{old}\"", "o'books");
        await RunAsync(boss, $"GRANT CREATE ON DATABASE \"o'books\" TO \"{old}\"");
        UserWithPassword made = await RotateAsync("reader");
        Assert.Single(
            _heard.Steps,
            $"Privileges that were granted to '{old}' itself end with it: on database o'books, table titles in o'books. "
            + $"Grant them to '{made.User.UserName}' with Grant-PgPrivilege, as one who may.");
        Assert.DoesNotContain(_heard.Steps, s => s.StartsWith("Members of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotation_whose_old_credential_cannot_be_removed_says_so()
    {
        await CreateAsync("stuck", PgCloudUserKind.Writer);
        await cloud.FailNextAsync("500", "DELETE", "*/v2/resource_keys/*", count: 100);
        await Failure.ExpectAsync("PgCloud.User.RotationIncomplete", () => RotateAsync("stuck"));
        await cloud.FailNoMoreAsync();
        Assert.Equal(2, (await UsersAsync()).Count(u => u.Name == "stuck"));
    }

    [Fact]
    public async Task A_rotation_with_a_wrong_admin_makes_nothing()
    {
        await CreateAsync("safe", PgCloudUserKind.Writer);
        var wrong = new DatabaseCredential("nobody", new System.Net.NetworkCredential(string.Empty, "wrong").SecurePassword);
        await Failure.ExpectAsync("PgCloud.Connection.LoginFailed", () => cloud.Provider.ResetPasswordAsync(
            cloud.Orders, new PasswordReset("safe", null) { IsRotation = true, Admin = wrong }, _heard, CancellationToken.None));
        Assert.Single(await UsersAsync(), u => u.Name == "safe");
    }

    private static string Text(SecureString secret) => new System.Net.NetworkCredential(string.Empty, secret).Password;

    private Task<UserWithPassword> CreateAsync(string name, PgCloudUserKind kind) =>
        cloud.Provider.CreateUserAsync(cloud.Orders, new NewUserRequest(name, kind, null), _heard, CancellationToken.None);

    private Task<UserWithPassword> RotateAsync(string name) => cloud.Provider.ResetPasswordAsync(
        cloud.Orders, new PasswordReset(name, null) { IsRotation = true }, _heard, CancellationToken.None);

    private Task<IReadOnlyList<PgCloudUser>> UsersAsync() => cloud.Provider.GetUsersAsync(cloud.Orders, _heard, CancellationToken.None);

    private async Task<ISqlSession> OpenAsync(UserWithPassword user, string? database = null) => await NpgsqlSqlSession.OpenAsync(
        new SqlTarget(
            cloud.Orders.HostName,
            cloud.Orders.Port,
            database ?? cloud.Orders.Database,
            user.User.UserName,
            user.Password,
            PgTlsMode.VerifyFull,
            cloud.Orders.CaCertificate,
            cloud.Orders.Name),
        _heard,
        CancellationToken.None);

    private async Task RunAsync(UserWithPassword user, string sql, string? database = null)
    {
        await using ISqlSession session = await OpenAsync(user, database);
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(new SqlQuery(sql, new Dictionary<string, object?>(), null), CancellationToken.None))
        {
            Assert.Empty(batch.Rows);
        }
    }

    private async Task<string?> ScalarAsync(UserWithPassword user, string sql, string? database = null)
    {
        string? found = null;
        await using ISqlSession session = await OpenAsync(user, database);
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(new SqlQuery(sql, new Dictionary<string, object?>(), null), CancellationToken.None))
        {
            found = batch.Rows.Select(r => r.Values[0]?.ToString()).FirstOrDefault() ?? found;
        }

        return found;
    }
}
