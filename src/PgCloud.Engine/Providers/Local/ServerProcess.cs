// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;

namespace PgCloud.Engine.Providers.Local;

/// <summary>The server's process as postmaster.pid names it.</summary>
internal static class ServerProcess
{
    /// <summary>
    ///   The process id of the server that runs on a data directory; <see langword="null"/> where none does. A stale file whose number now
    ///   belongs to another program is not believed.
    /// </summary>
    internal static int? FindRunning(string dataDirectory)
    {
        string? first;
        try
        {
            first = File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).FirstOrDefault();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && IsServer(id, dataDirectory) ? id : null;
    }

    /// <summary>Whether the server has written that it accepts connections.</summary>
    internal static bool SaysReady(string dataDirectory) => WhatItSays(dataDirectory) == "ready";

    /// <summary>
    ///   What the server has written about itself (the eighth line of postmaster.pid): starting, ready, standby or stopping; empty where it has not
    ///   come to that yet.
    /// </summary>
    internal static string WhatItSays(string dataDirectory)
    {
        try
        {
            return File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).ElementAtOrDefault(7)?.Trim() ?? string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static bool IsServer(int id, string dataDirectory)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // A process that has ended and was not collected yet still has a directory here, but an empty command line.
                return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains(dataDirectory);
            }

            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
