// SPDX-License-Identifier: MIT

using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using Microsoft.Win32.SafeHandles;

namespace PgCloud.Audit;

/// <summary>
///   A file that many processes write to: what is added goes to its end, whole, in one write that the operating system lets nobody come
///   between, and is on the disk when the call returns. It is opened for each write, so that it can be moved away meanwhile.
/// </summary>
internal static partial class AppendOnlyFile
{
    private const int WriteOnly = 1;

    private static int Append => OperatingSystem.IsMacOS() ? 0x8 : 0x400;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Makes the file, for its owner alone, where it is not there; fails where it cannot be written to.</summary>
    internal static void Check(string path) => Open(path).Dispose();

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
            while (bytes.Length > 0)
            {
                nint written = Write(handle, bytes, bytes.Length);
                if (written < 0)
                {
                    const int Interrupted = 4;
                    int error = Marshal.GetLastPInvokeError();
                    if (error != Interrupted)
                    {
                        throw new IOException(Marshal.GetPInvokeErrorMessage(error));
                    }

                    continue;
                }

                bytes = bytes[(int)written..];
            }
        }

        Flush(handle);
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

        Make(path);
        SafeFileHandle opened = Open(path, WriteOnly | Append | CloseOnExec);
        if (opened.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            opened.Dispose();
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        return opened;
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
            // A pipe or a device, which has no disk.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, nint count);
}
