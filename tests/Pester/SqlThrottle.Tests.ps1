# SPDX-License-Identifier: MIT
# SQL over many connections at once.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $null = New-PgInstance a, b
    $opsA, $opsB = Get-PgInstance a, b | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru -ThrottleLimit 1 | New-PgManagerUser -Name ops -ThrottleLimit 1
    $slow = $opsA | New-PgDatabase slow
    $nap = "SELECT current_database() AS name, CASE WHEN current_database() = 'slow' THEN pg_sleep(1)::text END AS nap"
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Connections that are piped in' {
    It 'are worked on at once: a slow one holds up no other' {
        ($slow, $opsA, $opsB | Invoke-PgQuery ($nap -replace 'pg_sleep\(1\)', 'pg_sleep(6)')).name | Select-Object -Last 1 | Should -Be slow
        ($slow, $opsA, $opsB | Invoke-PgQuery $nap -ThrottleLimit 1).name | Should -Be slow, defaultdb, defaultdb
    }

    It 'keep their session and the order of their records' {
        $rows = $opsA, $opsB, $opsA, $opsB, $opsA | Invoke-PgQuery @'
            CREATE TEMP TABLE IF NOT EXISTS seen (i serial);
            INSERT INTO seen DEFAULT VALUES RETURNING i
'@
        @($rows | Where-Object PgInstance -EQ a).i | Should -Be 1, 2, 3
        @($rows | Where-Object PgInstance -EQ b).i | Should -Be 1, 2
    }

    It 'open no more sessions than are worked on' {
        $open = $opsA, $slow, $opsB, $slow, $opsA | Invoke-PgQuery @'
            SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'PgCloud%' AND pid <> pg_backend_pid()
'@ -ThrottleLimit 1
        $open.n | Should -Be 0, 0, 0, 0, 0
    }

    It 'fail each by itself' {
        $gone = Copy-Connection $opsA.Connection @{ Database = 'gone' }
        $rows = $opsA, $gone, $opsB | Invoke-PgQuery 'SELECT 1 AS one' -ErrorVariable problem -ErrorAction SilentlyContinue
        $rows.PgInstance | Sort-Object | Should -Be a, b
        @($problem).Count | Should -Be 1
    }

    It 'take grants at once, each in a transaction of its own' {
        $opsA, $opsB | New-PgRole joe
        $granted = $opsA, $opsB | Grant-PgRole pg_monitor joe -PassThru
        $granted.Change | Should -Be Created, Created
        ($opsA, $opsB | Grant-PgRole pg_monitor joe -PassThru).Change | Should -Be Unchanged, Unchanged
        ($opsA, $opsB | Get-PgRole joe | Remove-PgRole -PassThru -Confirm:$false).Name | Should -Be joe, joe
    }

    It 'are tested at once' {
        $opsA, $opsB | Test-PgConnection | Should -Be $true, $true
    }

    It 'are told of at Ctrl+C' {
        $pipeline = Start-Pipeline '$slow, $fast | Invoke-PgQuery $text' @{
            slow = $slow; fast = $opsB; text = $nap -replace 'pg_sleep\(1\)', 'pg_sleep(600)'
        }
        try {
            Wait-Until { $pipeline.Output.Count -gt 0 -and (Get-PgActivity -Connection $opsA -Database slow -State active) } -What 'the fast one, and the slow one'
            $pipeline.Shell.Stop()
            $pipeline.Shell.Streams.Warning | Should -BeLike "Invoke-PgQuery was stopped while it was at work on ops@*/slow. Whether it was done*"
        }
        finally {
            Close-Pipeline $pipeline
        }
        Wait-Until { -not (Get-PgActivity -Connection $opsA -Database slow -State active) } -What 'the end of the query'
    }
}

Describe 'A server that answers nothing any more' -Skip:(-not $IsLinux) {
    BeforeAll {
        # The server and the processes that serve its connections.
        function Get-ServerProcess([int] $Id) {
            $Id
            Get-Process postgres | Where-Object { $_.Parent.Id -eq $Id } | ForEach-Object Id
        }
    }

    It 'holds up nobody who ends his work on <What>' -ForEach @(
        @{ What = 'one connection'; Line = 'Invoke-PgQuery $text -Connection $slow' }
        @{ What = 'several'; Line = '$slow, $fast | Invoke-PgQuery $text' }
    ) {
        $frozen = @()
        $pipeline = Start-Pipeline $Line @{ slow = $slow; fast = $opsB; text = $nap -replace 'pg_sleep\(1\)', 'pg_sleep(600)' }
        try {
            Wait-Until { Get-PgActivity -Connection $opsA -Database slow -State active } -What 'the query'
            $frozen = @(Get-ServerProcess (Get-PgInstance a).Detail.ProcessId)
            kill -STOP @frozen

            # To cancel a query takes a connection of its own, for which there are 15 s.
            $took = Measure-Command { $pipeline.Shell.Stop() }
            $took.TotalSeconds | Should -BeLessThan 14
            $pipeline.Shell.Streams.Warning | Should -BeLike 'Invoke-PgQuery was stopped while it was at work on *ops@*/slow*'
            $took = Measure-Command { Close-Pipeline $pipeline }
            $took.TotalSeconds | Should -BeLessThan 14
        }
        finally {
            if ($frozen) { kill -CONT @frozen }
            Close-Pipeline $pipeline
        }
        Wait-Until { -not (Get-PgActivity -Connection $opsA -Database slow -State active) } -What 'the end of the query'
    }
}

Describe 'The rows of a fleet' {
    It 'say which instance they are from' {
        $rows = $opsA, $opsB | Invoke-PgQuery 'SELECT generate_series(1, 2) AS i'
        ($rows | Group-Object PgInstance | Sort-Object Name).Name | Should -Be a, b
        ($rows | Group-Object PgInstance | ForEach-Object Count) | Should -Be 2, 2
        $rows[0].psobject.Properties.Name | Should -Contain i
        $rows[0].GetType().BaseType | Should -Be ([PgCloud.PgRow])
    }

    It 'of one connection say so with -ThrottleLimit' {
        ($opsA | Invoke-PgQuery 'SELECT 1 AS i').psobject.Properties.Name | Should -Be i
        ($opsA | Invoke-PgQuery 'SELECT 1 AS i' -ThrottleLimit 1).PgInstance | Should -Be a
        (1, 2 | Invoke-PgQuery 'SELECT 1 AS i' -Connection $opsA -ThrottleLimit 4)[0].psobject.Properties.Name | Should -Be i
    }

    It 'keep a column of that name' {
        ($opsA, $opsB | Invoke-PgQuery 'SELECT 7 AS pginstance').pginstance | Should -Be 7, 7
    }

    It 'say so in every form' -ForEach 'Scalar', 'Json', 'DataTable' {
        ($opsA, $opsB | Invoke-PgQuery 'SELECT 1 AS i' -As $_).PgInstance | Sort-Object | Should -Be a, b
    }
}
