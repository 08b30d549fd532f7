// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException PasswordInvalid(string userName, string reason) => new(
        "PgCloud.User.PasswordInvalid",
        PgErrorKind.InvalidArgument,
        userName,
        $"The password for '{userName}' is not allowed: {reason}.",
        "Give another, or none to have a strong one made.");

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
}
