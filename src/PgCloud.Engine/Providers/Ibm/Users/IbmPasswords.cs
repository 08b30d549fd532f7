// SPDX-License-Identifier: MIT

using System.Security;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Sql;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>
///   New passwords. The service offers none: "use ALTER ROLE" (Getting started with Databases for PostgreSQL Gen 2), after which the service
///   credential shows the old one. A rotation makes another credential and hands over to it.
/// </summary>
internal sealed class IbmPasswords(IbmUsers users, PgInstance instance, IReporter reporter)
{
    /// <summary>Sets a new password, or makes a new credential.</summary>
    internal async Task<UserWithPassword> ResetAsync(PasswordReset reset, CancellationToken cancellation)
    {
        IbmKey key = await users.FindAsync(reset.UserName, cancellation) ?? throw PgErrors.UserNotFound(reset.UserName, instance.Name);
        PgCloudUser user = users.Describe(key, PgChange.Updated);
        DatabaseCredential own = key.Credentials is { User: { } name, Password: { } known }
            ? new DatabaseCredential(name, known)
            : throw PgErrors.CredentialRedacted(key.Name, instance.Name, key.Guid);
        if (reset.IsRotation)
        {
            return reset.Password is null
                ? await new IbmRotation(users, instance, reporter).RunAsync(key, own, reset.Admin, cancellation)
                : throw PgErrors.PasswordInvalid(reset.UserName, "IBM Cloud makes the password of a new service credential itself");
        }

        SecureString password = reset.Password ?? Passwords.Generate();
        await using (ISqlSession session = await OpenAsync(reset.Admin ?? own, cancellation))
        {
            await session.Roles.SetAsync(new RoleRequest(own.UserName) { Password = password }, Approved.Beforehand, cancellation);
        }

        reporter.Warning(
            $"The password of '{key.Name}' was set by SQL, for IBM Cloud offers no reset: its service credential goes on showing the old one, which is good for nothing now.");
        return new UserWithPassword(user, password);
    }

    private async Task<ISqlSession> OpenAsync(DatabaseCredential credential, CancellationToken cancellation)
    {
        try
        {
            return await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, credential), reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.Kind is PgErrorKind.Authentication)
        {
            throw PgErrors.StoredPasswordOutdated(credential.UserName, instance.Name, exception);
        }
    }
}
