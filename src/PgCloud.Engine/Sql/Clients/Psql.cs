// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Machine;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>Runs psql at the terminal. What it must know stands in its environment, and its password in a file that nobody else can read.</summary>
internal static class Psql
{
    internal static async Task<int> RunAsync(
        SqlTarget target, IReadOnlyList<string> arguments, string workingDirectory, Func<string, string?>? find = null)
    {
        string program = (find ?? ProgramPlaces.Find)(OperatingSystem.IsWindows() ? "psql.exe" : "psql")
            ?? throw PgErrors.PsqlNotFound(string.Join(", ", ProgramPlaces.All));
        using PassingFile? certificate = target.CaCertificate.Length == 0 ? null : PassingFile.Of(Encoding.ASCII.GetBytes(target.CaCertificate));
        using PassingFile? password = target.Password is null ? null : PassingFile.Of(PasswordFile.LineOf(target, target.Password));
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = workingDirectory };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What the shell's own variables say about another server must not mix with this one, and the keys of a cloud and of proxies are not psql's business.
        foreach (string name in start.Environment.Keys.Where(n => IsAboutTheServer(n) || IsForACloud(n)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in ClientVariables.Of(target, certificate?.Path))
        {
            start.Environment[name] = value;
        }

        if (password is not null)
        {
            start.Environment["PGPASSFILE"] = password.Path;
        }

        try
        {
            using Process process = Process.Start(start)!;

            // Ctrl+C is psql's: it cancels the statement, and psql goes on.
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            throw PgErrors.PsqlNotStarted(program, exception);
        }
    }

    private static bool IsForACloud(string name) =>
        new[] { "OVH_", "IBMCLOUD_", "IC_" }.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase))
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    private static bool IsAboutTheServer(string name) => name.ToUpperInvariant() is
        "PGHOST" or "PGHOSTADDR" or "PGPORT" or "PGDATABASE" or "PGUSER" or "PGPASSWORD" or "PGPASSFILE" or "PGSERVICE" or "PGSERVICEFILE" or "PGREQUIRESSL"
        or "PGREQUIREAUTH" or "PGCHANNELBINDING" or "PGSSLNEGOTIATION" or "PGSSLMODE" or "PGSSLROOTCERT" or "PGSSLCERT" or "PGSSLKEY" or "PGSSLCRL" or "PGSSLCRLDIR"
        or "PGTARGETSESSIONATTRS" or "PGLOADBALANCEHOSTS" or "PGGSSENCMODE";
}
