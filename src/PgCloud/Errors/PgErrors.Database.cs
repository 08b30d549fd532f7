// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException DatabaseNameInvalid(string name, string reason) => new(
        "PgCloud.Database.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The database name {Show(name)} is not allowed: {reason}.",
        "A database name has 1 to 63 bytes in UTF-8, without NUL. All other characters are fine.");

    internal static PgCloudException DatabaseNameNotGiven(string name) => new(
        "PgCloud.Database.NameNotGiven",
        PgErrorKind.InvalidArgument,
        name,
        $"What was piped in is no database, and its name {Show(name)} is not taken for a database's.",
        "Give -Name, or pipe in what Get-PgDatabase writes.");

    internal static PgCloudException DatabaseOptionInvalid(string name, string message, string? hint) => new(
        "PgCloud.Database.OptionInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The database {Show(name)} cannot be made so: {message}.",
        hint ?? "Correct the option. Where encoding or locale differ from template1's, copy template0 (-Template template0).");

    internal static PgCloudException DatabaseOptionNotSupported(string name, string option, int since, Version server) => new(
        "PgCloud.Database.OptionNotSupported",
        PgErrorKind.NotSupported,
        name,
        $"{option} needs PostgreSQL {since}; this server is {server}.",
        "Leave it out, or use a newer server.");

    internal static PgCloudException DatabaseNotFound(string name, string target) => new(
        "PgCloud.Database.NotFound",
        PgErrorKind.NotFound,
        name,
        $"There is no database {Show(name)} at {target}.",
        "Get-PgDatabase lists the databases; names are compared exactly, upper and lower case too.");

    internal static PgCloudException DatabaseDiffers(string name, IReadOnlyList<string> differences) => new(
        "PgCloud.Database.Differs",
        PgErrorKind.Exists,
        name,
        $"The database {Show(name)} is there and differs in what cannot be changed: {string.Join("; ", differences)}.",
        "Leave out what differs if the database is right as it is; else dump it, make it anew under another name and restore.");

    internal static PgCloudException DatabaseInUse(string name, IReadOnlyList<string> uses, string action) => new(
        "PgCloud.Database.InUse",
        PgErrorKind.InvalidState,
        name,
        $"The database {Show(name)} is in use: {string.Join("; ", uses)}.",
        action);

    internal static PgCloudException DatabaseProtected(string name, string reason, string action) => new(
        "PgCloud.Database.Protected",
        PgErrorKind.InvalidOperation,
        name,
        $"The database {Show(name)} is not dropped: {reason}.",
        action);

    internal static PgCloudException DatabaseTemplateInUse(string name, string message) => new(
        "PgCloud.Database.TemplateInUse",
        PgErrorKind.Unavailable,
        name,
        $"The database {Show(name)} cannot be made now, because somebody is connected to what is to be copied: {message}.",
        "Try again later, have those sessions ended (Get-PgActivity shows them), or copy template0, to which nobody connects (-Template template0).");
}
