# SPDX-License-Identifier: MIT
# Provider Ibm against the emulator of IBM Cloud's services, each of whose instances is a real PostgreSQL.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    # From PostgreSQL 16 on a membership has options, and a grantor that it depends on.
    $hasOptions = [bool] (Get-ServerBinary 18) -or $systemMajor -ge 16
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Postgres (Get-ServerBinary 18)
    $urls = Get-IbmServiceUrl $emulator
    $session = Connect-IbmEmulator $emulator
    $null = New-PgInstance orders -AuthorisedIp 127.0.0.1

    # An instance that is only listed: no server is started for it.
    function New-Seed([string] $Name, [hashtable] $With = @{}) {
        (Set-IbmEmulator $emulator ibm/instances (@{ count = 1; name = $Name } + $With)) | ForEach-Object { $_ }
    }

    # A call of IBM Cloud's API as another client makes it.
    function Invoke-IbmApi([string] $Url, $Body, [string] $Method = 'Post') {
        $form = @{ grant_type = 'urn:ibm:params:oauth:grant-type:apikey'; apikey = $emulator.ibmApiKey }
        $token = (Invoke-RestMethod "$($emulator.ibmIam)/identity/token" -Method Post -Body $form).access_token
        $content = $null -eq $Body ? @{} : @{ Body = $Body | ConvertTo-Json -Depth 9; ContentType = 'application/json' }
        Invoke-RestMethod $Url -Method $Method -Headers @{ Authorization = "Bearer $token" } @content
    }

    function New-ForeignRule([string] $Instance, [string[]] $Address, [hashtable[]] $Resource) {
        $base = $emulator.ibmContextBasedRestrictions
        $zone = Invoke-IbmApi "$base/v1/zones" @{
            name = "office-$([guid]::NewGuid().ToString('n'))"; account_id = $emulator.ibmAccountId
            addresses = @($Address | ForEach-Object { @{ type = $_ -match '^crn:' ? 'vpc' : $_ -match '/' ? 'subnet' : $_ -match '-' ? 'ipRange' : 'ipAddress'; value = $_ } })
        }
        $rule = Invoke-IbmApi "$base/v1/rules" @{
            description = 'made by hand'
            contexts = @(@{ attributes = @(@{ name = 'networkZoneId'; value = $zone.id }) })
            resources = @(@{ attributes = @(
                        @{ name = 'accountId'; value = $emulator.ibmAccountId }
                        @{ name = 'serviceName'; value = 'databases-for-postgresql' }
                        $Resource ?? @{ name = 'serviceInstance'; value = $Instance }) })
            operations = @{ api_types = @(@{ api_type_id = 'crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane' }) }
        }
        $zone | Add-Member Rule $rule.id -PassThru
    }

    # Sets variables of the environment for a script, and puts them back.
    function Use-Environment([hashtable] $Variable, [scriptblock] $Script) {
        $all = @($Variable.Keys) + 'IC_API_KEY', 'IBMCLOUD_API_KEY', 'IC_IAM_TOKEN', 'IBMCLOUD_IAM_TOKEN', 'IC_RESOURCE_GROUP' | Select-Object -Unique
        $before = @{}
        try {
            foreach ($one in $all) {
                $before[$one] = [Environment]::GetEnvironmentVariable($one)
                [Environment]::SetEnvironmentVariable($one, $Variable[$one])
            }
            & $Script
        }
        finally {
            foreach ($one in $before.Keys) { [Environment]::SetEnvironmentVariable($one, $before[$one]) }
        }
    }

    function Assert-Transaction($Problem) {
        @($Problem)[0].Exception.QueryId | Should -Not -BeNullOrEmpty
        "$Problem" | Should -BeLike "*transaction id $(@($Problem)[0].Exception.QueryId)*"
    }

    $orders = Wait-PgInstance orders
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Connect-PgCloud -Provider Ibm' {
    It 'finds the default resource group and shows it with the account' {
        $session.Provider | Should -Be 'Ibm'
        $session.Account | Should -Be "$($emulator.ibmAccountId), resource group $($emulator.ibmResourceGroupName)"
    }

    It 'takes an API key as the password of a credential' {
        (Connect-PgCloud Ibm -ApiKey (New-Credential apikey $emulator.ibmApiKey) -ServiceUrl $urls -Name other).Account | Should -Be $session.Account
    }

    It 'takes a key file, by a path that begins at PowerShell''s location' {
        $directory = New-TestDirectory
        try {
            @{ name = 'runbook'; apikey = $emulator.ibmApiKey } | ConvertTo-Json | Set-Content "$directory/key.json"
            Set-Content "$directory/bad.json" "apikey: $($emulator.ibmApiKey)"
            Push-Location $directory
            (Connect-PgCloud Ibm -KeyFile key.json -ServiceUrl $urls -Name other).Account | Should -Be $session.Account
            $problem = Get-Problem { Connect-PgCloud Ibm -KeyFile bad.json -ServiceUrl $urls -Name other }
            $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.Cloud.KeyFile*'
            "$problem $($problem.Exception)" | Should -Not -Match ([regex]::Escape($emulator.ibmApiKey))
        }
        finally {
            Pop-Location
            Remove-Item $directory -Recurse
        }
    }

    It 'takes a passcode, once' {
        $passcode = New-Secret (Set-IbmEmulator $emulator ibm/iam/passcodes).passcode
        (Connect-PgCloud Ibm -Passcode $passcode -ServiceUrl $urls -Name other).Account | Should -Be $session.Account
        $problem = Get-Problem { Connect-PgCloud Ibm -Passcode $passcode -ServiceUrl $urls -Name other }
        Assert-Problem $problem PgCloud.Cloud.PasscodeInvalid AuthenticationError -Message 'BXNIM0407E'
    }

    It 'takes an access token, as the command line shows it too, until it ends' {
        $form = @{ grant_type = 'urn:ibm:params:oauth:grant-type:apikey'; apikey = $emulator.ibmApiKey }
        $token = (Invoke-RestMethod "$($emulator.ibmIam)/identity/token" -Method Post -Body $form).access_token
        (Connect-PgCloud Ibm -AccessToken (New-Secret "Bearer $token") -ServiceUrl $urls -Name other).Account | Should -Be $session.Account
        $null = Set-IbmEmulator $emulator ibm/iam/tokens -Method Delete
        $problem = Get-Problem { Get-PgInstance -Session other }
        Assert-Problem $problem PgCloud.Cloud.Unauthorised AuthenticationError -Message 'Token is expired'
        Assert-Transaction $problem
        "$problem" | Should -Not -Match ([regex]::Escape($token))
        (Get-PgInstance orders -Session $session).Name | Should -Be 'orders' -Because 'with an API key a new token is fetched'
    }

    It 'looks for the key in IC_API_KEY, then in IBMCLOUD_API_KEY, where it may be a file' {
        $file = New-TemporaryFile
        @{ apikey = $emulator.ibmApiKey } | ConvertTo-Json | Set-Content $file
        Use-Environment @{ IC_API_KEY = $emulator.ibmApiKey; IBMCLOUD_API_KEY = 'not-a-key' } {
            (Connect-PgCloud Ibm -ServiceUrl $urls -Name other).Account | Should -Be $session.Account
        }
        Use-Environment @{ IBMCLOUD_API_KEY = "@$file" } { (Connect-PgCloud Ibm -ServiceUrl $urls -Name other).Account | Should -Be $session.Account }
        Use-Environment @{ IC_API_KEY = 'not-a-key'; IBMCLOUD_API_KEY = $emulator.ibmApiKey } {
            Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ServiceUrl $urls -Name other }) PgCloud.Cloud.ApiKeyInvalid AuthenticationError
        }
        Use-Environment @{} {
            Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ServiceUrl $urls -Name other }) PgCloud.Cloud.CredentialMissing AuthenticationError -Message 'IC_API_KEY'
        }
        Remove-Item $file
    }

    It 'says that a key is not known, and by which request' {
        $problem = Get-Problem { Connect-IbmEmulator $emulator 'not-the-api-key' }
        Assert-Problem $problem PgCloud.Cloud.ApiKeyInvalid AuthenticationError -Message 'BXNIM0415E: Provided API key could not be found'
        Assert-Transaction $problem
        "$problem $($problem.Exception)" | Should -Not -Match 'not-the-api-key'
    }

    It 'says so too of one that was removed while a session uses it' {
        $key = (Set-IbmEmulator $emulator ibm/iam/keys @{}).apiKey
        $other = Connect-IbmEmulator $emulator $key -With @{ Name = 'other' }
        $null = Set-IbmEmulator $emulator "ibm/iam/keys/$key" -Method Delete
        $null = Set-IbmEmulator $emulator ibm/iam/tokens -Method Delete
        Assert-Problem (Get-Problem { Get-PgInstance -Session $other }) PgCloud.Cloud.ApiKeyInvalid AuthenticationError -Message 'BXNIM0415E'
    }

    It 'takes one credential only' {
        $problem = Get-Problem { Connect-PgCloud Ibm -ApiKey (New-Secret x) -AccessToken (New-Secret y) -ServiceUrl $urls }
        Assert-Problem $problem PgCloud.Cloud.CredentialInvalid AuthenticationError -Message 'API key.*access token'
    }

    It 'takes a resource group by its name and its id, from the environment too, and says which there are' {
        $groupName, $id = $emulator.ibmOtherResourceGroupName, $emulator.ibmOtherResourceGroup
        foreach ($group in $groupName, $id) {
            (Connect-IbmEmulator $emulator -With @{ ResourceGroup = $group; Name = 'other' }).Account | Should -BeLike "*resource group $groupName"
        }
        Use-Environment @{ IC_RESOURCE_GROUP = $groupName } { (Connect-IbmEmulator $emulator -With @{ Name = 'other' }).Account | Should -BeLike "*resource group $groupName" }
        $problem = Get-Problem { Connect-IbmEmulator $emulator -With @{ ResourceGroup = 'nowhere' } }
        Assert-Problem $problem PgCloud.Cloud.ResourceGroupNotFound ObjectNotFound nowhere "$groupName"
    }

    It 'lists the resource groups, by name, id and pattern, and says which there are' {
        $other = $emulator.ibmOtherResourceGroupName
        $all = Get-PgCloudProject
        $all.Name | Should -Be (@($emulator.ibmResourceGroupName, $other) | Sort-Object -CaseSensitive)
        $all.Status | Select-Object -Unique | Should -Be ACTIVE
        (Get-PgCloudProject $other).Id | Should -Be $emulator.ibmOtherResourceGroup
        (Get-PgCloudProject $emulator.ibmOtherResourceGroup).Name | Should -Be $other
        @(Get-PgCloudProject no-such-*) | Should -HaveCount 0
        Assert-Problem (Get-Problem { Get-PgCloudProject nowhere }) PgCloud.Cloud.ProjectNotFound ObjectNotFound nowhere $other
        $local = Connect-PgCloud Local -StateDirectory $TestDrive -Name local
        try { Assert-Problem (Get-Problem { Get-PgCloudProject -Session $local }) PgCloud.Provider.NotSupported NotImplemented Local -Message projects }
        finally { Disconnect-PgCloud $local }
    }

    It 'lists the instances of the named resource group only' {
        $there = New-Seed elsewhere @{ resourceGroup = $emulator.ibmOtherResourceGroup }
        $other = Connect-IbmEmulator $emulator -With @{ ResourceGroup = $emulator.ibmOtherResourceGroup; Name = 'other' }
        (Get-PgInstance -Session $other).Id | Should -Be $there
        (Get-PgInstance -Session $session).Name | Should -Be 'elsewhere', 'orders'
        (Get-PgInstance elsewhere -Session $session).Detail.ResourceGroup | Should -Be $emulator.ibmOtherResourceGroupName
        Remove-PgInstance $there -Session $session -Confirm:$false
    }

    It 'completes resource groups' {
        Use-Environment @{
            IC_API_KEY = $emulator.ibmApiKey; IBMCLOUD_IAM_API_ENDPOINT = $emulator.ibmIam
            IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT = $emulator.ibmResourceManager
        } {
            $line = 'Connect-PgCloud Ibm -ResourceGroup '
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $emulator.ibmResourceGroupName, $emulator.ibmOtherResourceGroupName
        }
    }

    It 'completes the resource groups of the session' {
        foreach ($line in 'New-PgInstance x -ResourceGroup De', 'Get-PgCloudProject De') {
            Get-Offer $line | Should -Be $emulator.ibmResourceGroupName
        }
    }

    It 'refuses what belongs to another provider' {
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -Project x }) PgCloud.Provider.NotSupported NotImplemented Ibm '-Project'
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -StateDirectory x }) PgCloud.Provider.NotSupported NotImplemented Ibm '-StateDirectory'
        Assert-Problem (Get-Problem { Connect-PgCloud Ovh -ResourceGroup x }) PgCloud.Provider.NotSupported NotImplemented Ovh '-ResourceGroup'
        Assert-Problem (Get-Problem { Connect-PgCloud Local -KeyFile x }) PgCloud.Provider.NotSupported NotImplemented Local '-KeyFile'
    }

    It 'says that a service is not known, and that a key may only read' {
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ApiKey (New-Secret x) -ServiceUrl @{ Iam2 = 'https://x' } }) PgCloud.Cloud.EndpointInvalid InvalidArgument Iam2 'Iam'
        $viewer = Connect-IbmEmulator $emulator $emulator.ibmViewerApiKey -With @{ Name = 'other' }
        (Get-PgInstance orders -Session $viewer).Status | Should -Be 'Ready'
        $problem = Get-Problem { New-PgInstance denied -Session $viewer }
        Assert-Problem $problem PgCloud.Cloud.Forbidden PermissionDenied -Message 'Editor'
        Assert-Transaction $problem
    }

    AfterAll { Disconnect-PgCloud other -ErrorAction Ignore; Connect-IbmEmulator $emulator -With @{ Name = 'main' } }
}

Describe 'Instances' {
    It 'are as they were ordered, with every parameter' {
        $key = 'crn:v1:bluemix:public:kms:ca-mon:a/0123456789:e4a29d1a-2ef0-42a6-8fd2-350deb1c647e:key:5437653b-c4b1-447f-9646-b2a2a4cd6179'
        $made = New-PgInstance complete -Region us-east -Plan standard-gen2 -Flavor bxf.8x32 -NodeCount 3 -DiskSizeGB 20 -Version 18 -ServiceEndpoint private `
            -ResourceGroup $emulator.ibmOtherResourceGroupName -DiskEncryptionKeyCrn $key -Tag env:test, shop -Configuration @{ max_connections = 200; log_connections = $true }
        $made.Change, $made.Region, $made.Flavor, $made.NodeCount, $made.DiskSizeGB, $made.Version | Should -Be 'Created', 'us-east', 'bxf.8x32', 3, 20, '18'
        $made.Detail.ResourceGroup | Should -Be $emulator.ibmOtherResourceGroupName
        $sent = (Invoke-IbmApi "$($emulator.ibmResourceController)/v2/resource_instances/$($made.Id)" -Method Get).parameters
        $sent.service_endpoints, $sent.dataservices.encryption.disk | Should -Be 'private', $key
        $sent.dataservices.postgresql.configuration.max_connections, $sent.dataservices.postgresql.configuration.log_connections | Should -Be 200, 'on'
        (Invoke-IbmApi "$($emulator.ibmTagging)/v3/tags?attached_to=$([uri]::EscapeDataString($made.Detail.Crn))" -Method Get).items.name | Should -Be 'env:test', 'shop'
        Remove-PgInstance $made -Confirm:$false
    }

    It 'take the names of both generations in -Parameter, and say what became of them' {
        $table = [ordered]@{
            members_host_flavor = 'bx3d.8x40'; 'service-endpoints' = 'private'; backup_encryption_key_crn = 'crn:x'; members_memory_allocation_mb = 4096
            disk_encryption_key_crn = 'crn:v1:key'; storage_gb = 12; dataservices = @{ postgresql = @{ members = 3 } }
        }
        $made = New-PgInstance named -Parameter $table -StorageGB 14 -WarningVariable said -WarningAction SilentlyContinue
        $made.Flavor, $made.NodeCount, $made.DiskSizeGB | Should -Be 'bx3d.8x40', 3, 14
        "$said" | Should -BeLike '*members_host_flavor is sent as dataservices.postgresql.host_flavor*'
        "$said" | Should -BeLike '*disk_encryption_key_crn is sent as dataservices.encryption.disk*'
        "$said" | Should -BeLike '*backup_encryption_key_crn is left out*a backup has the encryption key of its database*'
        "$said" | Should -BeLike '*members_memory_allocation_mb is left out*flavor*'
        $said.Count | Should -Be 5
        Remove-PgInstance $made -Confirm:$false
    }

    It 'take -Parameter from a file, and say where its JSON is wrong' {
        $file = New-TemporaryFile
        Set-Content $file '{"members":3}'
        $made = New-PgInstance filed -Parameter "@$file"
        $made.NodeCount | Should -Be 3
        Remove-PgInstance $made -Confirm:$false
        Remove-Item $file
        Assert-Problem (Get-Problem { New-PgInstance x -Parameter '{"members":' }) PgCloud.Cloud.ParametersInvalid InvalidArgument -Message 'line 1'
        Assert-Problem (Get-Problem { New-PgInstance x -Parameter "$file" }) PgCloud.Cloud.ParametersInvalid InvalidArgument -Message 'cannot be read'
    }

    It 'are refused before anything is ordered where <What> does not fit' -ForEach @(
        @{ What = 'the location'; Wish = @{ Region = 'us-south' }; Id = 'Cloud.RegionNotFound'; Category = 'ObjectNotFound'; Target = 'us-south'; Says = 'ca-mon.*eu-de.*in-che.*us-east' }
        @{ What = 'the plan'; Wish = @{ Plan = 'standard-gen3' }; Id = 'Cloud.PlanNotFound'; Category = 'ObjectNotFound'; Target = 'standard-gen3'; Says = 'standard-gen2' }
        @{ What = 'the generation of the plan'; Wish = @{ Plan = 'standard' }; Id = 'Cloud.PlanNotFound'; Category = 'ObjectNotFound'; Target = 'standard'; Says = 'there are: standard-gen2\.' }
        @{ What = 'the number of members'; Wish = @{ NodeCount = 1 }; Id = 'Cloud.NodesInvalid'; Category = 'InvalidArgument'; Target = 1; Says = '2' }
        @{ What = 'the storage'; Wish = @{ DiskSizeGB = 9 }; Id = 'Cloud.DiskInvalid'; Category = 'InvalidArgument'; Target = 9; Says = '10 to 9600' }
        @{ What = 'the flavor'; Wish = @{ Flavor = 'b3c.4x16.encrypted' }; Id = 'Cloud.FlavorNotFound'; Category = 'ObjectNotFound'; Target = 'b3c.4x16.encrypted'; Says = 'bx3d.4x20' }
        @{ What = 'the key of the disk'; Wish = @{ DiskEncryptionKeyCrn = 'key-1' }; Id = 'Cloud.CrnInvalid'; Category = 'InvalidArgument'; Target = 'key-1'; Says = 'crn:' }
        @{ What = 'the backup'; Wish = @{ FromBackup = 'backup-1' }; Id = 'Cloud.CrnInvalid'; Category = 'InvalidArgument'; Target = 'backup-1'; Says = 'crn:' }
        @{ What = 'the endpoint'; Wish = @{ ServiceEndpoint = 'public' }; Id = 'Cloud.ServiceEndpointInvalid'; Category = 'InvalidArgument'; Target = 'public'; Says = 'private' }
        @{ What = 'the name'; Wish = @{ Name = 'a/b' }; Id = 'Instance.NameInvalid'; Category = 'InvalidArgument'; Target = 'a/b'; Says = 'a/b' }
        @{ What = 'the resource group'; Wish = @{ ResourceGroup = 'nowhere' }; Id = 'Cloud.ResourceGroupNotFound'; Category = 'ObjectNotFound'; Target = 'nowhere'; Says = 'Orders' }
        @{ What = 'a setting'; Wish = @{ Configuration = @{ work_mem = 4 } }; Id = 'Configuration.NameNotFound'; Category = 'ObjectNotFound'; Target = 'work_mem'; Says = 'max_connections' }
        @{ What = 'a setting''s value'; Wish = @{ Configuration = @{ max_connections = 501 } }; Id = 'Configuration.ValueInvalid'; Category = 'InvalidArgument'; Target = 501; Says = '25 to 500' }
        @{ What = 'a setting''s word'; Wish = @{ Configuration = @{ wal_level = 'minimal' } }; Id = 'Configuration.ValueInvalid'; Category = 'InvalidArgument'; Target = 'minimal'; Says = 'replica, logical' }
        @{ What = 'a setting to another'; Wish = @{ Configuration = @{ max_wal_senders = 10; max_replication_slots = 20 } }; Id = 'Configuration.ValueInvalid'; Category = 'InvalidArgument'
            Target = 10; Says = 'max_replication_slots' }
        @{ What = 'an address'; Wish = @{ AuthorisedIp = '2001:db8::1' }; Id = 'Network.AddressInvalid'; Category = 'InvalidArgument'; Target = '2001:db8::1'; Says = 'IPv6' }
        @{ What = 'a parameter of another provider'; Wish = @{ Port = 5432 }; Id = 'Provider.NotSupported'; Category = 'NotImplemented'; Target = 'Ibm'; Says = '-Port' }
    ) {
        $wishes = @{ Name = 'other' } + @{}
        foreach ($name in $Wish.Keys) { $wishes[$name] = $Wish[$name] }
        Reset-EmulatorCall $emulator
        Assert-Problem (Get-Problem { New-PgInstance @wishes }) "PgCloud.$Id" $Category $Target $Says
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'need a location where neither the session nor the line has one' {
        $null = Connect-PgCloud Ibm -ApiKey (New-Secret $emulator.ibmApiKey) -ServiceUrl $urls -Name nowhere
        Assert-Problem (Get-Problem { New-PgInstance x -Session nowhere }) PgCloud.Cloud.RegionMissing InvalidArgument $null 'ca-mon.*us-east'
        Disconnect-PgCloud nowhere
    }

    It 'are refused where the name is taken' {
        Assert-Problem (Get-Problem { New-PgInstance orders }) PgCloud.Instance.Exists ResourceExists orders "$($orders.Id)"
    }

    It 'of one name are both named, and found by id and by CRN' {
        $two = Set-IbmEmulator $emulator ibm/instances @{ count = 2; name = 'twin' }
        $problem = Get-Problem { Get-PgAuthorisedIp twin }
        Assert-Problem $problem PgCloud.Instance.Ambiguous InvalidArgument twin "$($two[0])"
        "$problem" | Should -BeLike "*$($two[1])*"
        $crn = (Get-PgInstance twin | Where-Object Id -EQ $two[1]).Detail.Crn
        (Set-PgInstance $crn -NewName other-twin -PassThru).Name | Should -Be 'other-twin'
        $two | Remove-PgInstance -Confirm:$false
    }

    It 'say that there is none, and what an id of none is' {
        Assert-Problem (Get-Problem { Get-PgInstance nobody }) PgCloud.Instance.NotFound ObjectNotFound nobody
        $id = [guid]::NewGuid().ToString()
        Assert-Problem (Get-Problem { Lock-PgInstance $id }) PgCloud.Instance.NotFound ObjectNotFound $id
    }

    It 'change only where something differs, and each change waits for the one before' {
        $id = New-Seed grows
        (Set-PgInstance $id -StorageGB 20 -PassThru).Change | Should -Be 'Updated'
        (Set-PgInstance $id -StorageGB 20 -PassThru).Change | Should -Be 'Unchanged'
        $grown = Set-PgInstance $id -Members 3 -HostFlavor bx3d.8x40 -NewName grown -Configuration @{ max_connections = 300 } -Wait -PassThru
        $grown.Change, $grown.Name, $grown.NodeCount, $grown.Flavor, $grown.DiskSizeGB | Should -Be 'Updated', 'grown', 3, 'bx3d.8x40', 20
        $grown.Detail.Configuration | Should -BeLike '*max_connections=300*'
        Reset-EmulatorCall $emulator
        (Set-PgInstance $id -Members 3 -HostFlavor bx3d.8x40 -NewName grown -Configuration @{ max_connections = 300 } -PassThru).Change | Should -Be 'Unchanged'
        Get-EmulatorCall $emulator -Method PATCH | Should -Be 0
        Assert-Problem (Get-Problem { Set-PgInstance $id -StorageGB 15 }) PgCloud.Cloud.DiskTooSmall InvalidArgument 15 '20'
        Assert-Problem (Get-Problem { Set-PgInstance $id -Parameter '{"storage_gb":15}' }) PgCloud.Cloud.DiskTooSmall InvalidArgument 15 '20'
        (Set-PgInstance $id -Parameter '{"storage_gb":20,"members":3}' -PassThru).Change | Should -Be 'Unchanged'
        Assert-Problem (Get-Problem { Set-PgInstance $id -HostFlavor bx2.4x16 }) PgCloud.Cloud.FlavorNotFound ObjectNotFound bx2.4x16
        Assert-Problem (Get-Problem { Set-PgInstance $id -Members 4 }) PgCloud.Cloud.NodesInvalid InvalidArgument 4
        Assert-Problem (Get-Problem { Set-PgInstance $id -Version 19 }) PgCloud.Cloud.VersionFixed NotImplemented 19
        Assert-Problem (Get-Problem { Set-PgInstance $id -BackupTime 03:00 }) PgCloud.Provider.NotSupported NotImplemented Ibm '-BackupTime'
        Remove-PgInstance $id -Confirm:$false
    }

    It 'have their tags set and taken' {
        $id = New-Seed tagged
        $crn = [uri]::EscapeDataString((Get-PgInstance tagged).Detail.Crn)
        (Set-PgInstance $id -Tag env:test, shop -PassThru).Change | Should -Be 'Updated'
        (Set-PgInstance $id -Tag shop, env:test -PassThru).Change | Should -Be 'Unchanged'
        (Set-PgInstance $id -Tag shop -PassThru).Change | Should -Be 'Updated'
        (Invoke-IbmApi "$($emulator.ibmTagging)/v3/tags?attached_to=$crn" -Method Get).items.name | Should -Be 'shop'
        Assert-Problem (Get-Problem { Set-PgInstance $id -Tag other -StorageGB 5 }) PgCloud.Cloud.DiskTooSmall InvalidArgument 5
        (Invoke-IbmApi "$($emulator.ibmTagging)/v3/tags?attached_to=$crn" -Method Get).items.name | Should -Be 'shop' -Because 'nothing is half made'
        Remove-PgInstance $id -Confirm:$false
    }

    It 'are locked against changes and removal, not against themselves' {
        $id = New-Seed locked
        (Lock-PgInstance $id -PassThru).Change | Should -Be 'Updated'
        (Get-PgInstance locked | Lock-PgInstance -PassThru).Change | Should -Be 'Unchanged'
        (Get-PgInstance locked).Detail.Locked | Should -BeTrue
        foreach ($attempt in { Set-PgInstance $id -NewName x }, { Remove-PgInstance $id }) {
            $problem = Get-Problem $attempt
            Assert-Problem $problem PgCloud.Instance.Locked InvalidOperation locked 'locked'
            Assert-Transaction $problem
        }
        Lock-PgInstance orders -WhatIf
        (Get-PgInstance orders).Detail.Locked | Should -BeFalse
        (Unlock-PgInstance $id -PassThru).Change | Should -Be 'Updated'
        (Unlock-PgInstance $id -PassThru).Change | Should -Be 'Unchanged'
        (Set-PgInstance $id -DeletionProtection $true -PassThru).Detail.Locked | Should -BeTrue
        (Set-PgInstance $id -DeletionProtection $false -NewName unlocked -PassThru).Name | Should -Be 'unlocked'
        Remove-PgInstance $id -Confirm:$false
        Get-PgInstance unlocked -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'that are being changed are locked after that' {
        $id = New-Seed busy
        Set-PgInstance $id -StorageGB 20
        (Lock-PgInstance $id -PassThru).Detail.Locked | Should -BeTrue
        $null = Unlock-PgInstance $id
        Remove-PgInstance $id -Confirm:$false
    }

    It 'of the first generation, and backups, are none of the provider''s' {
        (Get-PgInstance).Name | Should -Be 'orders'
    }
}

Describe 'Backups' {
    It 'that are independent are listed, and restored into a new instance' {
        $orders = Get-PgInstance orders
        $ops = New-PgManagerUser orders -Name keeper
        $null = $ops | Invoke-PgQuery 'CREATE TABLE kept AS SELECT 7 AS a'
        $null = Invoke-IbmApi "$($emulator.ibmResourceController)/v2/resource_instances" @{
            name = 'orders-backup'; target = 'ca-mon'; resource_group = $emulator.ibmResourceGroup
            resource_plan_id = 'databases-independent-backups-gen2-standard'
            parameters = @{ dataservices = @{ source_dataservice_crn = $orders.Detail.Crn } }
        }
        Wait-Until { (Get-PgBackup orders -ErrorAction SilentlyContinue).Status -eq 'Ready' } -What 'the backup'
        $backup = Get-PgBackup orders
        $backup.Type, $backup.Description, "$($backup.Regions)", "$($backup.Instance)" | Should -Be 'on_demand', 'orders-backup', 'ca-mon', 'orders'
        $backup.Id | Should -BeLike 'crn:*'
        $restored = $backup | New-PgInstance -Name restored -AuthorisedIp 127.0.0.1 -Wait
        (New-PgManagerUser $restored -Name keeper | Invoke-PgQuery 'SELECT a FROM kept').a | Should -Be 7
        Remove-PgInstance $restored -Recurse -Permanent -Confirm:$false
        $null = $ops | Invoke-PgQuery 'DROP TABLE kept'
        Remove-PgCloudUser orders -Name keeper -Confirm:$false
    }
}

Describe 'Removed instances' {
    It 'hold their name until they are restored or ended' {
        $id = New-Seed kept
        Remove-PgInstance kept -Confirm:$false
        $null = Wait-Until { Get-PgReclaimedInstance kept -ErrorAction SilentlyContinue } -What 'the reclamation'
        $problem = Get-Problem { New-PgInstance kept }
        Assert-Problem $problem PgCloud.Instance.NameReclaimable ResourceExists kept "$id"
        $kept = Get-PgReclaimedInstance kept
        $kept.Id, $kept.State, $kept.Region | Should -Be $id, 'SCHEDULED', 'ca-mon'
        $kept.GoneAt | Should -BeGreaterThan $kept.RemovedAt
        Restore-PgInstance kept -WhatIf
        (Get-PgReclaimedInstance k*).State | Should -Be 'SCHEDULED'
        ($kept | Restore-PgInstance -Wait).Id | Should -Be $id
        Assert-Problem (Get-Problem { Get-PgReclaimedInstance kept }) PgCloud.Instance.ReclamationNotFound ObjectNotFound kept
        Assert-Problem (Get-Problem { Restore-PgInstance kept }) PgCloud.Instance.ReclamationNotFound ObjectNotFound kept
        Remove-PgInstance kept -Confirm:$false
    }

    It 'are had back at once after they were removed' {
        $id = New-Seed hasty
        Remove-PgInstance hasty -Confirm:$false
        (Restore-PgInstance hasty -Wait).Id | Should -Be $id
        Remove-PgInstance hasty -Permanent -Confirm:$false
    }

    It 'are ended for good, with their restrictions' {
        $id = New-Seed ended
        Add-PgAuthorisedIp $id 192.0.2.1
        $zones = { (Invoke-IbmApi "$($emulator.ibmContextBasedRestrictions)/v1/zones?account_id=$($emulator.ibmAccountId)" -Method Get).zones.name }
        & $zones | Should -Contain "pgcloud-$id"
        Remove-PgInstance $id -Permanent -Confirm:$false
        Wait-Until { -not (Get-PgReclaimedInstance ended -ErrorAction SilentlyContinue) } -What 'the end'
        & $zones | Should -Not -Contain "pgcloud-$id"
    }

    It 'that were removed before are ended by name and by object' {
        $two = 'first', 'second' | ForEach-Object { New-Seed $_ }
        Remove-PgInstance $two[0], $two[1] -Confirm:$false
        Wait-Until { @(Get-PgReclaimedInstance first, second -ErrorAction SilentlyContinue).Count -eq 2 } -What 'the reclamations'
        Remove-PgInstance first -Permanent -WhatIf
        (Get-PgReclaimedInstance first).State | Should -Be 'SCHEDULED'
        Remove-PgInstance first -Permanent -Confirm:$false
        Get-PgReclaimedInstance second | Remove-PgInstance -Permanent -Confirm:$false
        Wait-Until { -not (Get-PgReclaimedInstance first, second -ErrorAction SilentlyContinue) } -What 'the end'
        Assert-Problem (Get-Problem { Remove-PgInstance first -Permanent }) PgCloud.Instance.NotFound ObjectNotFound first
    }
}

Describe 'Users' {
    BeforeAll {
        $script:ops = New-PgManagerUser orders -Name ops
    }

    It 'are made once, and told with their credential again' {
        $again = New-PgManagerUser orders -Name ops
        $again.Change, $again.Id, $again.UserName | Should -Be 'Unchanged', $ops.Id, $ops.UserName
        Get-Secret $again.Credential | Should -BeExactly (Get-Secret $ops.Credential)
        (Get-PgCloudUser orders).Name | Should -Be 'ops'
        (Get-PgCloudUser orders).Credential | Should -BeNullOrEmpty
    }

    It 'of the other kind are not taken for what was asked' {
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name ops }) PgCloud.User.KindDiffers ResourceExists ops 'Manager'
    }

    It 'log in with what <Shape> tells' -ForEach @(@{ Shape = 'Gen 2' }, @{ Shape = 'Gen 1' }) {
        Set-IbmEmulator $emulator ibm/quirks @{ gen1Credentials = $Shape -eq 'Gen 1' } -Method Put
        try {
            $user = New-PgWriterUser orders -Name shaped
            ($user | Invoke-PgQuery 'SELECT current_user AS name').name | Should -Be $user.UserName
            $user.Connection.CaCertificate | Should -BeLike '-----BEGIN CERTIFICATE-----*'
            (Remove-PgCloudUser orders -Name shaped -PassThru -Confirm:$false).Change | Should -Be 'Removed'
        }
        finally {
            Set-IbmEmulator $emulator ibm/quirks @{ gen1Credentials = $false } -Method Put
        }
    }

    It 'that are not found at first are waited for' {
        Set-IbmEmulator $emulator ibm/quirks @{ keyAppearanceSeconds = 600 } -Method Put
        try {
            (New-PgWriterUser orders -Name late).Change | Should -Be 'Created'
            (New-PgWriterUser orders -Name late).Change | Should -Be 'Unchanged'
            (Get-PgCloudUser orders late | Remove-PgCloudUser -PassThru -Confirm:$false).Change | Should -Be 'Removed'
        }
        finally {
            Set-IbmEmulator $emulator ibm/quirks @{ keyAppearanceSeconds = 0 } -Method Put
        }
    }

    It 'whose credentials are redacted are listed, and that is said where one is needed' {
        $hidden = New-PgWriterUser orders -Name hidden
        Set-IbmEmulator $emulator ibm/quirks @{ redactCredentials = $true } -Method Put
        try {
            (Get-PgCloudUser orders hidden).Id | Should -Be $hidden.Id
            $again = New-PgWriterUser orders -Name hidden
            $again.Change, $again.Credential | Should -Be 'Unchanged', $null
            foreach ($attempt in { Reset-PgUserPassword orders -Name hidden }, { Reset-PgUserPassword orders -Name hidden -Rotate }) {
                Assert-Problem (Get-Problem $attempt) PgCloud.User.CredentialRedacted PermissionDenied hidden "$($hidden.Id)"
            }
        }
        finally {
            Set-IbmEmulator $emulator ibm/quirks @{ redactCredentials = $false } -Method Put
        }
        Remove-PgCloudUser orders -Name hidden -Confirm:$false
    }

    It 'are refused by name, by a password of one''s own and by a role' {
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name ('x' * 181) }) PgCloud.User.NameInvalid InvalidArgument ('x' * 181)
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name x -Password (New-Secret 'My-0wn-password') }) PgCloud.User.PasswordInvalid InvalidArgument x
        Assert-Problem (Get-Problem { New-PgWriterUser orders -Name x -Role pg_monitor }) PgCloud.Provider.NotSupported NotImplemented Ibm '-Role'
        Assert-Problem (Get-Problem { Remove-PgCloudUser orders -Name nobody }) PgCloud.User.NotFound ObjectNotFound nobody
    }

    It 'that share a name are told apart by id' {
        $source = $orders.Detail.Crn
        $one, $two = 1..2 | ForEach-Object { Invoke-IbmApi "$($emulator.ibmResourceController)/v2/resource_keys" @{ name = 'both'; source = $source; role = 'Writer' } }
        Assert-Problem (Get-Problem { Remove-PgCloudUser orders -Name both }) PgCloud.User.Ambiguous InvalidArgument both "$($one.guid)"
        $null = Remove-PgCloudUser orders -Name $one.guid -Confirm:$false
        $null = Remove-PgCloudUser orders -Name $two.credentials.username -Confirm:$false
        (Get-PgCloudUser orders).Name | Should -Be 'ops'
    }

    It 'keep an instance from being removed by accident' {
        $problem = Get-Problem { Remove-PgInstance orders }
        Assert-Problem $problem PgCloud.Instance.HasDependants InvalidOperation orders 'ops'
        (Get-PgInstance orders).Status | Should -Be 'Ready'
    }

    It 'get a password by SQL, and another where the admin is given' {
        $app = New-PgWriterUser orders -Name app
        $reset = Reset-PgUserPassword orders -Name app -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue
        $reset.Change | Should -Be 'Updated'
        "$said" | Should -Match 'goes on showing the old one'
        $reset.Connection | Test-PgConnection | Should -BeTrue
        $app.Connection | Test-PgConnection | Should -BeFalse
        Assert-Problem (Get-Problem { Reset-PgUserPassword orders -Name app }) PgCloud.User.StoredPasswordOutdated AuthenticationError $app.UserName
        $own = Reset-PgUserPassword orders -Name app -Password (New-Secret 'My-0wn-password') -AdminCredential $reset.Credential -Confirm:$false -WarningAction SilentlyContinue
        Get-Secret $own.Credential | Should -BeExactly 'My-0wn-password'
        $own.Connection | Test-PgConnection | Should -BeTrue

        # Where a warning ends the pipeline the new password is out before it.
        $kept = [Collections.Generic.List[object]]::new()
        $stopped = Get-Problem { Reset-PgUserPassword orders -Name app -AdminCredential $own.Credential -Confirm:$false -WarningAction Stop | ForEach-Object { $kept.Add($_) } }
        $stopped.FullyQualifiedErrorId | Should -BeLike 'ActionPreferenceStop*'
        $kept | Should -HaveCount 1
        $kept[0].Connection | Test-PgConnection | Should -BeTrue
        $null = Remove-PgCloudUser orders -Name app -Confirm:$false
    }

    It 'are rotated: what they own in all databases and their memberships move, and the old credential is gone' {
        $lead = New-PgManagerUser orders -Name lead
        $null = $lead | New-PgRole team, readers
        $lead | Grant-PgRole -Role team -Member $ops.UserName -Admin
        $lead | Grant-PgRole -Role readers -Member $ops.UserName
        $null = $ops | New-PgDatabase second -ErrorAction Stop
        $null = $ops | Invoke-PgQuery 'CREATE TABLE first_table AS SELECT 1 AS a'
        $null = Get-PgConnection orders $ops.Credential -Database second | Invoke-PgQuery 'CREATE TABLE second_table AS SELECT 2 AS a'
        Assert-Problem (Get-Problem { Reset-PgUserPassword orders -Name ops -Rotate -Password (New-Secret 'My-0wn-password') }) PgCloud.User.PasswordInvalid InvalidArgument ops
        $new = Reset-PgUserPassword orders -Name ops -Rotate -AdminCredential $lead.Credential -Confirm:$false
        $new.Name, $new.Kind, $new.Change | Should -Be 'ops', 'Manager', 'Created'
        $new.UserName | Should -Not -Be $ops.UserName
        $owners = 'SELECT tableowner AS owner FROM pg_tables WHERE schemaname = ''public'''
        ($new | Invoke-PgQuery $owners).owner | Should -Be $new.UserName
        (Get-PgConnection orders $new.Credential -Database second | Invoke-PgQuery $owners).owner | Should -Be $new.UserName
        ($new | Get-PgDatabase second).Owner | Should -Be $new.UserName
        $memberships = $lead | Get-PgRoleMember -Member $new.UserName
        $memberships.Role | Should -Be 'ibm_admin', 'ibm_writer', 'readers', 'team'
        ($memberships | Where-Object Admin).Role | Should -Be 'team'
        $new | Get-PgRole $ops.UserName -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $ops.Connection | Test-PgConnection | Should -BeFalse
        $new | Get-PgRole pgcloud_handover* | Should -BeNullOrEmpty
        (Get-PgCloudUser orders ops).Id | Should -Be $new.Id
        $script:ops = $new
    }

    It 'say which memberships they cannot hand over themselves' -Skip:(-not $hasOptions) {
        $new = Reset-PgUserPassword orders -Name ops -Rotate -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*readers, team*were not handed over*Grant-PgRole*'
        $script:ops = $new
        ($new | Get-PgRoleMember -Member $new.UserName).Role | Should -Be 'ibm_admin', 'ibm_writer'
    }

    It 'that have made roles are not rotated where these would be orphaned' -Skip:(-not $hasOptions) {
        $problem = Get-Problem { Reset-PgUserPassword orders -Name lead -Rotate }
        Assert-Problem $problem PgCloud.User.RotationBound InvalidOperation lead 'readers, team.*Nothing was made'
        @(Get-PgCloudUser orders lead).Count | Should -Be 1
    }

    It 'that are writers and own something are rotated by a manager' {
        $app = New-PgWriterUser orders -Name app
        $second = Get-PgConnection orders $ops.Credential -Database second
        $null = $second | Invoke-PgQuery "GRANT CREATE ON SCHEMA public TO `"$($app.UserName)`""
        $null = Get-PgConnection orders $app.Credential -Database second | Invoke-PgQuery 'CREATE TABLE third_table AS SELECT 3 AS a'
        Assert-Problem (Get-Problem { Reset-PgUserPassword orders -Name app -Rotate }) PgCloud.User.AdminMissing AuthenticationError app 'Nothing was made'
        @(Get-PgCloudUser orders app).Count | Should -Be 1
        $new = Reset-PgUserPassword orders -Name app -Rotate -AdminCredential $ops.Credential -Confirm:$false
        $new.Kind | Should -Be 'Writer'
        ($second | Invoke-PgQuery 'SELECT tableowner AS owner FROM pg_tables WHERE tablename = ''third_table''').owner | Should -Be $new.UserName
        $app.Connection | Test-PgConnection | Should -BeFalse
        $new.Connection | Test-PgConnection | Should -BeTrue
        $other = Reset-PgUserPassword orders -Name (New-PgWriterUser orders -Name bare).Name -Rotate -Confirm:$false
        $other.Connection | Test-PgConnection | Should -BeTrue -Because 'one that owns nothing needs no manager'
        $null = Remove-PgCloudUser orders -Name app, bare -Confirm:$false
    }

    It 'is not rotated or reset with -WhatIf' {
        Reset-PgUserPassword orders -Name ops -Rotate -WhatIf | Should -BeNullOrEmpty
        $ops.Connection | Test-PgConnection | Should -BeTrue
    }
}

Describe 'Authorised addresses' {
    It 'are added, normalised, kept and removed' {
        $id = New-Seed listed
        Get-PgAuthorisedIp $id -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$said" | Should -Match 'everybody'
        $added = Add-PgAuthorisedIp $id 203.0.113.7/24, 198.51.100.1 -PassThru
        $added.Change | Should -Be 'Created', 'Created'
        $added.NormalisedFrom | Should -Be '203.0.113.7/24', '198.51.100.1'
        $all = Get-PgAuthorisedIp $id
        $all.Cidr | Should -Be '203.0.113.0/24', '198.51.100.1/32'
        $all.Kind | Should -Be 'subnet', 'ipAddress'
        $all.EnforcementMode | Select-Object -Unique | Should -Be 'enabled'
        $all.IsForeign | Select-Object -Unique | Should -BeFalse
        Reset-EmulatorCall $emulator
        (Add-PgAuthorisedIp $id 203.0.113.0/24 -PassThru).Change | Should -Be 'Unchanged'
        (Set-PgAuthorisedIp $id 203.0.113.0/24, 198.51.100.1 -PassThru -Confirm:$false).Change | Should -Be 'Unchanged', 'Unchanged'
        (Remove-PgAuthorisedIp $id 192.0.2.99 -PassThru -ErrorAction SilentlyContinue).Change | Should -Not -Be 'Removed'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
        (Set-PgAuthorisedIp $id 192.0.2.1 -PassThru -Confirm:$false).Change | Should -Be 'Created', 'Removed', 'Removed'
        (Get-PgAuthorisedIp $id | Remove-PgAuthorisedIp -PassThru).Change | Should -Be 'Removed'
        Remove-PgInstance $id -Confirm:$false
    }

    It 'keep everybody out when the last one is removed, and let in again who is added' {
        $ops = New-PgManagerUser orders -Name ops
        (Remove-PgAuthorisedIp orders 127.0.0.1 -PassThru).Change | Should -Be 'Removed'
        Wait-Until { -not ($ops.Connection | Test-PgConnection) } -What 'the restriction'
        $again = New-PgWriterUser orders -Name ops -WarningVariable said -WarningAction SilentlyContinue
        $again.Kind, $again.Change | Should -Be 'Other', 'Unchanged' -Because 'nobody tells what it is'
        "$said" | Should -Match "'ops' was there already.*Manager's or a Writer's.*could not be asked"
        Get-PgAuthorisedIp orders -WarningVariable said | Should -BeNullOrEmpty
        $said | Should -BeNullOrEmpty -Because 'a restriction is in force'
        Add-PgAuthorisedIp orders 127.0.0.1
        Wait-Until { $ops.Connection | Test-PgConnection } -What 'the end of the restriction'
    }

    It 'in zones of others are shown, and left alone' {
        $id = New-Seed shared
        $zone = New-ForeignRule $id 203.0.113.7, 192.0.2.0/24
        Add-PgAuthorisedIp $id 198.51.100.1
        $all = Get-PgAuthorisedIp $id
        ($all | Where-Object IsForeign).Cidr | Should -Be '203.0.113.7/32', '192.0.2.0/24'
        ($all | Where-Object { -not $_.IsForeign }).Cidr | Should -Be '198.51.100.1/32'
        Assert-Problem (Get-Problem { Remove-PgAuthorisedIp $id 203.0.113.7 }) PgCloud.Network.AddressForeign InvalidOperation 203.0.113.7/32 $zone.name
        Set-PgAuthorisedIp $id 198.51.100.2 -Confirm:$false
        (Get-PgAuthorisedIp $id | Where-Object IsForeign).Cidr | Should -Be '203.0.113.7/32', '192.0.2.0/24'
        Add-PgAuthorisedIp $id 198.51.100.3
        Get-PgAuthorisedIp $id | Where-Object Cidr -NE 198.51.100.2/32 | Set-PgAuthorisedIp -Confirm:$false
        (Get-PgAuthorisedIp $id | Where-Object { -not $_.IsForeign }).Cidr | Should -Be '198.51.100.3/32' -Because 'those of others stay where they are'
        Assert-Problem (Get-Problem { Get-PgAuthorisedIp $id | Where-Object IsForeign | Set-PgAuthorisedIp }) PgCloud.Network.AddressesMissing InvalidArgument shared
        (Get-PgAuthorisedIp $id).Count | Should -Be 3
        (Remove-PgInstance $id -Wait -PassThru -Confirm:$false).Status | Should -Be 'Removed'
    }

    It 'by rules for more than the instance are shown, and those for others are not' {
        $id = New-Seed wide
        $zones = @(
            New-ForeignRule $id 203.0.113.7 -Resource @()
            New-ForeignRule $id 203.0.113.8 -Resource @{ name = 'region'; value = 'ca-mon' }
            New-ForeignRule $id 203.0.113.9 -Resource @{ name = 'resourceGroupId'; value = $emulator.ibmResourceGroup }
            New-ForeignRule $id 203.0.113.10 -Resource @{ name = 'region'; value = 'eu-de' }
            New-ForeignRule $id 203.0.113.11 -Resource @{ name = 'resourceGroupId'; value = $emulator.ibmOtherResourceGroup }
        )
        try {
            (Get-PgAuthorisedIp $id -WarningVariable said).Cidr | Sort-Object | Should -Be '203.0.113.7/32', '203.0.113.8/32', '203.0.113.9/32'
            $said | Should -BeNullOrEmpty -Because 'restrictions are in force'
        }
        finally { $zones | ForEach-Object { $null = Invoke-IbmApi "$($emulator.ibmContextBasedRestrictions)/v1/rules/$($_.Rule)" -Method Delete } }
        Remove-PgInstance $id -Confirm:$false
    }

    It 'of others are not taken apart when they are piped in' {
        $id = New-Seed ranges
        $zone = New-ForeignRule $id 10.0.0.1-10.0.0.9
        Assert-Problem (Get-Problem { Get-PgAuthorisedIp $id | Remove-PgAuthorisedIp }) PgCloud.Network.AddressForeign InvalidOperation 10.0.0.1-10.0.0.9 $zone.name
        $vpc = 'crn:v1:bluemix:public:is:ca-mon:a/1::vpc:r038-1'
        $null = New-ForeignRule $id $vpc
        $all = Get-PgAuthorisedIp $id
        Assert-Problem (Get-Problem { $all | Where-Object Kind -EQ vpc | Remove-PgAuthorisedIp }) PgCloud.Network.AddressForeign InvalidOperation $vpc
        (Get-PgAuthorisedIp $id).Cidr | Should -Be $all.Cidr -Because 'nothing is changed'
        Remove-PgInstance $id -Confirm:$false
    }

    It 'are enforced or not' {
        $id = New-Seed enforced
        Add-PgAuthorisedIp $id 198.51.100.1 -EnforcementMode Disabled
        (Get-PgAuthorisedIp $id).EnforcementMode | Should -Be 'disabled'
        Add-PgAuthorisedIp $id 198.51.100.2
        (Get-PgAuthorisedIp $id).EnforcementMode | Should -Be 'disabled', 'disabled' -Because 'nobody said otherwise'
        (Set-PgAuthorisedIp $id 198.51.100.2 -EnforcementMode Enabled -PassThru -Confirm:$false).Change | Should -Be 'Unchanged', 'Removed'
        (Get-PgAuthorisedIp $id).EnforcementMode | Should -Be 'enabled'
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp $id 192.0.2.1 -EnforcementMode Report }) PgCloud.Network.ReportModeNotOffered NotImplemented Report 'Report-only is not available'
        Remove-PgInstance $id -Confirm:$false
    }

    It 'are IPv4 only, without descriptions, and not more than 1,000' {
        $id = New-Seed bounded
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp $id 2001:db8::1 }) PgCloud.Network.AddressInvalid InvalidArgument 2001:db8::1 'IPv6'
        Add-PgAuthorisedIp $id 192.0.2.1 -Description hosts -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match 'description is not kept'
        $many = 0..1000 | ForEach-Object { "10.0.$([math]::Floor($_ / 250)).$($_ % 250)" }
        Assert-Problem (Get-Problem { Set-PgAuthorisedIp $id $many }) PgCloud.Network.TooManyAddresses InvalidArgument 1001 '1000'
        (Get-PgAuthorisedIp $id).Cidr | Should -Be '192.0.2.1/32'
        Set-PgAuthorisedIp $id $many[0..999] -Confirm:$false
        @(Get-PgAuthorisedIp $id).Count | Should -Be 1000
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp $id $many[1000] }) PgCloud.Network.TooManyAddresses InvalidArgument 1001
        Remove-PgInstance $id -Confirm:$false
    }

    It 'are all kept where 16 processes add five each at once' {
        $id = New-Seed crowded
        $children = 1..16 | ForEach-Object {
            Start-Child -ArgumentList ($urls | ConvertTo-Json -Compress), $id, $_ -Environment @{ IC_API_KEY = $emulator.ibmApiKey } -Script {
                param($Module, $Urls, $Instance, $Writer)
                Import-Module $Module
                $null = Connect-PgCloud Ibm -Region ca-mon -ServiceUrl ($Urls | ConvertFrom-Json -AsHashtable)
                Add-PgAuthorisedIp $Instance (1..5 | ForEach-Object { "10.0.$Writer.$_" }) -PassThru -WarningAction Ignore | ForEach-Object Change
            }
        }
        foreach ($child in $children) {
            $result = Wait-Child $child 120
            $result.Output.Trim() -split '\s+' | Should -Be (@('Created') * 5) -Because $result.Error
        }
        (Get-PgAuthorisedIp $id).Cidr | Sort-Object -Unique | Should -HaveCount 80
        @(Get-PgAuthorisedIp $id).Count | Should -Be 80 -Because 'there is one rule and one zone'
        Remove-PgInstance $id -Confirm:$false
    }
}

Describe 'What is offered' {
    It 'is told by Get-PgProvider' {
        $features = (Get-PgProvider Ibm).Feature
        ($features | Where-Object IsOffered).Name | Should -Be 'Resource groups', 'Instance', 'Plans, flavors and regions', 'Backups', 'Restore', 'Removed instances', 'Lock', 'Authorised IP',
            'Manager and writer users', 'Password reset', 'Settings of PostgreSQL', 'Tags'
        ($features | Where-Object { -not $_.IsOffered }).Name | Should -Be 'Start and stop', 'A password of one''s own', 'A newer version in place', 'Read replicas',
            'A backup on demand', 'Point in time', 'Connection pools', 'Databases by the API', 'Logs and metrics by the API', 'Current queries by the API'
        [regex]::Matches(($features.Note -join ' '), '\b[A-Z][a-z]+-Pg[A-Z]\w+') | ForEach-Object Value | Sort-Object -Unique |
            Where-Object { -not (Get-Command $_ -Module PgCloud -ErrorAction Ignore) } | Should -BeNullOrEmpty
    }

    It 'is told by Get-PgOffering' {
        $offers = Get-PgOffering
        $offers.Region | Select-Object -Unique | Should -Be 'ca-mon', 'eu-de', 'in-che', 'us-east'
        ($offers | Where-Object Region -EQ ca-mon).Flavor | Should -Be bx3d.4x20, bxf.4x16, bx3d.8x40, bxf.8x32, bx3d.16x80, bxf.16x64, bx3d.32x160, bxf.32x128, bx3d.48x240, bxf.48x192
        ($offers | Where-Object { $_.IsDefault -and $_.Region -eq 'ca-mon' }).Flavor | Should -Be 'bx3d.4x20'
        $offers[0].MinNodeCount, $offers[0].MaxNodeCount, $offers[0].MinDiskSizeGB, $offers[0].MaxDiskSizeGB | Should -Be 2, 3, 10, 9600
        $problem = Get-Problem { Get-PgOffering -Region us-south, us-east -ErrorAction Stop }
        Assert-Problem $problem PgCloud.Cloud.RegionNotFound ObjectNotFound us-south 'ca-mon, eu-de, in-che, us-east'
        (Get-PgOffering -Region us-south, us-east -ErrorAction SilentlyContinue).Region | Select-Object -Unique | Should -Be 'us-east'
        Get-PgOffering -Region ap-* | Should -BeNullOrEmpty -Because 'a pattern need not match'
        $line = 'New-PgInstance x -Region us'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'us-east'
    }

    It 'does not include <_>, and there is a way round' -ForEach @(
        'Start-PgInstance orders', 'Stop-PgInstance orders', 'Get-PgMaintenance orders', 'Get-PgNode orders', 'Get-PgConfiguration orders'
        'Get-PgConnectionPool orders', 'Get-PgLog orders', 'Get-PgMetric orders', 'Get-PgCurrentQuery orders', 'Get-PgIntegration orders'
        'New-PgInstance x -FromInstance orders', 'New-PgInstance x -FromInstance orders -PointInTime 2026-01-01'
    ) {
        $problem = Get-Problem ([scriptblock]::Create($_))
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Ibm
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -Not -Match 'this machine|Local|pg_basebackup|OVH'
    }
}

Describe 'Secrets' {
    It 'are in no output, verbose, debug or error' {
        $user = New-PgManagerUser orders -Name secretive
        $kept = @{}
        $PSDefaultParameterValues = @{ '*-Pg*:Confirm' = $false }
        $seen = & {
            $ErrorActionPreference = 'Continue'
            $DebugPreference = $VerbosePreference = $InformationPreference = 'Continue'
            Connect-PgCloud Ibm -ApiKey (New-Secret $emulator.ibmApiKey) -Region ca-mon -ServiceUrl $urls -Name secretive
            try { Connect-PgCloud Ibm -ApiKey (New-Secret "$($emulator.ibmApiKey)x") -ServiceUrl $urls -Name wrong } catch { $_ }
            New-PgManagerUser orders -Name secretive
            Get-PgCloudUser orders
            $user | Get-PgRole
            $kept.Reset = Reset-PgUserPassword orders -Name secretive -Rotate
            $kept.Reset
            Reset-PgUserPassword orders -Name secretive -Password (New-Secret 'PgC@nary!4711')
            Reset-PgUserPassword orders -Name secretive
            $user | Invoke-PgQuery 'SELECT 1'
            New-PgInstance x -Parameter '{"members":5}'
            Set-IbmEmulator $emulator faults @{ fault = 'broken-json'; method = 'GET'; path = '*/resource_keys'; count = 9 }
            Get-PgCloudUser orders
            Set-IbmEmulator $emulator faults -Method Delete
            Remove-PgCloudUser orders -Name secretive -PassThru
        } *>&1
        $problems = @($seen | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $problems.Count | Should -BeGreaterOrEqual 5 -Because ($problems -join ' | ')
        $text = @($seen | Out-String -Width 500; $seen | Format-List * -Force | Out-String -Width 500
            $problems | ForEach-Object { $_.Exception.ToString(); Get-Error -InputObject $_ | Out-String -Width 500 }) -join "`n"
        foreach ($secret in $emulator.ibmApiKey, (Get-Secret $user.Credential), (Get-Secret $kept.Reset.Credential), 'PgC@nary!4711', 'eyJ') {
            foreach ($needle in $secret, [uri]::EscapeDataString($secret)) { $text.Contains($needle) | Should -BeFalse -Because 'a secret was found' }
        }
        Disconnect-PgCloud secretive
    }
}

Describe 'The end' {
    It 'removes the instance for good, with its users' {
        Remove-PgInstance orders -Recurse -Permanent -Wait -Confirm:$false
        @(Get-PgInstance).Count | Should -Be 0
    }
}
