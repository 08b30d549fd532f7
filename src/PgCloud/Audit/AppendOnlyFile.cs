// SPDX-License-Identifier: MIT

using System.Runtime.Versioning;
using System.Security.AccessControl;
using Microsoft.Win32.SafeHandles;

namespace PgCloud.Audit;

/// <summary>
///   A file that many processes write to: what is added goes to its end, whole, in one write that the operating system lets nobody come
///   between, and is on the disk when the call returns. It is opened for each write, so that it can be moved away meanwhile. Only what keeps
///   what is written to it is taken: no pipe, no socket and no terminal.
/// </summary>
internal static class AppendOnlyFile
{
    // Room for a few hundred lines.
    private const int Reserve = 256 * 1024;

    /// <summary>Makes the file, for its owner alone, where it is not there; fails where it cannot be written to, or has no room for what is to come.</summary>
    internal static void Check(string path)
    {
        using SafeFileHandle handle = Open(path);
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            UnixFile.Reserve(handle, RandomAccess.GetLength(handle), Reserve);
        }
    }

    /// <summary>Adds bytes to its end.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using SafeFileHandle handle = Open(path);
        if (OperatingSystem.IsWindows())
        {
            // A handle that may do nothing but append writes to the end, whatever the offset.
            RandomAccess.Write(handle, bytes, 0);
        }
        else
        {
            WriteWhole(handle, bytes);
        }

        Flush(handle);
    }

    // Half a line, as on a disk that is full, would spoil the line that the next one writes: it is taken back, and where its writer was killed
    // before it could do so, the next line begins on one of its own.
    private static void WriteWhole(SafeFileHandle handle, ReadOnlySpan<byte> bytes)
    {
        UnixFile.Lock(handle);
        long end = RandomAccess.GetLength(handle);
        if (EndsWithin(handle, end))
        {
            bytes = (byte[])[(byte)'\n', .. bytes];
        }

        int written = UnixFile.Write(handle, bytes, out Exception? failure);
        if (failure is not null)
        {
            if (written > 0 && RandomAccess.GetLength(handle) == end + written)
            {
                TakeBack(handle, end);
            }

            throw failure;
        }
    }

    private static bool EndsWithin(SafeFileHandle handle, long end)
    {
        Span<byte> last = stackalloc byte[1];
        try
        {
            return end > 0 && RandomAccess.Read(handle, last, end - 1) == 1 && last[0] != '\n';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may be written to, and not read.
            return false;
        }
    }

    private static void TakeBack(SafeFileHandle handle, long end)
    {
        try
        {
            RandomAccess.SetLength(handle, end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that may only grow. What made the write fail is what is told.
        }
    }

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            using FileStream stream = new FileInfo(path).Create(
                FileMode.OpenOrCreate, FileSystemRights.AppendData, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.None, null);
            var handle = new SafeFileHandle(stream.SafeFileHandle.DangerousGetHandle(), ownsHandle: true);
            stream.SafeFileHandle.SetHandleAsInvalid();
            return handle;
        }

        const int Tries = 3;
        for (int attempt = 1; ; attempt++)
        {
            Make(path);
            try
            {
                return UnixFile.OpenToAppend(path);
            }
            catch (FileNotFoundException) when (attempt < Tries)
            {
                // It was moved away between the two.
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another writer was first.
        }
    }

    private static void Flush(SafeFileHandle handle)
    {
        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException) when (!OperatingSystem.IsWindows())
        {
            // A device, which has no disk.
        }
    }
}
