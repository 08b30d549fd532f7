// SPDX-License-Identifier: MIT

using System.Buffers;
using PgCloud.Errors;

namespace PgCloud.Audit;

/// <summary>The file in which changes of state are written down, one line each.</summary>
/// <param name="path">The file, with its directory.</param>
internal sealed class AuditTrail(string path)
{
    /// <summary>The variable of the environment that names it where a session does not.</summary>
    internal const string Variable = "PGCLOUD_AUDIT";

    /// <summary>The file.</summary>
    internal string Path { get; } = path;

    /// <summary>The one that the environment names; <see langword="null"/> where it names none.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Audit.PathInvalid</c>: what it names would be another file in each directory.</exception>
    internal static AuditTrail? FromEnvironment()
    {
        string? path = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(path) ? null
            : System.IO.Path.IsPathFullyQualified(path) ? new AuditTrail(path)
            : throw PgErrors.AuditPathInvalid(path);
    }

    /// <summary>Makes the file where it is not there, so that nothing is changed that could not be written down.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Audit.Unwritable</c>.</exception>
    internal void Check()
    {
        try
        {
            AppendOnlyFile.Check(Path);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            throw PgErrors.AuditUnwritable(Path, exception.Message, exception);
        }
    }

    /// <summary>Writes events down, at once and together; they are on the disk when it returns.</summary>
    /// <exception cref="PgCloudException"><c>PgCloud.Audit.LineMissing</c>.</exception>
    internal void Append(IReadOnlyCollection<AuditEvent> events)
    {
        var lines = new ArrayBufferWriter<byte>(1024 * events.Count);
        foreach (AuditEvent one in events)
        {
            one.WriteTo(lines);
        }

        try
        {
            AppendOnlyFile.Write(Path, lines.WrittenSpan);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            throw PgErrors.AuditLineMissing(Path, events.First().Target.Name, exception.Message, exception);
        }
    }

    private static bool IsOfFile(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
