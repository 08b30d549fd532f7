# What the Tab key offers.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $first = (Get-PgCloudSession).Name
    $null = New-PgInstance orders
    Stop-PgInstance orders
    # An instance that is broken off is offered too, since it can be removed; it costs no server.
    $half = New-Item (Join-Path $pgHome 'orders.old') -ItemType Directory
    Copy-Item (Join-Path $pgHome 'orders/instance.json') $half
    $null = Connect-PgCloud Local -Name 'a session'
    $null = Connect-PgCloud Local -Name main
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Completion' {
    It 'offers the providers' {
        Get-Offer 'Connect-PgCloud -Provider ' | Should -Be ([enum]::GetNames([PgCloud.PgProviderName]) | Sort-Object)
        Get-Offer 'Connect-PgCloud l' | Should -Be 'Local'
    }

    It 'offers the instances to <_>' -ForEach @(
        'Get-PgInstance ', 'Get-PgInstance -Name or', 'Remove-PgInstance ', 'Stop-PgInstance -Instance ord', 'Start-PgInstance ', 'Wait-PgInstance ',
        'Add-PgAuthorisedIp ', 'Get-PgAuthorizedIp ', 'New-PgManagerUser -Instance ', 'Get-PgCloudUser ', 'Reset-PgUserPassword ', 'Get-PgConnection OR'
    ) {
        Get-Offer $_ | Should -Be 'orders', 'orders.old'
    }

    It 'says of each instance what it is' {
        (Get-Completion 'Get-PgInstance orders')[0].ToolTip | Should -Match 'Stopped.*15|15.*Stopped|PostgreSQL'
    }

    It 'offers nothing that does not begin so' {
        Get-Offer 'Get-PgInstance x' | Should -BeNullOrEmpty
    }

    It 'takes wildcards in what was typed for themselves' {
        Get-Offer "Get-PgInstance '*" | Should -BeNullOrEmpty
        Get-Offer "Get-PgInstance '[" | Should -BeNullOrEmpty
    }

    It 'offers sessions, quoted where they must be' {
        Get-Offer 'Get-PgInstance -Session ' | Should -Be "'a session'", $first, 'main'
        Get-Offer "Get-PgInstance -Session 'a" | Should -Be "'a session'"
        Get-Offer 'Disconnect-PgCloud ma' | Should -Be 'main'
        Get-Offer 'Get-PgCloudSession lo' | Should -Be $first
    }

    It 'offers the states to wait for and the TLS modes' {
        Get-Offer 'Wait-PgInstance orders -Status St' | Should -Be 'Starting', 'Stopped'
        Get-Offer 'Get-PgConnection orders -TlsMode Ver' | Should -Be 'VerifyCA', 'VerifyFull'
    }

    It 'of an instance goes by the session that was given before' {
        $empty = New-TestDirectory
        $null = Connect-PgCloud Local -Name empty -StateDirectory $empty
        try {
            Get-Offer 'Get-PgInstance ' | Should -BeNullOrEmpty
            Get-Offer 'Get-PgInstance -Session main ' | Should -Be 'orders', 'orders.old'
        }
        finally {
            Disconnect-PgCloud empty
            Remove-Item $empty -Recurse
        }
    }

    It 'is quick, and silent where it has nothing to go by' {
        $pipeline = Start-Pipeline @'
$clock = [Diagnostics.Stopwatch]::StartNew()
$offers = foreach ($line in 'Get-PgInstance ', 'Get-PgInstance -Session ') {
    [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, @{}).CompletionMatches | Where-Object ResultType -eq ParameterValue
}
@($offers).Count
$clock.Elapsed.TotalSeconds
'@
        Wait-Pipeline $pipeline
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        $pipeline.Output[0] | Should -Be 0
        $pipeline.Output[1] | Should -BeLessThan 60
        Close-Pipeline $pipeline
    }

    It 'never throws, also where the state directory is gone' {
        $gone = New-TestDirectory
        $null = Connect-PgCloud Local -Name gone -StateDirectory $gone
        Remove-Item $gone -Recurse
        try { Get-Offer 'Get-PgInstance ' | Should -BeNullOrEmpty }
        finally { Disconnect-PgCloud gone }
    }
}
