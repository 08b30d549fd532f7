# SPDX-License-Identifier: MIT
# What a runbook meets when the network, the cloud or its own shell fails.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator
    $session = Connect-Emulator $emulator

    # The variables by which a process of its own connects.
    $account = @{
        OVH_ENDPOINT = $emulator.http; OVH_APPLICATION_KEY = $emulator.applicationKey; OVH_APPLICATION_SECRET = $emulator.applicationSecret
        OVH_CONSUMER_KEY = $emulator.consumerKey; OVH_CLOUD_PROJECT_SERVICE = $emulator.project
    }

    function Connect-With([hashtable] $With) {
        Connect-PgCloud Ovh -Endpoint $emulator.http -ApplicationCredential (New-Credential $emulator.applicationKey $emulator.applicationSecret) `
            -ConsumerKey (New-Secret $emulator.consumerKey) -Project Orders @With
    }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'A shell that ends while an instance is made' {
    It 'leaves an order that the next shell takes up, by the same line, and waits for' {
        $order = {
            param($Module)
            Import-Module $Module
            $null = Connect-PgCloud Ovh
            New-PgInstance kept -Region GRA -Plan essential -AuthorisedIp 127.0.0.1 -Wait | Select-Object Id, Change, @{ n = 'Status'; e = { "$($_.Status)" } } |
                ForEach-Object { $_.Change = "$($_.Change)"; $_ } | ConvertTo-Json
        }
        $first = Start-Child $order -Environment $account
        try {
            Wait-Until { Get-PgInstance kept -ErrorAction Ignore } -What 'the order'
        }
        finally {
            $first.Process.Kill($true)
            $first.Process.WaitForExit()
            Remove-Item $first.File
        }
        $begun = Wait-PgInstance kept -TimeoutSec 180
        Set-EmulatorStatus $emulator $begun.Id CREATING
        Reset-EmulatorCall $emulator

        # It connects, looks what there is and what is offered, and then at the instance again and again.
        $second = Start-Child $order -Environment $account
        Wait-Until { (Get-EmulatorCall $emulator GET) -ge 6 } -What 'the second shell'
        $before = Get-EmulatorCall $emulator GET
        $third = Start-Child {
            param($Module)
            Import-Module $Module
            $null = Connect-PgCloud Ovh
            Wait-PgInstance kept -TimeoutSec 180 | ForEach-Object { "$($_.Id) $($_.Status)" }
        } -Environment $account
        Wait-Until { (Get-EmulatorCall $emulator GET) -ge $before + 5 } -What 'the third shell'
        $second.Process.HasExited, $third.Process.HasExited | Should -Be $false, $false -Because 'it is still being made'
        Get-EmulatorCall $emulator POST | Should -Be 0
        Set-EmulatorStatus $emulator $begun.Id READY
        $taken = (Wait-Child $second).Json()
        $taken.Id, $taken.Change, $taken.Status | Should -Be $begun.Id, 'Unchanged', 'Ready'
        (Wait-Child $third).Output.Trim() | Should -Be "$($begun.Id) Ready"
        @(Get-PgInstance kept).Count | Should -Be 1
    }
}

Describe 'A cloud whose API is silent for a while' {
    It 'does not end the waiting for an instance' {
        $id = (Invoke-EmulatorControl $emulator Post services @{ count = 1; description = 'slow'; status = 'CREATING' })[0]
        $hasty = Connect-With @{ MaximumRetryCount = 0; Name = 'hasty' }
        try {
            $slow = Get-PgInstance $id -Session $hasty

            # It is read once before the waiting begins, which then ends when its own time is up.
            $null = Invoke-EmulatorControl $emulator Post faults @{ fault = '500'; path = "*/$id"; method = 'GET'; skip = 1 }
            Reset-EmulatorCall $emulator
            Assert-Problem (Get-Problem { $slow | Wait-PgInstance -TimeoutSec 12 }) PgCloud.Instance.WaitTimeout OperationTimeout slow
            Get-EmulatorCall $emulator GET | Should -BeGreaterThan 2
        }
        finally {
            Clear-EmulatorFault $emulator
            Disconnect-PgCloud hasty
        }
    }
}

Describe 'Wait-PgInstance' {
    AfterEach { Clear-EmulatorFault $emulator }

    It 'ends when its own time is up, although a call of the API would take longer' {
        $id = (Invoke-EmulatorControl $emulator Post services @{ count = 1; description = 'mute'; status = 'CREATING' })[0]
        $null = Invoke-EmulatorControl $emulator Post faults @{ fault = 'delay=60000'; path = "*/$id"; method = 'GET'; skip = 2 }
        $took = Measure-Command { $problem = Get-Problem { Get-PgInstance $id | Wait-PgInstance -TimeoutSec 3 } }
        Assert-Problem $problem PgCloud.Instance.WaitTimeout OperationTimeout mute
        $took.TotalSeconds | Should -BeLessThan 50
    }

    It 'has no instance wait for another that is waited for' {
        $slow = Invoke-EmulatorControl $emulator Post services @{ count = 6; description = 'crowd'; status = 'CREATING' }
        $ready = Add-EmulatorService $emulator 1 there
        $pipeline = Start-Pipeline '$ids | Wait-PgInstance -ThrottleLimit 2 -TimeoutSec 600 -Session $session' @{ ids = @($slow) + $ready; session = $session }
        try {
            Wait-Until { $pipeline.Output.Count -gt 0 } -What 'the one that is ready'
            $pipeline.Output[0].Id | Should -Be $ready
            $slow | ForEach-Object { Set-EmulatorStatus $emulator $_ READY }
            Wait-Pipeline $pipeline
            $pipeline.Output.Id | Sort-Object | Should -Be (@($slow) + $ready | Sort-Object)
        }
        finally {
            Close-Pipeline $pipeline
        }
    }
}

Describe 'Connect-PgCloud -Proxy, -TimeoutSec and their kin' {
    It 'calls by the proxy that is named, whatever the environment says' {
        Assert-Problem (Get-Problem { Connect-With @{ Proxy = 'http://127.0.0.1:9'; MaximumRetryCount = 0 } }) PgCloud.Cloud.Unreachable ConnectionError
    }

    It 'calls by the proxy of the environment, and hosts of NO_PROXY without it' {
        $connect = {
            param($Module)
            Import-Module $Module
            try { (Connect-PgCloud Ovh -MaximumRetryCount 0 -ErrorAction Stop).Account }
            catch { $_.FullyQualifiedErrorId.Split(',')[0] }
        }
        # Plain http, which is for this machine only, goes through none.
        $secure = $account.Clone()
        $secure.OVH_ENDPOINT = $emulator.https
        $dead = @{ https_proxy = 'http://127.0.0.1:9'; http_proxy = 'http://127.0.0.1:9'; SSL_CERT_FILE = $emulator.caFile }
        $through = Start-Child $connect -Environment ($secure + $dead + @{ no_proxy = '' })
        $past = Start-Child $connect -Environment ($secure + $dead + @{ no_proxy = '127.0.0.1' })
        $plain = Start-Child $connect -Environment ($account + $dead + @{ no_proxy = '' })
        (Wait-Child $through).Output.Trim() | Should -Be 'PgCloud.Cloud.Unreachable'
        (Wait-Child $past).Output.Trim() | Should -BeLike "*$($emulator.project)*"
        (Wait-Child $plain).Output.Trim() | Should -BeLike "*$($emulator.project)*"
    }

    It 'refuses a proxy that cannot be used, and half of what it takes' {
        Assert-Problem (Get-Problem { Connect-With @{ Proxy = 'http://me:hunter2@proxy.example:3128' } }) PgCloud.Cloud.ProxyInvalid InvalidArgument proxy.example:3128
        Assert-Problem (Get-Problem { Connect-With @{ ProxyCredential = New-Credential me hunter2 } }) PgCloud.Parameter.Incomplete InvalidArgument ProxyCredential
        Assert-Problem (Get-Problem { Connect-PgCloud Local -TimeoutSec 5 }) PgCloud.Provider.NotSupported NotImplemented Local
    }

    It 'ends a call that takes too long, and all tries of it together' {
        $hasty = Connect-With @{ TimeoutSec = 4; RetryTimeoutSec = 8; Name = 'hasty' }
        try {
            Set-EmulatorFault $emulator 'delay=60000' '*/database/postgresql' 9 GET
            $took = Measure-Command { $problem = Get-Problem { Get-PgInstance -Session $hasty } }
            Assert-Problem $problem PgCloud.Cloud.Timeout OperationTimeout
            $took.TotalSeconds | Should -BeLessThan 50
        }
        finally {
            Clear-EmulatorFault $emulator
            Disconnect-PgCloud hasty
        }
    }
}
