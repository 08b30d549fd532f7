// SPDX-License-Identifier: MIT

namespace PgCloud.Engine.Providers.Ovh.Logs;

/// <summary>The API's <c>service.LogEntry</c>; the time is in seconds since 1970.</summary>
internal sealed record OvhLogRecord(long Timestamp, string? Hostname, string? Message);
