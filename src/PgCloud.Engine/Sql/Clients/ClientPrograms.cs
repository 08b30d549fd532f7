// SPDX-License-Identifier: MIT

using System.Security.Cryptography;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Machine;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Clients;

/// <inheritdoc/>
internal sealed class ClientPrograms : IClientPrograms
{
    /// <inheritdoc/>
    public string DefaultCertificatePath(string name) => ClientPlaces.CertificateOf(name);

    /// <inheritdoc/>
    public string Format(SqlTarget target, PgConnectionFormat format, string? certificatePath) => ClientText.Of(target, format, certificatePath);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Variables(SqlTarget target, string? certificatePath) => ClientVariables.Of(target, certificatePath);

    /// <inheritdoc/>
    public bool SaveCertificate(SqlTarget target, string path) => Write(path, () =>
    {
        string present = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        return present == target.CaCertificate ? null : Encoding.ASCII.GetBytes(target.CaCertificate);
    });

    /// <inheritdoc/>
    public ClientFiles Files(string? serviceFile, string? passwordFile) => ClientPlaces.Files(serviceFile, passwordFile);

    /// <inheritdoc/>
    public void CheckServiceName(string service) => ServiceFile.CheckName(service);

    /// <inheritdoc/>
    public PgChange SaveService(string service, SqlTarget target, ClientFiles files, string? certificatePath)
    {
        IReadOnlyList<KeyValuePair<string, string>> settings = ClientSettings.Of(target, certificatePath);
        if (target.Password is not null && !files.IsPasswordDefault)
        {
            settings = [.. settings, new("passfile", files.Password)];
        }

        // All that may be refused is tried before anything is written, and the password is there before the service that needs it.
        _ = new ServiceFile(string.Empty).Set(service, settings);
        bool isPasswordNew = SavePassword(target, files.Password);
        bool isThere = false;
        bool isServiceNew = Write(files.Service, () =>
        {
            string before = File.Exists(files.Service) ? File.ReadAllText(files.Service) : string.Empty;
            var file = new ServiceFile(before);
            isThere = file.Set(service, settings);
            string after = file.ToString();
            return after == before ? null : Encoding.UTF8.GetBytes(after);
        });
        return !isThere ? PgChange.Created : isServiceNew || isPasswordNew ? PgChange.Updated : PgChange.Unchanged;
    }

    /// <inheritdoc/>
    public Task<int> RunPsqlAsync(SqlTarget target, IReadOnlyList<string> arguments, string workingDirectory) =>
        Psql.RunAsync(target, arguments, workingDirectory);

    private static bool SavePassword(SqlTarget target, string path)
    {
        if (target.Password is null)
        {
            return false;
        }

        byte[] line = PasswordFile.LineOf(target, target.Password);
        try
        {
            return Write(path, () =>
            {
                byte[] before = File.Exists(path) ? File.ReadAllBytes(path) : [];
                byte[] after = PasswordFile.With(before, target, line);
                bool isSame = after.AsSpan().SequenceEqual(before);
                Array.Clear(before);
                return isSame ? null : after;
            });
        }
        finally
        {
            Array.Clear(line);
        }
    }

    // Whole or not at all, readable by its owner only, one writer at a time on this machine.
    private static bool Write(string path, Func<byte[]?> content)
    {
        using var turn = new Mutex(initiallyOwned: false, "pgcloud-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32]);
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it was killed; the file is whole nevertheless.
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (content() is not { } bytes)
            {
                return false;
            }

            AtomicFile.Write(path, bytes);
            Array.Clear(bytes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PgErrors.ClientFileFailed(path, exception);
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }
}
