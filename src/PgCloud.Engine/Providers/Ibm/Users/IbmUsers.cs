// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ibm.Api;
using PgCloud.Engine.Providers.Ibm.Instances;
using PgCloud.Engine.Sql;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ibm.Users;

/// <summary>
///   The users of one instance: each is a service credential, which the resource controller calls a key. Its name is ours to choose, the role in
///   PostgreSQL and its password are the service's. What psql makes does not show up here.
/// </summary>
internal sealed class IbmUsers(IbmAccount account, IbmInstances instances, PgInstance instance, IReporter reporter)
{
    private const int LongestName = 180;

    // Directly after it was made a key may answer 404 for minutes (terraform-provider-ibm, resource_ibm_resource_key.go).
    private static readonly TimeSpan KeyTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(60);

    /// <summary>The pauses between looks.</summary>
    internal PollPace Pace => account.Pace;

    /// <summary>Reads the users.</summary>
    internal async Task<IReadOnlyList<PgCloudUser>> GetAsync(CancellationToken cancellation) =>
        [.. (await ListAsync(cancellation)).Select(k => Describe(k, PgChange.None)).OrderBy(u => u.Name, StringComparer.Ordinal)];

    /// <summary>Makes a user. One of that name that is there is answered as it is, with its credential where the service shows it.</summary>
    internal async Task<UserWithPassword> CreateAsync(NewUserRequest request, CancellationToken cancellation)
    {
        Check(request);
        if (await FindAsync(request.Name, cancellation) is { } present)
        {
            return new UserWithPassword(
                Describe(present, PgChange.Unchanged, await KindAsAskedAsync(present, request.Kind, cancellation)), present.Credentials?.Password);
        }

        await instances.SettleAsync(instance, ReadyTimeout, reporter, cancellation);
        return await CreateAnotherAsync(request, cancellation);
    }

    /// <summary>Makes a user, even where one of that name is there.</summary>
    internal async Task<UserWithPassword> CreateAnotherAsync(NewUserRequest request, CancellationToken cancellation)
    {
        IbmKey made = await WithCredentialsAsync(await PostAsync(request, cancellation), cancellation);
        if (made.Credentials is not { IsRedacted: false, User: not null, Password: { } password })
        {
            throw PgErrors.CredentialRedacted(request.Name, instance.Name, made.Guid);
        }

        return new UserWithPassword(Describe(made, PgChange.Created, request.Kind), password);
    }

    /// <summary>Removes a user, and its role in PostgreSQL with it.</summary>
    internal async Task<PgCloudUser> RemoveAsync(string name, CancellationToken cancellation)
    {
        IbmKey key = await FindAsync(name, cancellation) ?? throw PgErrors.UserNotFound(name, instance.Name);
        await RemoveKeyAsync(key, cancellation);
        return Describe(key, PgChange.Removed);
    }

    /// <summary>Removes a key and waits until it is gone.</summary>
    internal async Task RemoveKeyAsync(IbmKey key, CancellationToken cancellation)
    {
        await account.Keys.DeleteAsync(key.Guid, reporter, cancellation);
        await Polling.UntilAsync(
            account.Pace,
            () => account.Keys.FindAsync(key.Guid, reporter, cancellation),
            k => k is null || k.State.Known == IbmKeyState.Removed,
            KeyTimeout,
            cancellation);
    }

    /// <summary>The user of that name, or of that role in PostgreSQL.</summary>
    internal async Task<IbmKey?> FindAsync(string name, CancellationToken cancellation)
    {
        IReadOnlyList<IbmKey> keys = await ListAsync(cancellation);
        IbmKey[] named = [.. keys.Where(k => k.Name == name)];
        return named.Length switch
        {
            0 => keys.FirstOrDefault(k => k.Credentials?.User == name || k.Guid == name),
            1 => named[0],
            _ => throw PgErrors.UserAmbiguous(name, instance.Name, [.. named.Select(k => k.Guid)]),
        };
    }

    /// <summary>The user that a key is.</summary>
    internal PgCloudUser Describe(IbmKey key, PgChange change, PgCloudUserKind? kind = null)
    {
        PgCloudUserKind known = kind ?? KindOf(key) ?? PgCloudUserKind.Other;
        if (instance.CaCertificate.Length == 0 && key.Credentials?.CertificatePem is { } pem)
        {
            // Told with the credentials only, where it is no public authority's.
            instance.CaCertificate = pem;
        }

        return new PgCloudUser
        {
            Name = key.Name,
            UserName = key.Credentials?.User ?? key.Name,
            Id = key.Guid,
            Kind = known,
            Status = key.State.Known is IbmKeyState.Failed ? PgInstanceStatus.Failed : PgInstanceStatus.Ready,
            MemberOf = known switch
            {
                PgCloudUserKind.Manager => ["ibm_admin", "ibm_writer"],
                PgCloudUserKind.Writer => ["ibm_writer"],
                _ => [],
            },
            Instance = instance,
            Change = change,
        };
    }

    private static void Check(NewUserRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName || request.Name.Any(char.IsControl))
        {
            throw PgErrors.ServiceCredentialNameInvalid(request.Name, LongestName);
        }

        if (request.Password is not null)
        {
            throw PgErrors.PasswordInvalid(request.Name, "IBM Cloud makes the passwords of its service credentials itself");
        }

        string? parameter = request.Roles.Count > 0 ? "Role" : request.ResetAdmin ? "ResetAdmin" : request.Admin is not null ? "AdminCredential" : null;
        if (parameter is not null)
        {
            throw PgErrors.ParameterNotOfProvider(PgProviderName.Ibm, parameter);
        }
    }

    private static string RoleCrn(PgCloudUserKind kind) => $"crn:v1:bluemix:public:iam::::serviceRole:{kind}";

    private static PgCloudUserKind? KindOf(IbmKey key) => key.Role?.Split(':')[^1] switch
    {
        "Manager" => PgCloudUserKind.Manager,
        "Writer" => PgCloudUserKind.Writer,
        null => null,
        _ => PgCloudUserKind.Other,
    };

    // The kind asked for, or Other with a warning where nobody tells it.
    private async Task<PgCloudUserKind> KindAsAskedAsync(IbmKey present, PgCloudUserKind asked, CancellationToken cancellation)
    {
        PgCloudUserKind? known = await KindAsync(present, cancellation);
        if (known is null)
        {
            reporter.Warning(
                $"The service credential '{present.Name}' was there already. IBM Cloud does not tell whether it is a Manager's or a Writer's, and the "
                + $"database of '{instance.Name}' could not be asked: it is shown as {PgCloudUserKind.Other}.");
        }

        return known is { } kind && kind != asked && kind != PgCloudUserKind.Other
            ? throw PgErrors.UserKindDiffers(present.Name, kind, asked)
            : known ?? PgCloudUserKind.Other;
    }

    // The service does not tell the role of a key; the database does, where this machine is let in.
    private async Task<PgCloudUserKind?> KindAsync(IbmKey key, CancellationToken cancellation)
    {
        if (KindOf(key) is { } told || key.Credentials is not { User: { } user, Password: { } password } || instance.HostName.Length == 0)
        {
            return KindOf(key);
        }

        Describe(key, PgChange.None);
        try
        {
            await using NpgsqlSqlSession session = await NpgsqlSqlSession.OpenAsync(
                IbmTarget.Of(instance, new DatabaseCredential(user, password)) with { ConnectTimeout = LookTimeout }, reporter, cancellation);
            return await session.Roles.GetAsync([user], cancellation) is [{ CreateRole: true }, ..]
                ? PgCloudUserKind.Manager
                : PgCloudUserKind.Writer;
        }
        catch (PgCloudException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<IbmKey>> ListAsync(CancellationToken cancellation) =>
        [.. (await account.Keys.ListOfAsync(instance.Id, reporter, cancellation)).Where(k => k.State.Known != IbmKeyState.Removed)];

    private async Task<IbmKey> PostAsync(NewUserRequest request, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Make the {request.Kind} user {request.Name}");
        HashSet<string> before = [.. (await ListAsync(cancellation)).Select(k => k.Guid)];
        try
        {
            return await account.Keys.CreateAsync(
                new IbmKeyCreation(request.Name, (string)instance.Detail["Crn"])
                {
                    Parameters = new JObject { ["role_crn"] = RoleCrn(request.Kind) },
                },
                reporter,
                cancellation);
        }
        catch (PgCloudException exception) when (exception.ErrorId == IbmErrorIds.OutcomeUnknown)
        {
            // A key of that name that was not there before is ours; it may take a while to show.
            (IbmKey? made, _) = await Polling.UntilAsync(
                account.Pace,
                async () => (await ListAsync(cancellation)).FirstOrDefault(k => k.Name == request.Name && !before.Contains(k.Guid)),
                k => k is not null,
                account.Pace.Longest * 2,
                cancellation);
            if (made is null)
            {
                throw PgErrors.UserOutcomeUnknown(request.Name, instance.Name, exception);
            }

            reporter.Step($"The end of the call was not seen; the service credential {request.Name} is there", TimeSpan.Zero);
            return made;
        }
    }

    // Until it is found, the next call would make a second one. What the first answer told may not be told again.
    private async Task<IbmKey> WithCredentialsAsync(IbmKey made, CancellationToken cancellation)
    {
        bool isTold = made.Credentials is { Password: not null };
        (IbmKey? seen, _) = await Polling.UntilAsync(
            account.Pace,
            () => account.Keys.FindAsync(made.Guid, reporter, cancellation),
            k => isTold ? k is not null : k?.Credentials is { Password: not null } or { IsRedacted: true },
            KeyTimeout,
            cancellation);
        return isTold ? made : seen ?? made;
    }
}
