// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>
///   Makes another service credential in the place of one. What the old user owns and is a member of goes to the new one by way of a role that
///   both are members of for that time: neither is a member of the other, and only the service could make it one.
/// </summary>
internal sealed class IbmRotation(IbmUsers users, PgInstance instance, IReporter reporter)
{
    private const int FirstWithOptions = 16;

    /// <summary>Makes the new credential, hands over, and removes the old one last.</summary>
    internal async Task<UserWithPassword> RunAsync(
        IbmKey old, DatabaseCredential own, DatabaseCredential? admin, CancellationToken cancellation)
    {
        await using NpgsqlSqlSession asOld = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, own), reporter, cancellation);
        PgRole role = (await asOld.Roles.GetAsync([own.UserName], cancellation)).Single();
        PgCloudUserKind kind = role.CreateRole ? PgCloudUserKind.Manager : PgCloudUserKind.Writer;
        string[] databases = await NamesAsync(
            asOld, "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND pg_catalog.has_database_privilege(oid, 'CONNECT') ORDER BY 1", cancellation);
        bool ownsAnything = await OwnsAsync(asOld, own.UserName, cancellation);
        if (ownsAnything && !role.CreateRole && admin is null)
        {
            throw PgErrors.RotationNeedsAdmin(old.Name, own.UserName);
        }

        UserWithPassword made = await users.CreateAnotherAsync(new NewUserRequest(old.Name, kind, null), cancellation);
        try
        {
            var credential = new DatabaseCredential(made.User.UserName, made.Password!);
            await GrantAsync(asOld, own.UserName, made.User.UserName, cancellation);
            if (ownsAnything)
            {
                await HandOverAsync(own, credential, admin ?? own, databases, cancellation);
            }
        }
        catch (PgCloudException exception)
        {
            // Both credentials are there and can be read again; what was handed over stays with the new one.
            throw PgErrors.RotationIncomplete(old.Name, old.Guid, made.User.Id, exception);
        }

        await users.RemoveKeyAsync(old, cancellation);
        return made;
    }

    private static async Task<bool> OwnsAsync(ISqlSession session, string role, CancellationToken cancellation) =>
        (await NamesAsync(
            session,
            $"SELECT 'owned' FROM pg_catalog.pg_shdepend WHERE refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass "
            + $"AND refobjid OPERATOR(pg_catalog.=) pg_catalog.to_regrole({SqlText.Literal(PgNames.Quote(role))}) AND deptype OPERATOR(pg_catalog.=) 'o' LIMIT 1",
            cancellation)).Length > 0;

    // What the old user can grant it grants; the rest the new one has by its own kind, or an admin must grant it.
    private async Task GrantAsync(ISqlSession session, string old, string made, CancellationToken cancellation)
    {
        MembershipReading reading = await session.Memberships.GetAsync(
            new MembershipFilter(_ => true, m => m == old || m == made, IsEffective: false), cancellation);
        PgRoleMember[] missing =
        [
            .. reading.Memberships.Where(m => m.Member == old && !reading.Memberships.Any(n => n.Member == made && n.Role == m.Role)),
        ];
        if (missing.Where(m => m.Admin).Select(m => m.Role).ToArray() is { Length: > 0 } own)
        {
            await session.Memberships.GrantAsync([new GrantRequest(own, [made]) { Admin = true }], Approved.Beforehand, cancellation);
        }

        if (missing.Where(m => !m.Admin).Select(m => m.Role).ToArray() is { Length: > 0 } others)
        {
            reporter.Warning($"'{old}' cannot grant on its memberships in {string.Join(", ", others)}: grant them to '{made}' as an admin, with Grant-PgRole.");
        }
    }

    private async Task HandOverAsync(
        DatabaseCredential old, DatabaseCredential made, DatabaseCredential admin, string[] databases, CancellationToken cancellation)
    {
        string bridge = $"pgcloud_handover_{Guid.NewGuid():n}"[..40];
        await using NpgsqlSqlSession asAdmin = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, admin), reporter, cancellation);
        string options = asAdmin.ServerVersion.Major < FirstWithOptions ? string.Empty : " WITH INHERIT TRUE, SET TRUE";
        await RunAsync(
            asAdmin,
            $"CREATE ROLE {PgNames.Quote(bridge)}; GRANT {PgNames.Quote(bridge)} TO {PgNames.Quote(old.UserName)}{options}; GRANT {PgNames.Quote(bridge)} TO {PgNames.Quote(made.UserName)}{options}",
            cancellation);
        try
        {
            foreach (string database in databases)
            {
                await using NpgsqlSqlSession asOld = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, old, database), reporter, cancellation);
                await RunAsync(asOld, $"REASSIGN OWNED BY {PgNames.Quote(old.UserName)} TO {PgNames.Quote(bridge)}", cancellation);
                await using NpgsqlSqlSession asNew = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, made, database), reporter, cancellation);
                await RunAsync(asNew, $"REASSIGN OWNED BY {PgNames.Quote(bridge)} TO {PgNames.Quote(made.UserName)}", cancellation);
            }
        }
        finally
        {
            await RunAsync(asAdmin, $"DROP ROLE IF EXISTS {PgNames.Quote(bridge)}", CancellationToken.None);
        }
    }

    private static Task RunAsync(ISqlSession session, string sql, CancellationToken cancellation) => NamesAsync(session, sql, cancellation);

    private static async Task<string[]> NamesAsync(ISqlSession session, string sql, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (SqlRowBatch batch in session.Queries.RunAsync(new SqlQuery(sql, new Dictionary<string, object?>(), null), cancellation))
        {
            names.AddRange(batch.Rows.Select(r => r.Values[0]?.ToString() ?? string.Empty));
        }

        return [.. names];
    }
}
