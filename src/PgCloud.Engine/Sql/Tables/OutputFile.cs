// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Engine.Machine;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>
///   A file that is written beside its place and put there when it is whole. Disposed of before that, it leaves what was there before.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private readonly Stream _stream;
    private readonly FileStream _file;
    private readonly bool _overwrite;
    private readonly UnixFileMode? _mode;

    private OutputFile(string path, string? temporary, FileStream file, Encoding? encoding, bool overwrite)
    {
        _path = path;
        _temporary = temporary;
        _file = file;
        _overwrite = overwrite;
        if (temporary is not null && !OperatingSystem.IsWindows())
        {
            // Half a table, which may stay where the process is killed, is its owner's alone; whole, it is open to whom such a file is.
            _mode = File.GetUnixFileMode(file.SafeFileHandle);
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _stream = encoding is null or UTF8Encoding ? file : Encoding.CreateTranscodingStream(file, Strict(encoding), Encoding.UTF8, leaveOpen: true);
        // A byte order mark for the encodings that PowerShell writes with one.
        file.Write(encoding is null ? [] : encoding.Preamble);
    }

    /// <summary>Begins a file.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.File*</c>.</exception>
    internal static OutputFile Create(string path, bool overwrite, Encoding? encoding)
    {
        try
        {
            // A link keeps leading to the same place, where the new content is then.
            var present = new FileInfo(path);
            string target = present.LinkTarget is null ? path : present.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            present = new FileInfo(target);
            if (present.Exists && !overwrite)
            {
                throw PgErrors.TableFileExists(path);
            }

            if (Directory.Exists(target) || present is { Exists: true, IsReadOnly: true })
            {
                throw PgErrors.TableFileFailed(path, present.Exists ? "it is read-only." : "it is a directory.");
            }

            if (IsDevice(target))
            {
                return new OutputFile(target, null, new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), encoding, true);
            }

            string temporary = TemporaryFile.Beside(Path.GetFullPath(target));
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (present.Exists && !OperatingSystem.IsWindows())
            {
                // Who could not read the old file shall not read the new one.
                options.UnixCreateMode = present.UnixFileMode;
            }

            return new OutputFile(target, temporary, new FileStream(temporary, options), encoding, overwrite);
        }
        catch (Exception exception) when (FileErrors.Explain(exception, path) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Writes bytes in UTF-8.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.FileFailed</c>.</exception>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception exception) when (FileErrors.Explain(exception, _path) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.File*</c>.</exception>
    internal void Complete()
    {
        try
        {
            if (_mode is { } mode && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_file.SafeFileHandle, mode);
            }

            _stream.Dispose();
            _file.Dispose();
            if (_temporary is not null)
            {
                File.Move(_temporary, _path, _overwrite);
            }
        }
        catch (IOException) when (!_overwrite && File.Exists(_path))
        {
            throw PgErrors.TableFileExists(_path);
        }
        catch (Exception exception) when (FileErrors.Explain(exception, _path) is { } error)
        {
            throw error;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // The failure that led here is the one to report.
        }

        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    // Nothing can be put in the place of /dev/stdout; /dev/shm is a directory like others.
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && path.StartsWith("/dev/", StringComparison.Ordinal)
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
