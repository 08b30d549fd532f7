// SPDX-License-Identifier: MIT

namespace PgCloud.Contracts;

/// <summary>What other programs need to connect: connection strings, the files of PostgreSQL's client library, and psql itself.</summary>
public interface IClientPrograms
{
    /// <summary>Where a certificate authority of that name is kept by default.</summary>
    string DefaultCertificatePath(string name);

    /// <summary>The connection as that kind of text, without its password.</summary>
    string Format(SqlTarget target, PgConnectionFormat format, string? certificatePath);

    /// <summary>The connection as libpq's environment variables, without its password.</summary>
    IReadOnlyDictionary<string, string> Variables(SqlTarget target, string? certificatePath);

    /// <summary>Writes the certificate authority of a connection into a file.</summary>
    /// <returns>Whether it was not there already.</returns>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Connection.FileFailed</c>.</exception>
    bool SaveCertificate(SqlTarget target, string path);

    /// <summary>Which files are meant where none are named: those that libpq reads.</summary>
    ClientFiles Files(string? serviceFile, string? passwordFile);

    /// <summary>Refuses a name that no service can have.</summary>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Connection.ServiceNameInvalid</c>.</exception>
    void CheckServiceName(string service);

    /// <summary>
    ///   Puts a connection into the service file and its password, where it is known, into the password file; what else is in them stays.
    /// </summary>
    /// <exception cref="Errors.PgCloudException">
    ///   <c>PgCloud.Connection.ServiceNameInvalid</c>, <c>PgCloud.Connection.PasswordNotStorable</c>, <c>PgCloud.Connection.FileFailed</c>.
    /// </exception>
    PgChange SaveService(string service, SqlTarget target, ClientFiles files, string? certificatePath);

    /// <summary>Runs psql at the terminal until it ends.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="Errors.PgCloudException"><c>PgCloud.Psql.NotFound</c>, <c>PgCloud.Psql.NotStarted</c>.</exception>
    Task<int> RunPsqlAsync(SqlTarget target, IReadOnlyList<string> arguments, string workingDirectory);
}

/// <summary>The files of PostgreSQL's client library.</summary>
/// <param name="Service">The service file.</param>
/// <param name="Password">The password file.</param>
/// <param name="IsPasswordDefault">Whether libpq reads that password file without being told.</param>
public sealed record ClientFiles(string Service, string Password, bool IsPasswordDefault);
