// SPDX-License-Identifier: MIT

using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Local;

/// <summary>Where the instances of this machine are kept.</summary>
internal static class StateDirectory
{
    internal const string EnvironmentVariable = "PGCLOUD_HOME";

    /// <summary>
    ///   The directory that was given, else $PGCLOUD_HOME, else the user's data directory. As root it is /var/lib/pgcloud: the server then
    ///   runs under another account, which could not enter root's home.
    /// </summary>
    internal static string Resolve(string? given)
    {
        string? fromEnvironment = Environment.GetEnvironmentVariable(EnvironmentVariable);
        string path = given ?? (string.IsNullOrEmpty(fromEnvironment) ? Default : fromEnvironment);
        try
        {
            path = Path.GetFullPath(path);
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw PgErrors.StateDirectoryInvalid(path, exception.Message, exception);
        }

        return path;
    }

    private static string Default => ServerAccount.IsRoot
        ? "/var/lib/pgcloud"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            OperatingSystem.IsWindows() ? "PgCloud" : "pgcloud");
}
