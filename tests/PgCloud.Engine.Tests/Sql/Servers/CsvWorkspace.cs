// SPDX-License-Identifier: MIT

using System.Text;
using PgCloud.Contracts;
using PgCloud.Engine.Sql;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Files of one test.</summary>
internal sealed class CsvWorkspace : IDisposable
{
    private int _files;

    internal string Path { get; } = Directory.CreateTempSubdirectory("pgcloud-copy-").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    internal string File(string text) => File(Encoding.UTF8.GetBytes(text));

    internal string File(byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, $"{++_files}.csv");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Tables, and imports that are approved beforehand.</summary>
internal static class TableExtensions
{
    private static int s_made;

    /// <summary>Makes a table that the admin may write and read, and gives its name.</summary>
    internal static async Task<string> TableAsync(this TestServer server, string columns)
    {
        string table = $"copy_{Interlocked.Increment(ref s_made)}";
        await server.ExecuteAsync($"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} ({columns}); GRANT ALL ON {table} TO ops");
        return table;
    }

    /// <summary>All rows of a table as the server writes them.</summary>
    internal static Task<string> RowsAsync(this TestServer server, string table) =>
        server.ScalarAsync<string>($"SELECT coalesce(string_agg(t::text, ' | ' ORDER BY t::text COLLATE \"C\"), '') FROM {table} t");

    internal static Task<IReadOnlyList<PgTableCopy>> ImportAsync(this NpgsqlSqlSession session, string table, params string[] paths) =>
        session.ImportAsync(new TableImportRequest(null, table), paths);

    internal static async Task<IReadOnlyList<PgTableCopy>> ImportAsync(
        this NpgsqlSqlSession session, TableImportRequest request, params string[] paths) =>
        (await session.Tables.ImportFilesAsync(request, paths, Approved.Beforehand, CancellationToken.None))!;

    internal static async Task<PgTableCopy> ImportRowsAsync(
        this NpgsqlSqlSession session, TableImportRequest request, IReadOnlyList<string> names, IEnumerable<object?[]> rows)
    {
        await using ITableImport import = (await session.Tables.BeginRowsAsync(request, names, Approved.Beforehand, CancellationToken.None))!;
        foreach (object?[] row in rows)
        {
            if (import.Add(row))
            {
                await import.SendAsync(CancellationToken.None);
            }
        }

        return await import.CompleteAsync(CancellationToken.None);
    }

    internal static async Task<PgTableCopy> ImportLinesAsync(
        this NpgsqlSqlSession session, TableImportRequest request, IReadOnlyList<string> lines)
    {
        await using ITableImport import = (await session.Tables.BeginLinesAsync(request, lines[0], Approved.Beforehand, CancellationToken.None))!;
        foreach (string line in lines.Skip(1))
        {
            if (import.Add(line))
            {
                await import.SendAsync(CancellationToken.None);
            }
        }

        return await import.CompleteAsync(CancellationToken.None);
    }
}
