// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException PartitionInvalid(int number, int of) => new(
        "PgCloud.Instance.PartitionInvalid",
        PgErrorKind.InvalidArgument,
        number,
        $"There is no part {number} of {of}.",
        "Give -Of as 1 or more, and -Partition from 1 to -Of. A scheduler that counts from 0, such as Kubernetes, needs one added.");

    internal static PgCloudException InstanceNameInvalid(string name) => new(
        "PgCloud.Instance.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The instance name {Show(name)} is not allowed.",
        "Use 1 to 63 of the letters a-z and A-Z, digits, '-', '_' and '.'; begin with a letter or a digit.");

    internal static PgCloudException InstanceExists(string name, string detail) => new(
        "PgCloud.Instance.Exists",
        PgErrorKind.Exists,
        name,
        $"An instance named '{name}' exists already{detail}.",
        $"Choose another name, use it as it is (Get-PgInstance '{name}'), or remove it (Remove-PgInstance '{name}').");

    internal static PgCloudException InstanceNotFound(string nameOrId) => new(
        "PgCloud.Instance.NotFound",
        PgErrorKind.NotFound,
        nameOrId,
        $"There is no instance named '{nameOrId}', and none with that id.",
        "Get-PgInstance lists the instances; names are compared exactly.");

    internal static PgCloudException InstanceBusy(string name) => new(
        "PgCloud.Instance.Busy",
        PgErrorKind.Unavailable,
        name,
        $"Another process is changing the instance '{name}' and has not finished.",
        "Try again when it has; Wait-PgInstance waits for that.");

    internal static PgCloudException InstanceNotReady(PgInstance instance) => new(
        "PgCloud.Instance.NotReady",
        PgErrorKind.InvalidState,
        instance,
        $"The instance '{instance.Name}' is {instance.Status}{Because(instance.StatusDetail)}.",
        instance.Status switch
        {
            PgInstanceStatus.Stopped => $"Start it: Start-PgInstance '{instance.Name}'.",
            PgInstanceStatus.Failed => $"Remove it and make it again: Remove-PgInstance '{instance.Name}'.",
            _ => $"Wait for it: Wait-PgInstance '{instance.Name}'.",
        });

    internal static PgCloudException InstanceWaitTimeout(PgInstance instance, TimeSpan waited) => new(
        "PgCloud.Instance.WaitTimeout",
        PgErrorKind.Timeout,
        instance,
        string.Create(
            CultureInfo.InvariantCulture,
            $"After {waited.TotalSeconds:0} s the instance '{instance.Name}' is still {instance.Status}{Because(instance.StatusDetail)}."),
        "Only the waiting ended, not what is under way: run Wait-PgInstance again, with a larger -TimeoutSec if need be.");

    internal static PgCloudException InstanceFailed(string name, string what, string detail, Exception? inner = null) => new(
        "PgCloud.Instance.Failed",
        PgErrorKind.InvalidState,
        name,
        $"{what} of the instance '{name}' failed: {detail}",
        $"Get-PgInstance '{name}' shows what is left of it; Remove-PgInstance '{name}' clears it.",
        inner);

    internal static PgCloudException InstanceRecordUnreadable(string name, string record, string data) => new(
        "PgCloud.Instance.RecordUnreadable",
        PgErrorKind.InvalidState,
        name,
        $"The instance '{name}' cannot be removed while its server runs, because '{record}' cannot be read.",
        $"Stop the server, as its own account: pg_ctl stop -D '{data}'. Then run Remove-PgInstance '{name}' again.");

    internal static PgCloudException PortInUse(int port) => new(
        "PgCloud.Instance.PortInUse",
        PgErrorKind.Unavailable,
        port,
        string.Create(CultureInfo.InvariantCulture, $"TCP port {port} is in use on this machine."),
        "Give another -Port, or none to have a free one chosen.");

    internal static PgCloudException ListenAddressInvalid(string address) => new(
        "PgCloud.Instance.ListenAddressInvalid",
        PgErrorKind.InvalidArgument,
        address,
        $"{Show(address)} is not an address a server can listen on.",
        "Give an IPv4 or IPv6 address of this machine, or * for all.");

    internal static PgCloudException VersionUnsupported(string version, string binaryPath) => new(
        "PgCloud.Instance.VersionUnsupported",
        PgErrorKind.NotSupported,
        binaryPath,
        $"The server in '{binaryPath}' is PostgreSQL {version}; PgCloud runs 14 and newer.",
        "Install a newer server, or give another -BinaryPath.");

    internal static PgCloudException VersionNotInstalled(string version, IReadOnlyCollection<string> installed, string searched) => new(
        "PgCloud.Instance.VersionNotInstalled",
        PgErrorKind.NotInstalled,
        version,
        $"No PostgreSQL {version} was found; found: {(installed.Count == 0 ? "none" : string.Join(", ", installed))}. Searched: {searched}.",
        "Install that version, give its directory with -BinaryPath, or ask for one of those found.");

    internal static PgCloudException BinariesNotFound(string searched, string howToInstall, string? givenPath) => new(
        "PgCloud.Instance.BinariesNotFound",
        PgErrorKind.NotInstalled,
        givenPath,
        $"No PostgreSQL server programs (initdb, pg_ctl, postgres) were found. Searched: {searched}.",
        howToInstall);

    internal static PgCloudException BinariesNotExecutable(string path, string account, string detail) => new(
        "PgCloud.Instance.BinariesNotExecutable",
        PgErrorKind.PermissionDenied,
        path,
        $"The server programs in '{path}' cannot be run by the account '{account}': {detail}",
        "Put them where that account may read and execute them; PostgreSQL refuses to run as root.");

    internal static PgCloudException DirectoryNotOurs(string path, string reason) => new(
        "PgCloud.Instance.DirectoryNotOurs",
        PgErrorKind.InvalidState,
        path,
        $"The directory '{path}' was not made by PgCloud ({reason}) and is left untouched.",
        "Choose another instance name, or move the directory away.");

    internal static PgCloudException DirectoryNotWritable(string path, string reason, Exception? inner = null) => new(
        "PgCloud.Instance.DirectoryNotWritable",
        PgErrorKind.PermissionDenied,
        path,
        $"The directory '{path}' cannot be written: {reason}",
        "Give a directory you may write with Connect-PgCloud -StateDirectory or in the environment variable PGCLOUD_HOME.",
        inner);

    internal static PgCloudException DiskFull(string path, Exception? inner = null) => new(
        "PgCloud.Instance.DiskFull",
        PgErrorKind.Unavailable,
        path,
        $"There is no space left on the disk that holds '{path}'.",
        "Free some space and try again; what was begun has been removed or is shown as Failed.",
        inner);

    internal static PgCloudException NoUnprivilegedAccount() => new(
        "PgCloud.Instance.NoUnprivilegedAccount",
        PgErrorKind.NotInstalled,
        null,
        "PostgreSQL refuses to run as root, and this machine has neither an account 'postgres' nor an account 'nobody'.",
        "Make one (useradd --system postgres), or run PowerShell as another user.");

    private static string Because(string detail) => detail.Length == 0 ? string.Empty : $" ({detail})";

    /// <summary>A value the user gave, quoted and with control characters made visible.</summary>
    private static string Show(string value)
    {
        string visible = string.Concat(value.Select(c => char.IsControl(c)
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
            : c.ToString()));
        return visible.Length > 200 ? $"'{visible[..200]}…' ({value.Length} characters)" : $"'{visible}'";
    }
}
