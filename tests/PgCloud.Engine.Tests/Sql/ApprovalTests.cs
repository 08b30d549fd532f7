// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>What is shown before it is done, and that it is what is done.</summary>
[Collection(ServerTests.Name)]
public sealed class ApprovalTests(ServerPool servers)
{
    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task A_refused_change_was_shown_and_is_not_written(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        string before = await server.RoleCatalogAsync();
        var approval = new RecordedApproval(answer: false);

        PgRole? made = await session.Roles.EnsureAsync(new RoleRequest("refused") { Login = true }, approval, CancellationToken.None);

        Assert.Null(made);
        Assert.Equal(["CREATE ROLE \"refused\" LOGIN"], approval.Statements);
        Assert.Equal(before, await server.RoleCatalogAsync());
    }

    [Theory]
    [Server(15)]
    [Server(18)]
    public async Task What_is_shown_holds_no_secret(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        var approval = new RecordedApproval(answer: false);

        await session.Roles.EnsureAsync(
            new RoleRequest("secretive") { Password = Passwords.FromCharacters("PgC@nary!") }, approval, CancellationToken.None);

        Assert.Equal(["CREATE ROLE \"secretive\" PASSWORD :'verifier'"], approval.Statements);
    }

    [Theory]
    [Server(15)]
    public async Task No_lock_is_held_while_a_person_thinks(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlSqlSession other = await server.OpenAsync();
        var approval = new RecordedApproval(
            answer: true, beforeAnswer: () => other.EnsureRoleAsync(new RoleRequest("meanwhile"), CancellationToken.None));

        PgRole? made = await session.Roles.EnsureAsync(new RoleRequest("thoughtful"), approval, CancellationToken.None);

        Assert.Equal(PgChange.Created, made!.Change);
        Assert.Single(approval.Plans);
        await session.DropRoleAsync("thoughtful", CancellationToken.None);
        await session.DropRoleAsync("meanwhile", CancellationToken.None);
    }

    [Theory]
    [Server(15)]
    public async Task What_has_become_another_change_is_asked_about_again(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using NpgsqlSqlSession session = await server.OpenAsync();
        await using NpgsqlSqlSession other = await server.OpenAsync();
        var approval = new RecordedApproval(
            answer: true, beforeAnswer: () => other.EnsureRoleAsync(new RoleRequest("overtaken"), CancellationToken.None));

        PgRole? made = await session.Roles.EnsureAsync(new RoleRequest("overtaken") { Login = true }, approval, CancellationToken.None);

        Assert.Equal(PgChange.Updated, made!.Change);
        Assert.Equal(["CREATE ROLE \"overtaken\" LOGIN", "ALTER ROLE \"overtaken\" LOGIN"], approval.Statements);
        await session.DropRoleAsync("overtaken", CancellationToken.None);
    }
}
