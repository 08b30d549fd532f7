# Invoke-PgQuery.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $ops = New-PgInstance query | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
    $where = "$($ops.Connection)"

    function Get-Value([string] $Expression, [hashtable] $Parameter = @{}) {
        ($ops | Invoke-PgQuery "SELECT $Expression AS value" $Parameter).value
    }

    # How many statements of that kind the server is working on.
    function Get-Running([string] $Mark) {
        ($ops | Invoke-PgQuery "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%' || @mark || '%' AND state = 'active' AND pid <> pg_backend_pid()" @{ mark = $Mark }).n
    }
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Rows' {
    It 'are objects with the columns as properties, in order' {
        $row = $ops | Invoke-PgQuery "SELECT 1 AS a, 'x' AS b"
        $row.PSObject.Properties.Name | Should -Be 'a', 'b'
        $row.a, $row.b | Should -Be 1, 'x'
    }

    It 'come as many as there are, in order' {
        $rows = $ops | Invoke-PgQuery 'SELECT n FROM generate_series(1, 5000) AS n ORDER BY n'
        $rows.Count | Should -Be 5000
        $rows[0].n, $rows[4999].n | Should -Be 1, 5000
    }

    It 'are none where there are none' {
        $ops | Invoke-PgQuery 'SELECT 1 WHERE false' | Should -BeNullOrEmpty
        $ops | Invoke-PgQuery 'CREATE TEMP TABLE nothing (id int)' | Should -BeNullOrEmpty
        $ops | Invoke-PgQuery '-- nothing' | Should -BeNullOrEmpty
    }

    It 'keep all columns where two have one name or none' {
        $row = $ops | Invoke-PgQuery 'SELECT 1 AS a, 2 AS a, 3 AS "A", 4 AS "?column?", 5'
        @($row.PSObject.Properties).Count | Should -Be 5
        @($row.PSObject.Properties.Value) | Should -Be 1, 2, 3, 4, 5
    }

    It 'can have a column called Count, or with a space in it' {
        $row = $ops | Invoke-PgQuery 'SELECT 7 AS "Count", 8 AS "with space", 9 AS "Length"'
        $row.'with space', $row.Length | Should -Be 8, 9
        $row.PSObject.Properties['Count'].Value | Should -Be 7
    }

    It 'can have a column with a name that PowerShell keeps for itself: <_>' -ForEach 'psobject', 'psbase', 'pstypenames' {
        $row = $ops | Invoke-PgQuery "SELECT 1 AS a, 2 AS $_"
        @($row.PSObject.Properties.Value) | Should -Be 1, 2
    }

    It 'come from several statements, each with its own columns' {
        $rows = $ops | Invoke-PgQuery "SELECT 1 AS a; SELECT 'x' AS b, 2 AS c; SELECT 3 AS a"
        $rows.Count | Should -Be 3
        $rows[0].a, $rows[1].b, $rows[1].c, $rows[2].a | Should -Be 1, 'x', 2, 3
    }

    It 'come from statements that write, too' {
        ($ops | Invoke-PgQuery 'CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1), (2) RETURNING id').id | Should -Be 1, 2
    }

    It 'go into Where-Object, Sort-Object and Export-Csv like any' {
        $ops | Invoke-PgQuery "SELECT n, 'x' AS t FROM generate_series(1, 3) n" | Where-Object n -gt 1 | Sort-Object n -Descending |
            ConvertTo-Csv -UseQuotes Never | Should -Be 'n,t', '3,x', '2,x'
    }
}

Describe 'Values' {
    It '<expression> is <type> <expected>' -ForEach @(
        @{ expression = '42'; type = 'int'; expected = 42 }
        @{ expression = '42::smallint'; type = 'int16'; expected = 42 }
        @{ expression = '9007199254740993::bigint'; type = 'long'; expected = 9007199254740993 }
        @{ expression = '1.50::numeric(5,2)'; type = 'decimal'; expected = 1.50d }
        @{ expression = '0.1::float8'; type = 'double'; expected = 0.1 }
        @{ expression = '1.5::real'; type = 'float'; expected = 1.5 }
        @{ expression = 'true'; type = 'bool'; expected = $true }
        @{ expression = 'false'; type = 'bool'; expected = $false }
        @{ expression = "'text'"; type = 'string'; expected = 'text' }
        @{ expression = "''"; type = 'string'; expected = '' }
        @{ expression = "'x'::varchar(3)"; type = 'string'; expected = 'x' }
        @{ expression = "'x'::name"; type = 'string'; expected = 'x' }
        @{ expression = "'7c2e6a0e-5c1a-4b9c-9a50-0f5d4f6c8a11'::uuid"; type = 'guid'; expected = [guid] '7c2e6a0e-5c1a-4b9c-9a50-0f5d4f6c8a11' }
        @{ expression = "'2031-02-03'::date"; type = 'System.DateOnly'; expected = [DateOnly]::new(2031, 2, 3) }
        @{ expression = "'04:05:06.5'::time"; type = 'System.TimeOnly'; expected = [TimeOnly]::new(4, 5, 6, 500) }
        @{ expression = "'2031-02-03 04:05:06'::timestamp"; type = 'datetime'; expected = [datetime]::new(2031, 2, 3, 4, 5, 6) }
        @{ expression = "'2031-02-03 04:05:06+02'::timestamptz"; type = 'datetime'; expected = [datetime]::new(2031, 2, 3, 2, 5, 6, [DateTimeKind]::Utc) }
        @{ expression = "interval '1 day 02:03:04'"; type = 'timespan'; expected = [timespan]::new(1, 2, 3, 4) }
        @{ expression = "interval '-00:00:01.5'"; type = 'timespan'; expected = [timespan]::FromSeconds(-1.5) }
        @{ expression = "interval '1 month'"; type = 'PgCloud.PgInterval'; expected = '1 mon' }
        @{ expression = "'127.0.0.1'::inet"; type = 'ipaddress'; expected = [ipaddress] '127.0.0.1' }
        @{ expression = "'{`"a`": 1}'::json"; type = 'string'; expected = '{"a": 1}' }
        @{ expression = "'(1,2)'::point"; type = 'string'; expected = '(1,2)' }
        @{ expression = "'pg_class'::regclass"; type = 'string'; expected = 'pg_class' }
    ) {
        $value = Get-Value $expression
        $value.GetType() | Should -Be ([type] $type)
        $value | Should -Be $expected
    }

    It 'not a number is not a number' {
        [double]::IsNaN((Get-Value "'NaN'::float8")) | Should -BeTrue
        [double]::IsPositiveInfinity((Get-Value "'Infinity'::float8")) | Should -BeTrue
    }

    It 'timestamptz is UTC, whatever the session''s time zone' {
        $value = ($ops | Invoke-PgQuery "SET TimeZone = 'Asia/Kathmandu'; SELECT '2031-02-03 00:00:00Z'::timestamptz AS value").value
        $value.Kind | Should -Be 'Utc'
        $value | Should -Be ([datetime]::new(2031, 2, 3, 0, 0, 0, [DateTimeKind]::Utc))
    }

    It 'NULL is $null, and not DBNull' {
        $row = $ops | Invoke-PgQuery 'SELECT NULL AS nothing, NULL::int AS number, 1 AS one'
        $null -eq $row.nothing | Should -BeTrue
        $null -eq $row.number | Should -BeTrue
        $row.PSObject.Properties.Name | Should -Be 'nothing', 'number', 'one'
    }

    It 'arrays are arrays, with $null for NULL' {
        $numbers = Get-Value "ARRAY[1, NULL, 3]"
        $numbers.Count | Should -Be 3
        $numbers[0], $numbers[2] | Should -Be 1, 3
        $null -eq $numbers[1] | Should -BeTrue
        Get-Value "ARRAY['a', 'b,c', 'd""e', 'NULL']" | Should -Be 'a', 'b,c', 'd"e', 'NULL'
        @(Get-Value "ARRAY[]::int[]").Count | Should -Be 0
    }

    It 'bytea is bytes' {
        $bytes = ($ops | Invoke-PgQuery "SELECT '\x00ff10'::bytea AS value").value
        , $bytes | Should -BeOfType byte[]
        $bytes | Should -Be 0, 255, 16
    }

    It 'a numeric too long for a decimal loses nothing' {
        "$(Get-Value '123456789012345678901234567890123456789')" | Should -Be '123456789012345678901234567890123456789'
        "$(Get-Value '0.1234567890123456789012345678901234567')" | Should -Be '0.1234567890123456789012345678901234567'
    }

    It 'a type of the user''s own is text' {
        $ops | Invoke-PgQuery "CREATE TYPE mood AS ENUM ('sad', 'happy')"
        Get-Value "'happy'::mood" | Should -BeExactly 'happy'
    }

    It 'text in any script comes as it is' {
        $text = "gr$([char] 0xFC)n $([char] 0x20AC) `u{1F418}"
        Get-Value '@t' @{ t = $text } | Should -BeExactly $text
    }

    It 'text of a megabyte comes whole' {
        (Get-Value "repeat('x', 1000000)").Length | Should -Be 1000000
    }
}

Describe 'Parameters' {
    It 'are values and never SQL' {
        $evil = "'; DROP TABLE x; --"
        Get-Value '@name' @{ name = $evil } | Should -BeExactly $evil
    }

    It 'may be named with or without the @' {
        Get-Value '@name::int' @{ '@name' = 5 } | Should -Be 5
    }

    It '<what> arrives as it was sent' -ForEach @(
        @{ what = 'an integer'; value = 5; cast = 'int' }
        @{ what = 'a long'; value = 9007199254740993; cast = 'bigint' }
        @{ what = 'a decimal'; value = 1.25d; cast = 'numeric' }
        @{ what = 'a boolean'; value = $true; cast = 'bool' }
        @{ what = 'text'; value = "O'Hara"; cast = 'text' }
        @{ what = 'empty text'; value = ''; cast = 'text' }
        @{ what = 'a Guid'; value = [guid] '7c2e6a0e-5c1a-4b9c-9a50-0f5d4f6c8a11'; cast = 'uuid' }
        @{ what = 'a time span'; value = [timespan]::FromMinutes(90); cast = 'interval' }
        @{ what = 'a moment'; value = [datetime]::new(2031, 2, 3, 4, 5, 6, [DateTimeKind]::Utc); cast = 'timestamptz' }
        @{ what = 'an array'; value = 1, 2, 3; cast = 'int[]' }
        @{ what = 'an array of text'; value = 'a', 'b,c'; cast = 'text[]' }
    ) {
        Get-Value "@p::$cast" @{ p = $value } | Should -Be $value
    }

    It '$null is NULL' { Get-Value '@p::text IS NULL' @{ p = $null } | Should -BeTrue }

    It 'text fits a column of another type, as in psql' {
        ($ops | Invoke-PgQuery 'SELECT n FROM generate_series(1, 9) AS n WHERE n = @n' @{ n = '5' }).n | Should -Be 5
    }

    It 'what cmdlets write is taken for what it is' {
        $file = Get-Item $modulePath
        Get-Value '@p::text' @{ p = $file.Name } | Should -Be 'PgCloud.psd1'
        Get-Value '@p::bigint' @{ p = $file.Length } | Should -Be $file.Length
        Get-Value '@p::text' @{ p = ('x' | ForEach-Object { $_ }) } | Should -Be 'x'
    }

    It 'cannot be <what>' -ForEach @(
        @{ what = 'a SecureString'; make = { ConvertTo-SecureString x -AsPlainText -Force } }
        @{ what = 'a hashtable'; make = { @{ a = 1 } } }
        @{ what = 'text with NUL'; make = { "a`0b" } }
    ) {
        $value = & $make
        Assert-Problem (Get-Problem { Get-Value '@p' @{ p = $value } }) PgCloud.Sql.ParameterInvalid InvalidArgument p
    }

    It 'one that is missing is an error, and not a crash' {
        $problem = Get-Problem { Get-Value '@missing' }
        $problem | Should -Not -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Not -Match 'Unexpected'
    }
}

Describe 'Errors' {
    It 'of the server carry its message and its SQLSTATE: <state>' -ForEach @(
        @{ state = '42601'; query = 'SELEC 1' }
        @{ state = '42P01'; query = 'SELECT * FROM nowhere' }
        @{ state = '22012'; query = 'SELECT 1/0' }
        @{ state = '23505'; query = 'CREATE TEMP TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1), (1)' }
        @{ state = 'P0001'; query = 'DO $$ BEGIN RAISE EXCEPTION ''mine''; END $$' }
    ) {
        $problem = Get-Problem { $ops | Invoke-PgQuery $query }
        Assert-Problem $problem PgCloud.Sql.Failed InvalidOperation $where -Message $state
        $problem.Exception.SqlState | Should -Be $state
    }

    It 'of rights say so' {
        Assert-Problem (Get-Problem { $ops | Invoke-PgQuery "COPY (SELECT 1) TO PROGRAM 'true'" }) PgCloud.Sql.PermissionDenied PermissionDenied $where
    }

    It 'in the midst of the rows come after the rows before' {
        $rows = $ops | Invoke-PgQuery 'SELECT 1 / (n - 500) AS x FROM generate_series(1, 1000) AS n' -ErrorVariable problem -ErrorAction SilentlyContinue
        Assert-Problem $problem PgCloud.Sql.Failed InvalidOperation $where
        $rows.Count | Should -BeGreaterThan 0
    }

    It 'of one statement undo the others of the same text' {
        $null = Get-Problem { $ops | Invoke-PgQuery 'CREATE TABLE undone (id int); SELECT 1/0' }
        Get-Value "to_regclass('undone') IS NULL" | Should -BeTrue
    }

    It 'do not keep the next record of the pipeline from being worked on' {
        $bad = $ops.Connection
        $answers = $bad, (Copy-Connection $bad @{ Database = 'nope' }), $bad | Invoke-PgQuery 'SELECT 1 AS one' -ErrorVariable problem -ErrorAction SilentlyContinue
        @($answers).Count | Should -Be 2
        Assert-Problem $problem PgCloud.Connection.DatabaseNotFound ObjectNotFound
    }

    It 'do not spoil the connection for the next query of the same cmdlet' {
        $answers = 1..3 | ForEach-Object { $ops.Connection } | Invoke-PgQuery 'SELECT 1 / (random() * 0)::int AS x' -ErrorVariable problem -ErrorAction SilentlyContinue
        $answers | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 3
        $problem.FullyQualifiedErrorId | Select-Object -Unique | Should -BeLike 'PgCloud.Sql.Failed,*'
    }

    It 'end the script with -ErrorAction Stop, and can be caught' {
        $caught = $null
        try { $ops | Invoke-PgQuery 'SELECT 1/0' -ErrorAction Stop; throw 'not reached' } catch { $caught = $_ }
        Assert-Problem $caught PgCloud.Sql.Failed InvalidOperation $where
    }

    It 'say of a file that cannot be read which it is: <_>' -ForEach './nowhere.sql', 'C9:/nowhere.sql', "nul`0.sql" {
        $path = $_
        Assert-Problem (Get-Problem { $ops | Invoke-PgQuery -LiteralPath $path }) PgCloud.Sql.FileUnreadable ObjectNotFound
        if ($path -notmatch '\0') { Assert-Problem (Get-Problem { $ops | Invoke-PgQuery -Path $path }) PgCloud.Sql.FileUnreadable ObjectNotFound $path }
    }

    It 'for the missing connection say what can be one' {
        { Invoke-PgQuery 'SELECT 1' -Connection 'text' } | Should -Throw "*'text' is a text and no connection*"
    }

    It 'are none for an empty query, which is refused' {
        { $ops | Invoke-PgQuery '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'Time' {
    It '-TimeoutSec ends the statement on the server' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Assert-Problem (Get-Problem { $ops | Invoke-PgQuery 'SELECT pg_sleep(300) /* timing out */' -TimeoutSec 1 }) PgCloud.Sql.Timeout OperationTimeout $where
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        Wait-Until { (Get-Running 'timing out') -eq 0 } -What 'the end on the server'
    }

    It '-TimeoutSec is not reached by a quick one' {
        ($ops | Invoke-PgQuery 'SELECT 1 AS one' -TimeoutSec 60).one | Should -Be 1
    }

    It '-TimeoutSec may be as large as can be' {
        ($ops | Invoke-PgQuery 'SELECT 1 AS one' -TimeoutSec ([int]::MaxValue)).one | Should -Be 1
    }

    It 'Ctrl+C ends the statement on the server' {
        $pipeline = Start-Pipeline '$user | Invoke-PgQuery "SELECT pg_sleep(600) /* stop me */"' @{ user = $ops }
        try {
            Wait-Until { (Get-Running 'stop me') -eq 1 } -What 'the statement'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $pipeline.Shell.Stop()
            Wait-Pipeline $pipeline
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
            Wait-Until { (Get-Running 'stop me') -eq 0 } -What 'the end on the server'
            $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { Close-Pipeline $pipeline }
    }

    It 'rows come as they are made, and Select-Object -First ends the query on the server' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        # The server holds rows back until it has 8 kB of them: each of these is more.
        $rows = $ops | Invoke-PgQuery "SELECT n, repeat('x', 20000) AS x, pg_sleep(CASE WHEN n > 4 THEN 0.5 ELSE 0 END) FROM generate_series(1, 600) AS n /* first */" |
            Select-Object -First 2
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        $rows.n | Should -Be 1, 2
        Wait-Until { (Get-Running '/* first */') -eq 0 } -What 'the end on the server'
    }

    It 'a first row of very many is there at once' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        ($ops | Invoke-PgQuery 'SELECT generate_series(1, 2000000000) AS n /* many */' | Select-Object -First 1).n | Should -Be 1
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        Wait-Until { (Get-Running '/* many */') -eq 0 } -What 'the end on the server'
    }

    It '-ErrorAction Stop downstream ends the query too' {
        { $ops | Invoke-PgQuery 'SELECT n FROM generate_series(1, 1000000) AS n /* downstream */' | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Wait-Until { (Get-Running '/* downstream */') -eq 0 } -What 'the end on the server'
    }

    It 'no session is left behind' {
        Wait-Until -What 'the end of the sessions' -Condition {
            (Get-Value "(SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())") -eq 0
        }
    }
}
