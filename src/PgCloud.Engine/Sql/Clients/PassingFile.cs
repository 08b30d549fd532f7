// SPDX-License-Identifier: MIT

using PgCloud.Engine.Machine;

namespace PgCloud.Engine.Sql.Clients;

/// <summary>
///   A file by which a child process is told something, readable by this user only. On Linux it has no name in any directory: it is reached by this
///   process, and is gone with it, however it ends. Elsewhere it is a temporary file, and one that a killed process left is removed by the next.
/// </summary>
internal sealed class PassingFile : IDisposable
{
    private readonly FileStream? _stream;
    private readonly string? _temporary;

    private PassingFile(FileStream? stream, string? temporary, string path)
    {
        _stream = stream;
        _temporary = temporary;
        Path = path;
    }

    /// <summary>By which path the child reaches it.</summary>
    internal string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>A file of these bytes, which are cleared.</summary>
    internal static PassingFile Of(byte[] content)
    {
        string temporary = TemporaryFile.Beside(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "pgcloud-psql"));
        FileStream stream = AtomicFile.Create(temporary);
        try
        {
            stream.Write(content);
            stream.Flush();
            Array.Clear(content);
            if (OperatingSystem.IsLinux())
            {
                File.Delete(temporary);
                return new PassingFile(stream, null, FormattableString.Invariant($"/proc/{Environment.ProcessId}/fd/{stream.SafeFileHandle.DangerousGetHandle()}"));
            }

            stream.Dispose();
            return new PassingFile(null, temporary, temporary);
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
    }
}
