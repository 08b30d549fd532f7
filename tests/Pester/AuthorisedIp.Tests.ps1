# Get-, Add- and Remove-PgAuthorisedIp: what is written, and that it is really so.

BeforeDiscovery {
    $hasIPv6 = [Net.Sockets.Socket]::OSSupportsIPv6 -and (Test-Path /proc/net/if_inet6) -and (Select-String -Path /proc/net/if_inet6 -Pattern ' lo$' -Quiet)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $door = New-PgInstance door
    $ops = New-PgManagerUser door ops
    $connection = Get-PgConnection door -Credential $ops.Credential
    $rules = Join-Path $door.Detail.Directory 'data/pg_hba.conf'

    function Test-Door([string] $From) { $connection | Test-PgConnection -SourceAddress $From }
    function Clear-Door { Get-PgAuthorisedIp door | Remove-PgAuthorisedIp }
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Ranges from the pipeline' {
    BeforeEach { Clear-Door }

    It 'are added with their descriptions: rows of a file, and those of another instance' {
        $rows = [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.2'; Description = 'two' }, [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.3'; Description = 'three' }
        $rows | Add-PgAuthorisedIp
        $kept = Get-PgAuthorisedIp door
        $kept.Description | Should -Be 'two', 'three'
        Clear-Door
        $kept | Add-PgAuthorisedIp
        (Get-PgAuthorisedIp door).Cidr | Should -Be '127.0.0.2/32', '127.0.0.3/32'
        (Get-PgAuthorisedIp door).Description | Should -Be 'two', 'three'
    }

    It 'lend their instance, and not their description, to another address' {
        Add-PgAuthorisedIp door 127.0.0.2 -Description two -PassThru | Add-PgAuthorisedIp -Address 127.0.0.4 -PassThru | ForEach-Object Description | Should -BeNullOrEmpty
        Add-PgAuthorisedIp door 127.0.0.2 -PassThru | Add-PgAuthorisedIp -Address 127.0.0.4 -Description four
        (Get-PgAuthorisedIp door).Description | Should -Be 'two', 'four'
    }
}

Describe 'Who is let in' {
    BeforeEach { Clear-Door }

    It 'nobody, at first' {
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
        Test-Door 127.0.0.1 | Should -BeFalse
        Test-Door 127.0.0.2 | Should -BeFalse
    }

    It 'the address that is added, from then on, and no other' {
        Add-PgAuthorisedIp door 127.0.0.2
        Test-Door 127.0.0.2 | Should -BeTrue
        Test-Door 127.0.0.1 | Should -BeFalse
        Test-Door 127.0.0.3 | Should -BeFalse
    }

    It 'no longer the address that is removed' {
        Add-PgAuthorisedIp door 127.0.0.1, 127.0.0.2
        Remove-PgAuthorisedIp door 127.0.0.2
        Test-Door 127.0.0.2 | Should -BeFalse
        Test-Door 127.0.0.1 | Should -BeTrue
    }

    It 'all of a range' {
        Add-PgAuthorisedIp door 127.0.0.4/30
        Test-Door 127.0.0.4 | Should -BeTrue
        Test-Door 127.0.0.7 | Should -BeTrue
        Test-Door 127.0.0.8 | Should -BeFalse
    }

    It 'IPv6 addresses too' -Skip:(-not $hasIPv6) {
        $six = Copy-Connection $connection @{ HostName = '::1' }
        Test-PgConnection $six | Should -BeFalse
        Add-PgAuthorisedIp door ::1 -PassThru | ForEach-Object ToString | Should -Be '::1/128'
        Test-PgConnection $six | Should -BeTrue
        ($six | Invoke-PgQuery 'SELECT host(inet_client_addr()) AS a').a | Should -Be '::1'
        Test-Door 127.0.0.1 | Should -BeFalse
    }

    It 'the error tells the refused address and the command that would let it in' {
        $problem = Get-Problem { $connection | Invoke-PgQuery 'SELECT 1' }
        Assert-Problem $problem PgCloud.Connection.AddressNotAuthorised PermissionDenied "$connection" -Message '127\.0\.0\.1'
        $problem.ErrorDetails.RecommendedAction | Should -Match "Add-PgAuthorisedIp -Instance 'door' -Address 127\.0\.0\.1"
    }

    It 'the command that the error tells does let it in' {
        $problem = Get-Problem { $connection | Invoke-PgQuery 'SELECT 1' }
        [regex]::Match($problem.ErrorDetails.RecommendedAction, 'Add-PgAuthorisedIp.*').Value.TrimEnd('.') | Invoke-Expression
        ($connection | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
    }

    It 'nobody without TLS' {
        Add-PgAuthorisedIp door 127.0.0.1
        $clear = Get-PgConnection door -Credential $ops.Credential -TlsMode Disable
        $problem = Get-Problem { $clear | Invoke-PgQuery 'SELECT 1' }
        Assert-Problem $problem PgCloud.Connection.ClearTextNotAuthorised SecurityError "$clear"
        Test-PgConnection $clear | Should -BeFalse
    }

    It 'not the superuser, whatever is authorised' -Skip:(-not $hasIPv6) {
        Add-PgAuthorisedIp door 127.0.0.0/8, ::1
        $password = [IO.File]::ReadAllText((Join-Path $door.Detail.Directory 'superuser.password')).Trim()
        $super = Get-PgConnection door -Credential (New-Credential pgcloud_superuser $password)
        Test-PgConnection $super -SourceAddress 127.0.0.2 | Should -BeFalse
        (Test-PgConnection $super -SourceAddress 127.0.0.2 -Detailed).FailedStep | Should -Be 'AuthorisedAddress'
        Test-PgConnection (Copy-Connection $super @{ HostName = '::1' }) | Should -BeFalse
        $psql = Invoke-Psql $door pgcloud_superuser $password -HostName ::1
        $psql.ExitCode | Should -Not -Be 0
        $psql.Output | Should -Match 'pg_hba\.conf'
    }
}

Describe 'Add-PgAuthorisedIp' {
    BeforeEach { Clear-Door }

    It 'writes <given> as <written> and says so: <said>' -ForEach @(
        @{ given = '127.0.0.9'; written = '127.0.0.9/32'; said = '127.0.0.9' }
        @{ given = '127.0.0.9/32'; written = '127.0.0.9/32'; said = $null }
        @{ given = '127.1.2.3/8'; written = '127.0.0.0/8'; said = '127.1.2.3/8' }
        @{ given = '127.0.0.0/8'; written = '127.0.0.0/8'; said = $null }
        @{ given = ' 127.0.0.9 '; written = '127.0.0.9/32'; said = '127.0.0.9' }
        @{ given = '::1'; written = '::1/128'; said = '::1' }
        @{ given = '0:0:0:0:0:0:0:1/128'; written = '::1/128'; said = '0:0:0:0:0:0:0:1/128' }
        @{ given = '2001:DB8::ffff/32'; written = '2001:db8::/32'; said = '2001:DB8::ffff/32' }
    ) {
        $added = Add-PgAuthorisedIp door $given -PassThru -WarningAction SilentlyContinue
        $added | Should -BeOfType PgCloud.PgAuthorisedIp
        "$added" | Should -Be $written
        $added.NormalisedFrom | Should -Be $said
        $added.Change | Should -Be 'Created'
        "$($added.Instance)" | Should -Be 'door'
        Get-PgAuthorisedIp door | ForEach-Object ToString | Should -Be $written
    }

    It 'takes a range by its ends, as the fewest CIDR ranges' {
        $added = Add-PgAuthorisedIp door 127.0.0.8-127.0.0.20 -PassThru -WarningAction SilentlyContinue
        $added.Cidr | Should -Be '127.0.0.8/29', '127.0.0.16/30', '127.0.0.20/32'
        $added.NormalisedFrom | Sort-Object -Unique | Should -Be '127.0.0.8-127.0.0.20'
        (Add-PgAuthorisedIp door 127.0.1.0-127.0.1.255 -PassThru).Cidr | Should -Be '127.0.1.0/24'
        (Remove-PgAuthorisedIp door 127.0.0.8-127.0.0.20, 127.0.1.0/24 -PassThru).Change | Sort-Object -Unique | Should -Be 'Removed'
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
        foreach ($bad in '127.0.0.9-127.0.0.8', '127.0.0.1-', '127.0.0.1-127.0.0.2-127.0.0.3', '127.0.0.0/24-127.0.0.9', '::1-::2') {
            Assert-Problem (Get-Problem { Add-PgAuthorisedIp door $bad }) PgCloud.Network.AddressInvalid InvalidArgument $bad
        }
    }

    It 'writes nothing without -PassThru' {
        Add-PgAuthorisedIp door 127.0.0.1 | Should -BeNullOrEmpty
    }

    It 'leaves what is there as it is, and the file untouched' {
        Add-PgAuthorisedIp door 127.0.0.1 -Description 'this machine'
        [IO.File]::SetLastWriteTimeUtc($rules, [datetime]::new(2020, 1, 1))
        $again = Add-PgAuthorisedIp door 127.0.0.1/32 -PassThru
        $again.Change | Should -Be 'Unchanged'
        $again.Description | Should -Be 'this machine'
        (Get-Item $rules).LastWriteTimeUtc.Year | Should -Be 2020
    }

    It 'takes the same range once, however often it is given' {
        $added = Add-PgAuthorisedIp door 127.0.0.1, 127.0.0.1/32, 127.0.0.1 -PassThru
        @($added).Count | Should -Be 1
        @(Get-PgAuthorisedIp door).Count | Should -Be 1
    }

    It 'keeps descriptions, changes one that is given and keeps it when none is given' {
        Add-PgAuthorisedIp door 127.0.0.1 -Description 'runbook # host; it''s "mine"'
        Add-PgAuthorisedIp door 127.0.0.2
        (Get-PgAuthorisedIp door 127.0.0.1).Description | Should -Be 'runbook # host; it''s "mine"'
        (Add-PgAuthorisedIp door 127.0.0.1 -Description 'new' -PassThru).Change | Should -Be 'Updated'
        (Add-PgAuthorisedIp door 127.0.0.1 -PassThru).Description | Should -Be 'new'
        (Get-PgAuthorisedIp door 127.0.0.1).Description | Should -Be 'new'
        (Add-PgAuthorisedIp door 127.0.0.1 -Description '' -PassThru).Change | Should -Be 'Updated'
        (Get-PgAuthorisedIp door 127.0.0.1).Description | Should -BeNullOrEmpty
        Test-Door 127.0.0.1 | Should -BeTrue
    }

    It 'keeps a description in other scripts' {
        Add-PgAuthorisedIp door 127.0.0.1 -Description "B$([char] 0xFC)ro `u{1F418}"
        (Get-PgAuthorisedIp door).Description | Should -Be "B$([char] 0xFC)ro `u{1F418}"
    }

    It 'refuses a description that <what>, and writes nothing' -ForEach @(
        @{ what = 'has two lines'; description = "a`nhostssl all all 0.0.0.0/0 trust" }
        @{ what = 'has a carriage return'; description = "a`rb" }
        @{ what = 'ends with a backslash, which would join it to the next line'; description = 'a\' }
        @{ what = 'has 201 characters'; description = 'a' * 201 }
    ) {
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp door 127.0.0.1 -Description $description }) PgCloud.Network.DescriptionInvalid InvalidArgument $description
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'refuses <address>' -ForEach (
        '127.0.0.1/33', '127.0.0.1/-1', '127.0.0.1/', '127.0.0.1/24/24', '127.0.0.1/x', '127.0.0', '127.0.0.256', '1', '0x7f.0.0.1', '010.0.0.1',
        '127.0.0.1/255.255.255.0', 'localhost', '::1/129', '::g', 'fe80::1%eth0', '::ffff:127.0.0.1', 'all', 'samehost', '127.0.0.1 ::1', '/24' |
            ForEach-Object { @{ address = $_ } }
    ) {
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp door $address }) PgCloud.Network.AddressInvalid InvalidArgument $address
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'writes none of several ranges where one is bad' {
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp door 127.0.0.1, 127.0.0.1/99, 127.0.0.2 }) PgCloud.Network.AddressInvalid InvalidArgument 127.0.0.1/99
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        Add-PgAuthorisedIp door 127.0.0.1 -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'warns of a range that cannot reach a server that listens on loopback only' {
        Add-PgAuthorisedIp door 203.0.113.7 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'loopback'
        Add-PgAuthorisedIp door 127.0.0.1 -WarningVariable none
        $none | Should -BeNullOrEmpty
    }

    It 'lets everybody in with <name>' -ForEach @(
        @{ name = '-Force'; parameters = @{ Force = $true } }
        @{ name = '-Confirm:$false'; parameters = @{ Confirm = $false } }
    ) {
        (Add-PgAuthorisedIp door 0.0.0.0/0 -PassThru @parameters).Change | Should -Be 'Created'
        Test-Door 127.0.0.9 | Should -BeTrue
    }

    It 'lets nobody in by <address> where it cannot ask and was not answered beforehand' -ForEach @{ address = '0.0.0.0/0' }, @{ address = '::/0' }, @{ address = '10.1.2.3/0' } {
        $child = Invoke-Child -ArgumentList $address -Script {
            param($Module, $Address)
            Import-Module $Module
            $null = Connect-PgCloud Local
            $ConfirmPreference = 'None'
            Add-PgAuthorisedIp door $Address, 127.0.0.1 -PassThru
            "ended with $?"
        }
        $child.Output | Should -Match 'ended with False' -Because 'a question that cannot be asked is an error'
        $child.Error | Should -Not -BeNullOrEmpty
        $child.Error | Should -Not -Match 'defect of PgCloud|PgCloud\.Unexpected'
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
        Test-Door 127.0.0.1 | Should -BeFalse
    }

    It 'asks nothing with -WhatIf' {
        Add-PgAuthorisedIp door 0.0.0.0/0 -WhatIf
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'has an American spelling' {
        (Add-PgAuthorizedIp door 127.0.0.1 -PassThru).Change | Should -Be 'Created'
        Get-PgAuthorizedIp door | ForEach-Object ToString | Should -Be '127.0.0.1/32'
        (Remove-PgAuthorizedIp door 127.0.0.1 -PassThru).Change | Should -Be 'Removed'
    }

    It 'loses none of the ranges that several runspaces add at once' {
        1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:modulePath
            $session = Connect-PgCloud Local
            Add-PgAuthorisedIp door "127.0.9.$_" -Session $session
        }
        @(Get-PgAuthorisedIp door).Count | Should -Be 8
    }

    It 'says so when there is no such instance, and goes on with the next' {
        $added = Add-PgAuthorisedIp nope, door 127.0.0.1 -PassThru -ErrorVariable problem -ErrorAction SilentlyContinue
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound nope
        $added.Change | Should -Be 'Created'
    }
}

Describe 'Get-PgAuthorisedIp' {
    BeforeAll {
        Clear-Door
        Add-PgAuthorisedIp door 127.0.0.1, 127.0.0.2, 127.0.1.0/24
    }

    It 'lists the ranges in the order in which they were added' {
        $all = Get-PgAuthorisedIp door
        $all | ForEach-Object ToString | Should -Be '127.0.0.1/32', '127.0.0.2/32', '127.0.1.0/24'
        $all.Change | Select-Object -Unique | Should -Be 'None'
        "$($all[0])" | Should -Be '127.0.0.1/32'
    }

    It 'gives the ranges of several as a property, as one does with any list' {
        $address = [PgCloud.PgAuthorisedIp].GetProperties() | Where-Object Name -In 'Address', 'Cidr', 'Range' | ForEach-Object Name
        # A .NET array has a method called Address of its own, which hides a property of that name.
        (Get-PgAuthorisedIp door).$address | Should -Be '127.0.0.1/32', '127.0.0.2/32', '127.0.1.0/24'
    }

    It 'takes wildcards' { @(Get-PgAuthorisedIp door 127.0.0.*).Count | Should -Be 2 }

    It 'reads an address as Add- does' {
        Get-PgAuthorisedIp door 127.0.0.1 | ForEach-Object ToString | Should -Be '127.0.0.1/32'
        Get-PgAuthorisedIp door 127.0.1.77/24 | ForEach-Object ToString | Should -Be '127.0.1.0/24'
    }

    It 'says so when an address without wildcards is not there' {
        $problem = Get-Problem { Get-PgAuthorisedIp door 127.0.0.9 }
        $problem | Should -Not -BeNullOrEmpty -Because 'a name without wildcards that nothing matched is an error, not silence'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses what is no address' {
        Assert-Problem (Get-Problem { Get-PgAuthorisedIp door nonsense }) PgCloud.Network.AddressInvalid InvalidArgument nonsense
    }
}

Describe 'Remove-PgAuthorisedIp' {
    BeforeEach {
        Clear-Door
        Add-PgAuthorisedIp door 127.0.0.1, 127.0.0.2 -Description first
    }

    It 'takes out what is piped in' {
        Get-PgAuthorisedIp door | Where-Object { "$_" -eq '127.0.0.2/32' } | Remove-PgAuthorisedIp
        Get-PgAuthorisedIp door | ForEach-Object ToString | Should -Be '127.0.0.1/32'
    }

    It 'says what it did' {
        $removed = Remove-PgAuthorisedIp door 127.0.0.1, 127.0.0.9 -PassThru
        $removed | ForEach-Object ToString | Should -Be '127.0.0.1/32', '127.0.0.9/32'
        $removed.Change | Should -Be 'Removed', 'Unchanged'
        $removed[0].Description | Should -Be 'first'
    }

    It 'takes out nothing with -WhatIf' {
        Remove-PgAuthorisedIp door 127.0.0.1 -WhatIf
        @(Get-PgAuthorisedIp door).Count | Should -Be 2
    }

    It 'refuses what is no address, and takes out nothing' {
        Assert-Problem (Get-Problem { Remove-PgAuthorisedIp door 127.0.0.1, x }) PgCloud.Network.AddressInvalid InvalidArgument x
        @(Get-PgAuthorisedIp door).Count | Should -Be 2
    }

    It 'does not take a part out of a range' {
        Add-PgAuthorisedIp door 127.0.2.0/24
        (Remove-PgAuthorisedIp door 127.0.2.1 -PassThru).Change | Should -Be 'Unchanged'
        Test-Door 127.0.2.1 | Should -BeTrue
    }
}

Describe 'Set-PgAuthorisedIp' {
    BeforeAll { $null = New-PgInstance gate }

    BeforeEach {
        Clear-Door
        Add-PgAuthorisedIp door 127.0.0.1 -Description one
        Add-PgAuthorisedIp door 127.0.0.2 -Description two
    }

    It 'keeps what is piped on, with its descriptions, and nothing else' {
        $changed = Get-PgAuthorisedIp door | Where-Object Description -NE one | Set-PgAuthorisedIp -PassThru -Confirm:$false
        $changed.Cidr | Should -Be '127.0.0.2/32', '127.0.0.1/32'
        $changed.Change | Should -Be 'Unchanged', 'Removed' -Because 'the list is written once'
        (Get-PgAuthorisedIp door).Description | Should -Be 'two'
    }

    It 'gives each instance the rows that name it, by name or by object' {
        $rows = @(
            [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.3'; Description = 'three' }
            [pscustomobject]@{ Instance = 'gate'; Address = '127.0.0.4'; Description = 'four' }
            [pscustomobject]@{ Instance = Get-PgInstance door; Address = '127.0.0.5-127.0.0.6'; Description = '' }
            [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.2' }
        )
        $rows | Set-PgAuthorisedIp -Confirm:$false
        (Get-PgAuthorisedIp door).Cidr | Sort-Object | Should -Be '127.0.0.2/32', '127.0.0.3/32', '127.0.0.5/32', '127.0.0.6/32'
        (Get-PgAuthorisedIp door 127.0.0.2).Description | Should -Be 'two' -Because 'its row says nothing of that'
        (Get-PgAuthorisedIp gate | ForEach-Object { "$_ $($_.Description)" }) | Should -Be '127.0.0.4/32 four'
    }

    It 'copies the list of one to another' {
        Get-PgAuthorisedIp door | Set-PgAuthorisedIp gate -Confirm:$false
        (Get-PgAuthorisedIp gate).Description | Should -Be 'one', 'two'
    }

    It 'takes -Address as the list of every instance that is piped in' {
        Get-PgInstance | Set-PgAuthorisedIp -Address 127.0.0.8 -Confirm:$false
        (Get-PgAuthorisedIp door).Cidr | Should -Be '127.0.0.8/32'
        (Get-PgAuthorisedIp gate).Cidr | Should -Be '127.0.0.8/32'
        Get-PgAuthorisedIp door | Set-PgAuthorisedIp -Address @() -Confirm:$false
        Get-PgAuthorisedIp door | Should -BeNullOrEmpty
    }

    It 'leaves the list as it is where <what>' -ForEach @(
        @{ what = 'nothing comes'; script = { @() | Set-PgAuthorisedIp } }
        @{ what = 'nothing is left'; script = { Get-PgAuthorisedIp door | Where-Object Description -EQ nobody | Set-PgAuthorisedIp } }
        @{ what = 'the command before ends in an error'; script = { & { Get-PgAuthorisedIp door 127.0.0.2; throw 'broken' } | Set-PgAuthorisedIp }; id = 'broken' }
        @{ what = 'an address cannot be read'; script = { [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.1' }, [pscustomobject]@{ Instance = 'door'; Address = '127.0.0' } | Set-PgAuthorisedIp }; id = 'PgCloud.Network.AddressInvalid'; target = '127.0.0' }
        @{ what = 'an address is empty'; script = { [pscustomobject]@{ Instance = 'door'; Address = '127.0.0.1' }, [pscustomobject]@{ Instance = 'door'; Address = '' } | Set-PgAuthorisedIp }; id = 'PgCloud.Network.AddressInvalid'; target = '' }
        @{ what = 'a row has no address at all'; script = { [pscustomobject]@{ Instance = 'door'; Address = @() } | Set-PgAuthorisedIp }; id = 'PgCloud.Network.AddressesMissing'; target = 'door' }
        @{ what = 'instances are piped in'; script = { Get-PgInstance door | Set-PgAuthorisedIp }; id = 'InputObjectMissingMandatory' }
        @{ what = 'the instance is another''s'; script = { [pscustomobject]@{ Instance = 'nope'; Address = '127.0.0.1' } | Set-PgAuthorisedIp }; id = 'PgCloud.Instance.NotFound'; target = 'nope' }
        @{ what = '-WhatIf is given'; script = { Get-PgAuthorisedIp door 127.0.0.2 | Set-PgAuthorisedIp -WhatIf } }
    ) {
        $problem = Get-Problem $script
        if ($id) { ($problem.FullyQualifiedErrorId -split ',')[0] | Should -Be $id } else { $problem | Should -BeNullOrEmpty }
        if ($null -ne $target) { "$($problem.TargetObject)" | Should -BeExactly $target }
        (Get-PgAuthorisedIp door | ForEach-Object { "$_ $($_.Description)" }) | Should -Be '127.0.0.1/32 one', '127.0.0.2/32 two'
    }
}

Describe 'pg_hba.conf' {
    BeforeAll {
        $owner = $IsWindows ? '' : (stat -c %U $rules)
    }

    BeforeEach {
        Clear-Door
        $original = [IO.File]::ReadAllText($rules)
    }

    AfterEach { [IO.File]::WriteAllText($rules, $original) }

    It 'keeps the lines of others, before and after the block' {
        [IO.File]::WriteAllText($rules, "# mine`nhostssl all all 127.0.7.1/32 scram-sha-256 # kept`n$original`n`thostssl  all  all  127.0.7.2/32  scram-sha-256`n")
        Add-PgAuthorisedIp door 127.0.0.1
        Remove-PgAuthorisedIp door 127.0.0.1
        Add-PgAuthorisedIp door 127.0.0.2
        $lines = Get-Content $rules
        $lines[0] | Should -BeExactly '# mine'
        $lines[1] | Should -BeExactly 'hostssl all all 127.0.7.1/32 scram-sha-256 # kept'
        $lines | Should -Contain "`thostssl  all  all  127.0.7.2/32  scram-sha-256"
        Get-PgAuthorisedIp door | ForEach-Object ToString | Should -Be '127.0.0.2/32'
        Test-Door 127.0.7.1 | Should -BeTrue
        Test-Door 127.0.7.2 | Should -BeTrue
    }

    It 'stays the server account''s own, and nobody else''s to read' -Skip:$IsWindows {
        Add-PgAuthorisedIp door 127.0.0.1
        stat -c %U $rules | Should -Be $owner
        [IO.File]::GetUnixFileMode($rules) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        Get-ChildItem (Split-Path $rules) -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'is left as it is where the block <what>' -ForEach @(
        @{ what = 'has lost its end'; change = { param($t) $t -replace '(?m)^# END PgCloud\n', '' } }
        @{ what = 'has lost its beginning'; change = { param($t) $t -replace '(?m)^# BEGIN PgCloud.*\n', '' } }
        @{ what = 'is there twice'; change = { param($t) $t + $t } }
        @{ what = 'ends before it begins'; change = { param($t) "# END PgCloud`n" + ($t -replace '(?m)^# END PgCloud\n', '') } }
    ) {
        $damaged = & $change $original
        $damaged | Should -Not -Be $original
        [IO.File]::WriteAllText($rules, $damaged)
        foreach ($script in { Add-PgAuthorisedIp door 127.0.0.1 }, { Remove-PgAuthorisedIp door 127.0.0.1 }, { Get-PgAuthorisedIp door }) {
            Assert-Problem (Get-Problem $script) PgCloud.Network.RuleFileDamaged InvalidOperation $rules
        }
        [IO.File]::ReadAllText($rules) | Should -BeExactly $damaged
    }

    It 'is put back as it was where the server does not take it' {
        $bad = "$original`nhostssl all all not-an-address! no-such-method`n"
        [IO.File]::WriteAllText($rules, $bad)
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp door 127.0.0.1 }) PgCloud.Network.RuleFileRefused InvalidOperation $rules -Message 'line \d+'
        [IO.File]::ReadAllText($rules) | Should -BeExactly $bad
    }
}
