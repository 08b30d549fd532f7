# What pipes into what: each arrow of the table in the design, and that a piped object never reaches beyond itself.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    # Two instances with the same things in them: what is meant for one must not touch the other.
    $a, $b = New-PgInstance a, b
    $a, $b | Add-PgAuthorisedIp -Address 127.0.0.1
    $opsA, $opsB = $a, $b | New-PgManagerUser -Name ops -ThrottleLimit 1
}

AfterAll { Exit-PgHome $pgHome }

Describe 'The whole way, in one pipeline' {
    AfterAll { Get-PgInstance orders* | Remove-PgInstance -Confirm:$false }

    It 'from a new instance to a granted role' {
        $secret = New-Secret 'correct horse'
        $granted = New-PgInstance -Name orders -Wait |
            Add-PgAuthorisedIp -Address 127.0.0.1 -Description 'runbook host' -PassThru |
            New-PgManagerUser -Name ops |
            New-PgRole -Name mary -Login -Password $secret -PassThru |
            Grant-PgRole -Role pg_monitor, pg_signal_backend -PassThru
        $granted.Role | Should -Be 'pg_monitor', 'pg_signal_backend'
        $granted.Member | Should -Be 'mary', 'mary'
        $granted.Change | Should -Be 'Created', 'Created'
        $mary = Get-PgConnection orders -Credential ([pscredential]::new('mary', $secret))
        $mary | Test-PgConnection | Should -BeTrue
        ($mary | Invoke-PgQuery "SELECT pg_has_role('pg_monitor', 'USAGE') AS has").has | Should -BeTrue
        $mary | Test-PgConnection -SourceAddress 127.0.0.2 | Should -BeFalse
    }

    It 'it leaves nothing for a rerun to do but say that the instance exists' {
        Assert-Problem (Get-Problem { New-PgInstance orders | Add-PgAuthorisedIp -Address 127.0.0.9 }) PgCloud.Instance.Exists ResourceExists orders
        (Get-PgInstance orders | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru).Change | Should -Be 'Unchanged'
    }
}

Describe 'A session' {
    It 'goes into every provider cmdlet as -Session' {
        $session = Connect-PgCloud Local -Name piped
        Disconnect-PgCloud piped
        (Get-PgInstance a -Session $session).Id | Should -Be $a.Id
        Get-PgAuthorisedIp a -Session $session | ForEach-Object ToString | Should -Be '127.0.0.1/32'
        (Get-PgCloudUser a -Session $session).Name | Should -Be 'ops'
        (Get-PgConnection a -Session $session).Port | Should -Be $a.Port
        (Wait-PgInstance a -Session $session -TimeoutSec 60).Id | Should -Be $a.Id
    }

    It 'goes into Disconnect-PgCloud' {
        Connect-PgCloud Local -Name piped | Disconnect-PgCloud
        (Get-PgCloudSession).Name | Should -Not -Contain 'piped'
    }

    It 'of its own goes with an instance, also where another is the default' {
        $elsewhere = New-TestDirectory
        $null = Connect-PgCloud Local -StateDirectory $elsewhere -Name elsewhere
        try {
            Get-PgInstance | Should -BeNullOrEmpty
            ($a | Get-PgCloudUser).Name | Should -Be 'ops'
            ($a | Get-PgAuthorisedIp | ForEach-Object Instance | Wait-PgInstance -TimeoutSec 60).Id | Should -Be $a.Id
            Assert-Problem (Get-Problem { Get-PgCloudUser a }) PgCloud.Instance.NotFound ObjectNotFound a
        }
        finally {
            Disconnect-PgCloud elsewhere
            Remove-Item $elsewhere -Recurse
        }
    }
}

Describe 'An instance' {
    It 'goes as object, by name and by id into -Instance' {
        foreach ($argument in $a, 'a', $a.Id) { (Get-PgConnection -Instance $argument).Port | Should -Be $a.Port }
    }

    It 'goes by pipeline into every cmdlet that takes one' {
        ($a | Add-PgAuthorisedIp -Address 127.0.0.8 -PassThru).Change | Should -Be 'Created'
        $a | Get-PgAuthorisedIp | ForEach-Object ToString | Should -Contain '127.0.0.8/32'
        ($a | Remove-PgAuthorisedIp -Address 127.0.0.8 -PassThru).Change | Should -Be 'Removed'
        ($a | New-PgWriterUser -Name app).Change | Should -Be 'Created'
        ($a | Get-PgCloudUser -Name app).Kind | Should -Be 'Writer'
        ($a | Reset-PgUserPassword -Name app -Confirm:$false).Change | Should -Be 'Updated'
        ($a | Remove-PgCloudUser -Name app -Confirm:$false -PassThru).Change | Should -Be 'Removed'
        ($a | Get-PgConnection).Port | Should -Be $a.Port
        ($a | Wait-PgInstance -TimeoutSec 60).Status | Should -Be 'Ready'
        ($a | Get-PgInstance).Id | Should -Be $a.Id
    }

    It 'several go at once' {
        ($a, $b | Get-PgCloudUser).Name | Should -Be 'ops', 'ops'
        ('a', 'b' | Get-PgConnection -ThrottleLimit 1).Port | Should -Be $a.Port, $b.Port
        ('a', 'b' | Get-PgConnection).Port | Sort-Object | Should -Be ($a.Port, $b.Port | Sort-Object)
        (Get-PgConnection a, b).Port | Should -Be $a.Port, $b.Port
    }

    It 'one that is gone does not keep the others' {
        $found = 'a', 'gone', 'b' | Get-PgConnection -ThrottleLimit 1 -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Port | Should -Be $a.Port, $b.Port
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound gone
    }

    It 'is stopped and started alone' {
        Get-PgInstance a | Stop-PgInstance
        (Get-PgInstance).Status | Should -Be 'Stopped', 'Ready'
        ($a | Start-PgInstance -PassThru).Status | Should -Be 'Ready'
    }

    It 'what is done with it touches nothing of another' {
        Get-PgInstance a | Add-PgAuthorisedIp -Address 127.0.0.7
        Get-PgInstance a | New-PgWriterUser -Name only
        Get-PgAuthorisedIp b | ForEach-Object ToString | Should -Be '127.0.0.1/32'
        (Get-PgCloudUser b).Name | Should -Be 'ops'
        Get-PgInstance a | Get-PgAuthorisedIp | Where-Object { "$_" -like '*.7/*' } | Remove-PgAuthorisedIp
        Get-PgInstance a | Get-PgCloudUser -Name only | Remove-PgCloudUser -Confirm:$false
        Get-PgAuthorisedIp a | ForEach-Object ToString | Should -Be '127.0.0.1/32'
    }

    It 'that is removed is the only one' {
        $c = New-PgInstance c
        $c | Remove-PgInstance -Confirm:$false
        (Get-PgInstance).Name | Should -Be 'a', 'b'
    }

    It 'made from another''s name and version by property name' {
        [pscustomobject]@{ Name = 'd'; Version = '15'; Port = '5999' } | New-PgInstance -WhatIf | Should -BeNullOrEmpty
        $problem = Get-Problem { [pscustomobject]@{ Name = 'd'; Version = '42' } | New-PgInstance }
        Assert-Problem $problem PgCloud.Instance.VersionNotInstalled NotInstalled 42
    }
}

Describe 'An authorised IP' {
    It 'goes into Remove-PgAuthorisedIp and takes only itself out, of its own instance' {
        $a, $b | Add-PgAuthorisedIp -Address 127.0.0.5, 127.0.0.6
        Get-PgAuthorisedIp a | Where-Object { "$_" -eq '127.0.0.5/32' } | Remove-PgAuthorisedIp
        Get-PgAuthorisedIp a | ForEach-Object ToString | Should -Be '127.0.0.1/32', '127.0.0.6/32'
        Get-PgAuthorisedIp b | ForEach-Object ToString | Should -Be '127.0.0.1/32', '127.0.0.5/32', '127.0.0.6/32'
        $a, $b | Remove-PgAuthorisedIp -Address 127.0.0.5, 127.0.0.6
    }

    It 'leads on to its instance' {
        ($a | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | Get-PgCloudUser).Name | Should -Be 'ops'
        ($b | Get-PgAuthorisedIp | Get-PgConnection).Port | Should -Be $b.Port
        ($b | Get-PgAuthorisedIp | Wait-PgInstance -TimeoutSec 60).Id | Should -Be $b.Id
    }

    It 'two of one instance make one user' {
        $made = $a | Add-PgAuthorisedIp -Address 127.0.0.1, 127.0.0.6 -PassThru | New-PgWriterUser -Name once
        @($made).Count | Should -Be 1
        $made.Credential | Should -Not -BeNullOrEmpty
        $made | Remove-PgCloudUser -Confirm:$false
        Remove-PgAuthorisedIp a 127.0.0.6
    }
}

Describe 'A user' {
    It 'goes into Reset-PgUserPassword' {
        $user = New-PgWriterUser a piped
        $again = $user | Reset-PgUserPassword -Confirm:$false
        $again | Test-PgConnection | Should -BeTrue
        (Get-PgCloudUser a piped | Reset-PgUserPassword -Confirm:$false).Change | Should -Be 'Updated'
    }

    It 'goes into Remove-PgCloudUser, and only that one of that instance goes' {
        $null = $a, $b | New-PgWriterUser -Name piped
        $null = New-PgWriterUser a piped2
        Get-PgCloudUser a piped | Remove-PgCloudUser -Confirm:$false
        (Get-PgCloudUser a).Name | Should -Be 'ops', 'piped2'
        (Get-PgCloudUser b).Name | Should -Be 'ops', 'piped'
        $a, $b | Get-PgCloudUser -Name piped* | Remove-PgCloudUser -Confirm:$false
    }

    It 'goes as -Connection into every SQL cmdlet when it carries its credential' {
        ($opsA | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
        (Invoke-PgQuery 'SELECT 1 AS one' -Connection $opsA).one | Should -Be 1
        ($opsA | Get-PgRole ops).Name | Should -Be 'ops'
        ($opsA | New-PgRole sqlrole).Change | Should -Be 'Created'
        ($opsA | Grant-PgRole -Role pg_monitor -Member sqlrole -PassThru).Change | Should -Be 'Created'
        ($opsA | Revoke-PgRole -Role pg_monitor -Member sqlrole -PassThru).Change | Should -Be 'Removed'
        ($opsA | Remove-PgRole sqlrole -Confirm:$false -PassThru).Change | Should -Be 'Removed'
        $opsA | Test-PgConnection | Should -BeTrue
        ($opsA | Get-PgConnection).UserName | Should -Be 'ops'
    }

    It 'that is piped to Grant-PgRole is the member, by its name' {
        $granted = $opsA | Grant-PgRole -Role pgcloud_writer -PassThru
        $granted.Member | Should -Be 'ops'
        $granted.Change | Should -Be 'Unchanged'
    }
}

Describe 'A connection' {
    It 'goes into every SQL cmdlet and into Test-PgConnection' {
        $connection = Get-PgConnection a -Credential $opsA.Credential
        ($connection | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
        ($connection | Get-PgRole ops).Name | Should -Be 'ops'
        ($connection | New-PgRole sqlrole).Name | Should -Be 'sqlrole'
        ($connection | Grant-PgRole -Role pg_monitor -Member sqlrole -PassThru).Member | Should -Be 'sqlrole'
        ($connection | Revoke-PgRole -Role pg_monitor -Member sqlrole -PassThru).Member | Should -Be 'sqlrole'
        ($connection | Remove-PgRole sqlrole -Confirm:$false -PassThru).Name | Should -Be 'sqlrole'
        $connection | Test-PgConnection | Should -BeTrue
    }

    It 'several to several servers do the same on each' {
        ($opsA, $opsB | New-PgRole everywhere).Change | Should -Be 'Created', 'Created'
        ($opsA, $opsB | Get-PgRole everywhere).Name | Should -Be 'everywhere', 'everywhere'
        $opsA, $opsB | Remove-PgRole everywhere -Confirm:$false
    }
}

Describe 'A role' {
    BeforeEach { $null = $opsA, $opsB | New-PgRole joe, mary }
    AfterEach { $opsA, $opsB | Get-PgRole -Name joe*, mary* | Remove-PgRole -Confirm:$false }

    It 'goes as member into Grant-PgRole and Revoke-PgRole, on its own server' {
        ($opsA | Get-PgRole joe | Grant-PgRole -Role pg_monitor -PassThru).Member | Should -Be 'joe'
        ($opsA | Get-PgRole joe).MemberOf | Should -Be 'pg_monitor'
        ($opsA | Get-PgRole mary).MemberOf | Should -BeNullOrEmpty
        ($opsB | Get-PgRole joe).MemberOf | Should -BeNullOrEmpty
        ($opsA | Get-PgRole joe | Revoke-PgRole -Role pg_monitor -PassThru).Change | Should -Be 'Removed'
    }

    It 'several become members together' {
        ($opsA | Get-PgRole joe, mary | Grant-PgRole -Role pg_monitor -PassThru).Member | Should -Be 'joe', 'mary'
    }

    It 'goes into Remove-PgRole, and only that one of that server goes' {
        $opsA | Get-PgRole joe | Remove-PgRole -Confirm:$false
        ($opsA | Get-PgRole joe*, mary*).Name | Should -Be 'mary'
        ($opsB | Get-PgRole joe*, mary*).Name | Should -Be 'joe', 'mary'
    }

    It 'of both servers goes to its own' {
        $opsA, $opsB | Get-PgRole joe | Grant-PgRole -Role pg_monitor
        ($opsA | Get-PgRole joe).MemberOf | Should -Be 'pg_monitor'
        ($opsB | Get-PgRole joe).MemberOf | Should -Be 'pg_monitor'
    }

    It 'leads on with its connection' {
        ($opsA | Get-PgRole joe | New-PgRole -Name joe2).Name | Should -Be 'joe2'
        ($opsA | New-PgRole joe | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -Be 'ops'
    }
}

Describe 'A membership' {
    BeforeEach { $null = $opsA | New-PgRole joe, mary }
    AfterEach { $opsA | Get-PgRole -Name joe, mary | Remove-PgRole -Confirm:$false }

    It 'goes into Revoke-PgRole and ends itself alone' {
        # Without this the shell would ask for -Role, and wait.
        (Get-Command Revoke-PgRole).Parameters['Role'].Attributes.ValueFromPipelineByPropertyName | Should -Contain $true
        $granted = $opsA | Grant-PgRole -Role pg_monitor, pg_signal_backend -Member joe, mary -PassThru
        $granted | Where-Object { $_.Member -eq 'joe' -and $_.Role -eq 'pg_monitor' } | Revoke-PgRole
        ($opsA | Get-PgRole joe).MemberOf | Should -Be 'pg_signal_backend'
        ($opsA | Get-PgRole mary).MemberOf | Should -Be 'pg_monitor', 'pg_signal_backend'
    }

    It 'goes back into Grant-PgRole, on another server too' {
        (Get-Command Grant-PgRole).Parameters['Role'].Attributes.ValueFromPipelineByPropertyName | Should -Contain $true
        $null = $opsB | New-PgRole joe
        $granted = $opsA | Grant-PgRole -Role pg_monitor -Member joe -PassThru
        $granted | Revoke-PgRole
        ($granted | Grant-PgRole -PassThru).Change | Should -Be 'Created'
        $granted | ForEach-Object { Grant-PgRole -Role $_.Role -Member $_.Member -Connection $opsB }
        ($opsB | Get-PgRole joe).MemberOf | Should -Be 'pg_monitor'
        $opsB | Remove-PgRole joe -Confirm:$false
    }
}

Describe 'A pipeline' {
    It 'passes each object on as soon as it is there' {
        $seen = [System.Collections.Generic.List[string]]::new()
        'a', 'b' | ForEach-Object { $seen.Add("in $_"); $_ } | Get-PgConnection -ThrottleLimit 1 | ForEach-Object { $seen.Add("out $($_.Instance)") }
        $seen | Should -Be 'in a', 'out a', 'in b', 'out b'
    }

    It 'that ends early makes no more than was wanted' {
        $made = 'e1', 'e2' | New-PgInstance -ThrottleLimit 1 | Select-Object -First 1
        $made.Name | Should -Be 'e1'
        (Get-PgInstance e*).Name | Should -Be 'e1'
        $made | Remove-PgInstance -Confirm:$false
    }
}
