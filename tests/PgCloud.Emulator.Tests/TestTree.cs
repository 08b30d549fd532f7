// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Tests;

/// <summary>The folder tests of the clone these tests were built in.</summary>
internal static class TestTree
{
    /// <summary>A folder in it.</summary>
    internal static string? Find(string folder)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "tests", folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
