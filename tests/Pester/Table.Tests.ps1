# Import-PgTable and Export-PgTable.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $ops = New-PgInstance table | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
    $where = "$($ops.Connection)"
    $files = New-TestDirectory
    $before = Get-Location
    Set-Location $files

    # An empty table of its own for each test.
    function New-Table([string] $Columns = 'id int, name text, price numeric, day date, done boolean') {
        $name = "t_$([guid]::NewGuid().ToString('n').Substring(0, 12))"
        $null = $ops | Invoke-PgQuery "CREATE TABLE $name ($Columns)"
        $name
    }

    # All rows of a table as PostgreSQL writes them.
    function Get-Row([string] $Table) {
        ($ops | Invoke-PgQuery "SELECT coalesce(string_agg(t::text, ' ' ORDER BY t::text COLLATE `"C`"), '') AS r FROM $Table t").r
    }

    function Set-File([string] $Name, [string[]] $Line) {
        [IO.File]::WriteAllLines((Join-Path $files $Name), $Line)
    }
}

AfterAll {
    Set-Location $before
    Remove-Item $files -Recurse -Force
    Exit-PgHome $pgHome
}

Describe 'Import-PgTable of a file' {
    BeforeEach { $table = New-Table }

    It 'matches the header to the columns and says what it did' {
        Set-File a.csv 'Name,id', 'Zoë,1', ',2', '"",3'
        $copy = $ops | Import-PgTable $table -Path ./a.csv
        $copy | Should -BeOfType PgCloud.PgTableCopy
        $copy.Rows, $copy.Schema, $copy.Table, "$($copy.Change)" | Should -Be 3, 'public', $table, 'Updated'
        $copy.Path | Should -Be (Join-Path $files a.csv)
        "$($copy.Connection)" | Should -Be $where
        Get-Row $table | Should -Be '(1,Zoë,,,) (2,,,,) (3,"",,,)'
    }

    It 'finds the file from the location of PowerShell, by drive, and by wildcard' {
        Set-File 'w-1.csv' 'id', '1'
        Set-File 'w-2.csv' 'id', '2'
        Set-File 'w-[3].csv' 'id', '3'
        $null = New-PSDrive csv FileSystem $files
        try {
            ($ops | Import-PgTable $table -Path w-?.csv).Rows | Should -Be 1, 1
            ($ops | Import-PgTable $table -Path csv:/w-1.csv).Rows | Should -Be 1
            ($ops | Import-PgTable $table -LiteralPath 'w-[3].csv').Rows | Should -Be 1
        }
        finally { Remove-PSDrive csv }
        Get-Row $table | Should -Be '(1,,,,) (1,,,,) (2,,,,) (3,,,,)'
    }

    It 'takes delimiter, NULL, no header, columns and their other names' {
        Set-File d.csv 'x;NULL', '"NULL";7'
        $null = $ops | Import-PgTable $table -Path d.csv -Delimiter ';' -Null NULL -NoHeader -Column name, id
        Set-File e.csv 'Nummer', '8'
        $null = $ops | Import-PgTable $table -Path e.csv -ColumnMap @{ nummer = 'id' } -Schema public
        Get-Row $table | Should -Be '(,x,,,) (7,NULL,,,) (8,,,,)'
    }

    It 'reads <_>' -ForEach 'utf8BOM', 'unicode', 'latin1', 'bigendianunicode', '28591' {
        'id,name', '1,Zoë' | Set-Content enc.csv -Encoding ($_ -match '^\d' ? [int] $_ : $_)
        $null = $ops | Import-PgTable $table -Path enc.csv -Encoding $_
        Get-Row $table | Should -Be '(1,Zoë,,,)'
    }

    It 'names the line, column and value of a bad row, and imports nothing' {
        Set-File bad.csv 'id,name', '1,a', 'two,b'
        $problem = Get-Problem { $ops | Import-PgTable $table -Path bad.csv -Truncate }
        Assert-Problem $problem PgCloud.Table.RowInvalid InvalidOperation -Message 'line 3, column ''id''.*two.*Nothing was imported'
        $row = $problem.TargetObject
        $row.Line, $row.Column, $row.Value, $row.Table | Should -Be 3, 'id', 'two', "public.$table"
        Get-Row $table | Should -BeNullOrEmpty
    }

    It 'prints the statements with -WhatIf and does nothing' {
        Set-File w.csv 'ID', '1'
        $said = Invoke-Child -ArgumentList $pgHome, $table, (Join-Path $files w.csv) -Script {
            param($Module, $State, $Table, $File)
            Import-Module $Module
            $null = Connect-PgCloud -Provider Local -StateDirectory $State
            Get-PgInstance | New-PgManagerUser -Name whatif | Import-PgTable $Table -Path $File -Truncate -WhatIf
        }
        $said.Output | Should -Match "(?s)BEGIN;.*TRUNCATE `"public`".`"$table`";.*COPY `"public`".`"$table`" \(`"id`"\) FROM STDIN WITH \(FORMAT csv, HEADER\);\s+COMMIT;"
        Get-Row $table | Should -BeNullOrEmpty
    }

    It 'says what is not there' {
        Set-File n.csv 'id,nome', '1,a'
        Assert-Problem (Get-Problem { $ops | Import-PgTable $table -Path n.csv }) PgCloud.Table.ColumnNotFound ObjectNotFound nome
        Assert-Problem (Get-Problem { $ops | Import-PgTable nowhere -Path n.csv }) PgCloud.Table.NotFound ObjectNotFound nowhere
        Assert-Problem (Get-Problem { $ops | Import-PgTable $table -Path no.csv }) PgCloud.Table.FileNotFound ObjectNotFound no.csv
        Assert-Problem (Get-Problem { $ops | Import-PgTable $table -Path no-*.csv }) PgCloud.Table.FileNotFound ObjectNotFound 'no-*.csv'
        Assert-Problem (Get-Problem { $ops | Import-PgTable $table -Path Env:/PATH }) PgCloud.Table.FileFailed WriteError
        { $ops | Import-PgTable $table -Path n.csv -Encoding klingon } | Should -Throw '*no encoding*klingon*'
    }
}

Describe 'Import-PgTable of the pipeline' {
    BeforeEach { $table = New-Table }

    It 'takes objects, hashtables and what Import-Csv gives' {
        $day = [datetime] '2031-02-03'
        [pscustomobject] @{ ID = 1; Name = "a`tb`n\c"; Price = 1.5d; Day = $day; Done = $true }, @{ id = 2; done = $false } |
            Import-PgTable $table -Connection $ops | ForEach-Object Rows | Should -Be 2
        Set-File i.csv 'id,name', '3,x', '4,'
        (Import-Csv i.csv | Import-PgTable $table -Connection $ops -Null '').Rows | Should -Be 2
        [ordered] @{ id = 5; name = '' } | Import-PgTable $table -Connection $ops | Out-Null
        Get-Row $table | Should -Be ("(1,`"a`tb`n\\c`",1.5,2031-02-03,t) (2,,,,f) (3,x,,,) (4,,,,) (5,`"`",,,)" -replace '\\\\', '\\')
    }

    It 'refuses what has no properties' {
        Assert-Problem (Get-Problem { 1, 2 | Import-PgTable $table -Connection $ops }) PgCloud.Table.ObjectEmpty InvalidArgument "public.$table"
        Get-Row $table | Should -BeNullOrEmpty
    }

    It 'takes rows of Invoke-PgQuery and of a DataTable' {
        $null = $ops | Invoke-PgQuery "INSERT INTO $table VALUES (1, 'a', 1.25, '2031-02-03', true), (2, NULL, NULL, 'infinity', NULL)"
        $null = $ops | Invoke-PgQuery "SELECT * FROM $table" | Import-PgTable $table -Connection $ops
        ($ops | Invoke-PgQuery "SELECT count(*)::int AS n, count(DISTINCT t)::int AS d FROM $table t" | ForEach-Object { "$($_.n) $($_.d)" }) | Should -Be '4 2'
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('id', [int]), $data.Columns.Add('price', [decimal])
        $null = $data.Rows.Add(7, 2.5), $data.Rows.Add(8, [DBNull]::Value)
        ($data | Import-PgTable $table -Connection $ops -Truncate).Rows | Should -Be 2
        Get-Row $table | Should -Be '(7,,2.5,,) (8,,,,)'
    }

    It 'takes what Invoke-PgQuery has of its own: <type>' -ForEach @(
        @{ type = 'int4range'; value = "'[1,5)'" }
        @{ type = 'tstzrange'; value = "'[2031-02-03 04:05:06.789+00,)'" }
        @{ type = 'numrange[]'; value = "ARRAY['empty', '[1.5,2.5]']::numrange[]" }
        @{ type = 'int4multirange'; value = "'{[1,5),[7,9)}'" }
        @{ type = 'int8multirange'; value = "'{}'" }
        @{ type = 'interval'; value = "'1 year -2 months 3 days 00:00:00.5'" }
        @{ type = 'interval[]'; value = "ARRAY['1 year', '3 days']::interval[]" }
        @{ type = 'macaddr'; value = "'08:00:2b:01:02:03'" }
    ) {
        $null = $ops | Invoke-PgQuery "CREATE TABLE ${table}_of (v $type); INSERT INTO ${table}_of VALUES ($value)"
        ($ops | Invoke-PgQuery "SELECT v FROM ${table}_of" | Import-PgTable "${table}_of" -Connection $ops).Rows | Should -Be 1
        $ops | Invoke-PgQuery "SELECT count(*)::int AS n, count(DISTINCT v)::int AS d FROM ${table}_of" | ForEach-Object { "$($_.n) $($_.d)" } | Should -Be '2 1'
        $null = $ops | Invoke-PgQuery "DROP TABLE ${table}_of"
    }

    It 'takes some properties, also computed ones, by other names' {
        Get-Process -Id $PID | Import-PgTable $table -Column id, name -Connection $ops | Out-Null
        [pscustomobject] @{ a = 1 } | Select-Object @{ n = 'twice'; e = { $_.a * 2 } }, a |
            Import-PgTable $table -ColumnMap @{ twice = 'id' } -Column id -Connection $ops | Out-Null
        Get-Row $table | Should -Match "\($PID,pwsh,,,\)"
        Get-Row $table | Should -Match '\(2,,,,\)'
    }

    It 'takes lines of CSV, so that a table can be copied without a file' {
        $other = New-Table
        'id,name', '1,"a,b"', '2,' | Import-PgTable $table -Connection $ops | Out-Null
        ($ops | Export-PgTable $table | Import-PgTable $other -Connection $ops).Rows | Should -Be 2
        Get-Row $other | Should -Be '(1,"a,b",,,) (2,,,,)'
        "id`n3`n4`n" | Import-PgTable $other -Connection $ops -Truncate | ForEach-Object Rows | Should -Be 2
    }

    It 'is all or nothing: <what>' -ForEach @(
        @{ what = 'a bad value'; last = { [pscustomobject] @{ id = 'x' } }; id = 'PgCloud.Table.RowInvalid' }
        @{ what = 'a value without a form'; last = { [pscustomobject] @{ id = @{} } }; id = 'PgCloud.Table.RowInvalid' }
        @{ what = 'a failure upstream'; last = { throw 'upstream' }; id = 'upstream' }
    ) {
        $problem = Get-Problem { & { 1..5000 | ForEach-Object { [pscustomobject] @{ id = $_ } }; & $last } | Import-PgTable $table -Connection $ops }
        @($problem).Count | Should -Be 1
        "$($problem[0].FullyQualifiedErrorId)" | Should -BeLike "$id*"
        Get-Row $table | Should -BeNullOrEmpty
        if ($id -ne 'upstream') { $problem[0].TargetObject.Line | Should -Be 5001 }
    }

    It 'leaves nothing when it is stopped' {
        $run = Start-Pipeline '& { 1..100000 | ForEach-Object { [pscustomobject] @{ id = $_ } }; Start-Sleep 600 } | Import-PgTable $table -Connection $ops' @{ table = $table; ops = $ops }
        try {
            Wait-Until { ($ops | Invoke-PgQuery "SELECT count(*)::int AS n FROM pg_stat_progress_copy WHERE tuples_processed > 1000").n -gt 0 } -What 'the copy'
            $run.Shell.Stop()
            Wait-Pipeline $run
        }
        finally { Close-Pipeline $run }
        Get-Row $table | Should -BeNullOrEmpty
    }

    It 'does nothing without objects' {
        $null = $ops | Invoke-PgQuery "INSERT INTO $table VALUES (1)"
        @() | Import-PgTable $table -Connection $ops -Truncate | Should -BeNullOrEmpty
        Get-Row $table | Should -Be '(1,,,,)'
    }
}

Describe 'Export-PgTable' {
    BeforeAll {
        $table = New-Table
        $null = $ops | Invoke-PgQuery "INSERT INTO $table VALUES (1, 'a ""b"", c', 1.50, '2031-02-03', true), (2, NULL, NULL, NULL, NULL), (3, '', 0, 'infinity', false)"
    }

    It 'writes a file that Import-Csv and Import-PgTable read' {
        $copy = $ops | Export-PgTable $table -Path ./out.csv
        $copy.Rows, $copy.Table, "$($copy.Change)" | Should -Be 3, $table, 'None'
        $copy.Path | Should -Be (Join-Path $files out.csv)
        (Import-Csv out.csv).name | Should -Be 'a "b", c', '', ''
        $other = New-Table
        $null = $ops | Import-PgTable $other -Path out.csv
        Get-Row $other | Should -Be (Get-Row $table)
    }

    It 'writes lines without -Path, and stops when the reader does' {
        $ops | Export-PgTable $table -Column id, name | Should -Be 'id,name', '1,"a ""b"", c"', '2,', '3,""'
        ($ops | Export-PgTable $table | ConvertFrom-Csv).id | Should -Be '1', '2', '3'
        $ops | Export-PgTable -Query 'SELECT generate_series(1, 100000000) AS n' | Select-Object -First 2 | Should -Be 'n', '1'
    }

    It 'takes a query, delimiter, NULL, no header and an encoding' {
        $null = $ops | Export-PgTable -Query "SELECT name, id FROM $table WHERE id = 2 -- two" -Path q.csv -Delimiter ';' -Null NULL -NoHeader -Encoding utf8BOM
        [IO.File]::ReadAllBytes((Join-Path $files q.csv)) | Should -Be @(0xEF, 0xBB, 0xBF + [Text.Encoding]::ASCII.GetBytes("NULL;2`n"))
        ($ops | Export-PgTable -Query "SELECT 'Zoë' AS n" -Path u.csv -Encoding unicode).Rows | Should -Be 1
        Get-Content u.csv | Should -Be 'n', 'Zoë'
    }

    It 'replaces a file, but not with -NoClobber nor after a failure' {
        Set-Content old.csv before
        Assert-Problem (Get-Problem { $ops | Export-PgTable $table -Path old.csv -NoClobber }) PgCloud.Table.FileExists ResourceExists
        Assert-Problem (Get-Problem { $ops | Export-PgTable -Query 'SELECT 1/(3-n) FROM generate_series(1,5) n' -Path old.csv }) PgCloud.Sql.Failed InvalidOperation
        Assert-Problem (Get-Problem { $ops | Export-PgTable nowhere -Path new.csv }) PgCloud.Table.NotFound ObjectNotFound nowhere
        $ops | Export-PgTable $table -Path old.csv -WhatIf
        Get-Content old.csv | Should -Be before
        Test-Path new.csv | Should -BeFalse
        Get-ChildItem *.tmp | Should -BeNullOrEmpty
        $null = $ops | Export-PgTable $table -Path old.csv
        (Get-Content old.csv)[0] | Should -Be 'id,name,price,day,done'
    }

    It 'does not wait for ever for itself' {
        # Long enough that it is still being read when it is to be emptied.
        $null = $ops | Invoke-PgQuery 'CREATE UNLOGGED TABLE long AS SELECT n AS id, repeat(''x'', 1000) AS text FROM generate_series(1, 60000) n'
        $problem = Get-Problem { $ops | Export-PgTable long | Import-PgTable long -Truncate -Connection $ops }
        Assert-Problem $problem PgCloud.Sql.LockTimeout ResourceUnavailable
        ($ops | Invoke-PgQuery 'SELECT count(*)::int AS n FROM long').n | Should -Be 60000
    }

    It 'says where there is such a table' {
        $null = $ops | Invoke-PgQuery 'CREATE SCHEMA "App"; CREATE TABLE "App"."Orders" (id int)'
        $problem = Get-Problem { $ops | Export-PgTable orders }
        Assert-Problem $problem PgCloud.Table.NotFound ObjectNotFound orders
        $problem.ErrorDetails.RecommendedAction | Should -Match 'App\.Orders'
        $ops | Export-PgTable Orders -Schema App | Should -Be 'id'
    }

    It 'says of a name with its schema before it that they are given apart' {
        $null = $ops | Invoke-PgQuery 'CREATE SCHEMA apart; CREATE TABLE apart.orders (id int)'
        $problem = Get-Problem { $ops | Export-PgTable apart.orders }
        Assert-Problem $problem PgCloud.Table.NotFound ObjectNotFound apart.orders 'no table "apart\.orders"'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'There is: apart\.orders\..*-Schema'
    }
}
