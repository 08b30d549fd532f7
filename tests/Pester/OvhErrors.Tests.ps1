# SPDX-License-Identifier: MIT
# What a user sees when OVHcloud's API refuses, fails or falls silent: the errors through the cmdlets, provoked at the emulator.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $session = Connect-Emulator $emulator
    $order = (Add-EmulatorService $emulator 1 orders)[0]
    $secrets = [Collections.Generic.List[string]] @(
        $emulator.applicationSecret, $emulator.consumerKey, $emulator.clientSecret, $emulator.accessToken)

    function New-ConsumerKey([string] $State = 'validated', [hashtable[]] $Rule = @(@{ method = 'GET'; path = '/*' }), [string[]] $AllowedIp) {
        $key = (Invoke-EmulatorControl $emulator Post credentials @{ state = $State; rules = $Rule; allowedIPs = $AllowedIp }).consumerKey
        $secrets.Add($key)
        $key
    }
    function Connect-WithKey([string] $Key, [string] $Name = 'key') {
        $application = New-Credential $emulator.applicationKey $emulator.applicationSecret
        Connect-PgCloud Ovh -Endpoint $emulator.http -ApplicationCredential $application -ConsumerKey (New-Secret $Key) -Project $emulator.project -Name $Name
    }
    # Everything that PowerShell can show of an error record.
    function Get-Shown($Problem) {
        ($Problem | Format-List * -Force), ($Problem.Exception | Format-List * -Force), ($Problem | Get-Error), $Problem.Exception.ToString(),
        "$Problem" | Out-String -Width 5000
    }
    # The class and the query id stand in the message and beside it, and no secret is anywhere.
    function Assert-Fault($Problem, [string] $Id, [string] $Category, [AllowEmptyString()] [string] $Class, [string] $Message, [switch] $WithoutAnswer) {
        Assert-Problem $Problem $Id $Category -Message $Message
        $Problem.Exception.ApiCall | Should -Match '^(GET|POST|PUT|DELETE) /'
        $Problem.Exception.Target | Should -Be $Problem.TargetObject
        $shown = Get-Shown $Problem
        if ($Class) { $Problem.Exception.ApiClass | Should -BeExactly $Class }
        else { $Problem.Exception.ApiClass | Should -BeNullOrEmpty }
        if ($WithoutAnswer) { $Problem.Exception.QueryId | Should -BeNullOrEmpty }
        else { $Problem.Exception.QueryId | Should -BeLike 'EU.ext-*' }
        foreach ($fact in $Class, $Problem.Exception.QueryId | Where-Object { $_ }) {
            "$Problem" | Should -Match ([regex]::Escape($fact))
            ($Problem | Format-List * -Force | Out-String -Width 5000) | Should -Match ([regex]::Escape($fact))
        }
        foreach ($secret in $secrets) { $shown | Should -Not -Match ([regex]::Escape($secret)) }
    }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'A consumer key' {
    It 'that is <_> is refused when connecting' -ForEach 'expired', 'refused', 'pendingValidation' {
        $key = New-ConsumerKey $_
        Assert-Fault (Get-Problem { Connect-WithKey $key }) PgCloud.Cloud.ConsumerKeyInvalid AuthenticationError INVALID_CREDENTIAL
    }

    It 'that nobody knows is refused' {
        $key = $emulator.consumerKey.Substring(1) + 'x'
        $secrets.Add($key)
        Assert-Fault (Get-Problem { Connect-WithKey $key }) PgCloud.Cloud.ConsumerKeyInvalid AuthenticationError NOT_CREDENTIAL
    }

    It 'that ends in the middle of a session says where to make another' {
        $key = New-ConsumerKey
        $short = Connect-WithKey $key
        @(Get-PgInstance -Session $short).Count | Should -BeGreaterThan 0
        $null = Invoke-EmulatorControl $emulator Put "credentials/$key" @{ state = 'expired' }
        $problem = Get-Problem { Get-PgInstance -Session $short }
        Assert-Fault $problem PgCloud.Cloud.ConsumerKeyInvalid AuthenticationError INVALID_CREDENTIAL
        $problem.ErrorDetails.RecommendedAction | Should -Match '/createToken'
        Disconnect-PgCloud $short
    }

    It 'that is for other addresses says so' {
        $problem = Get-Problem { Connect-WithKey (New-ConsumerKey -AllowedIp 192.0.2.0/24) }
        Assert-Fault $problem PgCloud.Cloud.CallerAddressForbidden PermissionDenied FORBIDDEN 'from the address of this machine'
        $problem.ErrorDetails.RecommendedAction | Should -Not -Match 'access rule'
    }

    It 'with a wrong secret, and an application nobody knows, are refused' {
        # Not in the line that PowerShell shows with the error.
        $wrong = New-Credential $emulator.applicationKey ($emulator.applicationSecret.Substring(1) + 'x')
        $nobody = New-Credential nobody $emulator.applicationSecret
        $secrets.Add((Get-Secret $wrong))
        $key = New-Secret $emulator.consumerKey
        $problem = Get-Problem {
            Connect-PgCloud Ovh -Endpoint $emulator.http -ConsumerKey $key -Project Orders -ApplicationCredential $wrong
        }
        Assert-Fault $problem PgCloud.Cloud.Unauthorised AuthenticationError INVALID_SIGNATURE
        $problem = Get-Problem {
            Connect-PgCloud Ovh -Endpoint $emulator.http -ConsumerKey $key -Project Orders -ApplicationCredential $nobody
        }
        Assert-Fault $problem PgCloud.Cloud.Unauthorised AuthenticationError INVALID_KEY
    }
}

Describe 'A missing right' {
    It 'of a consumer key is named as the rule to add' {
        $reader = Connect-WithKey (New-ConsumerKey)
        $problem = Get-Problem { Add-PgAuthorisedIp orders 203.0.113.7 -Session $reader }
        $rule = "PUT /cloud/project/$($emulator.project)/database/postgresql/$order"
        Assert-Fault $problem PgCloud.Cloud.Forbidden PermissionDenied NOT_GRANTED_CALL ([regex]::Escape("the access rule $rule"))
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "Add the access rule $rule, and nothing more, to a new consumer key*"
        $problem.Exception.ApiCall | Should -BeExactly $rule
        $problem.TargetObject | Should -BeOfType PgCloud.PgInstance
        $problem.TargetObject.Id | Should -BeExactly $order
        Disconnect-PgCloud $reader
    }

    It 'of a service account is named as the IAM action to add' {
        $client = New-Credential $emulator.clientId $emulator.clientSecret
        $service = Connect-PgCloud Ovh -Endpoint $emulator.http -ClientCredential $client -Project $emulator.project -Name service
        $null = Invoke-EmulatorControl $emulator Put oauth2 @{ deniedActions = @('*/postgresql/edit') }
        try {
            $problem = Get-Problem { Add-PgAuthorisedIp orders 203.0.113.7 -Session $service }
            $action = 'publicCloudProject:apiovh:database/postgresql/edit'
            Assert-Fault $problem PgCloud.Cloud.Forbidden PermissionDenied Client::Forbidden "the IAM action $action"
            $problem.ErrorDetails.RecommendedAction | Should -Be "Add the IAM action $action, and nothing more, to the IAM policy of the account."
        }
        finally {
            $null = Invoke-EmulatorControl $emulator Put oauth2 @{ deniedActions = @() }
            Disconnect-PgCloud $service
        }
    }

    It 'because of a token that has ended is said' {
        $token = Connect-PgCloud Ovh -Endpoint $emulator.http -AccessToken (New-Secret $emulator.accessToken) -Project $emulator.project -Name token
        $null = Invoke-EmulatorControl $emulator Delete oauth2/tokens
        $problem = Get-Problem { Get-PgInstance -Session $token }
        Assert-Fault $problem PgCloud.Cloud.Unauthorised AuthenticationError Client::Unauthorized::InvalidAuthToken
        $problem.ErrorDetails.RecommendedAction | Should -Match 'fetch a new one'
        Disconnect-PgCloud $token
    }
}

Describe 'What is asked for' {
    It 'is of no project' {
        $problem = Get-Problem { Connect-Emulator $emulator -Project ('0' * 32) }
        Assert-Problem $problem PgCloud.Cloud.ProjectNotFound ObjectNotFound ('0' * 32)
        $problem.Exception.ApiClass | Should -Be 'Client::NotFound'
        $problem.Exception.QueryId | Should -BeLike 'EU.ext-*'
    }

    It 'is too much for the quota' {
        $filling = Add-EmulatorService $emulator (20 - @(Get-PgInstance).Count) filling
        $problem = Get-Problem { New-PgInstance more -Region GRA }
        Assert-Fault $problem PgCloud.Cloud.QuotaReached InvalidOperation Client::Forbidden::QuotaReached '20 services'
        $problem.TargetObject | Should -BeExactly more
        $filling | ForEach-Object { Remove-PgInstance $_ -Confirm:$false }
    }

    It 'is not possible in the state <Status>' -ForEach @(
        @{ Status = 'LOCKED'; Script = { Set-PgInstance $order -NewName x }; Id = 'Instance.Locked'; Class = 'Client::Conflict::ServiceLocked' }
        @{ Status = 'UPDATING'; Script = { Set-PgInstance $order -NewName x -TimeoutSec 0 }; Id = 'Instance.NotReady'; Class = 'Client::Conflict::ServiceNotReady' }
    ) {
        Set-EmulatorStatus $emulator $order $Status
        $problem = Get-Problem $Script
        Assert-Fault $problem "PgCloud.$Id" InvalidOperation $Class
        $problem.TargetObject | Should -BeOfType PgCloud.PgInstance
        Set-EmulatorStatus $emulator $order READY
    }
}

Describe 'A second change' {
    It 'by <Name> waits until the first has ended' -ForEach @(
        @{ Name = 'Set-PgInstance'; Text = 'Set-PgInstance $id -MaintenanceTime 05:00 -Session $session -PassThru -Verbose 4>&1'; Change = 'Updated' }
        @{ Name = 'Add-PgAuthorisedIp'; Text = 'Add-PgAuthorisedIp $id 192.0.2.1 -Session $session -PassThru -Verbose 4>&1'; Change = 'Created' }
        @{ Name = 'Remove-PgInstance'; Text = 'Remove-PgInstance $id -Session $session -PassThru -Confirm:$false -Verbose 4>&1'; Change = 'Removed' }
    ) {
        $busy = (Add-EmulatorService $emulator 1 busy)[0]
        Set-EmulatorStatus $emulator $busy UPDATING
        Reset-EmulatorCall $emulator
        $second = Start-Pipeline $Text @{ id = $busy; session = $session }
        try {
            # It has looked, was refused, and looks again.
            Wait-Until { (Get-EmulatorCall $emulator) -ge 3 }
            $second.Handle.IsCompleted | Should -BeFalse
            Set-EmulatorStatus $emulator $busy READY
            Wait-Pipeline $second
            $second.Shell.Streams.Error | Should -BeNullOrEmpty
            @($second.Output)[-1].Change | Should -Be $Change
        }
        finally {
            Close-Pipeline $second
        }
    }

    It 'is not made where that takes too long, and the error says so' {
        Set-EmulatorStatus $emulator $order UPDATING
        $problem = Get-Problem { Set-PgInstance $order -NewName late -TimeoutSec 1 }
        Assert-Fault $problem PgCloud.Instance.WaitTimeout OperationTimeout Client::Conflict::ServiceNotReady 'Nothing was done: after 1 s'
        Set-EmulatorStatus $emulator $order READY
        (Get-PgInstance $order).Name | Should -Be 'orders'
    }
}

Describe 'The API''s clock' {
    It 'may be hours off, and nobody notices' {
        Set-EmulatorFault $emulator 'clock=-25000' -Count 100
        try {
            $all = & {
                $off = Connect-WithKey $emulator.consumerKey off
                Get-PgInstance -Session $off
                # One that knew another time before.
                Get-PgInstance -Session $session
            } *>&1
            $all | Should -BeOfType PgCloud.PgInstance
        }
        finally {
            Clear-EmulatorFault $emulator
        }
        (Get-PgInstance -Session off *>&1) | Should -BeOfType PgCloud.PgInstance
        Disconnect-PgCloud off
    }
}

Describe 'A failure that passes' {
    It 'is not seen: <_>' -ForEach '429', '429=1', '500', '503-html', 'cut-before', 'cut-body', 'broken-json' {
        Set-EmulatorFault $emulator $_ '*/postgresql'
        $all = Get-PgInstance -Verbose *>&1
        @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -match 'retry 1 of 5' }).Count | Should -Be 1
        @($all | Where-Object { $_ -is [PgCloud.PgInstance] }).Count | Should -BeGreaterThan 0
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -BeNullOrEmpty
        foreach ($secret in $secrets) { "$all" | Should -Not -Match ([regex]::Escape($secret)) }
    }
}

Describe 'A failure that stays' {
    BeforeAll {
        # All at once, as each is tried again for a quarter of a minute.
        $faults = '429', '500', '503-html', 'cut-before', 'cut-body', 'broken-json'
        $broken = Add-EmulatorService $emulator $faults.Count broken
        $running = @{}
        $maker = (Add-EmulatorService $emulator 1 maker)[0]
        Set-EmulatorFault $emulator 500 "*/$maker/integration" -Method POST
        $running.made = Start-Pipeline 'New-PgIntegration $id opensearchLogs -DestinationInstance $other -Session $session' @{
            id = $maker; other = $broken[0]; session = $session
        }
        for ($i = 0; $i -lt $faults.Count; $i++) {
            Set-EmulatorFault $emulator $faults[$i] "*/$($broken[$i])*" -Count 100
            $running[$faults[$i]] = Start-Pipeline 'Get-PgAuthorisedIp $id -Session $session' @{ id = $broken[$i]; session = $session }
        }
        $running.Values | ForEach-Object { Wait-Pipeline $_ }
    }

    AfterAll {
        $running.Values | ForEach-Object { Close-Pipeline $_ }
        Clear-EmulatorFault $emulator
    }

    It 'is told after five retries: <Fault>' -ForEach @(
        @{ Fault = '429'; Id = 'RateLimited'; Class = 'Client::TooManyRequests'; Says = '429' }
        @{ Fault = '500'; Id = 'Unavailable'; Class = 'Server::InternalServerError'; Says = '500 Server::InternalServerError: Internal server error' }
        @{ Fault = '503-html'; Id = 'Unavailable'; Class = ''; Says = '503: 503 Service Unavailable' }
        @{ Fault = 'cut-before'; Id = 'Unavailable'; Class = ''; Says = 'GET'; WithoutAnswer = $true }
        @{ Fault = 'cut-body'; Id = 'Unavailable'; Class = ''; Says = 'GET'; WithoutAnswer = $true }
        @{ Fault = 'broken-json'; Id = 'AnswerInvalid'; Class = ''; Says = 'position' }
    ) {
        $problem = $running[$Fault].Shell.Streams.Error
        $known = @{ Class = $Class; Message = $Says; WithoutAnswer = [bool] $WithoutAnswer }
        Assert-Fault $problem "PgCloud.Cloud.$Id" ResourceUnavailable @known
        "$problem" | Should -Not -Match '<html|<title'
        $problem.TargetObject | Should -BeExactly $broken[$faults.IndexOf($Fault)]
    }

    It 'is told at once where the API asks for a long wait' {
        Set-EmulatorFault $emulator '429=300' '*/postgresql'
        $problem = Get-Problem { Get-PgInstance }
        Assert-Fault $problem PgCloud.Cloud.RateLimited ResourceUnavailable Client::TooManyRequests 'asks to wait 300 s'
        # Nothing was given that it could be about.
        $problem.TargetObject | Should -BeExactly $problem.Exception.ApiCall
    }

    It 'leaves open whether something was made, and says what to look for' {
        $problem = $running.made.Shell.Streams.Error
        Assert-Fault $problem PgCloud.Cloud.OutcomeUnknown ResourceUnavailable Server::InternalServerError 'it was not repeated'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Look first'
    }
}
