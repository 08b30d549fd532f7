// SPDX-License-Identifier: MIT

using System.Globalization;

namespace PgCloud.Emulator.Ovh.Extras;

/// <summary>An advanced parameter and its bounds.</summary>
internal sealed record Parameter(string Name, string Type, double? Minimum, double? Maximum, string[]? Values, string Description)
{
    private const string ServerPrefix = "pg.";

    /// <summary>Some of OVHcloud's: names are its own, bounds those of PostgreSQL.</summary>
    internal static readonly IReadOnlyList<Parameter> All =
    [
        new("pg.autovacuum_naptime", "long", 1, 86400, null, "Least time between runs of autovacuum on a database, in seconds"),
        new("pg.deadlock_timeout", "long", 500, 1800000, null, "Time to wait for a lock before looking for a deadlock, in milliseconds"),
        new("pg.idle_in_transaction_session_timeout", "long", 0, 604800000, null, "Ends sessions that are idle in a transaction, in milliseconds"),
        new("pg.jit", "boolean", null, null, null, "Whether queries are compiled just in time"),
        new("pg.log_min_duration_statement", "long", -1, 86400000, null, "Logs statements that take longer, in milliseconds"),
        new("pg.temp_file_limit", "long", -1, 2147483647, null, "Temporary files of a session, in kB"),
        new("pg.timezone", "string", null, null, null, "Time zone of the server"),
        new("pg.track_functions", "string", null, null, ["all", "pl", "none"], "Which functions are counted"),
        new("pgbouncer.autodb_pool_mode", "string", null, null, ["session", "statement", "transaction"], "Mode of pools that are made by themselves"),
        new("pgbouncer.server_idle_timeout", "long", 0, 86400, null, "Closes server connections that are idle, in seconds"),
    ];

    /// <summary>The setting of the server; <see langword="null"/> for what is not its own.</summary>
    internal string? Setting => Name.StartsWith(ServerPrefix, StringComparison.Ordinal) ? Name[ServerPrefix.Length..] : null;

    internal object View() => new { description = Description, maximum = Maximum, minimum = Minimum, name = Name, type = Type, values = Values };

    internal bool Allows(string value) => Type switch
    {
        "boolean" => value is "true" or "false",
        "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= Minimum && number <= Maximum,
        _ => Values is null ? value.Length > 0 : Values.Contains(value),
    };
}
