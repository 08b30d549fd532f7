// SPDX-License-Identifier: MIT

using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PgCloud.Audit;

/// <summary>What the runtime has no way to ask of Linux and macOS: to append, to lock against other processes, to reserve room.</summary>
internal static partial class UnixFile
{
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;

    private const int NotFound = 2;
    private const int Interrupted = 4;
    private const int NoReader = 6;
    private const int Denied = 13;
    private const int TooLarge = 27;
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static int Append => OperatingSystem.IsMacOS() ? 0x8 : 0x400;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    // A pipe that nobody reads would keep who opens it.
    private static int NonBlocking => OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    /// <summary>Opens a file that is there, to add to its end.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="IOException">It cannot be opened, or keeps nothing.</exception>
    internal static SafeFileHandle OpenToAppend(string path)
    {
        SafeFileHandle opened = Open(path, ReadWrite | Append | CloseOnExec | NonBlocking);
        int error = Marshal.GetLastPInvokeError();
        if (opened.IsInvalid && error == Denied)
        {
            opened.Dispose();
            opened = Open(path, WriteOnly | Append | CloseOnExec | NonBlocking);
            error = Marshal.GetLastPInvokeError();
        }

        if (opened.IsInvalid)
        {
            opened.Dispose();
            throw error == NotFound ? new FileNotFoundException(Marshal.GetPInvokeErrorMessage(error), path)
                : error == NoReader ? KeepsNothing()
                : new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        try
        {
            _ = RandomAccess.GetLength(opened);
            return opened;
        }
        catch (NotSupportedException)
        {
            opened.Dispose();
            throw KeepsNothing();
        }
    }

    /// <summary>
    ///   Keeps other writers out until the handle is closed. Who does not get in within some seconds goes on without: nobody may keep a
    ///   change from being written down.
    /// </summary>
    internal static void Lock(SafeFileHandle handle)
    {
        const int ExclusiveAtOnce = 2 | 4;
        long begun = Stopwatch.GetTimestamp();
        while (Lock(handle, ExclusiveAtOnce) != 0 && Stopwatch.GetElapsedTime(begun) < LongestWait)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Writes at the end, and says how much of it, and why not all.</summary>
    internal static int Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, out Exception? failure)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            nint written = Write(handle, bytes[done..], bytes.Length - done);
            if (written >= 0)
            {
                done += (int)written;
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                failure = new IOException(Marshal.GetPInvokeErrorMessage(error));
                return done;
            }
        }

        failure = null;
        return done;
    }

    /// <summary>Sets room aside on the disk for what is to come; where the file system cannot, there is nothing to fail.</summary>
    /// <exception cref="IOException">There is none.</exception>
    internal static void Reserve(SafeFileHandle handle, long from, long length)
    {
        const int KeepSize = 1;
        if (Allocate(handle, KeepSize, from, length) != 0 && Marshal.GetLastPInvokeError() is NoSpace or OverQuota or TooLarge)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
    }

    private static IOException KeepsNothing() => new("it is a pipe, a socket or a terminal, which keeps nothing.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle handle, int mode, long offset, long length);
}
