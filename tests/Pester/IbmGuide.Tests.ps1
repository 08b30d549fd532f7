# SPDX-License-Identifier: MIT
# IBM's tutorial "Getting started with Databases for PostgreSQL Gen 2", step by step, against the emulator of IBM Cloud's services, each of whose
# instances is a real PostgreSQL. Each It is a step of the tutorial; they follow one another.

BeforeDiscovery { $hasPsql = [bool] (Get-Command psql -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    # Gen 2 has PostgreSQL 18; an older server lacks some of the predefined roles.
    $binaries = Get-ServerBinary 18
    $major = $binaries ? 18 : $systemMajor
    $lacking = @(
        if ($major -lt 15) { 'pg_checkpoint' }
        if ($major -lt 16) { 'pg_create_subscription', 'pg_use_reserved_connections' })
    $emulator = Start-Emulator -Postgres $binaries
    $null = Connect-IbmEmulator $emulator

    # A row of the tutorial's tables of roles: rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, memberof.
    function Format-Row([string] $Name, [string] $Flags, [string[]] $MemberOf) {
        $there = @($MemberOf | Where-Object { $_ -and $_ -notin $lacking })
        [array]::Sort($there, [StringComparer]::Ordinal)
        "$Name | $Flags | {$($there -join ',')}"
    }

    function Get-RoleTable($User) {
        $User | Get-PgRole | ForEach-Object {
            $flags = foreach ($flag in $_.Superuser, $_.Inherit, $_.CreateRole, $_.CreateDatabase, $_.Login) { $flag ? 't' : 'f' }
            "$($_.Name) | $flags | {$($_.MemberOf -join ',')}"
        }
    }

    $adminRoles = 'pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats', 'pg_stat_scan_tables',
        'pg_signal_backend', 'pg_checkpoint', 'pg_create_subscription'
    $writerRoles = 'pg_read_all_data', 'pg_write_all_data'
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Step 1: provision an instance' {
    It 'makes one with the defaults: 2 members, 10 GB, the smallest host flavor' {
        $script:example = New-PgInstance example -Location ca-mon
        $example.Change, $example.Status | Should -Be 'Created', 'Creating'
        $example.Detail.State | Should -Be 'provisioning'
        $example.Detail.LastOperation | Should -Be 'create in progress'
        $example.NodeCount, $example.DiskSizeGB, $example.Flavor, $example.Version | Should -Be 0, 0, '', '' -Because 'the service tells them with the rest'
    }

    It 'makes one with parameters, as the command line takes them' {
        $script:larger = New-PgInstance larger -Parameter '{"storage_gb":40,"members":3,"host_flavor":"bx3d.8x40"}' -WarningVariable said
        $said | Should -BeNullOrEmpty
        $larger.NodeCount, $larger.DiskSizeGB, $larger.Flavor | Should -Be 3, 40, 'bx3d.8x40'
    }

    It 'makes the same with parameters of the cmdlet' {
        $same = New-PgInstance same -StorageGB 40 -Members 3 -HostFlavor bx3d.8x40
        $same.NodeCount, $same.DiskSizeGB, $same.Flavor | Should -Be 3, 40, 'bx3d.8x40'
        Remove-PgInstance $same -Confirm:$false
    }

    It 'shows what the broker refuses, in its words, and by which transaction' -ForEach @(
        @{ Parameter = '{"members":5}'; Id = 'NodesInvalid'; Says = "invalid members '5', allowed values: 2, 3" }
        @{ Parameter = '{"storage_gb":10000}'; Id = 'DiskInvalid'
            Says = "invalid storage size '10000', only integer values between 10 and 9600 are allowed" }
        @{ Parameter = '{"colour":"red"}'; Id = 'BrokerRefused'; Says = 'colour' }
    ) {
        $problem = Get-Problem { New-PgInstance refused -Parameter $Parameter }
        Assert-Problem $problem "PgCloud.Cloud.$Id" InvalidArgument -Message ([regex]::Escape($Says))
        $problem.Exception.QueryId | Should -Not -BeNullOrEmpty
        "$problem" | Should -BeLike "*transaction id $($problem.Exception.QueryId)*"
        "$problem" | Should -Not -Match 'support ticket'
        Get-PgInstance refused* | Should -BeNullOrEmpty
    }

    It 'does not even order what it knows to be refused' {
        Reset-EmulatorCall $emulator
        Assert-Problem (Get-Problem { New-PgInstance refused -Members 5 }) PgCloud.Cloud.NodesInvalid InvalidArgument 5 '2 to 3|2, 3|2 or 3'
        Assert-Problem (Get-Problem { New-PgInstance refused -StorageGB 10000 }) PgCloud.Cloud.DiskInvalid InvalidArgument 10000 '10 to 9600'
        Assert-Problem (Get-Problem { New-PgInstance refused -Parameter '{"storage":40}' }) PgCloud.Cloud.ParameterUnknown InvalidArgument storage 'is storage_gb'
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'waits until it is active, and shows what the command line shows of it' {
        $script:example = Wait-PgInstance example
        $script:larger = Wait-PgInstance larger
        $example.Name, $example.Status, $example.Plan, $example.Region | Should -Be 'example', 'Ready', 'standard-gen2', 'ca-mon'
        [guid]::TryParse($example.Id, [ref] [guid]::Empty) | Should -BeTrue
        $example.Detail.Crn | Should -Be "crn:v1:bluemix:public:databases-for-postgresql:ca-mon:a/$($emulator.ibmAccountId):$($example.Id)::"
        $example.Detail.ResourceGroup, $example.Detail.State | Should -Be $emulator.ibmResourceGroupName, 'active'
        $example.Detail.LastOperation | Should -Be 'create succeeded'
        $example.Detail.LastOperationMessage | Should -Be 'Provision completed successfully'
        $example.CreatedAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-10))
        $example.Detail.UpdatedAt | Should -BeGreaterOrEqual $example.CreatedAt
        $example.CreatedAt.Offset, $example.Detail.UpdatedAt.Offset | Should -Be ([timespan]::Zero), ([timespan]::Zero)
        $example.NodeCount, $example.DiskSizeGB, $example.Flavor, $example.Version | Should -Be 2, 10, 'bx3d.4x20', '18'
        $larger.NodeCount, $larger.DiskSizeGB, $larger.Flavor, $larger.Detail.CpuCount, $larger.Detail.MemoryGB | Should -Be 3, 40, 'bx3d.8x40', 8, 40
    }

    It 'has no user yet' {
        Get-PgCloudUser example | Should -BeNullOrEmpty
    }
}

Describe 'Step 2: create the manager user' {
    It 'makes it, with the roles of a manager' {
        $script:manager = New-PgManagerUser example -Name example-manager
        $manager.Change, $manager.Kind | Should -Be 'Created', 'Manager'
        $manager.UserName | Should -Match '^ibmcloud_[0-9a-f]{32}$'
        $manager.Credential.UserName | Should -Be $manager.UserName
        $manager.MemberOf | Should -Be 'ibm_admin', 'ibm_writer'
    }

    It 'sees the roles of the tutorial''s first table' {
        Get-RoleTable $manager | Should -Be @(
            Format-Row ibm_admin 'f t f f f' $adminRoles
            Format-Row ibm_monitoring 'f t f f t' pg_use_reserved_connections
            Format-Row ibm_rest 'f f t t t' pg_use_reserved_connections, ibm_admin, ibm_writer, $manager.UserName
            Format-Row ibm_rewind 'f t f f t'
            Format-Row ibm_superuser 't t t t t'
            Format-Row ibm_writer 'f t f f f' $writerRoles
            Format-Row $manager.UserName 'f t t t t' ibm_admin, ibm_writer)
    }

    It 'lets others cancel queries, and monitor, by SQL' {
        $script:password = New-Secret 'joe-and-mary-1'
        $null = $manager | New-PgRole joe, mary -Login -Password $password
        $manager | Invoke-PgQuery 'GRANT pg_signal_backend TO joe'
        ($manager | Grant-PgRole -Role pg_monitor -Member mary -PassThru).Change | Should -Be 'Created'
        ($manager | Grant-PgRole -Role pg_signal_backend -Member joe -PassThru).Change | Should -Be 'Unchanged'
        ($manager | Get-PgRoleMember -Member joe, mary).Role | Should -Be 'pg_signal_backend', 'pg_monitor'
    }

    It 'does not show them among the service credentials' {
        (Get-PgCloudUser example).Name | Should -Be 'example-manager'
    }

    It 'has a password changed by SQL' {
        $manager | Invoke-PgQuery 'ALTER ROLE joe WITH PASSWORD ''new-password-2'''
        Get-PgConnection example (New-Credential joe 'new-password-2') | Test-PgConnection | Should -BeTrue
        Get-PgConnection example (New-Credential joe 'joe-and-mary-1') | Test-PgConnection | Should -BeFalse
    }

    It 'has its own password changed by SQL, which the service credential does not know of' {
        $before = $manager.Credential
        $script:manager = Reset-PgUserPassword example -Name example-manager -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -BeLike '*goes on showing the old one*'
        Get-PgConnection example $before | Test-PgConnection | Should -BeFalse
        $manager.Connection | Test-PgConnection | Should -BeTrue
        Assert-Problem (Get-Problem { Reset-PgUserPassword example -Name example-manager }) PgCloud.User.StoredPasswordOutdated AuthenticationError $manager.UserName
    }
}

Describe 'Step 3: create a writer' {
    It 'makes it, with the roles of a writer' {
        $script:writer = New-PgWriterUser larger -Name example-writer
        $writer.Change, $writer.Kind | Should -Be 'Created', 'Writer'
        $writer.MemberOf | Should -Be 'ibm_writer'
    }

    It 'sees the roles of the tutorial''s second table' {
        Get-RoleTable $writer | Should -Be @(
            Format-Row ibm_admin 'f t f f f' $adminRoles
            Format-Row ibm_monitoring 'f f f f t' pg_monitor, pg_use_reserved_connections
            Format-Row ibm_replication 'f t f f t' pg_use_reserved_connections
            Format-Row ibm_rest 'f f t t t' pg_use_reserved_connections, ibm_admin, ibm_writer, $writer.UserName
            Format-Row ibm_rewind 'f t f f t'
            Format-Row ibm_superuser 't t t t t'
            Format-Row ibm_writer 'f t f f f' $writerRoles
            Format-Row $writer.UserName 'f t f f t' ibm_writer)
    }
}

Describe 'Step 4: set up context-based restrictions' {
    It 'lets this machine in, and another network' {
        $added = Add-PgAuthorisedIp example 127.0.0.1, 192.0.2.0/24 -PassThru
        $added.Cidr | Should -Be '127.0.0.1/32', '192.0.2.0/24'
        $added.Change | Should -Be 'Created', 'Created'
        $manager.Connection | Test-PgConnection | Should -BeTrue
    }

    It 'keeps out who is not named, in a while' {
        Set-PgAuthorisedIp example 192.0.2.0/24 -Confirm:$false
        Wait-Until { -not ($manager.Connection | Test-PgConnection) } -What 'the restriction'
        Set-PgAuthorisedIp example 127.0.0.1 -Confirm:$false
        Wait-Until { $manager.Connection | Test-PgConnection } -What 'the end of the restriction'
    }
}

Describe 'Step 5: connect' {
    It 'has the connection string of the tutorial' {
        $script:connection = Get-PgConnection example $manager.Credential
        $connection.ToUri() | Should -Be "postgres://$($manager.UserName)@$($example.HostName):$($example.Port)/postgres?sslmode=verify-full"
        $connection.TlsMode | Should -Be 'VerifyFull'
    }

    It 'is what psql logs in with, over verified TLS' -Skip:(-not $hasPsql) {
        $ca = New-TemporaryFile
        try {
            Set-Content $ca $connection.CaCertificate
            $env:PGPASSWORD = Get-Secret $manager.Credential
            $env:PGSSLROOTCERT = $ca
            psql -X -At -d $connection.ToUri() -c 'SELECT current_user, pg_has_role(current_user, ''pg_monitor'', ''member'')' |
                Should -Be "$($manager.UserName)|t"
        }
        finally {
            Remove-Item Env:PGPASSWORD, Env:PGSSLROOTCERT, $ca
        }
    }
}

Describe 'The end' {
    It 'deletes the service credential, and the user with it' {
        $ops = New-PgManagerUser example -Name ops
        (Remove-PgCloudUser example -Name example-manager -Confirm:$false -PassThru).Change | Should -Be 'Removed'
        (Get-PgCloudUser example).Name | Should -Be 'ops'
        $ops | Get-PgRole $manager.UserName -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $null = $ops | Invoke-PgQuery 'CREATE TABLE kept AS SELECT 42 AS answer'
    }

    It 'deletes the instances' {
        Remove-PgInstance example, larger -Recurse -Wait -Confirm:$false
        Get-PgInstance | Should -BeNullOrEmpty
        Wait-Until { @(Get-PgReclaimedInstance example, larger -ErrorAction SilentlyContinue).Count -eq 2 } -What 'the reclamations'
        (Get-PgReclaimedInstance).State | Select-Object -Unique | Should -Be 'SCHEDULED'
    }

    It 'restores one from its reclamation, with its data' {
        $back = Restore-PgInstance example -Wait
        $back.Id, $back.Status | Should -Be $example.Id, 'Ready'
        $again = New-PgManagerUser example -Name again
        ($again | Invoke-PgQuery 'SELECT answer FROM kept').answer | Should -Be 42
        (Get-PgReclaimedInstance).Name | Should -Be 'larger'
    }
}
