# SPDX-License-Identifier: MIT
# Provider Ovh against the emulator of OVHcloud's API, each of whose instances is a real PostgreSQL.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator
    $session = Connect-Emulator $emulator
    $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1 -BackupTime 03:25 -Wait
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Connect-PgCloud -Provider Ovh' {
    It 'finds the project by its name and shows it' {
        $session.Provider | Should -Be 'Ovh'
        $session.Account | Should -Be "Orders ($($emulator.project))"
    }

    It 'takes a project by id, a service account and an access token' {
        $client = New-Credential $emulator.clientId $emulator.clientSecret
        (Connect-PgCloud Ovh -Endpoint $emulator.http -ClientCredential $client -Project $emulator.project -Name service).Account |
            Should -Be $emulator.project
        (Connect-PgCloud Ovh -Endpoint $emulator.http -AccessToken (New-Secret $emulator.accessToken) -Project Orders -Name token).Account |
            Should -BeLike 'Orders*'
        'service', 'token' | ForEach-Object { Disconnect-PgCloud $_ }
    }

    It 'lists the projects, by name, id and pattern' {
        (Get-PgCloudProject).Name | Should -Be Laboratory, Orders
        (Get-PgCloudProject Ord*).Id | Should -Be $emulator.project
        (Get-PgCloudProject $emulator.project).Name | Should -Be Orders
        Assert-Problem (Get-Problem { Get-PgCloudProject Order }) PgCloud.Cloud.ProjectNotFound ObjectNotFound Order 'Laboratory.*Orders'
    }

    It 'says which projects there are where none or no such one is named' {
        Assert-Problem (Get-Problem { Connect-Emulator $emulator -Project $null }) PgCloud.Cloud.ProjectAmbiguous InvalidArgument -Message 'Laboratory.*Orders'
        Assert-Problem (Get-Problem { Connect-Emulator $emulator -Project Order }) PgCloud.Cloud.ProjectNotFound ObjectNotFound Order 'Orders'
        Assert-Problem (Get-Problem { Connect-Emulator $emulator -Project ('0' * 32) }) PgCloud.Cloud.ProjectNotFound ObjectNotFound
    }

    It 'says that a key is wrong' {
        $wrong = New-Credential $emulator.applicationKey 'not-the-application-secret'
        $problem = Get-Problem {
            Connect-PgCloud Ovh -Endpoint $emulator.http -ApplicationCredential $wrong -ConsumerKey (New-Secret $emulator.consumerKey) -Project Orders
        }
        Assert-Problem $problem PgCloud.Cloud.Unauthorised AuthenticationError
        "$problem" | Should -Not -Match 'not-the-application-secret'
    }

    It 'reads the environment as OVHcloud''s own clients do' {
        $before = Get-ChildItem Env:OVH_* -ErrorAction Ignore
        try {
            $env:OVH_ENDPOINT = $emulator.http
            $env:OVH_APPLICATION_KEY = $emulator.applicationKey
            $env:OVH_APPLICATION_SECRET = $emulator.applicationSecret
            $env:OVH_CONSUMER_KEY = $emulator.consumerKey
            $env:OVH_CLOUD_PROJECT_SERVICE = $emulator.project
            (Connect-PgCloud Ovh -Name environment).Account | Should -Be $emulator.project
            Disconnect-PgCloud environment
        }
        finally {
            Remove-Item Env:OVH_*
            $before | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value }
        }
    }

    It 'refuses what belongs to another provider' {
        Assert-Problem (Get-Problem { Connect-PgCloud Ovh -StateDirectory x }) PgCloud.Provider.NotSupported NotImplemented Ovh '-StateDirectory'
        Assert-Problem (Get-Problem { Connect-PgCloud Local -Project x }) PgCloud.Provider.NotSupported NotImplemented Local '-Project'
        Assert-Problem (Get-Problem { New-PgInstance x -Region GRA -Port 5432 }) PgCloud.Provider.NotSupported NotImplemented Ovh '-Port'
    }
}

Describe 'Instances' {
    It 'are as they were ordered' {
        $orders.Name, $orders.Region, $orders.Plan, $orders.Flavor, $orders.Version | Should -Be 'orders', 'GRA', 'business', 'db1-7', '15'
        $orders.Status, $orders.Change | Should -Be 'Ready', 'Created'
        $orders.NodeCount, $orders.DiskSizeGB | Should -Be 2, 160
        $orders.Detail.BackupTime | Should -Be '03:25:00'
        $orders.Endpoint.IsReadReplica | Should -Be $false, $true
        (Get-PgInstance orders).Id | Should -Be $orders.Id
        (Get-PgInstance ord*).Name | Should -Be 'orders'
    }

    It 'are refused where the name is taken' {
        Assert-Problem (Get-Problem { New-PgInstance orders -Region GRA }) PgCloud.Instance.Exists ResourceExists orders "$($orders.Id)"
    }

    It 'are not offered with <Part> <Value>, which Get-PgOffering says' -ForEach @(
        @{ Part = 'Region'; Value = 'GRB'; Says = 'BHS, DE, EU-WEST-PAR, GRA, SBG, UK, WAW' }
        @{ Part = 'Version'; Value = '9'; Says = '14, 15, 16, 17' }
        @{ Part = 'Plan'; Value = 'bussines'; Says = 'business' }
        @{ Part = 'Flavor'; Value = 'db9-1'; Says = 'db1-15' }
    ) {
        $wish = @{ $Part = $Value }
        Assert-Problem (Get-Problem { Get-PgOffering @wish }) "PgCloud.Cloud.${Part}NotFound" ObjectNotFound $Value $Says
        $wish = @{ $Part = "$Value*" }
        Get-PgOffering @wish -ErrorAction Stop -WarningAction Stop | Should -BeNullOrEmpty
    }

    It 'are refused before anything is ordered where <What> does not fit' -ForEach @(
        @{ What = 'the region'; Wish = @{ Region = 'GRB' }; Id = 'RegionNotFound'; Target = 'GRB'; Says = '*BHS, DE, EU-WEST-PAR, GRA, SBG, UK, WAW*' }
        @{ What = 'the missing region'; Wish = @{ Plan = 'business' }; Id = 'RegionMissing'; Target = $null; Says = '*BHS, DE, GRA*' }
        @{ What = 'the version'; Wish = @{ Region = 'GRA'; Version = '9' }; Id = 'VersionNotFound'; Target = '9'; Says = '*14, 15, 16, 17*' }
        @{ What = 'the plan'; Wish = @{ Region = 'GRA'; Plan = 'busines' }; Id = 'PlanNotFound'; Target = 'busines'; Says = '*business*' }
        @{ What = 'the flavor'; Wish = @{ Region = 'GRA'; Flavor = 'db9-1' }; Id = 'FlavorNotFound'; Target = 'db9-1'; Says = '*db1-15*' }
        @{ What = 'the flavor to the plan'; Wish = @{ Region = 'GRA'; Plan = 'essential'; Flavor = 'db1-30' }; Id = 'OfferNotFound'
            Target = 'db1-30'; Says = '*region GRA, plan essential*db1-15, db1-4, db1-7*' }
        @{ What = 'the number of nodes'; Wish = @{ Region = 'GRA'; Plan = 'business'; NodeCount = 5 }; Id = 'NodesInvalid'; Target = 5; Says = '*allowed: 2*' }
        @{ What = 'the disk'; Wish = @{ Region = 'GRA'; Plan = 'business'; Flavor = 'db1-7'; DiskSizeGB = 165 }; Id = 'DiskInvalid'; Target = 165
            Says = '*160 to 480 GB in steps of 10 GB*' }
    ) {
        Reset-EmulatorCall $emulator
        $problem = Get-Problem { New-PgInstance other @Wish }
        $problem.FullyQualifiedErrorId | Should -BeLike "PgCloud.Cloud.$Id,*"
        $problem.TargetObject | Should -Be $Target
        "$problem" | Should -BeLike $Says
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'of one name are both named' {
        $two = Add-EmulatorService $emulator 2 twin
        $problem = Get-Problem { Get-PgAuthorisedIp twin }
        Assert-Problem $problem PgCloud.Instance.Ambiguous InvalidArgument twin "$($two[0])"
        "$problem" | Should -BeLike "*$($two[1])*"
        @(Get-PgAuthorisedIp $two[0]).Count | Should -Be 0
        $two | ForEach-Object { Remove-PgInstance $_ -Confirm:$false }
    }

    It 'are listed in one call' {
        Reset-EmulatorCall $emulator
        $null = Get-PgInstance
        Get-EmulatorCall $emulator | Should -Be 1
    }

    It 'change only where something differs' {
        (Set-PgInstance orders -MaintenanceTime 04:00 -DeletionProtection $true -PassThru -Wait).Change | Should -Be 'Updated'
        Reset-EmulatorCall $emulator
        (Set-PgInstance orders -MaintenanceTime 04:00 -DeletionProtection $true -PassThru).Change | Should -Be 'Unchanged'
        Assert-Problem (Get-Problem { Set-PgInstance orders -Version 14 }) PgCloud.Cloud.VersionOlder InvalidArgument 14 'is older than'
        Assert-Problem (Get-Problem { Set-PgInstance orders -Plan essential }) PgCloud.Cloud.PlanChangeRefused InvalidArgument essential 'can become: enterprise'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
    }

    It 'that are protected are not removed' {
        $problem = Get-Problem { Remove-PgInstance orders -Confirm:$false }
        Assert-Problem $problem PgCloud.Instance.Protected InvalidOperation
        $problem.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape('Set-PgInstance <instance> -DeletionProtection $false'))
        $null = Set-PgInstance orders -DeletionProtection $false -Wait
    }

    It 'that are removed are Removing, and Removed once that was waited for' {
        $two = Add-EmulatorService $emulator 2 leaving
        (Remove-PgInstance $two[0] -PassThru -Confirm:$false).Status | Should -Be 'Removing'
        $gone = Remove-PgInstance $two[1] -Wait -PassThru -Confirm:$false
        $gone.Status, $gone.Change | Should -Be 'Removed', 'Removed'
    }

    It 'do not start and stop' {
        Assert-Problem (Get-Problem { Stop-PgInstance orders -Confirm:$false }) PgCloud.Provider.NotSupported NotImplemented Ovh
    }
}

Describe 'Authorised addresses' {
    It 'are added, kept, changed and removed' {
        (Add-PgAuthorisedIp orders 203.0.113.7/24, 198.51.100.1 -Description hosts -PassThru).Change | Should -Be 'Created', 'Created'
        (Get-PgAuthorisedIp orders).Cidr | Should -Be '127.0.0.1/32', '203.0.113.0/24', '198.51.100.1/32'
        (Add-PgAuthorisedIp orders 203.0.113.0/24 -PassThru).Change | Should -Be 'Unchanged'
        (Remove-PgAuthorisedIp orders 198.51.100.1 -PassThru).Change | Should -Be 'Removed'
        (Set-PgAuthorisedIp orders 127.0.0.1 -PassThru -Confirm:$false).Change | Should -Be 'Unchanged', 'Removed'
        (Get-PgAuthorisedIp orders).Cidr | Should -Be '127.0.0.1/32'
    }

    It 'that are piped in become the list, in one write' {
        Add-PgAuthorisedIp orders 203.0.113.7, 203.0.113.8 -Description hosts
        Reset-EmulatorCall $emulator
        $changed = Get-PgAuthorisedIp orders | Where-Object Cidr -NE 203.0.113.7/32 | Set-PgAuthorisedIp -PassThru -Confirm:$false
        $changed.Change | Should -Be 'Unchanged', 'Unchanged', 'Removed'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 1
        (Get-PgAuthorisedIp orders 203.0.113.8).Description | Should -Be 'hosts'
        Set-PgAuthorisedIp orders 127.0.0.1 -Confirm:$false
    }

    It 'are all kept where 16 processes add five each at once' {
        $service = Add-EmulatorService $emulator 1 crowded
        $children = 1..16 | ForEach-Object {
            Start-Child -ArgumentList $emulator.http, $emulator.applicationKey, $emulator.project, $service, $_ -Environment @{
                PGCLOUD_TEST_SECRET = $emulator.applicationSecret; PGCLOUD_TEST_KEY = $emulator.consumerKey
            } -Script {
                param($Module, $Endpoint, $Key, $Project, $Service, $Writer)
                Import-Module $Module
                $secret = ConvertTo-SecureString $env:PGCLOUD_TEST_SECRET -AsPlainText -Force
                $consumer = ConvertTo-SecureString $env:PGCLOUD_TEST_KEY -AsPlainText -Force
                $null = Connect-PgCloud Ovh -Endpoint $Endpoint -ApplicationCredential ([pscredential]::new($Key, $secret)) -ConsumerKey $consumer -Project $Project
                Add-PgAuthorisedIp $Service (1..5 | ForEach-Object { "10.0.$Writer.$_" }) -PassThru -WarningAction Ignore | ForEach-Object Change
            }
        }
        foreach ($child in $children) {
            $result = Wait-Child $child 120
            $result.Output.Trim() -split '\s+' | Should -Be (@('Created') * 5) -Because $result.Error
        }
        (Get-PgAuthorisedIp $service).Cidr | Sort-Object -Unique | Should -HaveCount 80
        Remove-PgInstance $service -Confirm:$false
    }

    It 'are IPv4 only, with a description of 50 characters' {
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp orders 2001:db8::1 }) PgCloud.Network.AddressInvalid InvalidArgument 2001:db8::1 'IPv4'
        foreach ($script in { Add-PgAuthorisedIp orders 256.1.1.1 }, { Get-PgAuthorisedIp orders 256.1.1.1 }, { Remove-PgAuthorisedIp orders 256.1.1.1 }, { New-PgInstance other -Region GRA -AuthorisedIp 256.1.1.1 }) {
            $problem = Get-Problem $script
            Assert-Problem $problem PgCloud.Network.AddressInvalid InvalidArgument 256.1.1.1
            $problem.ErrorDetails.RecommendedAction | Should -Match 'IPv4' -Because "$script"
            $problem.ErrorDetails.RecommendedAction | Should -Not -Match 'IPv6|2001:db8' -Because "$script"
        }
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp orders 192.0.2.1 -Description ('x' * 51) }) PgCloud.Network.DescriptionInvalid InvalidArgument
    }
}

Describe 'Users' {
    BeforeAll {
        $ops = New-PgManagerUser orders -Name ops
    }

    It 'are made once, with their rights' {
        $joe = New-PgWriterUser orders -Name joe-1 -Role replication
        $joe.Change, $joe.Kind | Should -Be 'Created', 'Writer'
        $joe.MemberOf | Should -Be 'replication', 'pg_read_all_data', 'pg_write_all_data'
        (New-PgWriterUser orders -Name joe-1).Change | Should -Be 'Unchanged'
        ($joe | Invoke-PgQuery 'SELECT current_user AS name').name | Should -Be 'joe-1'
        (Remove-PgCloudUser orders -Name joe-1 -Confirm:$false -PassThru).Change | Should -Be 'Removed'
    }

    It 'that manage grant' {
        $ops.MemberOf | Should -Contain 'pg_monitor'
        ($ops | New-PgRole mary -Login | Grant-PgRole -Role pg_monitor -PassThru).Change | Should -Be 'Created'
        $replica = $ops | Get-PgConnection -ReadReplica
        $replica | Test-PgConnection | Should -BeTrue
        $replica.Port | Should -Not -Be ($ops | Get-PgConnection).Port
        ($replica | Invoke-PgQuery "SELECT rolname FROM pg_roles WHERE rolname = 'mary'").rolname | Should -Be 'mary'
        Assert-Problem (Get-Problem { $replica | New-PgRole never }) PgCloud.Sql.ReadOnly InvalidOperation
        Test-PgConnection $replica -SourceAddress 127.0.0.2 | Should -BeFalse
        $null = $ops | New-PgRole followed
        Wait-Until { $replica | Invoke-PgQuery "SELECT 1 AS one FROM pg_roles WHERE rolname = 'followed'" } -What 'the replica'
        Add-PgAuthorisedIp orders 127.0.0.3
        Wait-Until { Test-PgConnection $replica -SourceAddress 127.0.0.3 } -What 'the replica''s rules'
        Remove-PgAuthorisedIp orders 127.0.0.3
        $ops | Remove-PgRole followed -Confirm:$false
    }

    It 'are not made where SQL cannot be reached, and it is said how to go on' {
        Set-PgAuthorisedIp orders 192.0.2.1 -Confirm:$false
        $problem = Get-Problem { New-PgWriterUser orders -Name late }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.User.SqlUnreachable,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "*Add-PgAuthorisedIp 'orders'*"
        (Get-PgCloudUser orders).Name | Should -Not -Contain 'late'
        Set-PgAuthorisedIp orders 127.0.0.1 -Confirm:$false
    }

    It 'need an admin where the session knows none' {
        $other = Connect-Emulator $emulator
        $problem = Get-Problem { New-PgWriterUser orders -Name late -Session $other }
        Assert-Problem $problem PgCloud.User.AdminMissing AuthenticationError late 'Nothing was made'
        (New-PgWriterUser orders -Name late -Session $other -AdminCredential $ops.Credential -WarningAction Ignore).Change | Should -Be 'Created'
        Disconnect-PgCloud $other
    }

    It 'are refused by name' {
        Assert-Problem (Get-Problem { Remove-PgCloudUser orders -Name avnadmin -Confirm:$false }) PgCloud.User.NotRemovable InvalidOperation avnadmin
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name joe -Role owner }) PgCloud.User.RoleUnknown InvalidArgument owner 'replication'
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name ab }) PgCloud.User.NameInvalid InvalidArgument ab
    }
}

Describe 'The end' {
    It 'removes the instance' {
        Remove-PgInstance orders -Wait -Confirm:$false
        @(Get-PgInstance).Count | Should -Be 0
    }
}
