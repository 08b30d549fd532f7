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
    private const string Uncertain = "PgCloud.Role.PasswordUncertain";

    private const int MostTries = 3;

    // A server that has failed is back within this time.
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(30);

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
                ? await RotateAsync(key, own, reset.Admin, cancellation)
                : throw PgErrors.PasswordInvalid(reset.UserName, "IBM Cloud makes the password of a new service credential itself");
        }

        SecureString password = reset.Password ?? Passwords.Generate();
        await SetAsync(own, password, reset.Admin, cancellation);
        reporter.Warning(
            $"The password of '{key.Name}' was set by SQL, for IBM Cloud offers no reset: its service credential goes on showing the old one, which is good for nothing now.");
        return new UserWithPassword(user, password);
    }

    // Who set its password by SQL before knows it better than its service credential does.
    private Task<UserWithPassword> RotateAsync(IbmKey key, DatabaseCredential stored, DatabaseCredential? admin, CancellationToken cancellation)
    {
        var rotation = new IbmRotation(users, instance, reporter);
        return admin?.UserName == stored.UserName
            ? rotation.RunAsync(key, () => OpenAsync(admin, cancellation), admin, null, cancellation)
            : rotation.RunAsync(key, () => OpenAsOwnAsync(stored, cancellation), stored, admin, cancellation);
    }

    // Where the end was not seen, a login tells which password it is. Were that left to the user, a password that was made here and told to nobody
    // might be in force, and who cannot log in cannot set another.
    private async Task SetAsync(DatabaseCredential own, SecureString password, DatabaseCredential? admin, CancellationToken cancellation)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await using ISqlSession session = admin is null ? await OpenAsOwnAsync(own, cancellation) : await OpenAsync(admin, cancellation);
                await session.Roles.SetAsync(new RoleRequest(own.UserName) { Password = password }, Approved.Beforehand, cancellation);
                return;
            }
            catch (PgCloudException exception) when (exception.ErrorId == Uncertain)
            {
                bool? isSet = await LogsInAsync(new DatabaseCredential(own.UserName, password), cancellation);
                if (isSet == true)
                {
                    reporter.Step($"The connection broke, and the password of {own.UserName} is set", TimeSpan.Zero);
                    return;
                }

                if (isSet is null || tries == MostTries)
                {
                    throw;
                }
            }
        }
    }

    // Null where the server cannot be asked.
    private async Task<bool?> LogsInAsync(DatabaseCredential credential, CancellationToken cancellation)
    {
        (bool? isRight, _) = await Polling.UntilAsync<bool?>(
            users.Pace,
            async () =>
            {
                try
                {
                    await using ISqlSession session = await OpenAsync(credential, cancellation);
                    return true;
                }
                catch (PgCloudException exception)
                {
                    return exception.Kind is PgErrorKind.Authentication ? false : null;
                }
            },
            isRight => isRight is not null,
            LoginTimeout,
            cancellation);
        return isRight;
    }

    private async Task<NpgsqlSqlSession> OpenAsOwnAsync(DatabaseCredential own, CancellationToken cancellation)
    {
        try
        {
            return await OpenAsync(own, cancellation);
        }
        catch (PgCloudException exception) when (exception.Kind is PgErrorKind.Authentication)
        {
            throw PgErrors.StoredPasswordOutdated(own.UserName, instance.Name, exception);
        }
    }

    private async Task<NpgsqlSqlSession> OpenAsync(DatabaseCredential credential, CancellationToken cancellation) =>
        await NpgsqlSqlSession.OpenAsync(IbmTarget.Of(instance, credential), reporter, cancellation);
}
