// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException PasswordInvalid(string userName, string reason) => new(
        "PgCloud.User.PasswordInvalid",
        PgErrorKind.InvalidArgument,
        userName,
        $"The password for '{userName}' is not allowed: {reason}.",
        "Give another, or have a strong one made: a role's with -Generate, a user's without -Password.");

    internal static PgCloudException PasswordUncertain(string userName, string instance, PgCloudException inner) => new(
        "PgCloud.User.PasswordUncertain",
        inner.Kind,
        userName,
        $"The connection broke while the user '{userName}' of '{instance}' was given a password; whether it was is not known. {inner.Message}",
        $"No password is told. Run the cmdlet again, then, if the user exists: Reset-PgUserPassword -Instance '{instance}' -Name '{userName}'.",
        inner);

    internal static PgCloudException UserNotFound(string name, string instance) => new(
        "PgCloud.User.NotFound",
        PgErrorKind.NotFound,
        name,
        $"The instance '{instance}' has no user {Show(name)} that was made through the provider.",
        "Get-PgCloudUser lists them; roles made by SQL are shown by Get-PgRole and removed by Remove-PgRole.");

    internal static PgCloudException UserKindDiffers(string name, PgCloudUserKind present, PgCloudUserKind wanted) => new(
        "PgCloud.User.KindDiffers",
        PgErrorKind.Exists,
        name,
        $"A role {Show(name)} exists already and is {(present == PgCloudUserKind.Other ? "not one of the provider's users" : $"a {present} user")}, "
        + $"not a {wanted} user.",
        "Choose another name, or remove that role first.");

    internal static PgCloudException ApiUserNameInvalid(string name) => new(
        "PgCloud.User.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The user name {Show(name)} is not allowed at OVHcloud.",
        "Use 3 to 32 letters, digits, '_', '-' and '.'; begin with a letter, a digit or '_'. Other names can be given by SQL: New-PgRole.");

    internal static PgCloudException UserAdminMissing(string name, PgCloudUserKind kind, string instance, string admin) => new(
        "PgCloud.User.AdminMissing",
        PgErrorKind.Authentication,
        name,
        $"The rights of the {kind} user '{name}' are given by SQL, and this session knows no password of '{admin}' on '{instance}'. Nothing was made.",
        $"Give an admin who may grant them with -AdminCredential, or -ResetAdmin to have '{admin}' given a new password, which ends its connections.");

    internal static PgCloudException UserSqlUnreachable(string name, PgCloudUserKind kind, PgInstance instance, PgCloudException inner) => new(
        "PgCloud.User.SqlUnreachable",
        inner.Kind,
        name,
        $"The rights of the {kind} user '{name}' are given by SQL, and '{instance.Name}' cannot be reached from here. Nothing was made. {inner.Message}",
        $"Let this machine in: Add-PgAuthorisedIp '{instance.Name}' -Address <its public IPv4 address>. Or run the cmdlet on a host that is let in. "
        + "Then run it again.",
        inner);

    internal static PgCloudException UserRightsIncomplete(string name, PgCloudUserKind kind, string instance, PgCloudException inner) => new(
        "PgCloud.User.RightsIncomplete",
        inner.Kind,
        name,
        $"The user '{name}' of '{instance}' was made, but has not all the rights of a {kind} user. {inner.Message}",
        $"Its password is not told. Run the cmdlet again, then: Reset-PgUserPassword -Instance '{instance}' -Name '{name}'.",
        inner);

    internal static PgCloudException UserOutcomeUnknown(string name, string instance, PgCloudException inner) => new(
        "PgCloud.Cloud.OutcomeUnknown",
        inner.Kind,
        name,
        $"The user '{name}' of '{instance}' may have been made or not; it does not show yet. {inner.Message}",
        $"Look a little later whether it is there: Get-PgCloudUser -Instance '{instance}' -Name '{name}'. If it is, have a password made: "
        + $"Reset-PgUserPassword -Instance '{instance}' -Name '{name}'. If it is not, run the cmdlet again.",
        inner);

    internal static PgCloudException UserNotReady(string name, string instance, string status) => new(
        "PgCloud.User.NotReady",
        PgErrorKind.InvalidState,
        name,
        $"The user '{name}' of '{instance}' is {status} and not READY.",
        $"Run the cmdlet again later. Its password can be set anew: Reset-PgUserPassword -Instance '{instance}' -Name '{name}'.");

    internal static PgCloudException UserNotRemovable(string name, string instance) => new(
        "PgCloud.User.NotRemovable",
        PgErrorKind.InvalidOperation,
        name,
        $"The user '{name}' belongs to '{instance}' from the start and stays as long as it.",
        $"A new password keeps out who knows the old one: Reset-PgUserPassword -Instance '{instance}' -Name '{name}'.");

    internal static PgCloudException PasswordNotTold(string name, string instance) => new(
        "PgCloud.User.PasswordNotTold",
        PgErrorKind.Unavailable,
        name,
        $"The cloud did not tell the password of '{name}'.",
        $"Have another made: Reset-PgUserPassword -Instance '{instance}' -Name '{name}'.");

    internal static PgCloudException ApiRoleUnknown(string role, string instance, IReadOnlyCollection<string> offered) => new(
        "PgCloud.User.RoleUnknown",
        PgErrorKind.InvalidArgument,
        role,
        $"The cloud gives the users of '{instance}' no role {Show(role)}; it gives: {(offered.Count == 0 ? "none" : string.Join(", ", offered))}. "
        + "Nothing was made.",
        "Make the user without it, and grant roles of PostgreSQL by SQL: Grant-PgRole.");
}
