// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Globalization;

namespace PgCloud.Engine.Machine;

/// <summary>Names of the files that are written before they are put in the place of others.</summary>
internal static class TemporaryFile
{
    private const string End = ".tmp";

    /// <summary>
    ///   A name beside a file, for this process. What a process left there that was killed in the midst of writing, and which may hold a
    ///   secret, is removed.
    /// </summary>
    internal static string Beside(string path)
    {
        foreach (string left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{End}"))
        {
            string[] parts = left.StartsWith(path + ".", StringComparison.Ordinal) ? left[(path.Length + 1)..].Split('.') : [];
            if (parts.Length == 3 && parts[1].Length == 32 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && !IsAlive(process))
            {
                File.Delete(left);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}{End}");
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
