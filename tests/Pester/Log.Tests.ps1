# SPDX-License-Identifier: MIT
# Logs of both providers; log kinds, links and subscriptions of provider Ovh.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $session = Connect-Emulator $emulator
    $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1
    $stream = '8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10'
    $pgHome = Enter-PgHome
    $local = Get-PgCloudSession | Where-Object Provider -EQ Local
    $user = New-PgInstance shop -Session $local | Add-PgAuthorisedIp -Address 127.0.0.1 -Session $local -PassThru | New-PgManagerUser -Name ops -Session $local
    $shop = $user.Instance

    # What a pipeline that still runs has written so far.
    function Get-Written($Pipeline) {
        for ($i = 0; $i -lt $Pipeline.Output.Count; $i++) { $Pipeline.Output[$i] }
    }

    # Leaves an entry in the log of a server.
    function Add-LogEntry($Instance, [string] $Mark) {
        $null = Get-PgConnection $Instance (New-Credential $Mark 'wrong') | Test-PgConnection
    }
}

AfterAll {
    Stop-Emulator $emulator
    Exit-PgHome $pgHome
}

Describe 'Get-PgLog of <Name>' -ForEach @{ Name = 'Ovh' }, @{ Name = 'Local' } {
    BeforeAll {
        # While it is being made, its log is waited for.
        $instance = $Name -eq 'Ovh' ? $orders : $shop
        $its = $Name -eq 'Ovh' ? $session : $local
        $all = @(Get-PgLog $instance)
        $instance = Get-PgInstance $instance.Id -Session $its
    }

    It 'writes entries, oldest first, in UTC, with what they belong to' {
        $all.Count | Should -BeGreaterThan 3
        $all[0] | Should -BeOfType PgCloud.PgLogEntry
        $all.Timestamp | Should -Be ($all.Timestamp | Sort-Object)
        $all.Timestamp.Offset | Select-Object -Unique | Should -Be ([timespan]::Zero)
        [math]::Abs(($all[-1].Timestamp - [DateTimeOffset]::UtcNow).TotalMinutes) | Should -BeLessThan 5
        $all[-1].HostName | Should -Not -BeNullOrEmpty
        $all[-1].Instance.Id | Should -Be $instance.Id
        ($all | Where-Object Message -Match 'ready to accept connections' | Select-Object -First 1).Severity | Should -Be 'LOG'
    }

    It 'filters by pattern, number and time' {
        Add-LogEntry $instance first_mark
        Add-LogEntry $instance second_mark
        (Get-PgLog $instance 'password.*FIRST_mark').Count | Should -Be 1
        (Get-PgLog $instance -Pattern first_mark, second_mark).Count | Should -BeGreaterOrEqual 2
        $last = Get-PgLog $instance -Pattern 'failed for user "\w+_mark"' -Last 1
        $last.Message | Should -Match 'second_mark'
        (Get-PgLog $instance second_mark -Since $last.Timestamp -Until $last.Timestamp).Message | Should -Contain $last.Message
        @(Get-PgLog $instance -Since $last.Timestamp.AddMinutes(10)).Count | Should -Be 0
        @(Get-PgLog $instance -Until $all[0].Timestamp.AddSeconds(-1)).Count | Should -Be 0
        @(Get-PgLog $instance -Last 0).Count | Should -Be 0
        @($instance | Get-PgLog -Last 2).Count | Should -Be 2
    }

    It 'follows the log until it is stopped, and writes each entry once' {
        $mark = "follow_$($Name.ToLowerInvariant())"
        $pipeline = Start-Pipeline "Get-PgLog `$instance -Follow -Pattern '$mark|ready to accept' -Session `$session" @{
            instance = $instance; session = $its
        }
        try {
            Wait-Until { $pipeline.Output.Count -ge 1 } -What 'the log as it was'
            Add-LogEntry $instance "${mark}_1"
            Wait-Until { @(Get-Written $pipeline | Where-Object Message -Match "failed for user `"${mark}_1").Count -ge 1 } -What 'the first entry'
            Add-LogEntry $instance "${mark}_2"
            Wait-Until { @(Get-Written $pipeline | Where-Object Message -Match "failed for user `"${mark}_2").Count -ge 1 } -What 'the second entry'
            $pipeline.Shell.Stop()
            Wait-Pipeline $pipeline
            1, 2 | ForEach-Object {
                $entry = $_
                @(Get-Written $pipeline | Where-Object Message -Match "failed for user `"${mark}_$entry").Count | Should -Be @(Get-PgLog $instance "failed for user `"${mark}_$entry").Count
            }
            $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { Close-Pipeline $pipeline }
    }

    It 'ends with Select-Object -First' {
        @(Get-PgLog $instance -Follow | Select-Object -First 2).Count | Should -Be 2
    }
}

Describe 'Get-PgLog' {
    It 'keeps a statement of several lines together' {
        $null = Get-Problem { $user | Invoke-PgQuery "SELECT 1/0`n    AS several_lines" }
        $entry = Get-PgLog $shop several_lines
        $entry.Severity | Should -Be 'STATEMENT'
        $entry.Message | Should -Match "SELECT 1/0\n    AS several_lines$"
    }

    It 'follows several instances at once' {
        $pipeline = Start-Pipeline '$instance | Get-PgLog -Follow -Last 0' @{ instance = @($shop, (Get-PgInstance orders -Session $session)) }
        try {
            $names = {
                Add-LogEntry $shop both_shop
                Add-LogEntry (Get-PgInstance orders -Session $session) both_orders
                @((Get-Written $pipeline).Instance.Name | Select-Object -Unique).Count -eq 2
            }
            Wait-Until $names -What 'entries of both'
        }
        finally { Close-Pipeline $pipeline }
    }

    It 'refuses what makes no sense, before anything is read' {
        Assert-Problem (Get-Problem { Get-PgLog $shop '[' }) PgCloud.Log.PatternInvalid InvalidArgument '['
        Assert-Problem (Get-Problem { Get-PgLog $shop -Since 2026-02-25 -Until 2026-02-24 }) PgCloud.Log.RangeInvalid InvalidArgument
        Assert-Problem (Get-Problem { Get-PgLog $shop -Follow -Until 2026-02-24 }) PgCloud.Parameter.Conflict InvalidArgument Follow
        Assert-Problem (Get-Problem { Get-PgLog nowhere -Session $local }) PgCloud.Instance.NotFound ObjectNotFound nowhere
    }
}

Describe 'Kinds and links' {
    It 'are listed and made, and the link is shown by no stream but the output' {
        $kind = Get-PgLogKind $orders
        $kind.Kind, $kind.DisplayName, $kind.Instance.Name | Should -Be 'customer_logs', 'Customer logs', 'orders'
        (Get-PgInstance orders -Session $session | Get-PgLogKind -Kind *_logs).Kind | Should -Be 'customer_logs'
        $output = $kind | New-PgLogUrl -Verbose -Debug *>&1
        $link = $output | Where-Object { $_ -is [PgCloud.PgLogUrl] }
        $link.Url | Should -Match '^https://.*token'
        $link.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        $link.Instance.Name | Should -Be 'orders'
        @($output).Count | Should -BeGreaterThan 1
        "$link", ($output | Where-Object { $_ -ne $link }) | Out-String | Should -Not -Match 'token'
    }

    It 'are errors where there is none of that name' {
        Assert-Problem (Get-Problem { Get-PgLogKind $orders audit }) PgCloud.Log.KindNotFound ObjectNotFound audit 'customer_logs'
        Assert-Problem (Get-Problem { New-PgLogUrl $orders audit }) PgCloud.Log.KindNotFound ObjectNotFound audit 'customer_logs'
    }

    It 'complete' {
        Get-Offer 'New-PgLogUrl orders -Session $session -Kind ' | Should -Be 'customer_logs'
    }
}

Describe 'Log subscriptions' {
    It 'do nothing with -WhatIf' {
        New-PgLogSubscription $orders $stream customer_logs -WhatIf | Should -BeNullOrEmpty
        @(Get-PgLogSubscription $orders).Count | Should -Be 0
        New-PgLogUrl $orders customer_logs -WhatIf | Should -BeNullOrEmpty
    }

    It 'are made once, found and removed' {
        $made = Get-PgLogKind $orders | New-PgLogSubscription -StreamId $stream
        $made.Change, $made.StreamId, $made.Kind, $made.ServiceName | Should -Be 'Created', $stream, 'customer_logs', 'ldp-ab-12345'
        (New-PgLogSubscription $orders $stream.ToUpperInvariant() customer_logs).Change | Should -Be 'Unchanged'
        (Get-PgLogSubscription $orders).SubscriptionId | Should -Be $made.SubscriptionId
        @(Get-PgLogSubscription $orders -StreamId 8f3b*, 9* -Kind customer_*).Count | Should -Be 1
        @(Get-PgLogSubscription $orders -Kind audit*).Count | Should -Be 0
        Remove-PgLogSubscription $orders $made.SubscriptionId -WhatIf
        (Get-PgLogSubscription $orders | Remove-PgLogSubscription -PassThru).Change | Should -Be 'Removed'
        ($made | Remove-PgLogSubscription -PassThru).Change | Should -Be 'Unchanged'
        Assert-Problem (Get-Problem { Get-PgLogSubscription $orders $made.SubscriptionId }) PgCloud.Log.SubscriptionNotFound ObjectNotFound $made.SubscriptionId
    }

    It 'are copied to another instance' {
        $null = New-PgLogSubscription $orders $stream customer_logs
        $other = Add-EmulatorService $emulator 1 invoices
        $copy = Get-PgLogSubscription $orders | New-PgLogSubscription -Instance $other -Session $session
        $copy.Instance.Name, $copy.StreamId, $copy.Change | Should -Be 'invoices', $stream, 'Created'
    }

    It 'refuse what is no stream, and no kind, each by itself' {
        $problem = Get-Problem { New-PgLogSubscription $orders nonsense, $stream audit }
        $problem.Count | Should -Be 2
        Assert-Problem $problem[0] PgCloud.Log.StreamInvalid InvalidArgument nonsense
        Assert-Problem $problem[1] PgCloud.Log.KindNotFound ObjectNotFound audit
    }
}

Describe 'Provider Local' {
    It 'offers no <Cmdlet>, and says the way round' -ForEach @(
        @{ Cmdlet = 'Get-PgLogKind'; Arguments = @{} }
        @{ Cmdlet = 'New-PgLogUrl'; Arguments = @{ Kind = 'customer_logs' } }
        @{ Cmdlet = 'Get-PgLogSubscription'; Arguments = @{} }
        @{ Cmdlet = 'New-PgLogSubscription'; Arguments = @{ Kind = 'customer_logs'; StreamId = '8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10' } }
        @{ Cmdlet = 'Remove-PgLogSubscription'; Arguments = @{ SubscriptionId = 'x' } }
    ) {
        $problem = Get-Problem { & $Cmdlet $shop @Arguments }
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Get-PgLog'
    }
}
