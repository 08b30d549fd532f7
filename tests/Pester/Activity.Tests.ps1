# Get-PgActivity and Stop-PgBackend on sessions that really run, wait and block.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $ops = New-PgInstance activity | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
    $null = $ops | Invoke-PgQuery 'CREATE TABLE queue (n int)'
    $open = [Collections.Generic.List[object]]::new()
    function Start-Query([string] $Sql) {
        $pipeline = Start-Pipeline 'Invoke-PgQuery $sql -Connection $ops.Connection' @{ ops = $ops; sql = $Sql }
        $open.Add($pipeline)
        $pipeline
    }
    function Get-Message($Pipeline) { $null = Wait-Pipeline $Pipeline; "$($Pipeline.Shell.Streams.Error)" }
}

AfterAll {
    $open | ForEach-Object { Close-Pipeline $_ }
    Exit-PgHome $pgHome
}

Describe 'Get-PgActivity and Stop-PgBackend' {
    AfterEach {
        $ops | Get-PgActivity -State active | Stop-PgBackend -Terminate
        $open | ForEach-Object { $_.Shell.Stop() }
    }

    It 'shows what runs, and not itself' {
        $null = Start-Query 'SELECT pg_sleep(600) AS nap'
        Wait-Until { $ops | Get-PgActivity -State active }
        $seen = $ops | Get-PgActivity -State active -User ops -Application pgcloud -Database default*
        $seen | Should -BeOfType PgCloud.PgActivity
        $seen.Query | Should -Be 'SELECT pg_sleep(600) AS nap'
        $seen.ClientAddress | Should -Be '127.0.0.1'
        $ops | Get-PgActivity -User nobody | Should -BeNullOrEmpty
        $ops | Get-PgActivity -MinDurationSec 50 | Should -BeNullOrEmpty
        @($ops | Get-PgActivity -IncludeOwn).Count | Should -Be 2
        ($ops | Get-PgActivity -IncludeBackground).BackendType | Should -Contain 'checkpointer'
        ($ops | Get-PgActivity -ProcessId $seen.ProcessId).ProcessId | Should -Be $seen.ProcessId
        $ops | Get-PgDatabase postgres | Get-PgActivity | Should -BeNullOrEmpty
        ($ops | Get-PgDatabase defaultdb | Get-PgActivity -State active).ProcessId | Should -Be $seen.ProcessId
    }

    It 'cancels a query, and the client is told' {
        $sleeper = Start-Query 'SELECT pg_sleep(600)'
        Wait-Until { $ops | Get-PgActivity -State active }
        $stopped = $ops | Get-PgActivity -State active | Stop-PgBackend -PassThru
        $stopped.Change | Should -Be 'Updated'
        Get-Message $sleeper | Should -Match 'cancel'
    }

    It 'shows who blocks whom, and ending the root lets the others go on' {
        $root = Start-Query 'BEGIN; LOCK TABLE queue; SELECT pg_sleep(600)'
        Wait-Until { $ops | Get-PgActivity -State active }
        $waiting = Start-Query 'SELECT count(*)::int AS n FROM queue'
        Wait-Until { $ops | Get-PgActivity -Blocked }
        $both = $ops | Get-PgActivity -Blocked -Blocking
        $both.BlockingDepth | Should -Be 0, 1
        $both[1].BlockedBy | Should -Be $both[0].ProcessId
        $both[1].RootBlocker | Should -Be $both[0].ProcessId
        $both[0].Blocking | Should -Be $both[1].ProcessId
        ($ops | Get-PgActivity -Blocked).ProcessId | Should -Be $both[1].ProcessId
        $ended = $ops | Get-PgActivity -Blocking | Where-Object BlockingDepth -eq 0 | Stop-PgBackend -Terminate -PassThru
        $ended.Change | Should -Be 'Removed'
        $null = Wait-Pipeline $waiting
        $waiting.Output.n | Should -Be 0
        Get-Message $root | Should -Match 'terminat'
    }

    It 'leaves a session alone that has got the same process id' {
        $sleeper = Start-Query 'SELECT pg_sleep(600)'
        Wait-Until { $ops | Get-PgActivity -State active }
        $seen = $ops | Get-PgActivity -State active
        $problem = Get-Problem { Stop-PgBackend $seen.ProcessId -ConnectedAt $seen.ConnectedAt.AddSeconds(-1) -Terminate -Connection $ops }
        Assert-Problem $problem PgCloud.Activity.BackendNotFound ObjectNotFound $seen.ProcessId 'another one'
        $ops | Get-PgActivity -ProcessId $seen.ProcessId | Should -Not -BeNullOrEmpty
    }

    It 'stops nothing with -WhatIf, and says so when there is nothing to stop' {
        $null = Start-Query 'SELECT pg_sleep(600)'
        Wait-Until { $ops | Get-PgActivity -State active }
        $ops | Get-PgActivity -State active | Stop-PgBackend -Terminate -WhatIf
        @($ops | Get-PgActivity -State active).Count | Should -Be 1
        Assert-Problem (Get-Problem { $ops | Stop-PgBackend 2147483000 }) PgCloud.Activity.BackendNotFound ObjectNotFound 2147483000
    }
}
