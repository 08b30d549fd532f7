# SPDX-License-Identifier: MIT
# OVHcloud's guide "PostgreSQL - Configure your PostgreSQL instance to accept incoming connections", step by step, against the emulator of its
# API, whose instance is a real PostgreSQL. Each It is a step of the guide; they follow one another.

BeforeDiscovery { $hasPsql = [bool] (Get-Command psql -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $null = Connect-Emulator $emulator
    $null = New-PgInstance orders -Region GRA -Plan essential -Version 15 -Wait
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Step 1: verify your PostgreSQL instance' {
    It 'is ready, with a host and a port, and lets nobody in' {
        $orders = Get-PgInstance orders
        $orders.Status | Should -Be 'Ready'
        $orders.HostName | Should -Not -BeNullOrEmpty
        $orders.Port | Should -BeGreaterThan 0
        Get-PgAuthorisedIp orders | Should -BeNullOrEmpty
    }
}

Describe 'Step 2: set up your user' {
    It 'finds avnadmin, whose password nobody knows, enabled' {
        $admin = Get-PgCloudUser orders
        $admin.Name, $admin.Status | Should -Be 'avnadmin', 'Ready'
        $admin.Credential | Should -BeNullOrEmpty
    }

    It 'resets the password of avnadmin and tells it once' {
        $script:admin = Reset-PgUserPassword orders -Name avnadmin -Confirm:$false
        $admin.Credential.UserName | Should -Be 'avnadmin'
        $admin.Credential.Password.Length | Should -BeGreaterThan 8
        (Get-PgCloudUser orders avnadmin).Status, (Get-PgCloudUser orders avnadmin).Credential | Should -Be 'Ready', $null
    }
}

Describe 'Step 3: authorise an IP' {
    It 'authorises 109.190.200.59, and this machine' {
        $added = Add-PgAuthorisedIp orders 109.190.200.59, 127.0.0.1 -Description guide -PassThru
        $added.Cidr | Should -Be '109.190.200.59/32', '127.0.0.1/32'
        $added.Change | Should -Be 'Created', 'Created'
    }

    It 'authorises everybody only after a question: nobody there to answer means no' {
        $child = Invoke-Child -ArgumentList $emulator.http, $emulator.applicationKey, $emulator.project -Environment @{
            PGCLOUD_TEST_SECRET = $emulator.applicationSecret; PGCLOUD_TEST_KEY = $emulator.consumerKey
        } -Script {
            param($Module, $Endpoint, $Key, $Project)
            Import-Module $Module
            $secret = ConvertTo-SecureString $env:PGCLOUD_TEST_SECRET -AsPlainText -Force
            $consumer = ConvertTo-SecureString $env:PGCLOUD_TEST_KEY -AsPlainText -Force
            $null = Connect-PgCloud Ovh -Endpoint $Endpoint -ApplicationCredential ([pscredential]::new($Key, $secret)) -ConsumerKey $consumer -Project $Project
            $ConfirmPreference = 'None'
            Add-PgAuthorisedIp orders 0.0.0.0/0
            "ended with $?"
        }
        $child.Output | Should -Match 'ended with False'
        (Get-PgAuthorisedIp orders).Cidr | Should -Not -Contain '0.0.0.0/0'
    }

    It 'authorises everybody where the answer was given beforehand, and takes that back' {
        Add-PgAuthorisedIp orders 0.0.0.0/0 -Confirm:$false
        (Get-PgAuthorisedIp orders).Cidr | Should -Contain '0.0.0.0/0'
        (Remove-PgAuthorisedIp orders 0.0.0.0/0 -PassThru).Change | Should -Be 'Removed'
    }
}

Describe 'Step 4: create a user, and give it its rights by SQL' {
    It 'has avnadmin''s rights: no superuser, but one who makes roles and databases' {
        $role = $admin | Get-PgRole avnadmin
        $role.Superuser, $role.CreateRole, $role.CreateDatabase, $role.Replication | Should -Be $false, $true, $true, $true
    }

    It 'makes a user with the one role the API knows' {
        $script:joe = New-PgWriterUser orders -Name joe-1 -Role replication
        $joe.Change | Should -Be 'Created'
        $joe.MemberOf | Should -Be 'replication', 'pg_read_all_data', 'pg_write_all_data'
        (Get-PgCloudUser orders joe-1).Status | Should -Be 'Ready'
    }

    It 'grants to it by SQL, which the API does not offer' {
        ($admin | Grant-PgRole -Role pg_monitor -Member joe-1 -PassThru).Change | Should -Be 'Created'
        ($admin | Get-PgRoleMember -Member joe-1).Role | Should -Contain 'pg_monitor'
    }
}

Describe 'Step 5: collect the login information' {
    It 'has host, port, database, user name and certificate' {
        $script:connection = Get-PgConnection orders $joe.Credential
        $connection.Database, $connection.UserName, $connection.TlsMode | Should -Be 'defaultdb', 'joe-1', 'VerifyFull'
        $orders = Get-PgInstance orders
        $connection.ToUri() | Should -Be "postgres://joe-1@$($orders.HostName):$($orders.Port)/defaultdb?sslmode=verify-full"
        $connection.CaCertificate | Should -BeLike '-----BEGIN CERTIFICATE-----*'
    }

    It 'is what psql logs in with, over verified TLS' -Skip:(-not $hasPsql) {
        $ca = New-TemporaryFile
        try {
            Set-Content $ca $connection.CaCertificate
            $env:PGPASSWORD = Get-Secret $joe.Credential
            $env:PGSSLROOTCERT = $ca
            psql -X -At -d $connection.ToUri() -c 'SELECT current_user, pg_has_role(current_user, ''pg_monitor'', ''member'')' | Should -Be 'joe-1|t'
        }
        finally {
            Remove-Item Env:PGPASSWORD, Env:PGSSLROOTCERT, $ca
        }
    }
}

Describe 'The end' {
    It 'removes the user and the instance' {
        (Remove-PgCloudUser orders -Name joe-1 -Confirm:$false -PassThru).Change | Should -Be 'Removed'
        Remove-PgInstance orders -Wait -Confirm:$false
        Get-PgInstance | Should -BeNullOrEmpty
    }

    It 'called none of the deprecated routes' {
        $seen = (Invoke-EmulatorControl $emulator Get calls).calls.route
        $seen | Should -Not -BeNullOrEmpty
        $seen -match '/ipRestriction' | Should -BeNullOrEmpty
    }
}
