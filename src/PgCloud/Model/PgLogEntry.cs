// SPDX-License-Identifier: MIT

using System.ComponentModel;
using System.Text.RegularExpressions;
using PgCloud.Pipeline;

namespace PgCloud;

/// <summary>One entry of a server's log: a message, of several lines where the server wrote it in several.</summary>
[TypeConverter(typeof(DeserializedObjectConverter))]
public sealed partial class PgLogEntry
{
    /// <summary>When it was written (UTC); of OVHcloud whole seconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The host that wrote it.</summary>
    public string HostName { get; init; } = string.Empty;

    /// <summary>What it says, behind its time.</summary>
    public required string Message { get; init; }

    /// <summary>
    ///   PostgreSQL's word before the message, such as <c>ERROR</c>, <c>FATAL</c>, <c>LOG</c> or <c>STATEMENT</c>; empty where there is none,
    ///   as for a server whose lc_messages has other words.
    /// </summary>
    public string Severity => Word().Match(Message).Groups[1].Value;

    /// <summary>The instance it belongs to.</summary>
    public PgInstance? Instance { get; internal set; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;

    // PostgreSQL 18 documentation, 19.8 Error Reporting and Logging, table 19.2; the rest are the parts of a message (src/backend/utils/error/elog.c).
    [GeneratedRegex(@"(?:^|\W)(DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|BACKTRACE|STATEMENT):  ")]
    private static partial Regex Word();
}
