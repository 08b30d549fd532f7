// SPDX-License-Identifier: MIT

using PgCloud.Contracts;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>Where PostgreSQL's client library looks for its files ("The Password File", "The Connection Service File" in its documentation).</summary>
internal static class ClientPlaces
{
    internal static ClientFiles Files(string? serviceFile, string? passwordFile)
    {
        string usual = Variable("PGPASSFILE") ?? (OperatingSystem.IsWindows() ? Path.Combine(WindowsDirectory, "pgpass.conf") : Path.Combine(Home, ".pgpass"));
        string password = passwordFile ?? usual;
        string service = serviceFile ?? Variable("PGSERVICEFILE") ?? Path.Combine(OperatingSystem.IsWindows() ? WindowsDirectory : Home, ".pg_service.conf");
        return new ClientFiles(Target(service), Target(password), Path.GetFullPath(password) == Path.GetFullPath(usual));
    }

    internal static string CertificateOf(string name)
    {
        char[] safe = [.. name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')];
        return Path.Combine(OperatingSystem.IsWindows() ? WindowsDirectory : Path.Combine(Home, ".postgresql"), "pgcloud", new string(safe) + ".crt");
    }

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string WindowsDirectory => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "postgresql");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    // A link stays one: what it leads to is written.
    private static string Target(string path) => (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
