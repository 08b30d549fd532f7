# SPDX-License-Identifier: MIT
# Current queries, query statistics and integrations by the API of OVHcloud, against the emulator, whose servers really run the queries.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $session = Connect-Emulator $emulator
    $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -AuthorisedIp 127.0.0.1 -Wait
    $admin = Reset-PgUserPassword orders -Name avnadmin -Confirm:$false
    $logs = (Add-EmulatorService $emulator 1 logs)[0]
    $open = [Collections.Generic.List[object]]::new()
    function Start-Query([string] $Sql) {
        $pipeline = Start-Pipeline 'Invoke-PgQuery $sql -Connection $connection' @{ connection = $admin.Connection; sql = $Sql }
        $open.Add($pipeline)
        $pipeline
    }
    function Get-Message($Pipeline) { $null = Wait-Pipeline $Pipeline; "$($Pipeline.Shell.Streams.Error)" }
    # A query that runs, seen by the API.
    function Wait-Query([string] $Sql = 'SELECT pg_sleep(600) AS nap') {
        $pipeline = Start-Query $Sql
        Wait-Until { Get-PgCurrentQuery orders -State active | Where-Object Query -EQ $Sql }
        $pipeline
    }
}

AfterAll {
    $open | ForEach-Object { Close-Pipeline $_ }
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Get-PgCurrentQuery and Stop-PgCurrentQuery' {
    AfterEach {
        Get-PgCurrentQuery orders -State active | Stop-PgCurrentQuery -Terminate -Confirm:$false
        $open | ForEach-Object { $_.Shell.Stop() }
    }

    It 'shows what runs, in the words of Get-PgActivity' {
        $null = Wait-Query
        $seen = Get-PgCurrentQuery orders -UserName avn* -Database defaultdb -State ACTIVE
        $seen | Should -BeOfType PgCloud.PgCurrentQuery
        $same = $admin | Get-PgActivity -State active
        foreach ($property in 'ProcessId', 'User', 'Database', 'Application', 'ClientAddress', 'BackendType', 'State', 'Wait', 'Query', 'ConnectedAt',
            'QueryStartedAt', 'TransactionStartedAt', 'StateChangedAt') {
            $seen.$property | Should -Be $same.$property -Because $property
        }
        $seen.Duration | Should -BeGreaterThan ([timespan]::Zero)
        $seen.ConnectedAt.Offset | Should -Be ([timespan]::Zero)
        $seen.Instance.Name | Should -Be 'orders'
        Get-PgCurrentQuery orders -UserName nobody | Should -BeNullOrEmpty
        Get-PgCurrentQuery orders -Database nowhere | Should -BeNullOrEmpty
        (Get-PgCurrentQuery orders -ProcessId $seen.ProcessId).ProcessId | Should -Be $seen.ProcessId
        ($orders | Get-PgCurrentQuery -State active).ProcessId | Should -Be $seen.ProcessId
    }

    It 'cancels a query, and the client is told' {
        $sleeper = Wait-Query
        $stopped = Get-PgCurrentQuery orders -State active | Stop-PgCurrentQuery -PassThru -Confirm:$false
        $stopped.Change, $stopped.ChangeDetail | Should -Be 'Updated', ''
        Get-Message $sleeper | Should -Match 'cancel'
    }

    It 'ends a session' {
        $sleeper = Wait-Query
        $stopped = Get-PgCurrentQuery orders -State active | Stop-PgCurrentQuery -Terminate -PassThru -Confirm:$false
        $stopped.Change | Should -Be 'Removed'
        Get-Message $sleeper | Should -Match 'terminat'
        Wait-Until { -not (Get-PgCurrentQuery orders -ProcessId $stopped.ProcessId) }
    }

    It 'has cancelled a query although the API answers that it failed' {
        $sleeper = Wait-Query
        Set-EmulatorFault $emulator 500-done '*/cancel' -Method POST
        (Get-PgCurrentQuery orders -State active | Stop-PgCurrentQuery -PassThru -Confirm:$false).Change | Should -Be 'Updated'
        Get-Message $sleeper | Should -Match 'cancel'
    }

    It 'leaves another query and another session alone' {
        $null = Wait-Query
        $seen = Get-PgCurrentQuery orders -State active
        $later = Stop-PgCurrentQuery orders $seen.ProcessId -QueryStartedAt $seen.QueryStartedAt.AddSeconds(-1) -PassThru -Confirm:$false
        $later.Change | Should -Be 'Unchanged'
        $later.ChangeDetail | Should -BeLike '*began another one since*'
        $other = Stop-PgCurrentQuery orders $seen.ProcessId -ConnectedAt $seen.ConnectedAt.AddSeconds(-1) -Terminate -PassThru -Confirm:$false
        $other.Change | Should -Be 'Unchanged'
        $other.ChangeDetail | Should -BeLike '*another one has the process id*'
        (Get-PgCurrentQuery orders -State active).QueryStartedAt | Should -Be $seen.QueryStartedAt
    }

    It 'reports what is gone as Unchanged, and sends nothing' {
        Reset-EmulatorCall $emulator
        $gone = Stop-PgCurrentQuery orders 2147483000 -PassThru -Confirm:$false
        $gone.ProcessId, $gone.Change | Should -Be 2147483000, 'Unchanged'
        $gone.ChangeDetail | Should -BeLike '*no session with process id 2147483000*'
        Get-EmulatorCall $emulator POST | Should -Be 0
    }

    It 'stops nothing with -WhatIf' {
        $null = Wait-Query
        Get-PgCurrentQuery orders | Stop-PgCurrentQuery -Terminate -WhatIf
        @(Get-PgCurrentQuery orders -State active).Count | Should -Be 1
    }
}

Describe 'Get-PgQueryStatistic and Reset-PgQueryStatistic' {
    BeforeAll {
        # More than a page.
        $null = $admin | Invoke-PgQuery ((1..120 | ForEach-Object { 'SELECT {0}' -f (@(1) * $_ -join ',') }) -join '; ')
        $null = $admin | Invoke-PgQuery 'CREATE SCHEMA shop; CREATE TABLE shop.item AS SELECT g AS n FROM generate_series(1, 20000) g'
    }

    It 'shows all pages, what took longest first' {
        $all = Get-PgQueryStatistic orders
        $all | Should -BeOfType PgCloud.PgQueryStatistic
        @($all | Where-Object Query -Match '^SELECT \$1(,\$\d+)*$').Count | Should -Be 120
        $all.TotalTime | Should -Be ($all.TotalTime | Sort-Object -Descending)
    }

    It 'has times, counts and bytes in their types' {
        $one = Get-PgQueryStatistic orders | Where-Object Query -Like 'CREATE TABLE shop.item*'
        $one.User, $one.Database, $one.Calls, $one.Rows | Should -Be 'avnadmin', 'defaultdb', 1, 20000
        $one.TotalTime | Should -BeOfType timespan
        $one.TotalTime | Should -BeGreaterThan ([timespan]::Zero)
        $one.MeanTime | Should -Be $one.TotalTime
        $one.TotalSeconds | Should -Be $one.TotalTime.TotalSeconds
        $one.WalBytes | Should -BeGreaterThan 0
        $one.SharedBlocksHit | Should -BeGreaterThan 0
        $one.CacheHitPercent | Should -BeGreaterThan 0
        $one.Instance.Name | Should -Be 'orders'
    }

    It 'filters by user and database' {
        @(Get-PgQueryStatistic orders -UserName nobody*).Count | Should -Be 0
        @(Get-PgQueryStatistic orders -Database default* -UserName avnadmin).Count | Should -BeGreaterThan 119
    }

    It 'begins anew, but not with -WhatIf' {
        Reset-PgQueryStatistic orders -WhatIf
        @(Get-PgQueryStatistic orders).Count | Should -BeGreaterThan 119
        $reset = Get-PgInstance orders | Reset-PgQueryStatistic -Confirm:$false -PassThru
        $reset.Name, $reset.Change | Should -Be 'orders', 'Updated'
        @(Get-PgQueryStatistic orders).Count | Should -Be 0
    }
}

Describe 'Integrations' {
    It 'are listed by kind, those there can be' {
        $kinds = Get-PgIntegration orders -Available
        $kinds | Should -BeOfType PgCloud.PgIntegrationCapability
        $kinds.Type | Should -Contain 'opensearchLogs'
        (Get-PgIntegration orders -Available -Type OpenSearch*).DestinationEngine | Should -Be 'opensearch'
        Get-PgIntegration orders | Should -BeNullOrEmpty
    }

    It 'are made once, to a service by its name or id' {
        New-PgIntegration orders opensearchLogs -DestinationInstance logs -WhatIf
        Get-PgIntegration orders | Should -BeNullOrEmpty
        $made = New-PgIntegration orders opensearchLogs -DestinationInstance logs
        $made.Change, $made.Status, $made.Type | Should -Be 'Created', 'Ready', 'opensearchLogs'
        $made.SourceInstance, $made.DestinationInstance | Should -Be $orders.Id, $logs
        (New-PgIntegration orders opensearchLogs -DestinationInstance $logs).Change | Should -Be 'Unchanged'
        (New-PgIntegration orders opensearchLogs -SourceInstance orders -DestinationInstance logs).Id | Should -Be $made.Id
        (Get-PgIntegration orders).Id | Should -Be $made.Id
    }

    It 'come from a kind that is piped, and from an integration' {
        $kind = Get-PgIntegration orders -Available -Type grafanaDatasource
        $made = $kind | New-PgIntegration -DestinationInstance logs -Parameter @{ depth = 3; deep = $true }
        $made.Type, $made.Change | Should -Be 'grafanaDatasource', 'Created'
        $made.Parameter.depth, $made.Parameter.deep | Should -Be '3', 'true'
        $again = $made | New-PgIntegration
        $again.Id, $again.Change | Should -Be $made.Id, 'Unchanged'
    }

    It 'with other parameters are an error' {
        $problem = Get-Problem { New-PgIntegration orders grafanaDatasource -DestinationInstance logs -Parameter @{ depth = 4 } }
        Assert-Problem $problem PgCloud.Integration.Differs ResourceExists -Message 'depth=3'
    }

    It 'wait while the instance changes' {
        Set-EmulatorStatus $emulator $orders.Id UPDATING
        Reset-EmulatorCall $emulator
        $second = Start-Pipeline '$instance | New-PgIntegration -Type postgresqlMetrics -SourceInstance $logs' @{ instance = Get-PgInstance orders; logs = $logs }
        $open.Add($second)
        # It was refused, and looks again until the change has ended.
        Wait-Until { (Get-EmulatorCall $emulator POST) -ge 1 }
        $second.Handle.IsCompleted | Should -BeFalse
        Set-EmulatorStatus $emulator $orders.Id READY
        Wait-Pipeline $second
        $second.Shell.Streams.Error | Should -BeNullOrEmpty
        $made = @($second.Output)[-1]
        $made.Change, $made.SourceInstance, $made.DestinationInstance | Should -Be 'Created', $logs, $orders.Id
    }

    It 'are refused where the ends are not right, and where the kind is unknown' {
        Assert-Problem (Get-Problem { New-PgIntegration orders x }) PgCloud.Integration.EndMissing InvalidArgument orders
        Assert-Problem (Get-Problem { New-PgIntegration orders x -DestinationInstance orders }) PgCloud.Integration.EndsInvalid InvalidArgument orders
        Assert-Problem (Get-Problem { New-PgIntegration orders x -DestinationInstance nowhere }) PgCloud.Integration.ServiceNotFound ObjectNotFound nowhere
        $two = Add-EmulatorService $emulator 2 twin
        $problem = Get-Problem { New-PgIntegration orders x -DestinationInstance twin }
        Assert-Problem $problem PgCloud.Integration.ServiceAmbiguous InvalidArgument twin ($two -join '|')
        $problem = Get-Problem { New-PgIntegration orders somethingNew -DestinationInstance logs }
        Assert-Problem $problem PgCloud.Cloud.RequestRefused InvalidArgument -Message 'somethingNew'
    }

    It 'are removed, and then are not there' {
        $all = Get-PgIntegration orders
        $all | Remove-PgIntegration -WhatIf
        @(Get-PgIntegration orders).Count | Should -Be $all.Count
        $removed = Get-PgIntegration orders -Type opensearch* | Remove-PgIntegration -Confirm:$false -PassThru
        $removed.Change, $removed.Type | Should -Be 'Removed', 'opensearchLogs'
        (Remove-PgIntegration orders $removed.Id -Confirm:$false -PassThru).Change | Should -Be 'Unchanged'
        Assert-Problem (Get-Problem { Get-PgIntegration orders $removed.Id }) PgCloud.Integration.NotFound ObjectNotFound $removed.Id
        Get-Problem { Get-PgIntegration orders 0* } | Should -BeNullOrEmpty
    }

    It 'complete their kinds' {
        Get-Offer 'New-PgIntegration orders -Type open' | Should -Be 'opensearchLogs'
    }
}

Describe 'Provider Local' {
    BeforeAll {
        $pgHome = Enter-PgHome
        $local = Get-PgCloudSession | Where-Object Provider -EQ Local
        # A directory that is broken off is an instance too, and costs no server.
        $half = New-Item (Join-Path $pgHome half) -ItemType Directory
        Set-Content (Join-Path $half instance.json) '{"Name":"half","Id":"half"}'
    }

    AfterAll {
        Remove-Item $pgHome -Recurse
        Disconnect-PgCloud $local
    }

    It 'says of <_> what to use in its place' -ForEach @(
        'Get-PgCurrentQuery half', 'Stop-PgCurrentQuery half 1', 'Get-PgQueryStatistic half', 'Reset-PgQueryStatistic half', 'Get-PgIntegration half',
        'New-PgIntegration half x -DestinationInstance y', 'Remove-PgIntegration half x'
    ) {
        $problem = Get-Problem ([scriptblock]::Create("$_ -Session `$local"))
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Get-PgActivity|pg_stat_statements|Get-PgConnection'
    }
}
