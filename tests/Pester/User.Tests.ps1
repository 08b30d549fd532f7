# New-PgManagerUser, New-PgWriterUser, Get-PgCloudUser, Reset-PgUserPassword and Remove-PgCloudUser, on real servers.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    # Before and after the rules that came with 16.
    $versions = 15, 18 | Where-Object { Get-ServerBinary $_ }
    if (-not $versions) { $versions = $systemMajor }
    $hasPsql = [bool] (Get-Command psql -ErrorAction Ignore)
}

Describe 'The users of an instance of PostgreSQL <_>' -ForEach $versions {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $major = $_
        $pgHome = Enter-PgHome
        $instance = New-PgInstance users -BinaryPath (Get-ServerBinary $major)
        $instance | Add-PgAuthorisedIp -Address 127.0.0.1
        $ops = New-PgManagerUser users ops
        $app = New-PgWriterUser users app
        $roles = $ops | Get-PgRole -IncludePredefined
        function Get-RoleNamed([string] $Name) { $roles | Where-Object Name -CEQ $Name }
    }

    AfterAll { Exit-PgHome $pgHome }

    Context 'A manager user' {
        It 'comes with its credential' {
            $ops | Should -BeOfType PgCloud.PgCloudUser
            $ops.Name | Should -Be 'ops'
            $ops.Kind | Should -Be 'Manager'
            $ops.Change | Should -Be 'Created'
            $ops.Credential.UserName | Should -Be 'ops'
            (Get-Secret $ops.Credential).Length | Should -BeGreaterOrEqual 20
            "$($ops.Instance)" | Should -Be 'users'
        }

        It 'is LOGIN CREATEROLE CREATEDB INHERIT and nothing more' {
            $role = Get-RoleNamed ops
            $role.Login, $role.CreateRole, $role.CreateDatabase, $role.Inherit | Should -Be $true, $true, $true, $true
            $role.Superuser, $role.Replication, $role.BypassRls | Should -Be $false, $false, $false
            $role.ConnectionLimit | Should -Be -1
            $role.ValidUntil | Should -BeNullOrEmpty
        }

        It 'is a member of both groups' {
            (Get-RoleNamed ops).MemberOf | Should -Be 'pgcloud_admin', 'pgcloud_writer'
            $ops.MemberOf | Should -Be 'pgcloud_admin', 'pgcloud_writer'
        }

        It 'may make roles and databases, and grant' {
            ($ops | New-PgRole made | Grant-PgRole -Role pg_monitor -PassThru).Change | Should -Be 'Created'
            $ops | Invoke-PgQuery 'CREATE DATABASE made'
            $ops | Invoke-PgQuery 'DROP DATABASE made'
            $ops | Remove-PgRole made -Confirm:$false
        }

        It 'cannot make itself or another a superuser' {
            Assert-Problem (Get-Problem { $ops | Invoke-PgQuery 'ALTER ROLE ops SUPERUSER' }) PgCloud.Sql.PermissionDenied PermissionDenied "$($ops.Connection)"
            Assert-Problem (Get-Problem { $ops | Invoke-PgQuery 'CREATE ROLE evil SUPERUSER' }) PgCloud.Sql.PermissionDenied PermissionDenied "$($ops.Connection)"
        }

        It 'may work in the default database' {
            $ops | Invoke-PgQuery 'CREATE SCHEMA shop; CREATE TABLE shop.item (id int); INSERT INTO shop.item VALUES (7)'
            ($ops | Invoke-PgQuery 'SELECT id FROM shop.item').id | Should -Be 7
        }
    }

    Context 'The groups' {
        It 'the admin group cannot log in and has what IBM''s has, as far as the version knows it' {
            $group = Get-RoleNamed pgcloud_admin
            $group.Login, $group.Superuser, $group.CreateRole, $group.CreateDatabase | Should -Be $false, $false, $false, $false
            $group.Inherit | Should -BeTrue
            $expected = 'pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats',
                'pg_stat_scan_tables', 'pg_signal_backend', 'pg_checkpoint', 'pg_create_subscription' |
                Where-Object { Get-RoleNamed $_ }
            $expected.Count | Should -Be ($major -ge 16 ? 9 : 8)
            Compare-Object $group.MemberOf $expected | Should -BeNullOrEmpty
        }

        It 'the writer group cannot log in and reads and writes all data' {
            $group = Get-RoleNamed pgcloud_writer
            $group.Login, $group.Superuser, $group.CreateRole, $group.CreateDatabase | Should -Be $false, $false, $false, $false
            Compare-Object $group.MemberOf 'pg_read_all_data', 'pg_write_all_data' | Should -BeNullOrEmpty
        }

        It 'there is one superuser, and no user is it' {
            ($roles | Where-Object Superuser).Name | Should -Be 'pgcloud_superuser'
        }
    }

    Context 'A writer user' {
        It 'is LOGIN INHERIT, a member of the writer group, and nothing more' {
            $app.Kind | Should -Be 'Writer'
            $role = Get-RoleNamed app
            $role.Login, $role.Inherit | Should -Be $true, $true
            $role.CreateRole, $role.CreateDatabase, $role.Superuser, $role.Replication, $role.BypassRls |
                Should -Be $false, $false, $false, $false, $false
            $role.MemberOf | Should -Be 'pgcloud_writer'
        }

        It 'reads and writes what others made' {
            $ops | Invoke-PgQuery 'CREATE TABLE IF NOT EXISTS ledger (n int)'
            $app | Invoke-PgQuery 'INSERT INTO ledger VALUES (3)'
            ($app | Invoke-PgQuery 'SELECT n FROM ledger').n | Should -Be 3
        }

        It 'cannot make roles' {
            Assert-Problem (Get-Problem { $app | New-PgRole nope }) PgCloud.Sql.PermissionDenied PermissionDenied "$($app.Connection)"
        }
    }

    Context 'Making a user' {
        It 'again is Unchanged, and comes without a credential' {
            $again = New-PgManagerUser users ops
            $again.Change | Should -Be 'Unchanged'
            $again.Credential | Should -BeNullOrEmpty
            $again.Connection | Should -BeNullOrEmpty
            ($ops | Invoke-PgQuery 'SELECT 1 AS one').one | Should -Be 1
        }

        It 'again with a password sets that password' {
            $null = New-PgWriterUser users pw -Password (New-Secret 'first one')
            $again = New-PgWriterUser users pw -Password (New-Secret 'second one')
            $again.Change | Should -Be 'Updated'
            Get-Secret $again.Credential | Should -Be 'second one'
            $again | Test-PgConnection | Should -BeTrue
            Get-PgConnection users -Credential (New-Credential pw 'first one') | Test-PgConnection | Should -BeFalse
        }

        It 'of the other kind is refused' {
            Assert-Problem (Get-Problem { New-PgWriterUser users ops }) PgCloud.User.KindDiffers ResourceExists ops -Message 'Manager'
            Assert-Problem (Get-Problem { New-PgManagerUser users app }) PgCloud.User.KindDiffers ResourceExists app -Message 'Writer'
        }

        It 'whose name a role made by SQL has is refused, and that role stays as it is' {
            $ops | New-PgRole bysql
            Assert-Problem (Get-Problem { New-PgManagerUser users bysql -Password (New-Secret x) }) PgCloud.User.KindDiffers ResourceExists bysql
            ($ops | Get-PgRole bysql).MemberOf | Should -Not -Contain 'pgcloud_admin'
            ($ops | Get-PgRole bysql).Login | Should -BeFalse
        }

        It 'takes the name exactly as it is: <name>' -ForEach @(
            @{ name = 'Ops' }, @{ name = 'o''hara "the" \admin' }, @{ name = 'with space.and-dot' }, @{ name = "`u{1F418}" }, @{ name = "'; DROP ROLE ops; --" }
        ) {
            $made = New-PgWriterUser users $name
            try {
                $made.Name | Should -BeExactly $name
                ($made | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -BeExactly $name
                (Get-PgCloudUser users).Name | Should -Contain $name
            }
            finally { Remove-PgCloudUser users $name -Confirm:$false }
        }

        It 'takes 63 bytes' {
            $name = "$([char] 0xE4)" * 31 + 'x'
            $made = New-PgWriterUser users $name
            $made | Test-PgConnection | Should -BeTrue
            $made | Remove-PgCloudUser -Confirm:$false
        }

        It 'refuses a name that <what>' -ForEach @(
            @{ what = 'is empty'; name = '' }
            @{ what = 'has NUL in it'; name = "a`0b" }
            @{ what = 'has 64 bytes'; name = 'a' * 64 }
            @{ what = 'has 33 characters but 66 bytes'; name = "$([char] 0xE4)" * 33 }
            @{ what = 'has half of a surrogate pair'; name = "a$([char] 0xD800)" }
            @{ what = 'is PostgreSQL''s own'; name = 'pg_monitor' }
            @{ what = 'begins with pg_'; name = 'pg_mine' }
            @{ what = 'begins with pgcloud_'; name = 'pgcloud_mine' }
            @{ what = 'is the superuser''s'; name = 'pgcloud_superuser' }
            @{ what = 'is public'; name = 'public' }
            @{ what = 'is none'; name = 'none' }
        ) {
            $before = @($ops | Get-PgRole).Count
            Assert-Problem (Get-Problem { New-PgManagerUser users $name }) PgCloud.Role.NameInvalid InvalidArgument $name
            @($ops | Get-PgRole).Count | Should -Be $before
        }

        It 'refuses an empty password and makes nothing' {
            Assert-Problem (Get-Problem { New-PgManagerUser users nopw -Password ([securestring]::new()) }) PgCloud.User.PasswordInvalid InvalidArgument nopw
            Get-Problem { $ops | Get-PgRole nopw } | Should -Not -BeNullOrEmpty
        }

        It 'goes on with the next name after a bad one' {
            $made = New-PgWriterUser users public, fine -ErrorVariable problem -ErrorAction SilentlyContinue
            Assert-Problem $problem PgCloud.Role.NameInvalid InvalidArgument public
            $made.Name | Should -Be 'fine'
            $made | Remove-PgCloudUser -Confirm:$false
        }

        It 'makes nothing with -WhatIf' {
            New-PgManagerUser users phantom -WhatIf | Should -BeNullOrEmpty
            (Get-PgCloudUser users).Name | Should -Not -Contain 'phantom'
        }

        It 'makes a password of its own each time' {
            $one = New-PgWriterUser users one
            $two = New-PgWriterUser users two
            Get-Secret $one.Credential | Should -Not -Be (Get-Secret $two.Credential)
            $one, $two | Remove-PgCloudUser -Confirm:$false
        }
    }

    Context 'Get-PgCloudUser' {
        It 'lists the users made through the provider, without credentials' {
            $all = Get-PgCloudUser users
            $all.Name | Should -Contain 'ops'
            $all.Name | Should -Contain 'app'
            $all | Where-Object Credential | Should -BeNullOrEmpty
            ($all | Where-Object Name -eq app).Kind | Should -Be 'Writer'
        }

        It 'does not list roles made by SQL, nor the provider''s own' {
            $ops | New-PgRole bysql -Login
            $names = (Get-PgCloudUser users).Name
            $names | Should -Not -Contain 'bysql'
            $names | Should -Not -Match '^pgcloud_|^pg_'
        }

        It 'does not take a role made by SQL for a user because it was put into a group' {
            $ops | New-PgRole sneaky
            Get-Problem { $ops | Grant-PgRole -Role pg_monitor -Member sneaky } | Should -BeNullOrEmpty
            (Get-PgCloudUser users).Name | Should -Not -Contain 'sneaky'
        }

        It 'takes wildcards, minds case, and says so when there is none of a name' {
            (Get-PgCloudUser users o*).Name | Should -Contain 'ops'
            Get-Problem { Get-PgCloudUser users zzz* } | Should -BeNullOrEmpty
            Assert-Problem (Get-Problem { Get-PgCloudUser users OPS }) PgCloud.User.NotFound ObjectNotFound OPS
        }
    }

    Context 'Reset-PgUserPassword' {
        It 'makes a new password: the old one is refused, the new one works' {
            $before = New-PgWriterUser users resetting
            $after = Reset-PgUserPassword users resetting -Confirm:$false
            $after.Change | Should -Be 'Updated'
            $after.Kind | Should -Be 'Writer'
            Get-Secret $after.Credential | Should -Not -Be (Get-Secret $before.Credential)
            $after | Test-PgConnection | Should -BeTrue
            Assert-Problem (Get-Problem { $before | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.LoginFailed AuthenticationError "$($before.Connection)"
        }

        It 'sets the one that is given, whatever is in it' {
            foreach ($password in 'p', 'two words', 'quote '' " \ $ ` %', "umlaut $([char] 0xE4) `u{1F418}", ('x' * 500)) {
                $after = Reset-PgUserPassword users resetting -Password (New-Secret $password) -Confirm:$false
                Get-Secret $after.Credential | Should -BeExactly $password
                $after | Test-PgConnection | Should -BeTrue -Because "the password is [$password]"
            }
        }

        It 'psql logs in with it over verified TLS' -Skip:(-not $hasPsql) {
            $after = Reset-PgUserPassword users resetting -Confirm:$false
            $psql = Invoke-Psql $instance resetting (Get-Secret $after.Credential)
            $psql.Output | Should -Be 'resetting'
            $psql.ExitCode | Should -Be 0
            $psql = Invoke-Psql $instance resetting 'wrong'
            $psql.ExitCode | Should -Not -Be 0
            $psql.Output | Should -Match 'password authentication failed'
        }

        It 'psql logs in with a password beyond ASCII, which both sides prepare alike' -Skip:(-not $hasPsql) {
            # The first is changed by SASLprep, the second is not known to it.
            foreach ($password in "p$([char] 0xE4)ss$([char] 0xA0)$([char] 0xAA)$([char] 0xFB01)", "p$([char] 0xE4)ss `u{1F418}") {
                $null = Reset-PgUserPassword users resetting -Password (New-Secret $password) -Confirm:$false
                (Invoke-Psql $instance resetting $password).Output | Should -Be 'resetting'
            }
        }

        It 'refuses a password that clients would prepare differently' {
            $password = "$([char] 0xAA)`u{1F418}"
            Assert-Problem (Get-Problem { Reset-PgUserPassword users resetting -Password (New-Secret $password) -Confirm:$false }) PgCloud.User.PasswordInvalid InvalidArgument resetting
        }

        It 'leaves open connections open' {
            $before = Reset-PgUserPassword users resetting -Confirm:$false
            $pipeline = Start-Pipeline '$user | Invoke-PgQuery "SELECT pg_sleep(1), 42 AS answer"' @{ user = $before }
            Wait-Until { ($ops | Invoke-PgQuery "SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'resetting'").n -gt 0 }
            $null = Reset-PgUserPassword users resetting -Confirm:$false
            Wait-Pipeline $pipeline
            $pipeline.Output[0].answer | Should -Be 42
            Close-Pipeline $pipeline
        }

        It 'refuses a user there is not, and a role made by SQL' {
            Assert-Problem (Get-Problem { Reset-PgUserPassword users nope -Confirm:$false }) PgCloud.User.NotFound ObjectNotFound nope
            $null = $ops | New-PgRole bysql -Login
            Assert-Problem (Get-Problem { Reset-PgUserPassword users bysql -Confirm:$false }) PgCloud.User.NotFound ObjectNotFound bysql
            Assert-Problem (Get-Problem { Reset-PgUserPassword users pgcloud_superuser -Confirm:$false }) PgCloud.User.NotFound ObjectNotFound pgcloud_superuser
        }

        It 'sets nothing with -WhatIf' {
            Reset-PgUserPassword users app -WhatIf | Should -BeNullOrEmpty
            $app | Test-PgConnection | Should -BeTrue
        }

        It 'refuses an empty password and leaves the old one' {
            Assert-Problem (Get-Problem { Reset-PgUserPassword users app -Password ([securestring]::new()) -Confirm:$false }) PgCloud.User.PasswordInvalid InvalidArgument app
            $app | Test-PgConnection | Should -BeTrue
        }
    }

    Context 'Remove-PgCloudUser' {
        It 'removes the user' {
            $gone = New-PgWriterUser users gone
            $removed = Remove-PgCloudUser users gone -Confirm:$false -PassThru
            $removed.Change | Should -Be 'Removed'
            $removed.Name | Should -Be 'gone'
            $removed.Kind | Should -Be 'Writer'
            (Get-PgCloudUser users).Name | Should -Not -Contain 'gone'
            $gone | Test-PgConnection | Should -BeFalse
        }

        It 'writes nothing without -PassThru' {
            New-PgWriterUser users gone | Remove-PgCloudUser -Confirm:$false | Should -BeNullOrEmpty
        }

        It 'removes nothing with -WhatIf' {
            Remove-PgCloudUser users app -WhatIf
            $app | Test-PgConnection | Should -BeTrue
        }

        It 'leaves a user that owns something, and says what depends on it' {
            $owner = New-PgManagerUser users owner
            $owner | Invoke-PgQuery 'CREATE SCHEMA owned; CREATE TABLE owned.things (id int)'
            Assert-Problem (Get-Problem { Remove-PgCloudUser users owner -Confirm:$false }) PgCloud.Role.HasDependents InvalidOperation owner
            $owner | Test-PgConnection | Should -BeTrue
            $owner | Invoke-PgQuery 'DROP SCHEMA owned CASCADE'
            $owner | Remove-PgCloudUser -Confirm:$false
        }

        It 'refuses a user there is not, a role made by SQL and the provider''s own' {
            $null = $ops | New-PgRole bysql
            foreach ($name in 'nope', 'bysql', 'pgcloud_superuser', 'pgcloud_admin') {
                Assert-Problem (Get-Problem { Remove-PgCloudUser users $name -Confirm:$false }) PgCloud.User.NotFound ObjectNotFound $name
            }
            ($ops | Get-PgRole bysql).Name | Should -Be 'bysql'
        }
    }

    It 'nobody logs in with a name written in another case' {
        Get-PgConnection users -Credential (New-Credential OPS (Get-Secret $ops.Credential)) | Test-PgConnection | Should -BeFalse
    }
}
