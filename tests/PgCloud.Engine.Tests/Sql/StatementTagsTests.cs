// SPDX-License-Identifier: MIT

using PgCloud.Engine.Sql.Queries;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

/// <summary>What an audit trail says of SQL: the command tags of what may change something, and nothing of the text.</summary>
public sealed class StatementTagsTests
{
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("")]
    [InlineData(";;")]
    [InlineData("select 'insert into x'; show work_mem; BEGIN; commit")]
    [InlineData("/* DELETE /* FROM */ x */ -- DROP TABLE y\nVALUES (1)")]
    [InlineData("SELECT $$ DROP TABLE x; DELETE $$")]
    [InlineData("SELECT \"delete\" FROM \"into\"")]
    [InlineData("EXPLAIN DELETE FROM t")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a")]
    public void What_reads_has_none(string sql) => Assert.Empty(StatementTags.ChangesOf(sql));

    [Theory]
    [InlineData("insert into t values ('secret')", "INSERT")]
    [InlineData("  (( -- so\n DELETE FROM t", "DELETE")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY role ON t (x)", "CREATE INDEX")]
    [InlineData("create or replace temporary view v as select 1", "CREATE VIEW")]
    [InlineData("ALTER ROLE mary PASSWORD 'x'", "ALTER ROLE")]
    [InlineData("WITH a AS (UPDATE t SET x = 1 RETURNING *) SELECT * FROM a", "UPDATE")]
    [InlineData("EXPLAIN (ANALYZE) DELETE FROM t", "DELETE")]
    [InlineData("SELECT * INTO new FROM old", "SELECT INTO")]
    [InlineData("DO $$ BEGIN DROP TABLE x; END $$", "DO")]
    [InlineData("sekret words", "OTHER")]
    public void What_writes_has_its_tag(string sql, string tag) => Assert.Equal(tag, Assert.Single(StatementTags.ChangesOf(sql)));

    [Fact]
    public void Each_statement_has_its_own() => Assert.Equal(
        ["CREATE ROLE", "GRANT", "COMMENT"], StatementTags.ChangesOf("CREATE ROLE a; SELECT 1; GRANT a TO b; COMMENT ON ROLE a IS 'it; is'"));
}
