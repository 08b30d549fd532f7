// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Errors;

namespace PgCloud.Engine.Sql.Tables;

/// <summary>What a failure of a file means.</summary>
internal static class FileErrors
{
    /// <summary>The error; <see langword="null"/> where the failure is none of the file's.</summary>
    internal static PgCloudException? Explain(Exception exception, string path) => exception switch
    {
        FileNotFoundException => PgErrors.TableFileNotFound(path),
        DirectoryNotFoundException => PgErrors.TableFileFailed(path, "a directory on the way is missing.", exception),
        UnauthorizedAccessException when Directory.Exists(path) => PgErrors.TableFileFailed(path, "it is a directory.", exception),
        DecoderFallbackException or EncoderFallbackException or ArgumentException { ParamName: "bytes" } =>
            PgErrors.TableFileFailed(path, "it has characters that do not exist in the encoding.", exception),
        IOException or UnauthorizedAccessException or NotSupportedException => PgErrors.TableFileFailed(path, exception.Message, exception),
        _ => null,
    };
}
