// SPDX-License-Identifier: MIT

namespace PgCloud.Errors;

internal static partial class PgErrors
{
    internal static PgCloudException ServiceNameInvalid(string name) => new(
        "PgCloud.Connection.ServiceNameInvalid",
        PgErrorKind.InvalidArgument,
        name,
        $"{Show(name)} cannot be the name of a service.",
        "It must not be empty, begin or end with a space, or have a bracket or a line end in it.");

    internal static PgCloudException ServiceValueInvalid(string value) => new(
        "PgCloud.Connection.ServiceNameInvalid",
        PgErrorKind.InvalidArgument,
        value,
        $"{Show(value)} cannot stand in a service file: it has a line end in it, or begins or ends with a space.",
        "Use -As Keyword for such a name.");

    internal static PgCloudException PasswordNotStorable(string connection) => new(
        "PgCloud.Connection.PasswordNotStorable",
        PgErrorKind.InvalidArgument,
        connection,
        $"The password of {connection} has a line end in it, which a password file cannot hold.",
        "Give the user another one (Set-PgRolePassword, Reset-PgUserPassword), or export without it: -NoPassFile.");

    internal static PgCloudException ClientFileFailed(string path, Exception cause) => new(
        "PgCloud.Connection.FileFailed",
        PgErrorKind.File,
        path,
        $"'{path}' cannot be written: {cause.Message}",
        "Check the path and its access rights, or name another file with -ServiceFile, -PassFile or -CertificatePath.",
        cause);

    internal static PgCloudException PsqlNotFound(string searched) => new(
        "PgCloud.Psql.NotFound",
        PgErrorKind.NotInstalled,
        "psql",
        $"There is no psql on this machine; looked in: {searched}.",
        "Install it: apt-get install postgresql-client (Debian, Ubuntu), dnf install postgresql (Fedora, RHEL), brew install libpq (macOS), "
            + "or name its directory in $env:PGCLOUD_PG_BIN. Invoke-PgQuery needs none.");

    internal static PgCloudException PsqlNotStarted(string program, Exception cause) => new(
        "PgCloud.Psql.NotStarted",
        PgErrorKind.NotInstalled,
        program,
        $"'{program}' cannot be started: {cause.Message}",
        "Check its access rights, or name the directory of another one in $env:PGCLOUD_PG_BIN.",
        cause);

    internal static PgCloudException PsqlFailed(string connection, int exitCode) => new(
        "PgCloud.Psql.Failed",
        PgErrorKind.InvalidOperation,
        connection,
        $"psql for {connection} ended with exit code {exitCode}, which stands for {PsqlMeaning(exitCode)}.",
        "See what it printed. Test-PgConnection -Detailed says which step of a connection fails.");

    // psql(1), "Exit Status".
    private static string PsqlMeaning(int exitCode) => exitCode switch
    {
        1 => "a statement of -c that failed, or a fault of its own, such as a file that is not there",
        2 => "a connection that failed or was lost",
        3 => "a statement that failed in a script with ON_ERROR_STOP",
        _ => "its being ended from outside",
    };
}
