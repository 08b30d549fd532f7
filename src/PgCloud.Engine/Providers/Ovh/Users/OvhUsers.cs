// SPDX-License-Identifier: MIT

using System.Security;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Users;

/// <summary>The users of one instance. The API makes them and their passwords, which it tells once; what they may do comes by SQL.</summary>
internal sealed partial class OvhUsers(
    OvhProject project, OvhPatience patience, PgInstance instance, AdminAccess admins, IReporter reporter)
{
    // Terraform's provider waits as long.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(20);

    private string Path => project.PathOf(instance, "/user");

    /// <summary>Refuses a name that the API would not take, and a password: it makes them itself.</summary>
    internal static void Check(NewUserRequest request)
    {
        if (!AllowedName().IsMatch(request.Name))
        {
            throw PgErrors.ApiUserNameInvalid(request.Name);
        }

        CheckPassword(request.Name, request.Password);
    }

    /// <summary>Reads the users.</summary>
    internal async Task<IReadOnlyList<PgCloudUser>> GetAsync(CancellationToken cancellation) =>
        [.. (await ListAsync(cancellation)).Select(u => Describe(u, PgChange.None)).OrderBy(u => u.Name, StringComparer.Ordinal)];

    /// <summary>Makes a user and gives it its rights. One that is there keeps its password.</summary>
    internal async Task<UserWithPassword> CreateAsync(NewUserRequest request, CancellationToken cancellation)
    {
        await CheckRolesAsync(request.Roles, cancellation);
        OvhUser? present = await FindAsync(request.Name, cancellation);
        if (request.Name == OvhUser.Admin)
        {
            return await UseAdminAsync(present, request, cancellation);
        }

        // The way to the server is opened first: a user without its rights would be half a user.
        await using ISqlSession session = await admins.OpenAsync(instance, request, () => ResetAdminAsync(cancellation), reporter, cancellation);
        (OvhUser user, SecureString? password) = present is null ? await PostAsync(request, cancellation) : (present, null);
        bool isOurs = password is not null;
        try
        {
            await SetRolesAsync(user, request.Roles, cancellation);
            await WaitAsync(user, cancellation);
            (IReadOnlyList<string> roles, bool isChanged) = await UserRights.GiveAsync(
                session, request.Admin?.UserName ?? OvhUser.Admin, request.Name, request.Kind, reporter, cancellation);
            PgChange change = isOurs ? PgChange.Created : isChanged ? PgChange.Updated : PgChange.Unchanged;
            return new UserWithPassword(Describe(user, change, request.Kind, [.. request.Roles, .. roles]), password);
        }
        catch (PgCloudException exception) when (isOurs)
        {
            throw PgErrors.UserRightsIncomplete(request.Name, request.Kind, instance.Name, exception);
        }
    }

    /// <summary>Has the API make a new password. The user's connections end.</summary>
    internal async Task<UserWithPassword> ResetAsync(string name, SecureString? password, CancellationToken cancellation)
    {
        CheckPassword(name, password);
        OvhUser user = await FindAsync(name, cancellation) ?? throw PgErrors.UserNotFound(name, instance.Name);
        SecureString made = await ResetAsync(user, cancellation);
        return new UserWithPassword(Describe(user, PgChange.Updated), made);
    }

    /// <summary>Removes a user.</summary>
    internal async Task<PgCloudUser> RemoveAsync(string name, CancellationToken cancellation)
    {
        OvhUser user = await FindAsync(name, cancellation) ?? throw PgErrors.UserNotFound(name, instance.Name);
        if (name == OvhUser.Admin)
        {
            throw PgErrors.UserNotRemovable(name, instance.Name);
        }

        await patience.RunAsync(
            instance, () => project.Client.DeleteAsync($"{Path}/{user.Id}", reporter, cancellation), reporter, cancellation);
        await project.WaitAsync(() => ReadAsync(user, cancellation), u => u is null, ReadyTimeout, cancellation);
        return Describe(user, PgChange.Removed);
    }

    private static void CheckPassword(string name, SecureString? password)
    {
        if (password is not null)
        {
            throw PgErrors.PasswordInvalid(name, "OVHcloud makes the passwords of its users itself, and tells them once");
        }
    }

    private async Task CheckRolesAsync(IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        if (roles.Count == 0)
        {
            return;
        }

        string[] offered = await project.Client.GetAsync<string[]>(project.PathOf(instance, "/roles"), reporter, cancellation);
        if (roles.FirstOrDefault(r => !offered.Contains(r)) is { } unknown)
        {
            throw PgErrors.ApiRoleUnknown(unknown, instance.Name, offered);
        }
    }

    private async Task<UserWithPassword> UseAdminAsync(OvhUser? present, NewUserRequest request, CancellationToken cancellation)
    {
        OvhUser admin = present ?? throw PgErrors.UserNotFound(request.Name, instance.Name);
        if (request.Kind != PgCloudUserKind.Manager)
        {
            throw PgErrors.UserKindDiffers(request.Name, PgCloudUserKind.Manager, request.Kind);
        }

        return request.ResetAdmin
            ? new UserWithPassword(Describe(admin, PgChange.Updated), await ResetAsync(admin, cancellation))
            : new UserWithPassword(Describe(admin, PgChange.Unchanged), null);
    }

    private async Task<DatabaseCredential> ResetAdminAsync(CancellationToken cancellation)
    {
        OvhUser admin = await FindAsync(OvhUser.Admin, cancellation) ?? throw PgErrors.UserNotFound(OvhUser.Admin, instance.Name);
        SecureString password = await ResetAsync(admin, cancellation);
        reporter.Changed(Describe(admin, PgChange.Updated));
        return new DatabaseCredential(OvhUser.Admin, password);
    }

    private async Task<SecureString> ResetAsync(OvhUser user, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Set a new password for {user.Username}");

        // Repeated, it makes another password, and the last one counts: the one that is answered.
        OvhUser answered = await patience.RunAsync(
            instance,
            () => project.Client.PostAsync<OvhUser>($"{Path}/{user.Id}/credentials/reset", null, reporter, cancellation, isRepeatable: true),
            reporter,
            cancellation);
        SecureString password = PasswordOf(answered);
        if (user.Username == OvhUser.Admin)
        {
            admins.Remember(instance, new DatabaseCredential(OvhUser.Admin, password));
        }

        await WaitAsync(user, cancellation);
        return password;
    }

    private async Task<(OvhUser User, SecureString? Password)> PostAsync(NewUserRequest request, CancellationToken cancellation)
    {
        using var step = new StepTimer(reporter, $"Make the {request.Kind} user {request.Name}");
        var body = new JObject { ["name"] = request.Name, ["roles"] = new JArray(request.Roles) };
        try
        {
            OvhUser made = await patience.RunAsync(
                instance, () => project.Client.PostAsync<OvhUser>(Path, body, reporter, cancellation), reporter, cancellation);
            return (made, PasswordOf(made));
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.UserExists)
        {
            // Another made it since it was looked for, and has its password: a new one would take that away.
            OvhUser? theirs = await FindAsync(request.Name, cancellation);
            if (theirs is null)
            {
                throw;
            }

            return (theirs, null);
        }
        catch (PgCloudException exception) when (exception.ErrorId == OvhErrorIds.OutcomeUnknown)
        {
            // "The user is created, although the API answers 500" (terraform-provider-ovh #1306). It was not there before; its password
            // is lost with the answer, so it gets another.
            OvhUser made = await FindAsync(request.Name, cancellation)
                ?? throw PgErrors.UserOutcomeUnknown(request.Name, instance.Name, exception);

            reporter.Step($"The API made the user {request.Name} but did not say so: it gets another password", TimeSpan.Zero);
            try
            {
                await WaitAsync(made, cancellation);
                return (made, await ResetAsync(made, cancellation));
            }
            catch (PgCloudException failure)
            {
                throw PgErrors.UserRightsIncomplete(request.Name, request.Kind, instance.Name, failure);
            }
        }
    }

    private async Task SetRolesAsync(OvhUser user, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        string[] present = [.. user.Roles ?? []];
        if (roles.Except(present).Any())
        {
            await WaitAsync(user, cancellation);
            var body = new JObject { ["roles"] = new JArray(present.Union(roles)) };
            await patience.RunAsync(
                instance, () => project.Client.PutAsync($"{Path}/{user.Id}", body, reporter, cancellation), reporter, cancellation);
        }
    }

    private async Task WaitAsync(OvhUser user, CancellationToken cancellation)
    {
        (OvhUser? seen, bool isSettled) = await project.WaitAsync(
            () => ReadAsync(user, cancellation),
            u => u is null || !OvhStatuses.IsChanging(u.Status),
            ReadyTimeout,
            cancellation);
        if (!isSettled || seen is null || OvhStatuses.ToStatus(seen.Status) != PgInstanceStatus.Ready)
        {
            throw PgErrors.UserNotReady(user.Username, instance.Name, seen is null ? "gone" : seen.Status.ToString());
        }
    }

    private Task<OvhUser?> ReadAsync(OvhUser user, CancellationToken cancellation) =>
        project.Client.FindAsync<OvhUser>($"{Path}/{user.Id}", reporter, cancellation);

    private Task<IReadOnlyList<OvhUser>> ListAsync(CancellationToken cancellation) =>
        project.Client.ListAsync<OvhUser>(Path, reporter, cancellation);

    private async Task<OvhUser?> FindAsync(string name, CancellationToken cancellation) =>
        (await ListAsync(cancellation)).FirstOrDefault(u => u.Username == name);

    private SecureString PasswordOf(OvhUser told) => string.IsNullOrEmpty(told.Password)
        ? throw PgErrors.PasswordNotTold(told.Username, instance.Name)
        : Passwords.FromCharacters(told.Password);

    private PgCloudUser Describe(OvhUser user, PgChange change, PgCloudUserKind? kind = null, IReadOnlyList<string>? memberOf = null) => new()
    {
        Name = user.Username,
        Id = user.Id,
        Kind = kind ?? (user.Username == OvhUser.Admin ? PgCloudUserKind.Manager : PgCloudUserKind.Other),
        Status = change is PgChange.None ? OvhStatuses.ToStatus(user.Status) : PgInstanceStatus.Ready,
        MemberOf = memberOf ?? user.Roles ?? [],
        Instance = instance,
        Change = change,
    };

    // The control panel's rule (users/_components/formUser): 3 to 32 characters. \z and not $, which would let a line feed pass.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{2,31}\z")]
    private static partial Regex AllowedName();
}
