# SPDX-License-Identifier: MIT
# Request-PgCloudConsumerKey, and secrets that a vault tells about, against the emulator of OVHcloud's API.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator
    $application = New-Credential $emulator.applicationKey $emulator.applicationSecret
    $account = @{ ApplicationCredential = $application; Endpoint = $emulator.http }

    # Opening the page is the owner's yes, as the emulator has it; with refuse=true it is a no.
    function Open-ValidationPage([string] $Url) { $null = Invoke-WebRequest $Url -UseBasicParsing }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Request-PgCloudConsumerKey' {
    It 'tells where to validate the key, waits for it, and the key opens a session' {
        $pipeline = Start-Pipeline '
            Request-PgCloudConsumerKey @Account -TimeoutSec 60 -InformationVariable told | Connect-PgCloud -Project Orders
            "$told"' @{ Account = $account }
        try {
            Wait-Until { $pipeline.Shell.Streams.Information.Count -gt 0 } -What 'the URL'
            $line = "$($pipeline.Shell.Streams.Information[0])"
            $line | Should -Match 'Open this page'
            $pipeline.Shell.Streams.Information[0].MessageData.NoNewLine | Should -Be $false -Because 'what comes next has a line of its own'
            Open-ValidationPage ($line -replace '^.*(http\S+)$', '$1')
            Wait-Pipeline $pipeline
            $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
            $pipeline.Output[0] | Should -BeOfType PgCloud.PgCloudSession
            $pipeline.Output[0].Account | Should -BeLike 'Orders*'
        }
        finally {
            Close-Pipeline $pipeline
        }
    }

    It 'asks for the least rights' {
        $key = Request-PgCloudConsumerKey @account -NoWait
        $key.State | Should -Be 'pendingValidation'
        $key.Rule | Should -Be 'GET /auth/details', 'GET /cloud/project', 'GET /cloud/project/*', 'POST /cloud/project/*/database/*', 'PUT /cloud/project/*/database/*',
            'DELETE /cloud/project/*/database/*', 'GET /dbaas/logs/*/operation/*'
        (Request-PgCloudConsumerKey @account -NoWait -ProjectId $emulator.project -ReadOnly).Rule | Should -Be 'GET /auth/details', "GET /cloud/project/$($emulator.project)/database/*"
    }

    It 'makes a key that reads one project, and nothing else' {
        $key = Request-PgCloudConsumerKey @account -NoWait -ProjectId $emulator.project -ReadOnly -AllowedIp 127.0.0.1
        Open-ValidationPage $key.ValidationUrl
        $reader = $key | Connect-PgCloud -Project $emulator.project -Name reader
        { Get-PgInstance -Session $reader } | Should -Not -Throw
        $problem = Get-Problem { New-PgInstance never -Region GRA -Session $reader }
        Assert-Problem $problem PgCloud.Cloud.Forbidden PermissionDenied -Message 'POST /cloud/project/'
        Get-PgInstance -Session $reader | Should -BeNullOrEmpty
        Disconnect-PgCloud $reader
    }

    It 'is good for nothing before it is validated, and when it was refused' {
        $key = Request-PgCloudConsumerKey @account -NoWait
        Assert-Problem (Get-Problem { $key | Connect-PgCloud -Project Orders }) PgCloud.Cloud.ConsumerKeyInvalid AuthenticationError
        Open-ValidationPage "$($key.ValidationUrl)&refuse=true"
        Assert-Problem (Get-Problem { $key | Connect-PgCloud -Project Orders }) PgCloud.Cloud.ConsumerKeyInvalid AuthenticationError
    }

    It 'says when nobody answered in time, and where to do it yet' {
        $problem = Get-Problem { Request-PgCloudConsumerKey @account -TimeoutSec 1 -InformationAction Ignore }
        Assert-Problem $problem PgCloud.Cloud.ConsumerKeyNotValidated OperationTimeout -Message 'within 1 s'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'credentialToken='

        # Who has the error has the key: it can be allowed afterwards.
        Open-ValidationPage $problem.TargetObject.ValidationUrl
        ($problem.TargetObject | Connect-PgCloud -Project Orders -Name later).Account | Should -BeLike 'Orders*'
        Disconnect-PgCloud later
    }

    It 'waits on while the API is silent: the owner may have said yes by then' {
        $pipeline = Start-Pipeline 'Request-PgCloudConsumerKey @Account -TimeoutSec 600 -Verbose' @{ Account = $account }
        try {
            Wait-Until { $pipeline.Shell.Streams.Information.Count -gt 0 } -What 'the URL'
            # So long a pause is not kept: the look fails at once.
            Set-EmulatorFault $emulator '502=900' '*/auth/currentCredential' 1 GET
            Open-ValidationPage ("$($pipeline.Shell.Streams.Information[0])" -replace '^.*(http\S+)$', '$1')
            Wait-Until { "$($pipeline.Shell.Streams.Verbose)" -match 'Wait for the consumer key all the same' } -What 'the failure of a look'
            Clear-EmulatorFault $emulator
            Wait-Pipeline $pipeline
            $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
            $pipeline.Output.State | Should -Be 'validated'
        }
        finally {
            Clear-EmulatorFault $emulator
            Close-Pipeline $pipeline
        }
    }

    It 'calls by the proxy that is named' {
        Reset-EmulatorCall $emulator
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey @account -NoWait -Proxy http://127.0.0.1:9 }) PgCloud.Cloud.Unreachable ConnectionError
        Get-EmulatorCall $emulator | Should -Be 0
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey @account -ProxyCredential (New-Credential me hunter2) }) `
            PgCloud.Parameter.Incomplete InvalidArgument ProxyCredential
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey @account -Proxy ftp://proxy.example }) PgCloud.Cloud.ProxyInvalid InvalidArgument
    }

    It 'shows neither the key nor the secret' {
        $told = Request-PgCloudConsumerKey @account -NoWait -Verbose -Debug *>&1
        $key = $told | Where-Object { $_ -is [PgCloud.PgCloudConsumerKey] }
        $consumer = [pscredential]::new('x', $key.ConsumerKey).GetNetworkCredential().Password
        $shown = ($told | Out-String) + ($key | Format-List * -Force | Out-String) + ($key | ConvertTo-Json -Depth 3) + "$key"
        $shown | Should -Not -Match ([regex]::Escape($consumer))
        $shown | Should -Not -Match ([regex]::Escape($emulator.applicationSecret))
    }

    It 'does nothing with -WhatIf' {
        Reset-EmulatorCall $emulator
        Request-PgCloudConsumerKey @account -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator | Should -Be 0
    }

    It 'refuses a project that is no id, an address that is none, and an application that is unknown' {
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey @account -ProjectId Orders -NoWait }) PgCloud.Cloud.ProjectIdInvalid InvalidArgument Orders
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey @account -AllowedIp here -NoWait }) PgCloud.Network.AddressInvalid InvalidArgument here
        $unknown = New-Credential nobody x
        Assert-Problem (Get-Problem { Request-PgCloudConsumerKey $unknown -Endpoint $emulator.http -NoWait }) PgCloud.Cloud.Unauthorised AuthenticationError
    }
}

Describe 'A secret that a vault tells about' {
    BeforeAll {
        # What SecretManagement has, as far as it is called here: the information about a secret, and Get-Secret.
        $vault = New-Module Microsoft.PowerShell.SecretManagement -ArgumentList $application, (New-Secret $emulator.consumerKey) {
            param($Application, $ConsumerKey)
            $secrets = @{ application = $Application; consumer = $ConsumerKey; note = 'plain' }
            function Get-Secret { param($Name, $Vault) if ($Vault -eq 'ops') { $secrets[$Name] } }
        }
        Import-Module $vault

        function New-SecretInformation([string] $Name, [string] $VaultName = 'ops') {
            [pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.SecretManagement.SecretInformation'; Name = $Name; VaultName = $VaultName }
        }
    }

    AfterAll { Remove-Module $vault }

    It 'is read when it is needed' {
        $session = Connect-PgCloud Ovh -Endpoint $emulator.http -Project Orders -Name vault `
            -ApplicationCredential (New-SecretInformation application) -ConsumerKey (New-SecretInformation consumer)
        $session.Account | Should -BeLike 'Orders*'
        Disconnect-PgCloud $session
    }

    It 'is refused where the vault does not have it, or has something else' {
        { Connect-PgCloud Ovh -Endpoint $emulator.http -AccessToken (New-SecretInformation nothing other) } | Should -Throw '*nothing*'
        { Connect-PgCloud Ovh -Endpoint $emulator.http -AccessToken (New-SecretInformation note) } | Should -Throw
    }
}
