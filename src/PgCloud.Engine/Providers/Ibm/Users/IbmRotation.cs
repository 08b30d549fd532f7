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

    // It has the same number everywhere (PostgreSQL, pg_authid.dat).
    private const int BootstrapSuperuser = 10;

    private const string Grantable =
        "SELECT rolname FROM pg_catalog.pg_roles WHERE pg_catalog.pg_has_role(oid, 'USAGE WITH ADMIN OPTION')";

    private const string GrantableBefore16 =
        "SELECT r.rolname FROM pg_catalog.pg_roles r, pg_catalog.pg_roles me WHERE me.rolname OPERATOR(pg_catalog.=) current_user "
        + "AND (pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION') OR (me.rolcreaterole AND NOT r.rolsuper))";

    /// <summary>Makes the new credential, hands over, and removes the old one last.</summary>
    internal async Task<UserWithPassword> RunAsync(
        IbmKey old, Func<Task<NpgsqlSqlSession>> open, DatabaseCredential own, DatabaseCredential? admin, CancellationToken cancellation)
    {
        await using NpgsqlSqlSession asOld = await open();
        PgRole role = (await asOld.Roles.GetAsync([own.UserName], cancellation)).Single();
        PgCloudUserKind kind = role.CreateRole ? PgCloudUserKind.Manager : PgCloudUserKind.Writer;
        await ThrowIfBoundAsync(asOld, old.Name, own.UserName, cancellation);
        string[] databases = await OwningAsync(asOld, own.UserName, cancellation);
        if (databases.Length > 0 && !role.CreateRole && admin is null)
        {
            throw PgErrors.RotationNeedsAdmin(old.Name, own.UserName);
        }

        await using NpgsqlSqlSession? asAdmin = admin is null
            ? null
            : await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, admin), reporter, cancellation);
        UserWithPassword made = await users.CreateAnotherAsync(new NewUserRequest(old.Name, kind, null), cancellation);
        try
        {
            var credential = new DatabaseCredential(made.User.UserName, made.Password!);
            await GrantAsync(asAdmin ?? asOld, isOwn: asAdmin is null, own.UserName, made.User.UserName, cancellation);
            if (databases.Length > 0)
            {
                await HandOverAsync(asAdmin ?? asOld, own, credential, databases, cancellation);
            }

            await new IbmRotationLoss(instance, own, reporter).WarnAsync(asOld, made.User.UserName, cancellation);
            await users.RemoveKeyAsync(old, cancellation);
        }
        catch (PgCloudException exception)
        {
            // Both credentials are there and can be read again; what was handed over stays with the new one.
            throw PgErrors.RotationIncomplete(old.Name, old.Guid, made.User.Id, exception);
        }

        return made;
    }

    // The databases in which it owns something; what belongs to none, such as a database itself, is handed over in any.
    private static Task<string[]> OwningAsync(ISqlSession session, string role, CancellationToken cancellation) => session.RunAsync(
        "SELECT DISTINCT coalesce(b.datname, pg_catalog.current_database()) FROM pg_catalog.pg_shdepend d "
        + "LEFT JOIN pg_catalog.pg_database b ON b.oid OPERATOR(pg_catalog.=) d.dbid "
        + "WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass "
        + $"AND d.refobjid OPERATOR(pg_catalog.=) pg_catalog.to_regrole({SqlText.Literal(PgNames.Quote(role))}) AND d.deptype OPERATOR(pg_catalog.=) 'o' "
        + "ORDER BY 1",
        cancellation);

    // From 16 on a membership ends with the role that granted it, and who made a role is the only one who may grant it.
    private static async Task ThrowIfBoundAsync(NpgsqlSqlSession session, string name, string role, CancellationToken cancellation)
    {
        if (session.ServerVersion.Major < FirstWithOptions)
        {
            return;
        }

        string[] bound = await session.RunAsync(
            "SELECT DISTINCT r.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) m.roleid "
            + $"CROSS JOIN pg_catalog.to_regrole({SqlText.Literal(PgNames.Quote(role))}) AS o(oid) "
            + "WHERE m.grantor OPERATOR(pg_catalog.=) o.oid OR (m.member OPERATOR(pg_catalog.=) o.oid AND m.admin_option "
            + $"AND m.grantor OPERATOR(pg_catalog.=) {BootstrapSuperuser}) ORDER BY 1",
            cancellation);
        if (bound.Length > 0)
        {
            throw PgErrors.RotationBound(name, role, bound);
        }
    }

    // What who hands over may grant is granted; the rest the new one has by its own kind, or somebody else must grant it.
    private async Task GrantAsync(NpgsqlSqlSession session, bool isOwn, string old, string made, CancellationToken cancellation)
    {
        bool hasOptions = session.ServerVersion.Major >= FirstWithOptions;
        MembershipReading reading = await session.Memberships.GetAsync(
            new MembershipFilter(_ => true, m => m == old || m == made, IsEffective: false), cancellation);
        PgRoleMember[] missing =
        [
            .. reading.Memberships.Where(m => m.Member == old && !reading.Memberships.Any(n => n.Member == made && n.Role == m.Role)),
        ];
        HashSet<string> grantable = [.. await session.RunAsync(hasOptions ? Grantable : GrantableBefore16, cancellation)];

        // What the old one has with the ADMIN option it would itself grant, and so only for as long as it is there.
        ILookup<bool, PgRoleMember> byRight = missing.ToLookup(m => grantable.Contains(m.Role) && !(isOwn && hasOptions && m.Admin));
        GrantRequest[] requests =
        [
            .. byRight[true].Select(m => new GrantRequest([m.Role], [made])
            {
                Admin = m.Admin ? true : null,
                Inherit = hasOptions ? m.Inherit : null,
                Set = hasOptions ? m.Set : null,
            }),
        ];
        if (requests.Length > 0)
        {
            IReadOnlyList<MembershipOutcome>? outcomes = await session.Memberships.GrantAsync(requests, Approved.Beforehand, cancellation);
            if (outcomes?.FirstOrDefault(o => o.Error is not null)?.Error is { } failure)
            {
                throw failure;
            }
        }

        if (byRight[false].Select(m => m.Role).ToArray() is { Length: > 0 } others)
        {
            reporter.Warning(
                $"The memberships of '{old}' in {string.Join(", ", others)} were not handed over: grant them to '{made}' with Grant-PgRole, as one who may.");
        }
    }

    private async Task HandOverAsync(
        NpgsqlSqlSession asAdmin, DatabaseCredential old, DatabaseCredential made, string[] databases, CancellationToken cancellation)
    {
        string bridge = $"pgcloud_handover_{Guid.NewGuid():n}"[..40];
        string options = asAdmin.ServerVersion.Major < FirstWithOptions ? string.Empty : " WITH INHERIT TRUE, SET TRUE";
        await asAdmin.RunAsync(
            $"CREATE ROLE {PgNames.Quote(bridge)}; GRANT {PgNames.Quote(bridge)} TO {PgNames.Quote(old.UserName)}{options}; "
            + $"GRANT {PgNames.Quote(bridge)} TO {PgNames.Quote(made.UserName)}{options}",
            cancellation);
        try
        {
            foreach (string database in databases)
            {
                await HandOverAsync(database, bridge, old, made, cancellation);
            }
        }
        finally
        {
            await asAdmin.RunAsync($"DROP ROLE IF EXISTS {PgNames.Quote(bridge)}", CancellationToken.None);
        }
    }

    // Both sessions are open before anything is moved, and what cannot be moved on goes back.
    private async Task HandOverAsync(
        string database, string bridge, DatabaseCredential old, DatabaseCredential made, CancellationToken cancellation)
    {
        await using NpgsqlSqlSession asOld = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, old, database), reporter, cancellation);
        await using NpgsqlSqlSession asNew = await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, made, database), reporter, cancellation);
        await asOld.RunAsync(Reassign(old.UserName, bridge), cancellation);
        try
        {
            await asNew.RunAsync(Reassign(bridge, made.UserName), cancellation);
        }
        catch
        {
            await asOld.RunAsync(Reassign(bridge, old.UserName), CancellationToken.None);
            throw;
        }
    }

    private static string Reassign(string from, string to) => $"REASSIGN OWNED BY {PgNames.Quote(from)} TO {PgNames.Quote(to)}";
}
