// SPDX-License-Identifier: MIT

using System.Security;
using Npgsql;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>
///   The users made through the provider: roles with a mark in their comment, so that those made by SQL are not taken for them, as a
///   managed service keeps them apart.
/// </summary>
internal sealed class LocalUsers(PgInstance instance, SuperuserSession superuser) : IAsyncDisposable
{
    private const string Mark = "User made by PgCloud";

    /// <summary>Refuses a bad name or password before anything is asked of the server.</summary>
    internal static void Check(NewUserRequest request)
    {
        PgNames.CheckRole(request.Name);
        if (request.Name.StartsWith(LocalRoles.Prefix, StringComparison.Ordinal))
        {
            throw PgErrors.RoleNameInvalid(request.Name, $"names that begin with {LocalRoles.Prefix} are the provider's own");
        }

        CheckPassword(request.Name, request.Password);
    }

    /// <summary>Reads the users.</summary>
    internal async Task<IReadOnlyList<PgCloudUser>> GetAsync(CancellationToken cancellation) =>
        [.. (await ReadAsync(null, cancellation)).Where(r => r.IsOurs).Select(r => r.User)];

    /// <summary>Makes a user. One of this kind that is there stays as it is, except for a password that is given.</summary>
    internal async Task<UserWithPassword> CreateAsync(NewUserRequest request, CancellationToken cancellation)
    {
        if ((await ReadAsync(request.Name, cancellation)).FirstOrDefault() is { } present)
        {
            if (!present.IsOurs || present.User.Kind != request.Kind)
            {
                throw PgErrors.UserKindDiffers(request.Name, present.IsOurs ? present.User.Kind : PgCloudUserKind.Other, request.Kind);
            }

            return request.Password is null
                ? new UserWithPassword(present.User, null)
                : await SetPasswordAsync(present.User, request.Password, cancellation);
        }

        SecureString password = request.Password ?? Passwords.Generate();
        string name = PgNames.Quote(request.Name);
        bool isManager = request.Kind == PgCloudUserKind.Manager;
        string[] groups = isManager ? [LocalRoles.Admin, LocalRoles.Writer] : [LocalRoles.Writer];
        await ApplyAsync(
            request.Name,
            [
                $"CREATE ROLE {name} LOGIN {(isManager ? "CREATEROLE CREATEDB " : string.Empty)}PASSWORD '{ScramVerifier.Create(request.Name, password)}'",
                $"GRANT {string.Join(", ", groups)} TO {name}",
                $"COMMENT ON ROLE {name} IS '{Mark}'",
            ],
            cancellation);
        return new UserWithPassword(Describe(request.Name, request.Kind, groups, PgChange.Created), password);
    }

    /// <summary>Sets a password, made here unless one is given.</summary>
    internal async Task<UserWithPassword> ResetPasswordAsync(string name, SecureString? password, CancellationToken cancellation)
    {
        CheckPassword(name, password);
        return await SetPasswordAsync(await FindOursAsync(name, cancellation), password ?? Passwords.Generate(), cancellation);
    }

    /// <summary>Drops a user.</summary>
    internal async Task<PgCloudUser> RemoveAsync(string name, CancellationToken cancellation)
    {
        PgCloudUser user = await FindOursAsync(name, cancellation);
        try
        {
            await superuser.ExecuteAsync([$"DROP ROLE {PgNames.Quote(name)}"], cancellation);
        }
        catch (PgCloudException exception) when (exception.SqlState == PostgresErrorCodes.DependentObjectsStillExist)
        {
            throw PgErrors.RoleHasDependents(name, exception.Message, null);
        }

        return Describe(user.Name, user.Kind, user.MemberOf, PgChange.Removed);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => superuser.DisposeAsync();

    private static void CheckPassword(string userName, SecureString? password)
    {
        if (password is { Length: 0 })
        {
            throw PgErrors.PasswordInvalid(userName, "it is empty");
        }
    }

    private async Task<PgCloudUser> FindOursAsync(string name, CancellationToken cancellation) =>
        (await ReadAsync(name, cancellation)).FirstOrDefault(r => r.IsOurs)?.User ?? throw PgErrors.UserNotFound(name, instance.Name);

    private async Task<UserWithPassword> SetPasswordAsync(PgCloudUser user, SecureString password, CancellationToken cancellation)
    {
        await ApplyAsync(
            user.Name, [$"ALTER ROLE {PgNames.Quote(user.Name)} PASSWORD '{ScramVerifier.Create(user.Name, password)}'"], cancellation);
        return new UserWithPassword(Describe(user.Name, user.Kind, user.MemberOf, PgChange.Updated), password);
    }

    // Once the statements are on their way the password may be set, whatever happens to the answer. It is not told then, and says so.
    private async Task ApplyAsync(string userName, IEnumerable<string> statements, CancellationToken cancellation)
    {
        try
        {
            await superuser.ExecuteAsync(statements, cancellation);
        }
        catch (PgCloudException exception) when (exception.Kind is PgErrorKind.Unavailable or PgErrorKind.Connection or PgErrorKind.Timeout)
        {
            throw PgErrors.PasswordUncertain(userName, instance.Name, exception);
        }
    }

    private PgCloudUser Describe(string name, PgCloudUserKind kind, IReadOnlyList<string> memberOf, PgChange change) =>
        new() { Name = name, Kind = kind, MemberOf = memberOf, Instance = instance, Change = change };

    // Roles that exist are found whether ours or not: a name that is taken must be noticed.
    private Task<List<FoundRole>> ReadAsync(string? name, CancellationToken cancellation) => superuser.QueryAsync(
        """
        SELECT r.rolname,
               coalesce(array_agg(DISTINCT g.rolname ORDER BY g.rolname) FILTER (WHERE g.rolname IS NOT NULL), '{}')::text[],
               coalesce(pg_catalog.shobj_description(r.oid, 'pg_authid') = @mark, false)
        FROM pg_catalog.pg_roles r
        LEFT JOIN pg_catalog.pg_auth_members m ON m.member = r.oid
        LEFT JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
        WHERE @name = '' OR r.rolname = @name
        GROUP BY r.oid, r.rolname
        ORDER BY r.rolname
        """,
        new Dictionary<string, object> { ["mark"] = Mark, ["name"] = name ?? string.Empty },
        row =>
        {
            string[] memberOf = row.GetFieldValue<string[]>(1);
            PgCloudUserKind kind = memberOf.Contains(LocalRoles.Admin) ? PgCloudUserKind.Manager
                : memberOf.Contains(LocalRoles.Writer) ? PgCloudUserKind.Writer
                : PgCloudUserKind.Other;
            return new FoundRole(Describe(row.GetString(0), kind, memberOf, PgChange.Unchanged), row.GetBoolean(2));
        },
        cancellation);

    private sealed record FoundRole(PgCloudUser User, bool IsOurs);
}
