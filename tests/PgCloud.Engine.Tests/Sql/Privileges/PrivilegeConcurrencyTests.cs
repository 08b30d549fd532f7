// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Tests.Sql.Servers;
using Xunit;

namespace PgCloud.Engine.Tests.Sql.Privileges;

[Collection(ServerTests.Name)]
public sealed class PrivilegeConcurrencyTests(ServerPool servers)
{
    [Theory]
    [Server(14)]
    [Server(18)]
    public async Task Eight_sessions_grant_on_one_database_and_all_succeed(int version)
    {
        TestServer server = await servers.GetAsync(version);
        await using PrivilegeSetting setting = await PrivilegeSetting.CreateAsync(server, "eight");
        await setting.AsOwnerAsync("CREATE TABLE app.t1 (n int)");
        string[] roles = [.. Enumerable.Range(0, 8).Select(i => $"pv_eight_{i}")];
        foreach (string role in roles)
        {
            await setting.Session.EnsureRoleAsync(new RoleRequest(role), CancellationToken.None);
        }

        await Task.WhenAll(roles.Select(async role =>
        {
            await using NpgsqlSqlSession session = await server.OpenAsync(database: setting.Database);
            for (int i = 0; i < 5; i++)
            {
                foreach (PrivilegeRequest request in new[]
                {
                    setting.On(PgObjectType.Database, null, "CREATE") with { Grantee = [role] },
                    setting.On(PgObjectType.Table, "t1", "ALL") with { Grantee = [role] },
                })
                {
                    ChangeOutcome<PgPrivilege> granted = (await session.PrivilegeChanges.GrantAsync([request], Approved.Beforehand, CancellationToken.None))!;
                    Assert.All(granted.Results, privilege => Assert.Equal(PgChange.Created, privilege.Change));
                    ChangeOutcome<PgPrivilege> revoked = (await session.PrivilegeChanges.RevokeAsync([request], Approved.Beforehand, CancellationToken.None))!;
                    Assert.All(revoked.Results, privilege => Assert.Equal(PgChange.Removed, privilege.Change));
                }
            }
        }));

        foreach (string role in roles)
        {
            await setting.Session.DropRoleAsync(role, CancellationToken.None);
        }
    }
}
