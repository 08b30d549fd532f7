// SPDX-License-Identifier: MIT

using System.Diagnostics;

namespace PgCloud.Engine.Providers.Local;

/// <summary>How a program ended and what it printed.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>What went wrong, in one line: PostgreSQL's programs put the cause first and advice after it.</summary>
    internal string Problem
    {
        get
        {
            string text = Error.Length > 0 ? Error : Output;
            return text.Length == 0
                ? $"it ended with exit code {ExitCode}"
                : string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(4));
        }
    }
}

/// <summary>
///   Runs PostgreSQL's programs: no shell, English messages, and of the environment only what programs need to be found and to work. A server
///   lives on for weeks, and whatever is in its environment, such as the credential of a cloud, can be read there.
/// </summary>
internal static class ProgramRunner
{
    private static readonly string[] Names =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "TZ", "TZDIR", "LANG", "LOCPATH", "LD_LIBRARY_PATH", "LD_PRELOAD",
        "DYLD_LIBRARY_PATH", "OPENSSL_CONF", "ICU_DATA", "XDG_RUNTIME_DIR", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA",
        "LOCALAPPDATA",
    ];

    /// <summary>Runs a program to its end. It is ended when the cancellation comes.</summary>
    internal static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, ServerAccount? account, CancellationToken cancellation)
    {
        (string command, IEnumerable<string> words) = account?.Wrap(program, arguments) ?? (program, arguments);
        var start = new ProcessStartInfo(command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
            // The caller's working directory may be one that the server's account cannot enter.
            WorkingDirectory = Path.GetPathRoot(Path.GetFullPath(program))!,
        };
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        foreach (string name in start.Environment.Keys.Where(k => !Names.Contains(k, StringComparer.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
