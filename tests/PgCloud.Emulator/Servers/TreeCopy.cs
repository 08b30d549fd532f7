// SPDX-License-Identifier: MIT

using PgCloud.Engine.Machine;
using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Servers;

/// <summary>Copies a data directory with its owner and modes, as the account of the servers.</summary>
internal static class TreeCopy
{
    internal static async Task RunAsync(string from, string to, CancellationToken cancellation, bool whileItChanges = false)
    {
        string program = ProgramPlaces.OnPath("cp") ?? "/bin/cp";
        ProgramResult result = await ProgramRunner.RunAsync(program, ["-a", from, to], ServerAccount.Choose(), cancellation);
        // A server that runs removes files meanwhile.
        bool isFine = result.ExitCode == 0 || (whileItChanges && Lines(result.Error).All(l => l.Contains("No such file or directory", StringComparison.Ordinal)));
        if (!isFine)
        {
            throw new IOException($"cp {from} {to}: {result.Problem}");
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
