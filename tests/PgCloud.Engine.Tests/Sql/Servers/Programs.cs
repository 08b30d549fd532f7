// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Text;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Runs programs, as an unprivileged account where this process is root's: PostgreSQL refuses to run as root.</summary>
internal static class Programs
{
    /// <summary>Whether programs that must not run as root are to be started under another account.</summary>
    internal static bool IsRoot { get; } = Environment.UserName == "root";

    /// <summary>Runs a program to its end.</summary>
    internal static (int ExitCode, string Output) Run(string program, params string[] arguments) => Run(program, null, arguments);

    /// <summary>Runs a program to its end, with more environment.</summary>
    internal static (int ExitCode, string Output) Run(
        string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using Process process = Start(program, arguments, environment);
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(180)))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end.");
        }

        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    /// <summary>Runs a program to its end under the unprivileged account.</summary>
    internal static void RunUnprivileged(string program, params string[] arguments)
    {
        (string name, string[] all) = Unprivileged(program, arguments);
        (int exitCode, string output) = Run(name, all);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {exitCode}: {output}");
        }
    }

    /// <summary>The same command under the unprivileged account.</summary>
    internal static (string Program, string[] Arguments) Unprivileged(string program, string[] arguments) => IsRoot
        ? ("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--init-groups", program, .. arguments])
        : (program, arguments);

    /// <summary>Starts a program with its streams redirected.</summary>
    internal static Process Start(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
