# SPDX-License-Identifier: MIT
# Records of a pipeline that are worked on at once, against the emulator of OVHcloud's API.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator
    $null = Connect-Emulator $emulator
    $services = Add-EmulatorService $emulator 3 fleet
    $slow, $fast, $other = $services

    # Calls about one instance take that long.
    function Set-Delay([string] $Id, [int] $Milliseconds, [int] $Count = 1000) {
        $null = Invoke-RestMethod "$($emulator.control)/faults" -Method Post -ContentType application/json -Body (
            @{ fault = "delay=$Milliseconds"; path = "*/$Id*"; count = $Count } | ConvertTo-Json)
    }

    function Clear-Delay { $null = Invoke-RestMethod "$($emulator.control)/faults" -Method Delete }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Records that are piped in' {
    AfterEach { Clear-Delay }

    It 'are worked on at once: a slow one holds up no other' {
        Set-Delay $slow 6000
        ($slow, $fast, $other | Wait-PgInstance).Id | Select-Object -Last 1 | Should -Be $slow
    }

    It 'come in their order with -ThrottleLimit 1' {
        Set-Delay $slow 300
        ($slow, $fast, $other | Wait-PgInstance -ThrottleLimit 1).Id | Should -Be $slow, $fast, $other
    }

    It 'each use the parameters that were bound for them' {
        $asked = @(
            [pscustomobject]@{ Instance = $slow; Address = '192.0.2.1' }
            [pscustomobject]@{ Instance = $fast; Address = '192.0.2.2' }
            [pscustomobject]@{ Instance = $other; Address = '192.0.2.3' }
        )
        Set-Delay $slow 500
        $removed = $asked | Remove-PgAuthorisedIp -PassThru
        $removed | ForEach-Object { "$($_.Instance.Id) $($_.Cidr)" } | Sort-Object |
            Should -Be (("$slow 192.0.2.1/32", "$fast 192.0.2.2/32", "$other 192.0.2.3/32") | Sort-Object)
    }

    It 'fail each by itself' {
        Set-Delay $slow 500
        $found = $slow, 'nope', $fast | Wait-PgInstance -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Sort-Object | Should -Be ($slow, $fast | Sort-Object)
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound nope
    }

    It 'end with the first error where that is wanted' {
        { 'nope', $fast | Wait-PgInstance -ErrorAction Stop } | Should -Throw -ErrorId 'PgCloud.Instance.NotFound*'
    }

    It 'end when no more is wanted, without waiting for those under way' {
        Set-Delay $slow 60000
        ($fast, $slow, $other | Wait-PgInstance | Select-Object -First 1).Id | Should -BeIn $fast, $other
    }

    It 'end at Ctrl+C, which says what was under way' {
        Set-Delay $slow 60000
        $session = Get-PgCloudSession
        $pipeline = Start-Pipeline '$slow, $fast | Wait-PgInstance -Session $session' @{ slow = $slow; fast = $fast; session = $session }
        try {
            Wait-Until { $pipeline.Output.Count -gt 0 } -What 'the fast one'
            $pipeline.Shell.Stop()
            $pipeline.Output.Count | Should -Be 1
            $pipeline.Shell.Streams.Warning | Should -Be "Wait-PgInstance was stopped while it was at work on $slow."
        }
        finally {
            Close-Pipeline $pipeline
        }
    }

    It 'that were changed when Ctrl+C came may or may not be, and that is said' {
        Set-Delay $slow 60000
        Set-Delay $other 60000
        $session = Get-PgCloudSession
        $pipeline = Start-Pipeline '$slow, $fast, $other | Add-PgAuthorisedIp -Address 192.0.2.9 -PassThru -Session $session' @{
            slow = $slow; fast = $fast; other = $other; session = $session
        }
        try {
            Wait-Until { $pipeline.Output.Count -gt 0 } -What 'the fast one'
            $pipeline.Shell.Stop()
            $pipeline.Shell.Streams.Warning | Should -BeLike 'Add-PgAuthorisedIp was stopped *Whether it was done there is not known*'
            $pipeline.Shell.Streams.Warning | Should -Match $slow
            $pipeline.Shell.Streams.Warning | Should -Match $other
            $pipeline.Shell.Streams.Warning | Should -Not -Match $fast
        }
        finally {
            Close-Pipeline $pipeline
        }
    }

    It 'or a single one, whose call is on its way, are told of: <Line>' -ForEach @(
        @{ Line = 'New-PgInstance late -Region GRA -Session $session'; Name = 'late' }
        @{ Line = 'Remove-PgInstance $slow -Confirm:$false -Session $session'; Name = $null }
        @{ Line = 'Add-PgAuthorisedIp $slow 192.0.2.77 -Session $session -Verbose'; Name = $null }
    ) {
        Reset-EmulatorCall $emulator
        Set-EmulatorFault $emulator 'delay=60000' '*' 9 '!GET'
        $pipeline = Start-Pipeline $Line @{ slow = $slow; session = Get-PgCloudSession | Where-Object IsDefault }
        try {
            Wait-Until { (Get-EmulatorCall $emulator POST) + (Get-EmulatorCall $emulator PUT) + (Get-EmulatorCall $emulator DELETE) } -What 'the call'
            $pipeline.Shell.Stop()
            $pipeline.Shell.Streams.Warning | Should -BeLike "* was stopped while it was at work on $($Name ?? $slow). Whether it was done there is not known*"
        }
        finally {
            Close-Pipeline $pipeline
        }
    }

    It 'are told of, too, where Select-Object ends changes that are under way' {
        Set-Delay $slow 60000
        $session = Get-PgCloudSession
        $pipeline = Start-Pipeline @'
            $fast, $slow | Add-PgAuthorisedIp -Address 192.0.2.10 -PassThru -Session $session | Select-Object -First 1
            $fast, $slow | Add-PgAuthorisedIp -Address 192.0.2.10 -PassThru -Session $session -WarningAction SilentlyContinue | Select-Object -First 1
            $fast, $slow | Get-PgAuthorisedIp -Session $session | Select-Object -First 1
'@ @{ slow = $slow; fast = $fast; session = $session }
        try {
            $null = Wait-Pipeline $pipeline
            @($pipeline.Shell.Streams.Warning).Count | Should -Be 1
            $pipeline.Shell.Streams.Warning | Should -BeLike "Add-PgAuthorisedIp was stopped while it was at work on $slow.*"
        }
        finally {
            Close-Pipeline $pipeline
        }
    }

    It 'that are changes of one instance are made one after another, in their order' {
        $null = Set-PgAuthorisedIp $other -Address 198.51.100.1, 198.51.100.2 -Confirm:$false

        # The first is slow, and not overtaken.
        Set-Delay $other 1500 1
        $removed = 1, 2 | ForEach-Object { [pscustomobject]@{ Instance = $other; Cidr = "198.51.100.$_" } } |
            Remove-PgAuthorisedIp -PassThru -WarningVariable warned
        $removed.Cidr | Should -Be '198.51.100.1/32', '198.51.100.2/32'
        $removed.Change | Should -Be Removed, Removed
        $warned | Should -BeNullOrEmpty
        Get-PgAuthorisedIp $other | Should -BeNullOrEmpty
    }

    It 'are asked about one after another, and not changed with -WhatIf' {
        Reset-EmulatorCall $emulator
        $slow, $fast, $other | Add-PgAuthorisedIp -Address 192.0.2.1 -WhatIf
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
    }

    It 'are worked on up to -ThrottleLimit at once, and no more' {
        $services | ForEach-Object { Set-Delay $_ 300 }
        $took = Measure-Command { $found = 1..4 | ForEach-Object { $services } | Wait-PgInstance -ThrottleLimit 3 }
        $found.Count | Should -Be 12
        $took.TotalMilliseconds | Should -BeGreaterThan 1190 -Because 'it takes four rounds'
    }

    It 'are taken from the pipeline as they are needed, however many there are' {
        $script:made = 0
        $found = & { while ($true) { $script:made++; $fast } } | Wait-PgInstance -ThrottleLimit 2 | ForEach-Object { Start-Sleep -Milliseconds 20; $_ } |
            Select-Object -First 30
        $found.Count | Should -Be 30
        $script:made | Should -BeLessThan 60
    }

    It 'are at least one and at most 256 at once' {
        { $fast | Wait-PgInstance -ThrottleLimit 0 } | Should -Throw
        { $fast | Wait-PgInstance -ThrottleLimit 257 } | Should -Throw
        ($fast | Wait-PgInstance -ThrottleLimit 256).Id | Should -Be $fast
    }
}

Describe 'The pace of an account' {
    AfterEach { Clear-Delay }

    It 'is one for all sessions and runspaces: what one is told holds for the others' {
        $first = Get-PgCloudSession | Where-Object IsDefault
        $second = Connect-Emulator $emulator
        Reset-EmulatorCall $emulator
        Set-EmulatorFault $emulator '429=8'
        $pipeline = Start-Pipeline 'Get-PgInstance -Session $session -Verbose' @{ session = $first }
        try {
            Wait-Until { "$($pipeline.Shell.Streams.Verbose)" -match 'after 8 s' } -What 'the call that is told to wait'
            $lines = Get-PgInstance -Session $second -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$lines" | Should -Match 'as the API asked of this account'
            $null = Wait-Pipeline $pipeline
            $pipeline.Output.Count | Should -Be 3
        }
        finally {
            Close-Pipeline $pipeline
        }
    }
}
