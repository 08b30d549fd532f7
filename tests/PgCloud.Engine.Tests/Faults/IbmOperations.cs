// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>What provider Ibm can change.</summary>
internal static class IbmOperations
{
    private static readonly InstanceRemoval ForGood = new(IsRecursive: true, IsPermanent: true);

    internal static IEnumerable<MatrixOperation> All =>
    [
        Of("New-PgInstance", nameof(ICloudProvider.CreateInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.CreateInstanceAsync(new NewInstanceRequest(c.Name), c.Heard, c.End),
            Look = async c => $"{(await c.Admin.GetInstancesAsync(c.Heard, c.End)).Count(i => i.Name == c.Name)} of the name",
        },
        Of("Set-PgInstance", nameof(ICloudProvider.SetInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.SetInstanceAsync(c.Instance, new InstanceChangeRequest { NewName = "renamed", DiskSizeGB = 20 }, c.Heard, c.End),
            Look = async c => await c.Admin.FindInstanceAsync(c.Instance.Id, c.Heard, c.End) is { } i
                ? string.Create(CultureInfo.InvariantCulture, $"{(i.Name == "renamed" ? "new name" : "old name")}, {i.DiskSizeGB} GB")
                : "gone",
        },
        Of("Lock-PgInstance", nameof(ICloudProvider.SetLockAsync)) with
        {
            Run = (c, p) => p.Cloud.SetLockAsync(c.Instance, isLocked: true, c.Heard, c.End),
            Look = LockAsync,
        },
        Of("Unlock-PgInstance", nameof(ICloudProvider.SetLockAsync)) with
        {
            Prepare = c => c.Admin.SetLockAsync(c.Instance, isLocked: true, c.Heard, c.End),
            Run = (c, p) => p.Cloud.SetLockAsync(c.Instance, isLocked: false, c.Heard, c.End),
            Look = LockAsync,
        },
        Of("Remove-PgInstance", nameof(ICloudProvider.RemoveInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.RemoveInstanceAsync(c.Instance, c.Heard, c.End),
            Look = PresenceAsync,
        },
        Of("Remove-PgInstance -Permanent", nameof(ICloudProvider.RemoveInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.RemoveInstanceAsync(c.Instance, ForGood, c.Heard, c.End),
            Look = PresenceAsync,
            Between = ["can be had back"],
        },
        Of("Restore-PgInstance", "IReclaimedInstances.RestoreAsync") with
        {
            Prepare = ReclaimAsync,
            Run = (c, p) => p.Cloud.Reclaimed.RestoreAsync((PgReclaimedInstance)c.Item!, TimeSpan.FromSeconds(10), c.Heard, c.End),
            Look = PresenceAsync,
        },
        Of("Get-PgReclaimedInstance | Remove-PgInstance -Permanent", "IReclaimedInstances.PurgeAsync") with
        {
            Prepare = ReclaimAsync,
            Run = (c, p) => p.Cloud.Reclaimed.PurgeAsync((PgReclaimedInstance)c.Item!, c.Heard, c.End),
            Look = PresenceAsync,
        },
        Of("Add-PgAuthorisedIp (the first)", nameof(ICloudProvider.AddAuthorisedIpsAsync)) with
        {
            Run = (c, p) => p.Cloud.AddAuthorisedIpsAsync(c.Instance, [Range(1), Range(2)], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("Add-PgAuthorisedIp (another)", nameof(ICloudProvider.AddAuthorisedIpsAsync)) with
        {
            Prepare = c => c.Admin.AddAuthorisedIpsAsync(c.Instance, [Range(1)], c.Heard, c.End),
            Run = (c, p) => p.Cloud.AddAuthorisedIpsAsync(c.Instance, [Range(2)], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("Set-PgAuthorisedIp", nameof(ICloudProvider.SetAuthorisedIpsAsync)) with
        {
            Prepare = c => c.Admin.AddAuthorisedIpsAsync(c.Instance, [Range(1)], c.Heard, c.End),
            Run = (c, p) => p.Cloud.SetAuthorisedIpsAsync(c.Instance, [Range(2), Range(3)], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("Remove-PgAuthorisedIp", nameof(ICloudProvider.RemoveAuthorisedIpsAsync)) with
        {
            Prepare = c => c.Admin.AddAuthorisedIpsAsync(c.Instance, [Range(1), Range(2)], c.Heard, c.End),
            Run = (c, p) => p.Cloud.RemoveAuthorisedIpsAsync(c.Instance, [Range(1).Address], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("New-PgManagerUser", nameof(ICloudProvider.CreateUserAsync)) with
        {
            NeedsServer = true,
            Run = async (c, p) => await OvhOperations.ThrowIfLockedOutAsync(
                c, await p.Cloud.CreateUserAsync(c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Manager, null), c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("New-PgWriterUser", nameof(ICloudProvider.CreateUserAsync)) with
        {
            NeedsServer = true,
            Run = async (c, p) => await OvhOperations.ThrowIfLockedOutAsync(
                c, await p.Cloud.CreateUserAsync(c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Writer, null), c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("Reset-PgUserPassword", nameof(ICloudProvider.ResetPasswordAsync)) with
        {
            NeedsServer = true,
            Prepare = NewUserAsync,
            Run = async (c, p) => await OvhOperations.ThrowIfLockedOutAsync(c, await p.Cloud.ResetPasswordAsync(c.Instance, c.Name, null, c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("Reset-PgUserPassword -Rotate", nameof(ICloudProvider.ResetPasswordAsync)) with
        {
            NeedsServer = true,
            Prepare = NewUserAsync,
            Run = async (c, p) => await OvhOperations.ThrowIfLockedOutAsync(
                c, await p.Cloud.ResetPasswordAsync(c.Instance, new PasswordReset(c.Name, null) { IsRotation = true }, c.Heard, c.End)),
            Look = async c =>
            {
                PgCloudUser[] named = [.. (await c.Admin.GetUsersAsync(c.Instance, c.Heard, c.End)).Where(u => u.Name == c.Name)];
                return string.Join(" and ", named.Select(u => u.Id == (string)c.Item! ? "old" : "new").Order(StringComparer.Ordinal).Reverse());
            },
            Between = ["old and new"],
        },
        Of("Remove-PgCloudUser", nameof(ICloudProvider.RemoveUserAsync)) with
        {
            Prepare = NewUserAsync,
            Run = (c, p) => p.Cloud.RemoveUserAsync(c.Instance, c.Name, c.Heard, c.End),
            Look = UsersAsync,
        },
    ];

    private static MatrixOperation Of(string cmdlet, string method) => new(PgProviderName.Ibm, cmdlet, method)
    {
        Run = (_, _) => throw new NotSupportedException(),
        Look = _ => throw new NotSupportedException(),
    };

    private static AuthorisedIpRequest Range(int last) => new(string.Create(CultureInfo.InvariantCulture, $"203.0.113.{last}/32"), null, null);

    private static async Task NewUserAsync(MatrixCell cell) => cell.Item = (await cell.Admin.CreateUserAsync(
        cell.Instance, new NewUserRequest(cell.Name, PgCloudUserKind.Writer, null), cell.Heard, cell.End)).User.Id;

    private static async Task ReclaimAsync(MatrixCell cell)
    {
        await cell.Admin.RemoveInstanceAsync(cell.Instance, cell.Heard, cell.End);
        while (cell.Item is null)
        {
            cell.Item = (await cell.Admin.Reclaimed.GetAsync(cell.Heard, cell.End)).FirstOrDefault(r => r.Id == cell.Instance.Id);
        }
    }

    private static async Task<string> LockAsync(MatrixCell cell) =>
        (await cell.Admin.FindInstanceAsync(cell.Instance.Id, cell.Heard, cell.End))?.Detail["Locked"].ToString() ?? "gone";

    private static async Task<string> PresenceAsync(MatrixCell cell) =>
        await cell.Admin.FindInstanceAsync(cell.Instance.Id, cell.Heard, cell.End) is { Status: not PgInstanceStatus.Removing } ? "there"
        : (await cell.Admin.Reclaimed.GetAsync(cell.Heard, cell.End)).Any(r => r.Id == cell.Instance.Id) ? "can be had back"
        : "gone";

    private static async Task<string> UsersAsync(MatrixCell cell) =>
        $"{(await cell.Admin.GetUsersAsync(cell.Instance, cell.Heard, cell.End)).Count(u => u.Name == cell.Name)} of the name";

    // A range that two rules or zones let in would show twice.
    private static async Task<string> AddressesAsync(MatrixCell cell) => string.Join(
        ", ", (await cell.Admin.GetAuthorisedIpsAsync(cell.Instance, cell.Heard, cell.End)).Select(i => i.Cidr).Order(StringComparer.Ordinal));
}
