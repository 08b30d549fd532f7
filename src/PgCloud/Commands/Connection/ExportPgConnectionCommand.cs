// SPDX-License-Identifier: MIT

using System.Collections.Specialized;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Loading;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Connection;

/// <summary>Writes a connection for other programs: as a text for a driver, or as a service that psql and everything built on libpq knows by name.</summary>
/// <remarks>
///   <para>
///     With -As the connection is written as a text, without its password. With -ServiceName it goes into libpq's service file, and its password into
///     the password file (passfile), which only you can read: <c>psql service=orders</c> then connects, and so does what knows libpq's files (pg_dump, psycopg,
///     DBeaver and others). What else is in these files stays as it is. Run again it changes only what differs.
///   </para>
///   <para>
///     The certificate authority of an instance that has its own goes into a file, for no program takes it in a text: -CertificatePath, or else a file
///     named after the service or the instance in ~/.postgresql/pgcloud (on Windows %APPDATA%\postgresql\pgcloud).
///   </para>
///   <para>
///     After an error no service was added or changed; the certificate and the password may be in their files already, which harms nobody.
///   </para>
/// </remarks>
/// <example>
///   <code>New-PgManagerUser orders ops | Export-PgConnection -ServiceName orders; psql service=orders</code>
///   <para>Makes a user whose connection psql knows by a name.</para>
/// </example>
/// <example>
///   <code>Export-PgConnection $ops -As Jdbc</code>
///   <para>The URL for a program in Java; its password is given to it separately.</para>
/// </example>
/// <example>
///   <code>(Export-PgConnection $ops -As Environment).GetEnumerator() | ForEach-Object { Set-Item "env:$($_.Key)" $_.Value }</code>
///   <para>Lets pg_dump and other programs started by this shell use the connection; they ask for the password, or find it in the password file.</para>
/// </example>
/// <example>
///   <code>Get-PgInstance | Get-PgConnection -Credential $ops | Export-PgConnection -ServiceName { $_.Instance.Name }</code>
///   <para>A service for each instance of a fleet.</para>
/// </example>
[Cmdlet(VerbsData.Export, "PgConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = TextSet)]
[OutputType(typeof(string), typeof(OrderedDictionary), typeof(PgConnectionService))]
public sealed class ExportPgConnectionCommand : ConnectionCmdlet
{
    private const string TextSet = "Text";
    private const string ServiceSet = "Service";

    /// <summary>The connection: a PgConnection, or a PgCloudUser that carries its credential.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ConnectionTransformation]
    [ValidateNotNull]
    public PgConnection Connection { get; set; } = null!;

    /// <summary>How the text is written: Uri, Keyword (libpq's host=… port=…), Jdbc, Npgsql, or Environment, a table of libpq's variables.</summary>
    /// <value>Uri</value>
    [Parameter(Position = 1, ParameterSetName = TextSet)]
    public PgConnectionFormat As { get; set; }

    /// <summary>The name that the connection gets in the service file. One of that name is replaced.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Service")]
    public string ServiceName { get; set; } = string.Empty;

    /// <summary>The service file. Without it the one that libpq reads: $env:PGSERVICEFILE, or ~/.pg_service.conf.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceFile { get; set; }

    /// <summary>The password file. Without it the one that libpq reads: $env:PGPASSFILE, or ~/.pgpass. Another one is named in the service.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    public string? PassFile { get; set; }

    /// <summary>Writes no password: whoever connects is asked for it.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter NoPassFile { get; set; }

    /// <summary>The file for the certificate authority, in PEM. It is written where the instance has an authority of its own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    private static IClientPrograms Clients => EngineLoadContext.Engine.Clients;

    // Files of this machine are no state of a server.
    /// <inheritdoc/>
    private protected override bool MayChange => false;

    // All write the same files.
    /// <inheritdoc/>
    private protected override IReadOnlyCollection<object> RecordKeys => [nameof(ServiceFile)];

    /// <inheritdoc/>
    private protected override Task ProcessOneAsync(CancellationToken cancellation) =>
        NoteAsync(Connection.ToString(), () => ProcessAsync(cancellation));

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        SqlTarget target = Connection.ToSqlTarget(NoPassFile ? null : Connection.Credential);
        if (ParameterSetName == ServiceSet)
        {
            Clients.CheckServiceName(ServiceName);
        }

        string? certificate = await CertificateAsync(target);
        if (ParameterSetName == ServiceSet)
        {
            await SaveAsync(target, certificate);
        }
        else
        {
            await WriteAsync(As == PgConnectionFormat.Environment ? Table(Clients.Variables(target, certificate)) : Clients.Format(target, As, certificate));
        }
    }

    private static OrderedDictionary Table(IReadOnlyDictionary<string, string> variables)
    {
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in variables)
        {
            table.Add(name, value);
        }

        return table;
    }

    private async Task<string?> CertificateAsync(SqlTarget target)
    {
        if (target.CaCertificate.Length == 0 || target.TlsMode is not (PgTlsMode.VerifyFull or PgTlsMode.VerifyCA))
        {
            return null;
        }

        string name = ServiceName.Length > 0 ? ServiceName : Connection.Instance?.Name ?? Connection.HostName;
        string path = CertificatePath is null ? Clients.DefaultCertificatePath(name) : await FileAsync(CertificatePath);
        if (await ShouldProcessAsync(path, $"Write the certificate authority of {Connection.HostName}"))
        {
            Clients.SaveCertificate(target, path);
        }

        return path;
    }

    private async Task SaveAsync(SqlTarget target, string? certificate)
    {
        ClientFiles files = Clients.Files(
            ServiceFile is null ? null : await FileAsync(ServiceFile), PassFile is null ? null : await FileAsync(PassFile));
        string action = $"Add the service {ServiceName}{(target.Password is null ? string.Empty : $", and the password of {target.UserName} to {files.Password}")}";
        if (!await ShouldProcessAsync(files.Service, action))
        {
            return;
        }

        PgChange change = Clients.SaveService(ServiceName, target, files, certificate);
        await WriteAsync(new PgConnectionService
        {
            Name = ServiceName,
            HostName = target.HostName,
            Port = target.Port,
            Database = target.Database,
            UserName = target.UserName,
            ServiceFile = files.Service,
            PassFile = target.Password is null ? string.Empty : files.Password,
            CertificatePath = certificate ?? string.Empty,
            Change = change,
        });
    }

    private async Task<string> FileAsync(string path)
    {
        (string file, PgCloudException? error) = await OnPipelineThreadAsync(() => FilePaths.One(this, path));
        return error is null ? file : throw error;
    }
}
