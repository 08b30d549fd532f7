// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

/// <summary>Connection pools, and the databases of a provider's API.</summary>
internal static partial class PgErrors
{
    internal static PgCloudException PoolNameInvalid(string name, string reason) => new(
        "PgCloud.Pool.NameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"The pool name {Show(name)} is not allowed: {reason}.",
        "Clients give it as the name of the database, so it has 1 to 63 bytes in UTF-8, without NUL.");

    internal static PgCloudException PoolNameNotGiven(string name) => new(
        "PgCloud.Pool.NameNotGiven",
        PgErrorKind.InvalidArgument,
        name,
        $"What was piped in is no connection pool, and its name {Show(name)} is not taken for a pool's.",
        "Give -Name, or pipe in what Get-PgConnectionPool writes.");

    internal static PgCloudException PoolNotFound(string name, string instance, IEnumerable<string> names) => new(
        "PgCloud.Pool.NotFound",
        PgErrorKind.NotFound,
        name,
        $"The instance '{instance}' has no connection pool {Show(name)}. {ThereAre(names)}",
        "Give one of them, or make it: New-PgConnectionPool. Names are compared exactly, upper and lower case too.");

    internal static PgCloudException PoolDiffers(PgConnectionPool present) => new(
        "PgCloud.Pool.Differs",
        PgErrorKind.Exists,
        present.Name,
        FormattableString.Invariant($"The pool {Show(present.Name)} is there and differs from what was asked for: it is of mode {present.Mode} ")
        + FormattableString.Invariant($"and size {present.Size}, leads to the database {Show(present.Database)} and is for ")
        + $"{(present.UserName is null ? "all users" : $"the user {Show(present.UserName)}")}.",
        $"Change it: Set-PgConnectionPool '{present.Instance?.Name}' -Name '{present.Name}'. Or choose another name.");

    internal static PgCloudException PoolUserDiffers(PgConnectionPool pool, string userName) => new(
        "PgCloud.Pool.UserDiffers",
        PgErrorKind.InvalidArgument,
        userName,
        $"The pool {Show(pool.Name)} lets in the user {Show(pool.UserName ?? string.Empty)} only, not {Show(userName)}.",
        $"Give that user's credential, or let in others: Set-PgConnectionPool '{pool.Instance?.Name}' -Name '{pool.Name}' -AnyUser.");

    internal static PgCloudException PoolUserNotFound(string name, string instance, IEnumerable<string> names) => new(
        "PgCloud.User.NotFound",
        PgErrorKind.NotFound,
        name,
        $"The instance '{instance}' has no user {Show(name)} that was made through the provider. {ThereAre(names)}",
        "Give one of them, or leave -UserName out: the pool then lets all users in, those made by SQL too.");

    internal static PgCloudException PoolDatabaseNotReady(ApiFault fault) => Api(
        "PgCloud.Pool.DatabaseNotReady",
        PgErrorKind.Unavailable,
        fault,
        "Connection pools do not know the database yet, or it is gone",
        "Directly after a database was made, try again in some minutes; Get-PgCloudDatabase lists the databases there are.");

    internal static PgCloudException CloudDatabaseNotFound(string name, string instance, IEnumerable<string> names) => new(
        "PgCloud.Database.NotFound",
        PgErrorKind.NotFound,
        name,
        $"The API knows no database {Show(name)} of the instance '{instance}'. {ThereAre(names)}",
        "Give one of them, or make it: New-PgCloudDatabase. Names are compared exactly; one made by SQL may show here later, or never.");

    internal static PgCloudException CloudDatabaseNameNotGiven(string name) => new(
        "PgCloud.Database.NameNotGiven",
        PgErrorKind.InvalidArgument,
        name,
        $"What was piped in is no database of the provider, and its name {Show(name)} is not taken for a database's.",
        "Give -Name, or pipe in what Get-PgCloudDatabase writes.");

    internal static PgCloudException PartNotSettled(string kind, string name, string instance, bool isThere, TimeSpan after) => new(
        "PgCloud.Cloud.NotSettled",
        PgErrorKind.Timeout,
        name,
        FormattableString.Invariant($"The API took the call, but the {kind} {Show(name)} of '{instance}' is {(isThere ? "still" : "not yet")} there ")
        + FormattableString.Invariant($"after {after.TotalMinutes:0} min."),
        "Look at it later; running the same cmdlet again does no harm.");

    private static string ThereAre(IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        return all.Length == 0 ? "There are none." : $"There {(all.Length == 1 ? "is" : "are")}: {string.Join(", ", all)}.";
    }
}
