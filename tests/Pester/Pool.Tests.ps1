# SPDX-License-Identifier: MIT
# Connection pools and the databases of the provider's API: Ovh against its emulator, and what Local answers.

BeforeDiscovery { $hasPsql = [bool] (Get-Command psql -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $null = Connect-Emulator $emulator
    $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1 -Wait
    $app = New-PgManagerUser orders app
    $shop = New-PgCloudDatabase orders shop
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Databases of the API' {
    It 'are made, and made again changes nothing' {
        $shop | Should -BeOfType PgCloud.PgCloudDatabase
        "$shop", $shop.Change, $shop.IsDefault, "$($shop.Instance)" | Should -Be 'shop', 'Created', $false, 'orders'
        $again = $orders | New-PgCloudDatabase -Name shop, archive
        $again.Change | Should -Be 'Unchanged', 'Created'
        $again[0].Id | Should -Be $shop.Id
    }

    It 'are listed, by wildcard and by exact name' {
        (Get-PgCloudDatabase orders).Name | Should -Be 'archive', 'defaultdb', 'shop'
        (Get-PgCloudDatabase orders | Where-Object IsDefault).Name | Should -Be 'defaultdb'
        (Get-PgInstance orders | Get-PgCloudDatabase -Name sh*, arch*).Name | Should -Be 'archive', 'shop'
        @(Get-PgCloudDatabase orders x*).Count | Should -Be 0
        Assert-Problem (Get-Problem { Get-PgCloudDatabase orders Shop }) PgCloud.Database.NotFound ObjectNotFound Shop 'archive, defaultdb, shop'
    }

    It 'lead to where they are' {
        (Get-PgCloudDatabase orders shop | Get-PgConnection -Credential $app.Credential | Invoke-PgQuery 'SELECT current_database()::text AS d').d |
            Should -Be 'shop'
        ($shop | Get-PgConnection -Database postgres).Database | Should -Be 'postgres'
    }

    It 'are refused where no database can be called so' {
        Assert-Problem (Get-Problem { New-PgCloudDatabase orders ('x' * 64) }) PgCloud.Database.NameInvalid InvalidArgument
        Assert-Problem (Get-Problem { New-PgCloudDatabase orders '' }) PgCloud.Database.NameInvalid InvalidArgument
    }

    It 'are neither made nor removed with -WhatIf' {
        Reset-EmulatorCall $emulator
        New-PgCloudDatabase orders other -WhatIf | Should -BeNullOrEmpty
        Get-PgCloudDatabase orders | Remove-PgCloudDatabase -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
        Get-EmulatorCall $emulator -Method DELETE | Should -Be 0
    }

    It 'are removed when they are piped in, but not the default one' {
        $null = New-PgCloudDatabase orders tmp_a, tmp_b
        $gone = Get-PgCloudDatabase orders tmp_* | Remove-PgCloudDatabase -Confirm:$false -PassThru
        $gone.Name | Should -Be 'tmp_a', 'tmp_b'
        $gone.Change | Should -Be 'Removed', 'Removed'
        Assert-Problem (Get-Problem { Remove-PgCloudDatabase orders tmp_a }) PgCloud.Database.NotFound ObjectNotFound tmp_a
        Assert-Problem (Get-Problem { Remove-PgCloudDatabase orders defaultdb }) PgCloud.Database.Protected InvalidOperation defaultdb
    }

    It 'are not removed for something else that is called like them' {
        $null = New-PgCloudDatabase orders orders, app
        Assert-Problem (Get-Problem { $orders | Remove-PgCloudDatabase }) PgCloud.Database.NameNotGiven InvalidArgument orders
        Assert-Problem (Get-Problem { $app | Remove-PgCloudDatabase }) PgCloud.Database.NameNotGiven InvalidArgument app
        (Get-PgCloudDatabase orders).Name | Should -Contain 'orders'
        ($orders | Remove-PgCloudDatabase -Name orders, app -Confirm:$false -PassThru).Change | Should -Be 'Removed', 'Removed'
    }
}

Describe 'Connection pools' {
    It 'are made to a database that is piped in, right after it' {
        $script:web = New-PgCloudDatabase orders fresh | New-PgConnectionPool -Name 'web pool/1' -Mode Transaction -Size 7
        $web | Should -BeOfType PgCloud.PgConnectionPool
        "$web", $web.Database, $web.UserName, $web.Mode, $web.Size, $web.Change | Should -Be 'web pool/1', 'fresh', $null, 'Transaction', 7, 'Created'
        $web.DatabaseId | Should -Be (Get-PgCloudDatabase orders fresh).Id
        $web.HostName, $web.TlsMode, "$($web.Instance)" | Should -Be $orders.HostName, 'Require', 'orders'
        $web.Port | Should -Not -Be $orders.Port
    }

    It 'are made for a user that is piped in, to the default database' {
        $mine = $app | New-PgConnectionPool -Name mine -Mode Session -Size 3
        $mine.Database, $mine.UserName, $mine.UserId | Should -Be 'defaultdb', 'app', $app.Id
    }

    It 'that are there are Unchanged, or an error says how they are' {
        (New-PgConnectionPool orders mine -UserName app -Mode Session -Size 3).Change | Should -Be 'Unchanged'
        $problem = Get-Problem { New-PgConnectionPool orders mine -Mode Session -Size 3 }
        Assert-Problem $problem PgCloud.Pool.Differs ResourceExists mine "mode Session and size 3.*'defaultdb'.*'app'"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Set-PgConnectionPool*'
    }

    It 'need a database and a user that there are' {
        Assert-Problem (Get-Problem { New-PgConnectionPool orders x -Database nope -Mode Session -Size 3 }) PgCloud.Database.NotFound ObjectNotFound nope 'archive, defaultdb, fresh, shop'
        Assert-Problem (Get-Problem { New-PgConnectionPool orders x -UserName nope -Mode Session -Size 3 }) PgCloud.User.NotFound ObjectNotFound nope 'app, avnadmin'
        Assert-Problem (Get-Problem { New-PgConnectionPool orders '' -Mode Session -Size 3 }) PgCloud.Pool.NameInvalid InvalidArgument
    }

    It 'are listed, by wildcard and by exact name' {
        (Get-PgConnectionPool orders).Name | Should -Be 'mine', 'web pool/1'
        (Get-PgInstance orders | Get-PgConnectionPool -Name web*).Id | Should -Be $web.Id
        Assert-Problem (Get-Problem { Get-PgConnectionPool orders Mine }) PgCloud.Pool.NotFound ObjectNotFound Mine 'mine, web pool/1'
    }

    It 'change where something differs, and what is not given stays' {
        $changed = Get-PgConnectionPool orders 'web pool/1' | Set-PgConnectionPool -Size 8 -Database shop -UserName app -PassThru
        $changed.Change, $changed.Size, $changed.Database, $changed.UserName, $changed.Mode | Should -Be 'Updated', 8, 'shop', 'app', 'Transaction'
        $changed = Set-PgConnectionPool orders 'web pool/1' -AnyUser -Mode Session -PassThru
        $changed.Change, $changed.Size, $changed.UserName, $changed.Mode | Should -Be 'Updated', 8, $null, 'Session'
        Reset-EmulatorCall $emulator
        (Set-PgConnectionPool orders 'web pool/1' -AnyUser -Mode Session -Size 8 -PassThru).Change | Should -Be 'Unchanged'
        Set-PgConnectionPool orders 'web pool/1' -Size 9 -WhatIf
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
        Set-PgConnectionPool orders 'web pool/1' -Size 9 | Should -BeNullOrEmpty
    }

    It 'are not changed by what is contradictory, or called like something else' {
        Assert-Problem (Get-Problem { Set-PgConnectionPool orders mine -AnyUser -UserName app }) PgCloud.Parameter.Conflict InvalidArgument AnyUser
        Assert-Problem (Get-Problem { Set-PgConnectionPool orders nope -Size 3 }) PgCloud.Pool.NotFound ObjectNotFound nope
        Assert-Problem (Get-Problem { $app | Set-PgConnectionPool -Size 3 }) PgCloud.Pool.NameNotGiven InvalidArgument app
        Assert-Problem (Get-Problem { $shop | Remove-PgConnectionPool }) PgCloud.Pool.NameNotGiven InvalidArgument shop
        { Set-PgConnectionPool orders mine -Size 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'keep their database from being removed' {
        Assert-Problem (Get-Problem { Remove-PgCloudDatabase orders shop }) PgCloud.Database.InUse InvalidOperation shop "'web pool/1'"
    }
}

Describe 'Get-PgConnection -Pool' {
    It 'leads through the pool, verified, to the pool''s database' {
        $connection = Get-PgConnectionPool orders 'web pool/1' | Get-PgConnection -Credential $app.Credential
        $connection.Database, $connection.Port, $connection.TlsMode | Should -Be 'web pool/1', $web.Port, 'VerifyFull'
        $connection.CaCertificate | Should -BeLike '-----BEGIN CERTIFICATE-----*'
        $row = $connection | Invoke-PgQuery 'SELECT current_database()::text AS d, current_user::text AS u, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
        $row.d, $row.u, $row.ssl | Should -Be 'shop', 'app', $true
        $connection | Test-PgConnection | Should -BeTrue
    }

    It 'does not take the certificate of another authority' {
        $right = Get-PgConnection orders $app.Credential -Pool mine
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Other', $key, [Security.Cryptography.HashAlgorithmName]::SHA256)
        $other = $request.CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(1)).ExportCertificatePem()
        $wrong = Copy-Connection $right @{ CaCertificate = $other }
        (Get-Problem { $wrong | Invoke-PgQuery 'SELECT 1' }).FullyQualifiedErrorId | Should -BeLike 'PgCloud.Connection.CertificateUntrusted,*'
        ($right | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
    }

    It 'takes a name or an object, beside an instance that is piped in' {
        ($orders | Get-PgConnection -Pool mine).Port | Should -Be $web.Port
        (Get-PgConnection orders -Pool $web).Database | Should -Be 'web pool/1'
        ([pscustomobject]@{ Instance = 'orders'; Pool = 'mine' } | Get-PgConnection).Database | Should -Be 'mine'
        (Get-PgConnection orders).Database | Should -Be 'defaultdb'
    }

    It 'knows whom the pool lets in' {
        (Get-PgConnection orders -Pool mine).UserName | Should -Be 'app'
        $problem = Get-Problem { Get-PgConnection orders (New-Credential bob x) -Pool mine }
        Assert-Problem $problem PgCloud.Pool.UserDiffers InvalidArgument bob "'app'"
    }

    It 'excludes -ReadReplica and -Database' {
        Assert-Problem (Get-Problem { Get-PgConnection orders -Pool mine -ReadReplica }) PgCloud.Parameter.Conflict InvalidArgument Pool 'ReadReplica'
        Assert-Problem (Get-Problem { Get-PgConnection orders -Pool mine -Database shop }) PgCloud.Parameter.Conflict InvalidArgument Pool 'Database'
        Assert-Problem (Get-Problem { Get-PgConnection orders -Pool nope }) PgCloud.Pool.NotFound ObjectNotFound nope 'mine, web pool/1'
    }

    It 'writes a URI, percent-encoded, that psql connects with' -Skip:(-not $hasPsql) {
        $connection = Get-PgConnection orders $app.Credential -Pool 'web pool/1'
        $connection.ToUri() | Should -Be "postgres://app@$($web.HostName):$($web.Port)/web%20pool%2F1?sslmode=verify-full"
        $ca = New-TemporaryFile
        try {
            Set-Content $ca $connection.CaCertificate
            $env:PGSSLROOTCERT = $ca
            psql -X -At -d $connection.ToUri($true) -c 'SELECT current_database()' | Should -Be 'shop'
        }
        finally {
            Remove-Item Env:PGSSLROOTCERT, $ca
        }
    }

    It 'escapes every part of a URI: <Kind>' -ForEach @(
        @{ Kind = 'primary'; With = @{} }
        @{ Kind = 'read replica'; With = @{ ReadReplica = $true } }
    ) {
        $odd = New-Credential 'a:b@c/d?' 'p%#[ü] /'
        $endpoint = $orders.Endpoint | Where-Object IsReadReplica -EQ ($With.Count -gt 0)
        $connection = Get-PgConnection orders $odd -Database 'x y?&=/ü' @With
        $connection.ToUri($true) | Should -BeExactly (
            "postgres://a%3Ab%40c%2Fd%3F:p%25%23%5B%C3%BC%5D%20%2F@$($endpoint.HostName):$($endpoint.Port)/x%20y%3F%26%3D%2F%C3%BC?sslmode=verify-full")
        $connection.ToUri() | Should -Not -Match 'p%25'
        $connection.CaCertificate | Should -BeLike '-----BEGIN CERTIFICATE-----*'
    }
}

Describe 'Completion' {
    It 'offers after <Line>: <Offer>' -ForEach @(
        @{ Line = 'Get-PgConnection orders -Pool '; Offer = 'mine', "'web pool/1'" }
        @{ Line = 'Get-PgConnectionPool orders m'; Offer = 'mine' }
        @{ Line = 'Set-PgConnectionPool -Instance orders -Name w'; Offer = "'web pool/1'" }
        @{ Line = 'Remove-PgConnectionPool $global:pools -Name '; Offer = 'mine', "'web pool/1'" }
        @{ Line = 'New-PgConnectionPool orders -Database '; Offer = 'archive', 'defaultdb', 'fresh', 'shop' }
        @{ Line = 'New-PgConnectionPool orders -UserName a'; Offer = 'app', 'avnadmin' }
        @{ Line = 'Remove-PgCloudDatabase orders sh'; Offer = 'shop' }
        @{ Line = 'Get-PgConnection -Pool '; Offer = $null }
        @{ Line = 'Get-PgConnection nope -Pool '; Offer = $null }
    ) {
        $global:pools = $orders
        try { Get-Offer $Line | Should -Be $Offer }
        finally { Remove-Variable pools -Scope Global }
    }
}

Describe 'Removing pools' {
    It 'that the API refuses is an error about the pool that was piped in, else about the instance' {
        $pool = Get-PgConnectionPool orders mine
        Set-EmulatorStatus $emulator $orders.Id LOCKED
        $problem = Get-Problem { $pool | Remove-PgConnectionPool -Confirm:$false; Remove-PgConnectionPool orders mine -Confirm:$false }
        Set-EmulatorStatus $emulator $orders.Id READY
        $problem | ForEach-Object { Assert-Problem $_ PgCloud.Instance.Locked InvalidOperation }
        $problem.Exception.ApiCall | Should -BeLike 'DELETE /cloud/project/*/connectionPool/*'
        [object]::ReferenceEquals($problem[0].TargetObject, $pool) | Should -BeTrue
        $problem[1].TargetObject | Should -BeOfType PgCloud.PgInstance
        "$($problem[1].TargetObject)" | Should -Be 'orders'
    }

    It 'asks, and does nothing with -WhatIf' {
        Reset-EmulatorCall $emulator
        Get-PgConnectionPool orders | Remove-PgConnectionPool -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -Method DELETE | Should -Be 0
    }

    It 'takes those that are piped in, and only those' {
        $gone = Get-PgConnectionPool orders web* | Remove-PgConnectionPool -Confirm:$false -PassThru
        $gone.Name, $gone.Change | Should -Be 'web pool/1', 'Removed'
        (Get-PgConnectionPool orders).Name | Should -Be 'mine'
        Assert-Problem (Get-Problem { Remove-PgConnectionPool orders 'web pool/1' }) PgCloud.Pool.NotFound ObjectNotFound 'web pool/1'
        (Remove-PgCloudDatabase orders shop -Confirm:$false -PassThru).Change | Should -Be 'Removed'
    }
}

Describe 'Provider Local' {
    BeforeAll {
        $pgHome = New-TestDirectory
        $local = Connect-PgCloud Local -StateDirectory $pgHome -Name local
        # An instance that was broken off costs no server.
        $half = New-Item (Join-Path $pgHome half) -ItemType Directory
        Set-Content (Join-Path $half instance.json) '{}'
    }

    AfterAll {
        Disconnect-PgCloud local
        Remove-Item $pgHome -Recurse
    }

    It 'has no pools and says what there is instead: <_>' -ForEach @(
        'Get-PgConnectionPool half', 'New-PgConnectionPool half x -Mode Session -Size 3', 'Set-PgConnectionPool half x -Size 3'
        'Remove-PgConnectionPool half x', 'New-PgConnectionPool half x -Mode Session -Size 3 -WhatIf', 'Get-PgConnection half -Pool x'
    ) {
        $problem = Get-Problem ([scriptblock]::Create("$_ -Session local"))
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local 'connection pools'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Get-PgConnection without -Pool'
    }

    It 'makes databases by SQL only: <_>' -ForEach 'Get-PgCloudDatabase half', 'New-PgCloudDatabase half x', 'Remove-PgCloudDatabase half x' {
        $problem = Get-Problem ([scriptblock]::Create("$_ -Session local"))
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local 'databases by its API'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'New-PgDatabase'
    }
}
