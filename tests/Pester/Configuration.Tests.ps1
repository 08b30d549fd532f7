# SPDX-License-Identifier: MIT
# The advanced configuration of instances: provider Ovh against the emulator.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $null = Connect-Emulator $emulator
    $one, $two, $three = Add-EmulatorService $emulator 3 | ForEach-Object { Get-PgInstance $_ }
    $WarningPreference = 'SilentlyContinue'
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Get-PgConfiguration' {
    It 'shows nothing where nothing is set, and all with -All' {
        Get-PgConfiguration $one.Id | Should -BeNullOrEmpty
        $all = $one | Get-PgConfiguration -All
        $all.Count | Should -BeGreaterThan 5
        $all.Name | Should -Be ($all.Name | Sort-Object -Culture '')
        $all.IsSet | Should -Not -Contain $true
    }

    It 'says what each may be' {
        $timeout = Get-PgConfiguration $one.Id pg.deadlock_timeout
        $timeout.Type, $timeout.Minimum, $timeout.Maximum, $timeout.IsSet, $timeout.Value | Should -Be 'Long', 500, 1800000, $false, $null
        $timeout.Description | Should -Match 'deadlock'
        (Get-PgConfiguration $one.Id pg.track_functions).AllowedValue | Should -Be 'all', 'pl', 'none'
        (Get-PgConfiguration $one.Id pg.t* -All).Name | Should -Be 'pg.temp_file_limit', 'pg.timezone', 'pg.track_functions'
        $problem = Get-Problem { Get-PgConfiguration $one.Id pg.deadlok_timeout }
        Assert-Problem $problem PgCloud.Configuration.NameNotFound ObjectNotFound pg.deadlok_timeout 'near it: pg.deadlock_timeout\.'
    }
}

Describe 'Set-PgConfiguration' {
    It 'sets one, and several in one call' {
        $set = Set-PgConfiguration $one.Id pg.deadlock_timeout 2000 -PassThru -Wait
        $set.Value, $set.PreviousValue, $set.Change, $set.IsSet | Should -Be 2000, $null, 'Updated', $true
        Reset-EmulatorCall $emulator
        $set = Set-PgConfiguration $one.Id -Setting @{ 'pg.jit' = $false; 'PG.Deadlock_Timeout' = '3000'; 'pg.track_functions' = 'PL' } -PassThru -Wait
        Get-EmulatorCall $emulator -Method PUT | Should -Be 1
        $set.Name | Should -Be 'pg.deadlock_timeout', 'pg.jit', 'pg.track_functions'
        $set[0].PreviousValue, $set[0].Value | Should -Be 2000, 3000
        (Get-PgConfiguration $one.Id).Value | Should -Be 3000, $false, 'pl'
        (Get-PgInstance $one.Id).Status | Should -Be 'Ready'
    }

    It 'sends nothing that is so already' {
        Reset-EmulatorCall $emulator
        (Set-PgConfiguration $one.Id -Setting @{ 'pg.jit' = 'False'; 'pg.deadlock_timeout' = 3000.0 } -PassThru -Wait).Change | Should -Be 'Unchanged', 'Unchanged'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
    }

    It 'lists each change with -WhatIf, and makes none' {
        Reset-EmulatorCall $emulator
        $result = Invoke-Child -Script {
            param($module, $url, $key, $secret, $consumer, $id)
            Import-Module $module
            $text = { param($t) ConvertTo-SecureString $t -AsPlainText -Force }
            $null = Connect-PgCloud Ovh -Endpoint $url -Project Orders -ConsumerKey (& $text $consumer) -ApplicationCredential ([pscredential]::new($key, (& $text $secret)))
            Set-PgConfiguration $id -Setting @{ 'pg.jit' = $true; 'pg.deadlock_timeout' = 3000; 'pg.timezone' = 'UTC' } -WhatIf
        } -ArgumentList $emulator.http, $emulator.applicationKey, $emulator.applicationSecret, $emulator.consumerKey, $one.Id
        $result.Output | Should -Match 'Set pg.jit to true \(now False\)'
        $result.Output | Should -Match 'Set pg.timezone to UTC \(not set yet\)'
        $result.Output | Should -Not -Match 'deadlock'
        $result.Output | Should -Match 'pg.timezone cannot be reset'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
    }

    It 'warns of what cannot be reset, once' {
        Set-PgConfiguration $one.Id pg.timezone UTC -Wait -WarningVariable warned
        Set-PgConfiguration $one.Id pg.timezone CET -Wait -WarningVariable again
        "$warned" | Should -Match 'pg.timezone cannot be reset'
        $again | Should -BeNullOrEmpty
    }

    It 'refuses <Name> = <Value>, and says what is allowed' -ForEach @(
        @{ Name = 'pg.deadlock_timeout'; Value = 3; Allowed = 'a whole number from 500 to 1800000' }
        @{ Name = 'pg.deadlock_timeout'; Value = 'soon'; Allowed = 'a whole number from 500 to 1800000' }
        @{ Name = 'pg.jit'; Value = 'maybe'; Allowed = 'true or false' }
        @{ Name = 'pg.track_functions'; Value = 'some'; Allowed = 'one of all, pl, none' }
    ) {
        $problem = Get-Problem { Set-PgConfiguration $two.Id $Name $Value }
        Assert-Problem $problem PgCloud.Configuration.ValueInvalid InvalidArgument $Value "$Name cannot be '$Value'; allowed: $Allowed"
    }

    It 'sets none where one is wrong, and names all that are' {
        $problem = Get-Problem { Set-PgConfiguration $two.Id -Setting @{ 'pg.jit' = $true; 'pg.deadlock_timeout' = 1; 'pg.gti' = 1 } }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.Configuration.*'
        $problem.TargetObject | Should -Be 1, 'pg.gti'
        Get-PgConfiguration $two.Id | Should -BeNullOrEmpty
        Assert-Problem (Get-Problem { Set-PgConfiguration $two.Id pg.jit }) PgCloud.Configuration.ValueMissing InvalidArgument pg.jit
    }

    It 'takes over what is piped in, in one call' {
        Reset-EmulatorCall $emulator
        (Get-PgConfiguration $one.Id | Set-PgConfiguration -Instance $two -PassThru -Wait).Change | Should -Be @(@('Updated') * 4)
        Get-EmulatorCall $emulator -Method PUT | Should -Be 1
        (Get-PgConfiguration $two.Id | ForEach-Object { "$_" }) | Should -Be (Get-PgConfiguration $one.Id | ForEach-Object { "$_" })
        (Get-PgConfiguration $one.Id | Set-PgConfiguration -PassThru).Change | Should -Be @(@('Unchanged') * 4)
    }

    It 'goes on with the next instance' {
        $problem = Get-Problem { 'nowhere', $three | Set-PgConfiguration -Name pg.jit -Value $true }
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound nowhere
        (Get-PgConfiguration $three.Id).Value | Should -BeTrue
    }
}

Describe 'Completion' {
    It 'offers names with what they are, and values' {
        $names = Get-Completion "Set-PgConfiguration $($one.Id) pg.tr"
        $names.CompletionText | Should -Be 'pg.track_functions'
        $names.ToolTip | Should -Be 'Which functions are counted (all, pl, none)'
        Get-Offer "Set-PgConfiguration $($one.Id) -Name pg.track_functions -Value " | Should -Be 'all', 'none', 'pl'
        Get-Offer "Get-PgConfiguration $($one.Id) pgb" | Should -Be 'pgbouncer.autodb_pool_mode', 'pgbouncer.server_idle_timeout'
        Get-Offer 'Set-PgConfiguration nowhere pg.' | Should -Not -Contain 'pg.jit'
    }
}
