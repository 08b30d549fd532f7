// SPDX-License-Identifier: MIT

using Npgsql;

namespace PgCloud.Engine.Sql.Queries;

/// <summary>What the server says beside its answers, passed on at once; between two rows, after the rows before it.</summary>
internal sealed class QueryNotices : IDisposable
{
    private readonly SqlContext _context;
    private readonly NpgsqlConnection _connection;
    private readonly Queue<PostgresNotice> _held = new();
    private volatile bool _hold;
    private volatile bool _areHeld;

    internal QueryNotices(SqlContext context)
    {
        _context = context;
        _connection = context.Connection;
        _connection.Notice += OnNotice;
    }

    /// <summary>Whether something was said since the rows that are not handed over yet.</summary>
    internal bool AreHeld => _areHeld;

    /// <summary>A row waits to be handed over: keep back what is said after it.</summary>
    internal void Hold() => _hold = true;

    /// <summary>All rows have been handed over: say what was kept back.</summary>
    internal void Release()
    {
        // The next read may be under way on another thread.
        lock (_held)
        {
            _hold = false;
            _areHeld = false;
            while (_held.TryDequeue(out PostgresNotice? notice))
            {
                Say(notice);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Notice -= OnNotice;
        Release();
    }

    private void OnNotice(object sender, NpgsqlNoticeEventArgs e)
    {
        lock (_held)
        {
            if (_hold)
            {
                _held.Enqueue(e.Notice);
                _areHeld = true;
            }
            else
            {
                Say(e.Notice);
            }
        }
    }

    private void Say(PostgresNotice notice) => _context.Reporter.Notice(notice.InvariantSeverity, Redaction.Clean(notice.MessageText));
}
