// SPDX-License-Identifier: MIT

using System.Collections.Concurrent;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Users;

/// <summary>
///   Who gives rights by SQL: the admin that the caller names, else avnadmin. Its password is known where this session has set it, and nobody
///   can know it where this session has made the instance; only then, or when told to, it is set anew, which ends avnadmin's connections.
/// </summary>
internal sealed class AdminAccess
{
    private readonly ConcurrentDictionary<string, DatabaseCredential> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _madeHere = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<DatabaseCredential>>> _resets = new(StringComparer.Ordinal);

    /// <summary>Notes that this session made the instance.</summary>
    internal void MadeHere(PgInstance instance) => _madeHere[instance.Id] = true;

    /// <summary>Notes the password that this session has set for avnadmin.</summary>
    internal void Remember(PgInstance instance, DatabaseCredential credential)
    {
        _madeHere.TryRemove(instance.Id, out _);
        _known[instance.Id] = credential;
    }

    /// <summary>Opens a session as the admin.</summary>
    /// <param name="instance">The instance, with its certificate authority.</param>
    /// <param name="request">Says which admin.</param>
    /// <param name="resetAsync">Gives avnadmin a new password, and has it remembered.</param>
    /// <param name="reporter">Hears of it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal async Task<ISqlSession> OpenAsync(
        PgInstance instance, NewUserRequest request, Func<Task<DatabaseCredential>> resetAsync, IReporter reporter, CancellationToken cancellation)
    {
        DatabaseCredential admin = request.Admin ?? await FindAsync(instance, request, resetAsync);
        var target = new SqlTarget(
            instance.HostName,
            instance.Port,
            instance.Database,
            admin.UserName,
            admin.Password,
            PgTlsMode.VerifyFull,
            instance.CaCertificate,
            instance.Name) { IsPinned = true };
        try
        {
            return await NpgsqlSqlSession.OpenAsync(target, reporter, cancellation);
        }
        catch (PgCloudException exception) when (exception.Kind is not (PgErrorKind.Authentication or PgErrorKind.Security))
        {
            throw PgErrors.UserSqlUnreachable(request.Name, request.Kind, instance, exception);
        }
    }

    private async Task<DatabaseCredential> FindAsync(
        PgInstance instance, NewUserRequest request, Func<Task<DatabaseCredential>> resetAsync)
    {
        if (_known.TryGetValue(instance.Id, out DatabaseCredential? known))
        {
            return known;
        }

        if (!request.ResetAdmin && !_madeHere.ContainsKey(instance.Id))
        {
            throw PgErrors.UserAdminMissing(request.Name, request.Kind, instance.Name, OvhUser.Admin);
        }

        // Of several users that are made at once only the first sets the password: each reset would end the sessions of the one before.
        Lazy<Task<DatabaseCredential>> reset = _resets.GetOrAdd(instance.Id, _ => new Lazy<Task<DatabaseCredential>>(resetAsync));
        try
        {
            return await reset.Value;
        }
        finally
        {
            _resets.TryRemove(KeyValuePair.Create(instance.Id, reset));
        }
    }
}
