// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Machine;

/// <summary>Writes files so that a reader, or a crash, finds the old content or the new, and never half of it.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file. It is readable by its owner only, to whom <paramref name="own"/> gives it where that is not this process's user.</summary>
    internal static void Write(string path, byte[] content, Action<string>? own = null)
    {
        string temporary = TemporaryFile.Beside(path);
        try
        {
            using (FileStream stream = Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            own?.Invoke(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a new file that nobody but its owner can read, from its first moment on.</summary>
    internal static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
