// SPDX-License-Identifier: MIT

using System.Security;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Makes one instance: all of it, or nothing that stays.</summary>
internal sealed class InstanceCreation(InstanceDirectory directory, NewInstanceRequest request, IReporter reporter)
{
    private const int PortTries = 5;

    private readonly string _activity = $"Make the instance {directory.Name}";

    /// <summary>Makes it. The caller holds the instance's lock.</summary>
    internal async Task<InstanceRecord> RunAsync(PostgresInstallation installation, CancellationToken cancellation)
    {
        ServerAccount? account = ServerAccount.Choose();
        var record = new InstanceRecord
        {
            BinaryPath = installation.BinaryPath,
            Version = installation.VersionText,
            Account = account?.Name,
            Port = request.Port ?? ServerPort.FindFree(),
            ListenAddresses = InstanceRequest.ListenAddresses(request),
        };
        account?.Own(directory.Root);
        record.Write(directory.Record);
        try
        {
            await BuildAsync(installation, record, account, cancellation);
            record.IsComplete = true;
            record.Write(directory.Record);
            return record;
        }
        catch
        {
            await new ServerControl(directory, record, reporter).StopAsync(CancellationToken.None);
            Directory.Delete(directory.Root, recursive: true);
            throw;
        }
    }

    private async Task BuildAsync(
        PostgresInstallation installation, InstanceRecord record, ServerAccount? account, CancellationToken cancellation)
    {
        reporter.Progress(_activity, "initdb", 10);
        using SecureString password = Passwords.Generate();
        WriteSecret(password, account);

        // There is a second core on most machines: what does not need initdb's result is done while it works.
        Task meanwhile = Task.Run(
            async () => await SuperuserSession.WarmUpAsync(record.Port, WriteCertificates(account), cancellation), cancellation);
        try
        {
            await InitialiseAsync(installation, account, cancellation);
        }
        finally
        {
            // Also after a failure: nothing may still write into a directory that is about to be deleted.
            await meanwhile;
        }

        ServerFile.Write(directory.HbaFile, HbaFile.Empty.ToBytes(), account);
        reporter.Progress(_activity, "start", 60);
        await StartAsync(record, account, cancellation);

        reporter.Progress(_activity, "roles", 80);
        using var step = new StepTimer(reporter, $"Make the roles {LocalRoles.Admin} and {LocalRoles.Writer} and the database {LocalRoles.DefaultDatabase}");
        await using var superuser = await SuperuserSession.OpenAsync(directory, record, cancellation);
        await superuser.ExecuteAsync(LocalRoles.SetUp(installation.Major), cancellation);
        await superuser.ExecuteAsync([LocalRoles.SetUpDatabase], cancellation);
    }

    private async Task InitialiseAsync(PostgresInstallation installation, ServerAccount? account, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-D", directory.Data,
            "-U", LocalRoles.Superuser,
            "--pwfile", directory.SuperuserPassword,
            "--auth", "scram-sha-256",
            "--encoding", "UTF8",
            "--locale", OperatingSystem.IsLinux() ? "C.UTF-8" : "C",
            "--data-checksums",
        ];
        using var step = new StepTimer(reporter, $"initdb of PostgreSQL {installation.VersionText}");
        ProgramResult result = await ProgramRunner.RunAsync(installation.Program("initdb"), arguments, account, cancellation);
        if (result.ExitCode != 0)
        {
            throw result.Problem.Contains("Permission denied", StringComparison.Ordinal)
                ? PgErrors.DirectoryNotWritable(directory.Root, $"the account '{account?.Name ?? Environment.UserName}' may not: {result.Problem}")
                : result.Problem.Contains("No space left", StringComparison.Ordinal)
                ? PgErrors.DiskFull(directory.Root)
                : PgErrors.InstanceFailed(directory.Name, "initdb", result.Problem);
        }
    }

    // Between choosing a free port and listening on it another process may take it; then another is chosen, unless the user named it.
    private async Task StartAsync(InstanceRecord record, ServerAccount? account, CancellationToken cancellation)
    {
        var server = new ServerControl(directory, record, reporter);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ServerConfiguration.Write(directory, record, account);
                await server.StartAsync(cancellation);
                return;
            }
            catch (PgCloudException exception)
                when (exception.ErrorId == "PgCloud.Instance.PortInUse" && request.Port is null && attempt < PortTries)
            {
                record.Port = ServerPort.FindFree();
                record.Write(directory.Record);
            }
        }
    }

    private void WriteSecret(SecureString password, ServerAccount? account)
    {
        byte[] bytes = Passwords.Use(password, Encoding.UTF8.GetBytes);
        ServerFile.Write(directory.SuperuserPassword, bytes, account);
        Array.Clear(bytes);
    }

    /// <summary>Makes and writes the certificates, and gives that of the authority.</summary>
    private string WriteCertificates(ServerAccount? account)
    {
        using var step = new StepTimer(reporter, "Make the certificate authority and the server's certificate");
        ServerCertificates made = ServerCertificates.Make(directory.Name, request.ListenAddresses);
        ServerFile.Write(directory.CaCertificate, Encoding.ASCII.GetBytes(made.CaPem), account);
        ServerFile.Write(directory.ServerCertificate, Encoding.ASCII.GetBytes(made.CertificatePem), account);
        ServerFile.Write(directory.ServerKey, Encoding.ASCII.GetBytes(made.KeyPem), account);
        return made.CaPem;
    }
}
