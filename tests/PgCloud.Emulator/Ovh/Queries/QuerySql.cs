// SPDX-License-Identifier: MIT

using PgCloud.Engine.Providers.Local;

namespace PgCloud.Emulator.Ovh.Queries;

/// <summary>The queries about queries. Each row is one object as the API shows it.</summary>
internal static class QuerySql
{
    /// <summary>Sessions of the customer, not the emulator's own.</summary>
    internal const string OfCustomer = $"backend_type = 'client backend' AND usename <> '{LocalRoles.Superuser}'";

    internal const string Current =
        $"""
        SELECT jsonb_build_object(
            'applicationName', coalesce(application_name, ''), 'backendStart', backend_start, 'backendType', backend_type,
            'backendXid', backend_xid::text::bigint, 'backendXmin', backend_xmin::text::bigint,
            'clientHostname', client_hostname, 'clientIp', host(client_addr), 'clientPort', client_port,
            'databaseId', datid::bigint, 'databaseName', coalesce(datname, ''), 'leaderPid', leader_pid, 'pid', pid, 'query', query,
            'queryDuration', coalesce(extract(epoch FROM CASE state WHEN 'active' THEN clock_timestamp() ELSE state_change END - query_start), 0)::float8,
            'queryStart', query_start,
            'state', upper(translate(coalesce(state, 'disabled'), ' ()', '_')), 'stateChange', state_change, 'transactionStart', xact_start,
            'userId', usesysid::bigint, 'userName', coalesce(usename, ''), 'waitEvent', wait_event,
            'waitEventType', CASE
                WHEN wait_event_type = 'BufferPin' THEN 'BUFFER_PIN'
                WHEN wait_event_type IN ('Activity', 'Client', 'Extension', 'IO', 'IPC', 'Lock', 'LWLock', 'Timeout') THEN upper(wait_event_type)
            END)::text
        FROM pg_stat_activity
        WHERE {OfCustomer}
        ORDER BY query_start DESC NULLS LAST
        LIMIT $1 OFFSET $2
        """;

    /// <summary>From PostgreSQL 17 on the times of blocks are told for shared and local ones.</summary>
    internal const string Statistics =
        """
        SELECT jsonb_build_object(
            'blkReadTime', coalesce(s -> 'blk_read_time', s -> 'shared_blk_read_time'),
            'blkWriteTime', coalesce(s -> 'blk_write_time', s -> 'shared_blk_write_time'),
            'calls', s -> 'calls', 'databaseName', d.datname,
            'localBlksDirtied', s -> 'local_blks_dirtied', 'localBlksHit', s -> 'local_blks_hit',
            'localBlksRead', s -> 'local_blks_read', 'localBlksWritten', s -> 'local_blks_written',
            'maxPlanTime', s -> 'max_plan_time', 'maxTime', s -> 'max_exec_time',
            'meanPlanTime', s -> 'mean_plan_time', 'meanTime', s -> 'mean_exec_time',
            'minPlanTime', s -> 'min_plan_time', 'minTime', s -> 'min_exec_time',
            'query', s -> 'query', 'rows', s -> 'rows',
            'sharedBlksDirtied', s -> 'shared_blks_dirtied', 'sharedBlksHit', s -> 'shared_blks_hit',
            'sharedBlksRead', s -> 'shared_blks_read', 'sharedBlksWritten', s -> 'shared_blks_written',
            'stddevPlanTime', s -> 'stddev_plan_time', 'stddevTime', s -> 'stddev_exec_time',
            'tempBlksRead', s -> 'temp_blks_read', 'tempBlksWritten', s -> 'temp_blks_written',
            'totalPlanTime', s -> 'total_plan_time', 'totalTime', s -> 'total_exec_time',
            'username', r.rolname, 'walBytes', jsonb_build_object('unit', 'B', 'value', s -> 'wal_bytes'),
            'walFpi', s -> 'wal_fpi', 'walRecords', s -> 'wal_records')::text
        FROM (SELECT userid, dbid, to_jsonb(p) AS s FROM pg_stat_statements p) x
        JOIN pg_database d ON d.oid = x.dbid
        JOIN pg_roles r ON r.oid = x.userid
        WHERE NOT r.rolsuper
        ORDER BY (s -> 'total_exec_time')::float8 DESC
        LIMIT $1 OFFSET $2
        """;
}
