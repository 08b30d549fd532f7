# SPDX-License-Identifier: MIT
# Objects that come back from jobs, other machines and files are what they were, and go into cmdlets as they did; a password goes along as a
# PSCredential only. A session by a named pipe is remoting as by any other way.

BeforeDiscovery {
    # PgCloudSession is what it takes to act for an account: it does not travel. PgRow, PgInterval and PgRange are values of queries.
    Import-Module (Join-Path $PSScriptRoot '../../PgCloud.psd1')
    $types = [PgCloud.PgInstance].Assembly.GetExportedTypes() |
        Where-Object { $_.Namespace -eq 'PgCloud' -and $_.IsClass -and -not $_.IsAbstract -and $_.GetConstructor(@()) -and $_.Name -notin 'PgRow' -and $_.IsSealed } |
        ForEach-Object { @{ Type = $_; Name = $_.Name } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $pgHome = Enter-PgHome
    $work = New-TestDirectory

    # There and back again.
    function Copy-Object($InputObject, [int] $Depth = 2) {
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject, $Depth))
    }
    # The same as it comes to a process in which the module is not loaded yet.
    function Copy-Bare($InputObject) {
        $text = [System.Management.Automation.PSSerializer]::Serialize($InputObject, 2)
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try { $shell.AddScript('[System.Management.Automation.PSSerializer]::Deserialize($args[0])').AddArgument($text).Invoke()[0] }
        finally { $shell.Dispose() }
    }
    function New-Sample([type] $Type) {
        $nullable = [Nullable]::GetUnderlyingType($Type)
        if ($nullable) { $Type = $nullable }
        if ($Type -eq [string]) { 'a text' }
        elseif ($Type -eq [bool]) { $true }
        elseif ($Type -in [int], [long], [double]) { $Type::new() + 7 }
        elseif ($Type -eq [DateTimeOffset]) { [DateTimeOffset]::new(2026, 3, 4, 5, 6, 7, 8, [timespan]::Zero).AddTicks(9) }
        elseif ($Type -eq [timespan]) { [timespan]::FromMilliseconds(12345) }
        elseif ($Type -eq [guid]) { [guid]::Parse('8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10') }
        elseif ($Type -eq [object]) { 42 }
        elseif ($Type -eq [pscredential]) { New-Credential ops the-canary }
        elseif ($Type -eq [securestring]) { New-Secret the-canary }
        elseif ($Type.IsEnum) { [enum]::GetValues($Type)[-1] }
        elseif ($Type.IsGenericType -and $Type.Name -like 'IReadOnlyList*') {
            $of = $Type.GenericTypeArguments[0]
            $array = [Array]::CreateInstance($of, 2)
            0, 1 | ForEach-Object { $array[$_] = New-Sample $of }
            , $array
        }
        elseif ($Type.IsGenericType -and $Type.Name -like 'IReadOnlyDictionary*') {
            $made = [Activator]::CreateInstance([Collections.Generic.Dictionary`2].MakeGenericType($Type.GenericTypeArguments))
            $made['key'] = New-Sample $Type.GenericTypeArguments[1]
            $made
        }
        elseif ($Type.Namespace -eq 'PgCloud' -and $Type.IsClass) {
            $made = [Activator]::CreateInstance($Type)
            foreach ($property in $Type.GetProperties() | Where-Object { $_.GetSetMethod($true) }) { $property.SetValue($made, (New-Sample $property.PropertyType)) }
            $made
        }
        else { throw "no sample of $Type" }
    }
    # What an object says, all the way down, as one text.
    function Get-Told($Value) {
        switch ($Value) {
            { $null -eq $_ } { 'null'; break }
            { $_ -is [securestring] } { "secret $([pscredential]::new('x', $_).GetNetworkCredential().Password)"; break }
            { $_ -is [pscredential] } { "$($_.UserName)/$(Get-Secret $_)"; break }
            { $_ -is [DateTimeOffset] } { $_.ToString('o'); break }
            { $_.GetType().Namespace -eq 'PgCloud' -and $_.GetType().IsClass } {
                $at = $_
                "$($at.GetType().Name){$(($at.GetType().GetProperties() | ForEach-Object { "$($_.Name)=$(Get-Told $_.GetValue($at))" }) -join ';')}"
                break
            }
            { $_ -is [Collections.IDictionary] } { $at = $_; "{$(($at.Keys | ForEach-Object { "$_=$(Get-Told $at[$_])" }) -join ';')}"; break }
            { $_ -is [Collections.IEnumerable] -and $_ -isnot [string] } { "[$((@($_) | ForEach-Object { Get-Told $_ }) -join ',')]"; break }
            default { "$($_.GetType().Name):$_" }
        }
    }
}

AfterAll {
    Exit-PgHome $pgHome
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe '<Name>' -ForEach $types {
    It 'is the same object after a journey, of its type' {
        $sample = New-Sample $Type
        $copy = Copy-Object $sample
        $copy | Should -BeOfType $Type
        Get-Told $copy | Should -BeExactly (Get-Told $sample)
    }

    It 'is so at the depth of a job''s output, too' {
        Get-Told (Copy-Object (New-Sample $Type) -Depth 1) | Should -BeExactly (Get-Told (New-Sample $Type))
    }

    It 'is made again where the module was loaded only afterwards' {
        $bare = Copy-Bare (New-Sample $Type)
        $bare.pstypenames[0] | Should -Be "Deserialized.$($Type.FullName)"
        Get-Told ($bare -as $Type) | Should -BeExactly (Get-Told (New-Sample $Type))
    }
}

Describe 'A session' {
    It 'does not travel: it is no session any more' {
        $copy = Copy-Object (Get-PgCloudSession)
        $copy | Should -Not -BeOfType PgCloud.PgCloudSession
        { Get-PgInstance -Session $copy -ErrorAction Stop } | Should -Throw
    }
}

Describe 'What comes out of a job' {
    BeforeAll {
        $job = Start-Job -ArgumentList $modulePath, $pgHome {
            param($Module, $State)
            Import-Module $Module
            $null = Connect-PgCloud Local -StateDirectory $State
            $instance = New-PgInstance travel
            $ip = Add-PgAuthorisedIp travel 127.0.0.1 -PassThru
            $ops = New-PgManagerUser travel ops
            $connection = Get-PgConnection travel -Credential $ops.Credential
            $null = Invoke-PgQuery 'CREATE ROLE reader; CREATE SCHEMA shop; CREATE TABLE shop.t (id int)' -Connection $connection
            $role = New-PgRole mary -Login -Connection $connection
            [pscustomobject]@{ What = 'Instance'; Object = $instance }
            [pscustomobject]@{ What = 'AuthorisedIp'; Object = $ip }
            [pscustomobject]@{ What = 'User'; Object = $ops }
            [pscustomobject]@{ What = 'Connection'; Object = $connection }
            [pscustomobject]@{ What = 'Role'; Object = $role }
            [pscustomobject]@{ What = 'Member'; Object = Grant-PgRole reader mary -Connection $connection -PassThru }
            [pscustomobject]@{ What = 'Privilege'; Object = Grant-PgPrivilege SELECT -Schema shop -Name t -Grantee mary -Connection $connection -PassThru }
            [pscustomobject]@{ What = 'Database'; Object = New-PgDatabase stock -Connection $connection }
            [pscustomobject]@{ What = 'UserRead'; Object = Get-PgCloudUser travel -Name ops }
            $ops.Credential
        }
        $null = $job | Wait-Job -Timeout 300
        $received = @($job | Receive-Job)
        Remove-Job $job -Force
        $it = @{}
        $received | Where-Object What | ForEach-Object { $it[$_.What] = $_.Object }
        $password = Get-Secret $received[-1]
    }

    It 'is <What> as <TypeName>' -ForEach @(
        @{ What = 'Instance'; TypeName = 'PgInstance' }, @{ What = 'AuthorisedIp'; TypeName = 'PgAuthorisedIp' }, @{ What = 'User'; TypeName = 'PgCloudUser' }
        @{ What = 'Connection'; TypeName = 'PgConnection' }, @{ What = 'Role'; TypeName = 'PgRole' }, @{ What = 'Member'; TypeName = 'PgRoleMember' }
        @{ What = 'Privilege'; TypeName = 'PgPrivilege' }, @{ What = 'Database'; TypeName = 'PgDatabase' }
    ) { $it[$What] | Should -BeOfType "PgCloud.$TypeName" }

    It 'goes into cmdlets by pipeline and by name' {
        $instance, $ip, $user, $connection = $it.Instance, $it.AuthorisedIp, $it.User, $it.Connection
        ($instance | Get-PgAuthorisedIp).Cidr | Should -Be '127.0.0.1/32'
        (Get-PgCloudUser -Instance $instance -Name ops).Name | Should -Be 'ops'
        (Get-PgConnection $instance -Credential $user.Credential | Test-PgConnection) | Should -BeTrue
        ($user | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -Be 'ops'
        (Invoke-PgQuery 'SELECT current_user::text AS u' -Connection $connection).u | Should -Be 'ops'
        ($it.Role | Get-PgRole).Name | Should -Contain 'mary'
        ($it.Role | Grant-PgRole -Role pg_monitor -PassThru).Member | Should -Be 'mary'
        ($it.Member | Revoke-PgRole -PassThru).Change | Should -Be 'Removed'
        ($it.Member | Grant-PgRole -PassThru).Change | Should -Be 'Created'
        ($it.Privilege | Revoke-PgPrivilege -PassThru).Change | Should -Be 'Removed'
        ($it.Privilege | Grant-PgPrivilege -PassThru).Change | Should -Be 'Created'
        ($it.Database | Set-PgDatabase -ConnectionLimit 9 -PassThru).ConnectionLimit | Should -Be 9
        ($it.Database | Grant-PgPrivilege CONNECT -Grantee mary -PassThru).Name | Should -Be 'stock'
        ($it.Role | Set-PgRolePassword -Generate).Credential.UserName | Should -Be 'mary'
        ($ip | Remove-PgAuthorisedIp -PassThru).Change | Should -Be 'Removed'
        $null = $ip | Add-PgAuthorisedIp -Address 127.0.0.1
    }

    It 'stops a backend that was seen elsewhere, told apart by when it began' {
        foreach ($copier in 'Copy-Object', 'Copy-Bare') {
            $pipeline = Start-Pipeline 'Invoke-PgQuery "SELECT pg_sleep(60) AS nap" -Connection $connection' @{ connection = $it.Connection }
            try {
                Wait-Until { Get-PgActivity -Connection $it.Connection | Where-Object Query -Like 'SELECT pg_sleep*' }
                $seen = Get-PgActivity -Connection $it.Connection | Where-Object Query -Like 'SELECT pg_sleep*'
                $stopped = & $copier $seen | Stop-PgBackend -Terminate -PassThru -Confirm:$false
                $stopped.ProcessId, $stopped.Change | Should -Be $seen.ProcessId, 'Removed'
            }
            finally { Close-Pipeline $pipeline }
        }
    }

    It 'has its password where that travelled in a PSCredential, and is otherwise told that it has none' {
        Get-Secret $it.User.Credential | Should -BeExactly $password
        $it.UserRead.Credential | Should -BeNullOrEmpty
        Assert-Problem (Get-Problem { $it.UserRead | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.NoCredential AuthenticationError
    }

    It 'is taken in a process that loads the module only when a cmdlet is called' {
        $file = Join-Path $work travelling.xml
        $it | Export-Clixml $file
        $child = Invoke-Child -ArgumentList $file, $pgHome -Script {
            param($Module, $File, $State)
            $it = Import-Clixml $File
            $before = $it.Instance.pstypenames[0]
            Import-Module $Module
            $null = Connect-PgCloud Local -StateDirectory $State
            @{
                Before = $before
                Ip = ($it.Instance | Get-PgAuthorisedIp).Cidr
                Named = (Get-PgCloudUser -Instance $it.Instance -Name ops).Name
                ByUser = ($it.User | Invoke-PgQuery 'SELECT current_user::text AS u').u
                ByConnection = (Invoke-PgQuery 'SELECT 1 AS one' -Connection $it.Connection).one
                Role = ($it.Role | Get-PgRole -Name mary).Name
                Member = "$(($it.Member | Revoke-PgRole -PassThru).Change) $(($it.Member | Grant-PgRole -PassThru).Change)"
                Privilege = "$(($it.Privilege | Revoke-PgPrivilege -PassThru).Change)"
                Database = ($it.Database | Set-PgDatabase -ConnectionLimit 8 -PassThru).ConnectionLimit
                Granted = ($it.Database | Grant-PgPrivilege TEMPORARY -Grantee mary -PassThru).Name
                Removed = "$(($it.AuthorisedIp | Remove-PgAuthorisedIp -PassThru).Change)"
                Errors = @($Error | ForEach-Object { "$_" })
            } | ConvertTo-Json -Depth 3
        }
        $said = $child.Json()
        $said.Before | Should -Be 'Deserialized.PgCloud.PgInstance'
        $said.Ip, $said.Named, $said.ByUser, $said.ByConnection, $said.Role | Should -Be '127.0.0.1/32', 'ops', 'ops', 1, 'mary'
        $said.Member, $said.Privilege, $said.Database, $said.Granted, $said.Removed | Should -Be 'Removed Created', 'Removed', 8, 'stock', 'Removed'
    }
}

Describe 'A row' {
    BeforeAll {
        $null = Add-PgAuthorisedIp travel 127.0.0.1
        $rows = New-PgManagerUser travel rows
        $columns = 'd date, t time, ts timestamptz, n numeric, i interval, ds date[], ts_s time[]'
        $null = $rows | Invoke-PgQuery @"
            CREATE SCHEMA there; CREATE TABLE there.source ($columns); CREATE TABLE there.copy ($columns);
            INSERT INTO there.source VALUES ('2026-03-04', '05:06:07.123456', '2026-03-04 05:06:07.123456+00', 12345678901234567890123456789012345,
                '1 day 02:03:04.5', ARRAY['2026-03-04'::date, NULL], ARRAY['23:59:59.999999'::time]), ('infinity', NULL, 'infinity', NULL, NULL, NULL, NULL)
"@
        $told = 'SELECT array_agg(x::text) AS told FROM {0} x'
        $source = ($rows | Invoke-PgQuery ($told -f 'there.source')).told
    }

    BeforeEach { $null = $rows | Invoke-PgQuery 'TRUNCATE there.copy' }

    It 'has its dates and times to the microsecond after a journey at depth <_>' -ForEach 1, 2 {
        $read = @($rows | Invoke-PgQuery 'SELECT * FROM there.source' | ForEach-Object -Begin { $depth = $_ } { Copy-Object $_ -Depth $depth })
        $read.Count | Should -Be 2
        $null = $read | Import-PgTable copy -Schema there -Connection $rows.Connection
        ($rows | Invoke-PgQuery ($told -f 'there.copy')).told | Should -BeExactly $source
    }

    It 'has them in the parameters of a query, whatever the culture of the place' {
        $read = & {
            $before = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'en-GB'
                $rows | Invoke-PgQuery 'SELECT * FROM there.source' | ForEach-Object { Copy-Object $_ }
            }
            finally { [cultureinfo]::CurrentCulture = $before }
        }
        $read | Invoke-PgQuery 'INSERT INTO there.copy VALUES (@d, @t, @ts, @n, @i, @ds, @ts_s)' -Connection $rows.Connection
        ($rows | Invoke-PgQuery ($told -f 'there.copy')).told | Should -BeExactly $source
    }
}

Describe 'A session to another process' -Skip:($PSVersionTable.PSVersion -lt '7.3') {
    BeforeAll {
        # Its type table is what New-PSSession gives one, too: without the module's types.
        $other = Start-Child { Start-Sleep 600 }
        $way = [System.Management.Automation.Runspaces.NamedPipeConnectionInfo]::new($other.Process.Id, '', 60000)
        $space = [runspacefactory]::CreateRunspace($way, $Host, [System.Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles())
        Wait-Until { [IO.Directory]::GetFiles([IO.Path]::GetTempPath(), "CoreFxPipe_PSHost.*.$($other.Process.Id).*") -or $IsWindows } -What 'the pipe'
        $space.Open()
        $there = [System.Management.Automation.Runspaces.PSSession]::Create($space, 'NamedPipe', $null)
        Invoke-Command $there -ArgumentList $modulePath, $pgHome {
            param($Module, $State)
            Import-Module $Module
            $null = Connect-PgCloud Local -StateDirectory $State
        }
        $null = Add-PgAuthorisedIp travel 127.0.0.1
        $instance = Get-PgInstance travel
        $courier = New-PgManagerUser travel courier
    }

    AfterAll {
        if ($there) { Remove-PSSession $there }
        $other.Process.Kill($true)
        Remove-Item $other.File
    }

    It 'is one' { Invoke-Command $there { $PID } | Should -Be $other.Process.Id }

    It 'hands back objects that go on into cmdlets, as they are and made again' {
        $back = Invoke-Command $there { Get-PgInstance travel }
        $back.pstypenames[0] | Should -Be 'Deserialized.PgCloud.PgInstance'
        ($back | Get-PgAuthorisedIp).Cidr | Should -Be '127.0.0.1/32'
        (Get-PgCloudUser $back courier).Name | Should -Be courier
        $made = $back -as [PgCloud.PgInstance]
        $made.HostName, $made.Port, $made.CaCertificate, $made.Status, $made.Detail.Count | Should -Be (
            $instance.HostName, $instance.Port, $instance.CaCertificate, $instance.Status, $instance.Detail.Count)
        $ip = Invoke-Command $there { Add-PgAuthorisedIp travel 192.0.2.44 -PassThru -WarningAction Ignore }
        ($ip | Remove-PgAuthorisedIp -PassThru).Change | Should -Be Removed
    }

    It 'hands back a credential that works, and through it what holds one' {
        $made = Invoke-Command $there { New-PgManagerUser travel envoy }
        $made.pstypenames[0] | Should -Be 'Deserialized.PgCloud.PgCloudUser'
        $made.Credential | Should -BeOfType pscredential
        ($made | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -Be envoy
        $role = Invoke-Command $there { New-PgRole ann -Login -Connection (Get-PgConnection travel -Credential $using:made.Credential) }
        ($role | Grant-PgRole pg_monitor -PassThru).Member | Should -Be ann
        Invoke-Command $there { Get-PgCloudUser travel envoy } | ForEach-Object { $_.Credential } | Should -BeNullOrEmpty
    }

    It 'takes an instance, a connection and a credential, as an argument, by $using: and by its pipeline' {
        Invoke-Command $there -ArgumentList $instance { param($Instance) "$($Instance.GetType()) $(($Instance | Get-PgAuthorisedIp).Cidr)" } |
            Should -Be 'PgCloud.PgInstance 127.0.0.1/32'
        Invoke-Command $there { ($using:instance | Get-PgCloudUser -Name courier).Name } | Should -Be courier
        $instance | Invoke-Command $there { $input | Get-PgAuthorisedIp } | ForEach-Object Cidr | Should -Be '127.0.0.1/32'
        Invoke-Command $there -ArgumentList $courier.Connection {
            param($Connection)
            ($Connection | Invoke-PgQuery 'SELECT current_user::text AS u').u
            (Get-PgConnection travel -Credential $Connection.Credential | Test-PgConnection)
        } | Should -Be courier, $true
    }

    It 'says what to send where the instance or the connection stayed behind' {
        $ip = Add-PgAuthorisedIp travel 192.0.2.45 -PassThru -WarningAction Ignore
        $role = $courier | New-PgRole bob
        $said = Invoke-Command $there -ArgumentList $ip, $role, $courier, $instance {
            param($Ip, $Role, $User, $Instance)
            $ErrorActionPreference = 'Continue'
            $lost = { $Ip | Remove-PgAuthorisedIp }, { $User | Reset-PgUserPassword -Confirm:$false }, { $User | Invoke-PgQuery 'SELECT 1' }, { $Role | Get-PgRole }
            $lost | ForEach-Object { "$(& $_ 2>&1)" }
            "$(($Ip | Remove-PgAuthorisedIp -Instance $Instance -PassThru).Change)"
        }
        $said[0..1] | Should -BeLike '*send the instance as well*'
        $said[2..3] | Should -BeLike '*send its Connection*'
        $said[4] | Should -Be Removed
    }

    It 'gets no session to a cloud' {
        { Invoke-Command $there -ArgumentList (Get-PgCloudSession) { param($Session) Get-PgInstance -Session $Session -ErrorAction Stop } -ErrorAction Stop } |
            Should -Throw
    }
}

Describe 'Objects of the clouds' {
    BeforeAll {
        $emulator = Start-Emulator -Fast
        $null = Connect-Emulator $emulator
        $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -AuthorisedIp 127.0.0.1 -Wait
        $null = New-PgCloudDatabase orders shop
        $null = New-PgConnectionPool orders web -Database shop -Mode Transaction -Size 5
        $null = New-PgManagerUser orders app
    }

    AfterAll { Stop-Emulator $emulator }

    It 'go by <How> into the cmdlets that take them' -ForEach @{ How = 'a journey'; Bare = $false }, @{ How = 'a journey without the module'; Bare = $true } {
        function Copy-It($Object) { $Bare ? (Copy-Bare $Object) : (Copy-Object $Object) }
        $copy = Copy-It $orders
        ($copy | Get-PgInstance).Id | Should -Be $orders.Id
        (Copy-It (Get-PgCloudDatabase orders shop) | Get-PgConnection).Database | Should -Be 'shop'
        (Copy-It (Get-PgConnectionPool orders web) | Set-PgConnectionPool -Size 6 -PassThru).Name | Should -Be 'web'
        (Get-PgConnection orders -Pool (Copy-It (Get-PgConnectionPool orders web))).Database | Should -Be 'web'
        (Copy-It (Get-PgCloudUser orders -Name app) | Reset-PgUserPassword -Confirm:$false).Name | Should -Be 'app'
        (Copy-It (Get-PgConfiguration orders pg.log_min_duration_statement -All) | Set-PgConfiguration -Value 4000 -PassThru -WarningAction Ignore).Value | Should -Be 4000
        (Copy-It (@(Get-PgLogKind orders)[0]) | New-PgLogUrl -Confirm:$false).Kind | Should -Be @(Get-PgLogKind orders)[0].Kind
        (Copy-It (Get-PgAuthorisedIp orders) | Remove-PgAuthorisedIp -PassThru).Change | Should -Be 'Removed'
        $null = Add-PgAuthorisedIp orders 127.0.0.1
        # A name of something else is not taken for that of a database.
        Assert-Problem (Get-Problem { Copy-It (Get-PgCloudUser orders -Name app) | Remove-PgCloudDatabase -Confirm:$false }) PgCloud.Database.NameNotGiven InvalidArgument
        $backup = @(Get-PgBackup orders)[0]
        if ($backup) { Copy-It $backup | New-PgInstance -Name again -WhatIf | Should -BeNullOrEmpty }
    }
}
