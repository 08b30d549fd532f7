// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>A CSV file on its way to the server: bytes in UTF-8, without byte order mark.</summary>
internal sealed class CsvFile : IDisposable
{
    // Large enough that calls, TLS records and messages cost little; it is the one buffer of the whole import.
    private const int BufferSize = 256 * 1024;
    private const int LongestHeader = 1024 * 1024;

    private readonly FileStream _file;
    private readonly Stream _text;
    private byte[] _buffer = new byte[BufferSize];
    private int _filled;
    private int _taken;

    private CsvFile(string path, FileStream file, Stream text)
    {
        Path = path;
        _file = file;
        _text = text;
    }

    /// <summary>Its path.</summary>
    internal string Path { get; }

    /// <summary>The names in its header; <see langword="null"/> where it is to have none.</summary>
    internal IReadOnlyList<string>? Header { get; private set; }

    /// <summary>What ends a line: a carriage return alone only in files of very old programs.</summary>
    internal byte LineEnd { get; private set; } = (byte)'\n';

    /// <summary>How much of it has been read, in percent.</summary>
    internal int Percent => _file.CanSeek && _file.Length > 0 ? (int)(_file.Position * 100 / _file.Length) : 0;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Table.*</c>.</exception>
    internal static async Task<CsvFile> OpenAsync(string path, CsvFormat csv, CancellationToken cancellation)
    {
        CsvFile? file = null;
        try
        {
            file = Open(path, csv.Encoding);
            await file.SkipByteOrderMarkAsync(cancellation);
            if (csv.HasHeader)
            {
                await file.ReadHeaderAsync(csv.Delimiter, cancellation);
            }

            return file;
        }
        catch (Exception exception)
        {
            file?.Dispose();
            throw FileErrors.Explain(exception, path) ?? exception;
        }
    }

    /// <summary>The next bytes; none at the end. They hold until the next call.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        if (_taken == _filled)
        {
            _taken = 0;
            _filled = await FillAsync(0, cancellation);
        }

        ReadOnlyMemory<byte> next = _buffer.AsMemory(_taken, _filled - _taken);
        _taken = _filled;
        return next;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }

    private static CsvFile Open(string path, Encoding? encoding)
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        try
        {
            encoding ??= ByByteOrderMark(file);
            bool isUtf8 = encoding is UTF8Encoding;
            return new CsvFile(path, file, isUtf8 ? file : Encoding.CreateTranscodingStream(file, Strict(encoding), Encoding.UTF8));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>UTF-16 where the file says so, as Windows PowerShell writes it; otherwise UTF-8.</summary>
    private static Encoding ByByteOrderMark(FileStream file)
    {
        if (!file.CanSeek)
        {
            return Encoding.UTF8;
        }

        Span<byte> mark = stackalloc byte[2];
        int read = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read < 2 ? Encoding.UTF8 : (mark[0], mark[1]) switch
        {
            (0xFF, 0xFE) => Encoding.Unicode,
            (0xFE, 0xFF) => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
    }

    // What has no character in the encoding must not be replaced without a word.
    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>In UTF-8 the mark of every Unicode encoding is the same three bytes.</summary>
    private async Task SkipByteOrderMarkAsync(CancellationToken cancellation)
    {
        _filled = await FillAsync(0, cancellation);
        _taken = _buffer.AsSpan(0, _filled).StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    private async Task ReadHeaderAsync(char delimiter, CancellationToken cancellation)
    {
        bool isWhole = false;
        int length;
        while ((length = CsvHeader.EndOf(_buffer.AsSpan(_taken, _filled - _taken), isWhole)) < 0 && !isWhole)
        {
            if (_filled == _buffer.Length)
            {
                if (_filled >= LongestHeader)
                {
                    break;
                }

                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            int before = _filled;
            _filled = await FillAsync(_filled, cancellation);
            isWhole = _filled == before;
        }

        ReadOnlyMemory<byte> header = _buffer.AsMemory(_taken, Math.Max(length, 0));
        Header = CsvHeader.Read(header.Span, delimiter);
        if (length < 0 || Header is [""])
        {
            throw PgErrors.TableHeaderMissing(Path);
        }

        LineEnd = header.Span[^1] == '\r' ? (byte)'\r' : (byte)'\n';
    }

    /// <summary>Reads into the buffer from a place on, and gives the place behind what was read.</summary>
    private async ValueTask<int> FillAsync(int from, CancellationToken cancellation) =>
        from + await _text.ReadAsync(_buffer.AsMemory(from), cancellation);
}
