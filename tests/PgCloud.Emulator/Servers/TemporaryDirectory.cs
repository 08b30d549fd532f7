// SPDX-License-Identifier: MIT

namespace PgCloud.Emulator.Servers;

/// <summary>A directory for the time of a run.</summary>
internal static class TemporaryDirectory
{
    // A server is a thousand small files: in memory they are copied ten times as fast.
    private const string Memory = "/dev/shm";
    private const long RoomWanted = 2L << 30;

    /// <summary>Makes one that the account of the servers can enter, but not read or write.</summary>
    internal static string Make()
    {
        string parent = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= RoomWanted ? Memory : Path.GetTempPath();
        string path = Directory.CreateDirectory(Path.Combine(parent, "pgcloud-emulator-" + Guid.NewGuid().ToString("N")), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return path;
    }
}
