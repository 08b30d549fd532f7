# New-, Get-, Remove-, Grant- and Revoke-PgRole as a manager user, who is no superuser, on servers before and after the rules of 16.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $versions = 15, 18 | Where-Object { Get-ServerBinary $_ }
    if (-not $versions) { $versions = $systemMajor }
}

Describe 'Roles on PostgreSQL <_>' -ForEach $versions {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $major = $_
        $pgHome = Enter-PgHome
        $ops = New-PgInstance roles -BinaryPath (Get-ServerBinary $major) | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
        $where = "$($ops.Connection)"

        # What the catalog holds of a role, and when it was written: a repeated command must leave even that alone.
        function Get-Written([string] $Name) {
            $ops | Invoke-PgQuery @'
SELECT (SELECT string_agg(m.xmin::text || ':' || m.roleid || ':' || m.member, ',' ORDER BY m.roleid, m.member)
        FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = @name) AS memberships
'@ @{ name = $Name } | ForEach-Object memberships
        }
        function Remove-Made { $ops | Get-PgRole -Name t_* | Remove-PgRole -Confirm:$false }
    }

    AfterAll { Exit-PgHome $pgHome }

    Context 'New-PgRole' {
        AfterEach { Remove-Made }

        It 'makes a role that can do nothing yet' {
            $made = $ops | New-PgRole t_plain
            $made | Should -BeOfType PgCloud.PgRole
            $made.Name | Should -Be 't_plain'
            $made.Change | Should -Be 'Created'
            $made.Login, $made.Superuser, $made.CreateRole, $made.CreateDatabase, $made.Replication, $made.BypassRls |
                Should -Be $false, $false, $false, $false, $false, $false
            $made.Inherit | Should -BeTrue
            $made.ConnectionLimit | Should -Be -1
            $made.ValidUntil | Should -BeNullOrEmpty
            $made.MemberOf | Should -BeNullOrEmpty
            $made.Credential | Should -BeNullOrEmpty
        }

        It 'gives the attributes that are asked for' {
            $until = [datetimeoffset]::new(2031, 2, 3, 4, 5, 6, [timespan]::FromHours(2))
            $made = $ops | New-PgRole t_all -Login -CreateDatabase -CreateRole -Inherit:$false -ConnectionLimit 3 -ValidUntil $until -Password (New-Secret 'pw')
            $made.Login, $made.CreateDatabase, $made.CreateRole, $made.Inherit | Should -Be $true, $true, $true, $false
            $made.ConnectionLimit | Should -Be 3
            $made.ValidUntil | Should -Be $until
            Get-Secret $made.Credential | Should -Be 'pw'
            $read = $ops | Get-PgRole t_all
            $read.ValidUntil | Should -Be $until
            $read.CreateDatabase | Should -BeTrue
            $read.Credential | Should -BeNullOrEmpty
        }

        It 'lets the role log in with the password' {
            $made = $ops | New-PgRole t_login -Login -Password (New-Secret 'it''s a "pass"')
            Get-PgConnection roles -Credential $made.Credential | Test-PgConnection | Should -BeTrue
        }

        It 'again is Unchanged' {
            $null = $ops | New-PgRole t_again -Login -ConnectionLimit 5
            ($ops | New-PgRole t_again -Login -ConnectionLimit 5).Change | Should -Be 'Unchanged'
            ($ops | New-PgRole t_again).Change | Should -Be 'Unchanged'
            ($ops | Get-PgRole t_again).Login | Should -BeTrue
        }

        It 'again with other attributes changes those only' {
            $null = $ops | New-PgRole t_again -Login -ConnectionLimit 5
            $changed = $ops | New-PgRole t_again -ConnectionLimit 7
            $changed.Change | Should -Be 'Updated'
            $changed.ConnectionLimit | Should -Be 7
            $changed.Login | Should -BeTrue
            ($ops | New-PgRole t_again -Login:$false).Login | Should -BeFalse
        }

        It 'makes several, and goes on after a bad one' {
            $made = $ops | New-PgRole t_one, public, t_two -ErrorVariable problem -ErrorAction SilentlyContinue
            $made.Name | Should -Be 't_one', 't_two'
            Assert-Problem $problem PgCloud.Role.NameInvalid InvalidArgument public
        }

        It 'takes the name exactly as it is: <name>' -ForEach @(
            @{ name = 't_Upper' }, @{ name = 't_two words' }, @{ name = 't_dot.dash-' }, @{ name = 't_"; DROP ROLE ops; --' }, @{ name = "t_it's" },
            @{ name = "t_`u{1F418}" }, @{ name = 't_back\slash' }, @{ name = "t_line`nfeed" }, @{ name = 't_$x' }, @{ name = 't_@p:q{0}' }
        ) {
            $made = $ops | New-PgRole $name -Login -Password (New-Secret pw)
            $made.Name | Should -BeExactly $name
            ($ops | Get-PgRole ([wildcardpattern]::Escape($name))).Name | Should -BeExactly $name
            ($ops | Grant-PgRole -Role pg_monitor -Member $name -PassThru).Member | Should -BeExactly $name
            (Get-PgConnection roles -Credential $made.Credential | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -BeExactly $name
            ($ops | Revoke-PgRole -Role pg_monitor -Member $name -PassThru).Change | Should -Be 'Removed'
            ($ops | Remove-PgRole $name -Confirm:$false -PassThru).Name | Should -BeExactly $name
        }

        It 'takes 63 bytes' {
            $name = 't_' + "$([char] 0xE4)" * 30 + 'x'
            ($ops | New-PgRole $name).Name | Should -BeExactly $name
        }

        It 'tells names apart that differ in case only' {
            $null = $ops | New-PgRole t_case
            ($ops | New-PgRole t_CASE).Change | Should -Be 'Created'
        }

        It 'refuses a name that <what>' -ForEach @(
            @{ what = 'is empty'; name = '' }
            @{ what = 'has NUL in it'; name = "t_`0" }
            @{ what = 'has 64 bytes'; name = 't' * 64 }
            @{ what = 'has 33 characters but 66 bytes'; name = "$([char] 0xE4)" * 33 }
            @{ what = 'has half of a surrogate pair'; name = "t_$([char] 0xDC00)" }
            @{ what = 'begins with pg_'; name = 'pg_mine' }
            @{ what = 'is public'; name = 'public' }
            @{ what = 'is none'; name = 'none' }
        ) {
            $before = @($ops | Get-PgRole).Count
            Assert-Problem (Get-Problem { $ops | New-PgRole $name }) PgCloud.Role.NameInvalid InvalidArgument $name
            @($ops | Get-PgRole).Count | Should -Be $before
        }

        It 'refuses an empty password and makes nothing' {
            $problem = Get-Problem { $ops | New-PgRole t_nopw -Login -Password ([securestring]::new()) }
            Assert-Problem $problem PgCloud.User.PasswordInvalid InvalidArgument t_nopw
            $problem.ErrorDetails.RecommendedAction | Should -Match '-Generate' -Because 'a role that is made without a password has none'
            $ops | Get-PgRole t_nopw* | Should -BeNullOrEmpty
        }

        It 'makes nothing with -WhatIf' {
            $ops | New-PgRole t_phantom -WhatIf | Should -BeNullOrEmpty
            $ops | Get-PgRole t_phantom* | Should -BeNullOrEmpty
        }

        It 'with -WhatIf says of a bad name what is wrong with it' {
            Assert-Problem (Get-Problem { $ops | New-PgRole public -WhatIf }) PgCloud.Role.NameInvalid InvalidArgument public
        }

        It 'eight at once make eight roles' {
            $made = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:modulePath
                New-PgRole "t_p$_" -Connection $using:ops.Connection | Grant-PgRole -Role pg_monitor -PassThru
            }
            @($made | Where-Object Change -eq Created).Count | Should -Be 8
        }

        It 'two that make the same role at once agree' {
            $made = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:modulePath
                New-PgRole t_same -Connection $using:ops.Connection
            }
            $made.Change | Sort-Object | Should -Be 'Created', 'Unchanged', 'Unchanged', 'Unchanged'
        }
    }

    Context 'Set-PgRole' {
        BeforeEach { $null = $ops | New-PgRole t_set -Comment 'first' -Setting @{ search_path = 'app, public'; statement_timeout = '5s' } }
        AfterEach { Remove-Made }

        It 'shows comment and settings as New-PgRole made them' {
            $read = $ops | Get-PgRole t_set
            $read.Comment | Should -Be 'first'
            $read.Setting | Should -BeOfType PgCloud.PgRoleSetting
            $read.Setting | ForEach-Object { "$_" } | Sort-Object | Should -Be 'search_path=app, public', 'statement_timeout=5s'
            $read | Format-List | Out-String -Width 200 | Should -Match 'Setting +: {search_path=app, public; statement_timeout=5s}'
        }

        It 'changes what is given and leaves the rest' {
            $set = $ops | Set-PgRole t_set -Login -ConnectionLimit 4 -ValidUntil '2031-02-03T04:05:06Z' -PassThru
            $set.Change | Should -Be 'Updated'
            $set.Login, $set.ConnectionLimit, $set.Comment | Should -Be $true, 4, 'first'
            ($ops | Set-PgRole t_set -ValidUntil never -Login:$false -PassThru).ValidUntil | Should -BeNullOrEmpty
            ($ops | Get-PgRole t_set).Login | Should -BeFalse
        }

        It 'writes an object only with -PassThru, and again is Unchanged' {
            $ops | Set-PgRole t_set -Comment second | Should -BeNullOrEmpty
            $again = $ops | Set-PgRole t_set -Comment second -Setting @{ search_path = 'app', 'public'; STATEMENT_TIMEOUT = '5s' } -PassThru
            $again.Change | Should -Be 'Unchanged'
            ($ops | New-PgRole t_set -Comment second -Setting @{ search_path = ' app,public' }).Change | Should -Be 'Unchanged'
        }

        It 'sets and resets, for all databases and for one' {
            $ops | Set-PgRole t_set -Database defaultdb -Setting @{ work_mem = '8MB'; statement_timeout = 7000; jit = $false }
            $ops | Set-PgRole t_set -Setting @{ search_path = $null; statement_timeout = $null }
            $read = $ops | Get-PgRole t_set
            $read.Setting | ForEach-Object { "$_" } | Sort-Object |
                Should -Be 'jit=off in defaultdb', 'statement_timeout=7000 in defaultdb', 'work_mem=8MB in defaultdb'
        }

        It 'is in force when the role logs in' {
            $app = $ops | New-PgRole t_app -Login -Generate -Setting @{ statement_timeout = '7s' }
            (Get-PgConnection roles -Credential $app.Credential | Invoke-PgQuery 'SHOW statement_timeout').statement_timeout | Should -Be '7s'
        }

        It 'renames, and a second run finds it renamed' {
            ($ops | Set-PgRole t_set -NewName t_renamed -PassThru).Name | Should -Be 't_renamed'
            ($ops | Set-PgRole t_set -NewName t_renamed -PassThru).Change | Should -Be 'Unchanged'
            $null = $ops | New-PgRole t_taken
            Assert-Problem (Get-Problem { $ops | Set-PgRole t_renamed -NewName t_taken }) PgCloud.Role.Exists ResourceExists t_taken
        }

        It 'takes roles from the pipeline, and goes on after one that is not there' {
            $null = $ops | New-PgRole t_set2
            $ops | Get-PgRole t_set* | Set-PgRole -Comment piped
            ($ops | Get-PgRole t_set*).Comment | Should -Be 'piped', 'piped'
            Assert-Problem (Get-Problem { $ops | Set-PgRole nope, t_set -Comment '' }) PgCloud.Role.NotFound ObjectNotFound nope
            ($ops | Get-PgRole t_set).Comment | Should -BeNullOrEmpty
        }

        It 'changes nothing when one part is refused' {
            foreach ($setting in @{ no_such_parameter = 1 }, @{ work_mem = 'much' }, @{ search_path = 'a,,b' }) {
                $name = "$($setting.Keys)"
                Assert-Problem (Get-Problem { $ops | Set-PgRole t_set -Login -Comment x -Setting $setting }) PgCloud.Role.SettingInvalid InvalidArgument $name
            }
            Assert-Problem (Get-Problem { $ops | Set-PgRole t_set -Login -Superuser }) PgCloud.Sql.PermissionDenied PermissionDenied $where
            $read = $ops | Get-PgRole t_set
            $read.Login, $read.Comment | Should -Be $false, 'first'
        }

        It 'with -WhatIf shows the SQL and changes nothing' {
            $text = (Invoke-Child -ArgumentList $ops.Connection.Credential.UserName, (Get-Secret $ops.Credential), $pgHome {
                    param($Module, $User, $Password, $StateDirectory)
                    Import-Module $Module
                    $null = Connect-PgCloud -Provider Local -StateDirectory $StateDirectory
                    $credential = [pscredential]::new($User, (ConvertTo-SecureString $Password -AsPlainText -Force))
                    Get-PgConnection roles -Credential $credential |
                        Set-PgRole t_set -Login -Comment new -Setting @{ search_path = 'b, "C"' } -NewName t_later -WhatIf
                }).Output
            $text | Should -Match 'BEGIN;\s+ALTER ROLE "t_set" LOGIN;\s+ALTER ROLE "t_set" SET "search_path" TO ''b'', ''C'';'
            $text | Should -Match 'COMMENT ON ROLE "t_set" IS ''new'';\s+ALTER ROLE "t_set" RENAME TO "t_later";\s+COMMIT;'
            ($ops | Get-PgRole t_set).Comment | Should -Be 'first'
        }
    }

    Context 'Set-PgRolePassword' {
        BeforeEach { $null = $ops | New-PgRole t_pw -Login -Password (New-Secret 'first') }
        AfterEach { Remove-Made }

        It 'sets the password that is given, and the old one no longer lets in' {
            $ops | Set-PgRolePassword t_pw -Password (New-Secret 'it''s "new"') | Should -BeNullOrEmpty
            (Invoke-Psql $ops.Connection.Instance t_pw 'it''s "new"').Output | Should -Be 't_pw'
            (Invoke-Psql $ops.Connection.Instance t_pw 'first').ExitCode | Should -Not -Be 0
        }

        It 'sets the password of a credential' {
            $set = $ops | Set-PgRolePassword -Credential (New-Credential t_pw 'second') -PassThru
            $set.Name, $set.Change | Should -Be 't_pw', 'Updated'
            Get-Secret $set.Credential | Should -Be 'second'
            (Invoke-Psql $ops.Connection.Instance t_pw 'second').Output | Should -Be 't_pw'
        }

        It 'generates one for each role, and tells it once' {
            $null = $ops | New-PgRole t_pw2 -Login
            $set = $ops | Get-PgRole t_pw* | Set-PgRolePassword -Generate
            $set.Name | Should -Be 't_pw', 't_pw2'
            foreach ($role in $set) {
                (Invoke-Psql $ops.Connection.Instance $role.Name (Get-Secret $role.Credential)).Output | Should -Be $role.Name
                $role | Out-String | Should -Not -Match (Get-Secret $role.Credential)
            }
            Get-Secret $set[0].Credential | Should -Not -Be (Get-Secret $set[1].Credential)
        }

        It 'New-PgRole -Generate makes one for a new role only' {
            $made = $ops | New-PgRole t_generated -Login -Generate
            (Invoke-Psql $ops.Connection.Instance t_generated (Get-Secret $made.Credential)).Output | Should -Be 't_generated'
            $again = $ops | New-PgRole t_generated -Login -Generate
            $again.Change, $again.Credential | Should -Be 'Unchanged', $null
            (Invoke-Psql $ops.Connection.Instance t_generated (Get-Secret $made.Credential)).Output | Should -Be 't_generated'
        }

        It 'changes one''s own, and the result goes on with it' {
            $own = Get-PgConnection roles -Credential (New-Credential t_pw 'first')
            $set = $own | Set-PgRolePassword t_pw -Generate
            ($set | Invoke-PgQuery 'SELECT current_user::text AS u').u | Should -Be 't_pw'
            Assert-Problem (Get-Problem { $own | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.LoginFailed AuthenticationError
        }

        It 'makes no role, and changes nothing with -WhatIf' {
            Assert-Problem (Get-Problem { $ops | Set-PgRolePassword nope -Generate }) PgCloud.Role.NotFound ObjectNotFound nope
            $ops | Set-PgRolePassword t_pw -Generate -WhatIf | Should -BeNullOrEmpty
            (Invoke-Psql $ops.Connection.Instance t_pw 'first').Output | Should -Be 't_pw'
        }
    }

    Context 'Get-PgRole' {
        BeforeAll { $null = $ops | New-PgRole t_joe, t_mary, t_Mary2 }
        AfterAll { Remove-Made }

        It 'leaves out PostgreSQL''s own unless they are asked for' {
            ($ops | Get-PgRole).Name | Should -Not -Match '^pg_'
            ($ops | Get-PgRole -IncludePredefined).Name | Should -Contain 'pg_monitor'
            ($ops | Get-PgRole pg_monitor).Name | Should -Be 'pg_monitor'
        }

        It 'takes wildcards and minds case' {
            ($ops | Get-PgRole t_*).Count | Should -Be 3
            ($ops | Get-PgRole t_m*).Name | Should -Be 't_mary'
            Get-Problem { $ops | Get-PgRole zzz* } | Should -BeNullOrEmpty
        }

        It 'finds names that have wildcards in them, escaped or, where they are no pattern, as they are' {
            $null = $ops | New-PgRole 't_a[b', 't_x[]', 't_*', 't_many'
            ($ops | Get-PgRole 't_a[b').Name | Should -Be 't_a[b'
            ($ops | Get-PgRole 't_a`[b', 't_x[]').Name | Should -Be 't_a[b', 't_x[]'
            ($ops | Get-PgRole 't_`*').Name | Should -Be 't_*'
            Assert-Problem (Get-Problem { $ops | Get-PgRole 't_no[' }) PgCloud.Role.NotFound ObjectNotFound 't_no['
            ($ops | Grant-PgPrivilege CREATE -ObjectType Schema -Name public -Grantee 't_a[b' -PassThru).Count | Should -Be 1
            ($ops | Get-PgPrivilege -Grantee 't_a`[b').Grantee | Should -Be 't_a[b'
            $ops | Revoke-PgPrivilege CREATE -ObjectType Schema -Name public -Grantee 't_a[b'
        }

        It 'says so when there is none of a name, and shows the others' {
            $found = $ops | Get-PgRole nope, t_joe -ErrorVariable problem -ErrorAction SilentlyContinue
            $found.Name | Should -Be 't_joe'
            Assert-Problem $problem PgCloud.Role.NotFound ObjectNotFound nope
        }

        It 'shows memberships' {
            $ops | Grant-PgRole -Role pg_monitor, pg_signal_backend -Member t_joe
            ($ops | Get-PgRole t_joe).MemberOf | Should -Be 'pg_monitor', 'pg_signal_backend'
        }
    }

    Context 'Grant-PgRole and Revoke-PgRole' {
        BeforeEach { $null = $ops | New-PgRole t_joe, t_mary, t_team }
        AfterEach { Remove-Made }

        It 'grants, as IBM''s guide does, pg_signal_backend to joe and pg_monitor to mary' {
            $granted = $ops | Grant-PgRole -Role pg_signal_backend -Member t_joe -PassThru
            $granted | Should -BeOfType PgCloud.PgRoleMember
            $granted.Role | Should -Be 'pg_signal_backend'
            $granted.Member | Should -Be 't_joe'
            $granted.Change | Should -Be 'Created'
            "$granted" | Should -Be 't_joe in pg_signal_backend'
            $ops | Get-PgRole t_mary | Grant-PgRole -Role pg_monitor
            ($ops | Get-PgRole t_mary).MemberOf | Should -Be 'pg_monitor'
        }

        It 'writes nothing without -PassThru' {
            $ops | Grant-PgRole -Role pg_monitor -Member t_joe | Should -BeNullOrEmpty
            $ops | Revoke-PgRole -Role pg_monitor -Member t_joe | Should -BeNullOrEmpty
        }

        It 'grants every role to every member' {
            $granted = $ops | Grant-PgRole -Role pg_monitor, t_team -Member t_joe, t_mary -PassThru
            ($granted | ForEach-Object { "$_" }) | Sort-Object | Should -Be 't_joe in pg_monitor', 't_joe in t_team', 't_mary in pg_monitor', 't_mary in t_team'
            ($ops | Get-PgRole t_joe).MemberOf | Should -Be 'pg_monitor', 't_team'
        }

        It 'again is Unchanged, and the catalog is not written' {
            $ops | Grant-PgRole -Role pg_monitor, t_team -Member t_joe
            $before = Get-Written t_joe
            $again = $ops | Grant-PgRole -Role pg_monitor, t_team -Member t_joe -PassThru
            $again.Change | Should -Be 'Unchanged', 'Unchanged'
            Get-Written t_joe | Should -Be $before
        }

        It 'grants what is missing and leaves what is there' {
            $ops | Grant-PgRole -Role pg_monitor -Member t_joe
            $granted = $ops | Grant-PgRole -Role pg_monitor, pg_signal_backend -Member t_joe -PassThru
            ($granted | Where-Object Role -eq pg_monitor).Change | Should -Be 'Unchanged'
            ($granted | Where-Object Role -eq pg_signal_backend).Change | Should -Be 'Created'
        }

        It 'the member has what was granted' {
            $mary = $ops | New-PgRole t_mary -Login -Password (New-Secret pw)
            $connection = Get-PgConnection roles -Credential $mary.Credential
            # Shown to those who have pg_read_all_settings, which pg_monitor brings.
            $query = "SELECT count(*)::int AS n FROM pg_settings WHERE name = 'hba_file'"
            ($connection | Invoke-PgQuery $query).n | Should -Be 0
            $mary | Grant-PgRole -Role pg_monitor
            ($connection | Invoke-PgQuery $query).n | Should -Be 1
        }

        It 'a manager can grant a role it made, and the member can use it' {
            $joe = $ops | New-PgRole t_joe -Login -Password (New-Secret pw)
            $ops | Grant-PgRole -Role t_team -Member t_joe
            (Get-PgConnection roles -Credential $joe.Credential | Invoke-PgQuery 'SET ROLE t_team; SELECT current_user::text AS u').u | Should -Be 't_team'
        }

        It 'a manager can make itself a member of a role it made, and use it' {
            ($ops | Grant-PgRole -Role t_team -Member ops -PassThru).Change | Should -BeIn 'Created', 'Updated'
            ($ops | Grant-PgRole -Role t_team -Member ops -PassThru).Change | Should -Be 'Unchanged'
            ($ops | Invoke-PgQuery 'SET ROLE t_team; SELECT current_user::text AS u').u | Should -Be 't_team'
        }

        It 'a manager can end its own membership again, though from 16 on it keeps the right to grant the role' {
            $ops | Grant-PgRole -Role t_team -Member ops
            Get-Problem { $ops | Revoke-PgRole -Role t_team -Member ops } | Should -BeNullOrEmpty
            Get-Problem { $ops | Invoke-PgQuery 'SET ROLE t_team' } | Should -Not -BeNullOrEmpty
        }

        It 'revokes' {
            $ops | Grant-PgRole -Role pg_monitor, t_team -Member t_joe
            $revoked = $ops | Revoke-PgRole -Role pg_monitor, pg_signal_backend -Member t_joe -PassThru
            ($revoked | Where-Object Role -eq pg_monitor).Change | Should -Be 'Removed'
            ($revoked | Where-Object Role -eq pg_signal_backend).Change | Should -Be 'Unchanged'
            ($ops | Get-PgRole t_joe).MemberOf | Should -Be 't_team'
        }

        It 'changes nothing with -WhatIf' {
            $ops | Grant-PgRole -Role pg_monitor -Member t_joe -WhatIf
            ($ops | Get-PgRole t_joe).MemberOf | Should -BeNullOrEmpty
            $ops | Grant-PgRole -Role pg_monitor -Member t_joe
            $ops | Revoke-PgRole -Role pg_monitor -Member t_joe -WhatIf
            ($ops | Get-PgRole t_joe).MemberOf | Should -Be 'pg_monitor'
        }

        It 'refuses a role there is not, and grants none of the others' {
            Assert-Problem (Get-Problem { $ops | Grant-PgRole -Role pg_monitor, nope -Member t_joe }) PgCloud.Role.NotFound ObjectNotFound nope
            ($ops | Get-PgRole t_joe).MemberOf | Should -BeNullOrEmpty
        }

        It 'refuses a member there is not, and grants to none of the others' {
            Assert-Problem (Get-Problem { $ops | Grant-PgRole -Role pg_monitor -Member t_joe, nope }) PgCloud.Role.NotFound ObjectNotFound nope
            ($ops | Get-PgRole t_joe).MemberOf | Should -BeNullOrEmpty
        }

        It 'refuses a loop' {
            $ops | Grant-PgRole -Role t_team -Member t_joe
            $problem = Get-Problem { $ops | Grant-PgRole -Role t_joe -Member t_team }
            Assert-Problem $problem PgCloud.Role.MembershipLoop InvalidOperation t_joe
            Assert-Problem (Get-Problem { $ops | Grant-PgRole -Role t_joe -Member t_joe }) PgCloud.Role.MembershipLoop InvalidOperation t_joe
        }

        # Before 16 CREATEROLE was enough to grant any role but a superuser's.
        if ($_ -ge 16) {
            It 'refuses a predefined role that the manager may not grant' {
                $problem = Get-Problem { $ops | Grant-PgRole -Role pg_read_server_files -Member t_joe }
                Assert-Problem $problem PgCloud.Sql.PermissionDenied PermissionDenied $where
                ($ops | Get-PgRole t_joe).MemberOf | Should -BeNullOrEmpty
            }
        }

        It 'never lets anybody become the superuser' {
            Assert-Problem (Get-Problem { $ops | Grant-PgRole -Role pgcloud_superuser -Member ops }) PgCloud.Sql.PermissionDenied PermissionDenied $where
        }

        It 'refuses a name that cannot be one' {
            Assert-Problem (Get-Problem { $ops | Grant-PgRole -Role "a`0b" -Member t_joe }) PgCloud.Role.NameInvalid InvalidArgument
            Assert-Problem (Get-Problem { $ops | Revoke-PgRole -Role pg_monitor -Member ('x' * 64) }) PgCloud.Role.NameInvalid InvalidArgument ('x' * 64)
        }
    }

    Context 'Remove-PgRole' {
        AfterEach { Remove-Made }

        It 'drops the role' {
            $null = $ops | New-PgRole t_gone -Login
            $removed = $ops | Remove-PgRole t_gone -Confirm:$false -PassThru
            $removed.Change | Should -Be 'Removed'
            $removed.Login | Should -BeTrue
            $ops | Get-PgRole t_gone* | Should -BeNullOrEmpty
        }

        It 'drops a role that is a member and has members' {
            $null = $ops | New-PgRole t_a, t_b, t_c
            $ops | Grant-PgRole -Role t_a -Member t_b
            $ops | Grant-PgRole -Role t_b -Member t_c
            $ops | Remove-PgRole t_b -Confirm:$false
            ($ops | Get-PgRole t_c).MemberOf | Should -BeNullOrEmpty
        }

        It 'says so when there is none of the name, and goes on with the next' {
            $null = $ops | New-PgRole t_gone
            Assert-Problem (Get-Problem { $ops | Remove-PgRole nope, t_gone -Confirm:$false }) PgCloud.Role.NotFound ObjectNotFound nope
            $ops | Get-PgRole t_gone* | Should -BeNullOrEmpty
        }

        It 'drops nothing with -WhatIf' {
            $null = $ops | New-PgRole t_stays
            $ops | Remove-PgRole t_stays -WhatIf
            ($ops | Get-PgRole t_stays).Name | Should -Be 't_stays'
        }

        It 'leaves a role that owns something, and says what depends on it' {
            $owner = $ops | New-PgRole t_owner -Login -Password (New-Secret pw)
            $ops | Invoke-PgQuery 'GRANT CREATE ON DATABASE defaultdb TO t_owner'
            $connection = Get-PgConnection roles -Credential $owner.Credential
            $connection | Invoke-PgQuery 'CREATE SCHEMA t_schema; CREATE TABLE t_schema.things (id int)'
            $problem = Get-Problem { $ops | Remove-PgRole t_owner -Confirm:$false }
            Assert-Problem $problem PgCloud.Role.HasDependents InvalidOperation t_owner -Message 't_schema|defaultdb'
            ($ops | Get-PgRole t_owner).Name | Should -Be 't_owner'
            $connection | Invoke-PgQuery 'DROP SCHEMA t_schema CASCADE'
            $ops | Invoke-PgQuery 'REVOKE CREATE ON DATABASE defaultdb FROM t_owner'
        }

        Context 'What depends on it in several databases' {
            BeforeEach {
                $null = $ops | New-PgRole t_heir
                $owner = $ops | New-PgRole t_owner -Login -Generate
                $ops | Invoke-PgQuery 'CREATE DATABASE t_other'
                $there = Get-PgConnection roles -Credential $ops.Credential -Database t_other
                foreach ($connection in $ops.Connection, $there) {
                    $connection | Invoke-PgQuery "GRANT CREATE ON DATABASE $($connection.Database) TO t_owner"
                    Get-PgConnection roles -Credential $owner.Credential -Database $connection.Database |
                        Invoke-PgQuery 'CREATE SCHEMA t_owned; CREATE TABLE t_owned.bills AS SELECT 1 AS n'
                }
            }

            AfterEach {
                foreach ($name in 't_owner', 't_heir') { $ops | Get-PgRole $name* | Remove-PgRole -DropOwned -Force -Confirm:$false }
                $ops | Invoke-PgQuery 'DROP DATABASE t_other'
            }

            It 'is listed as objects in the error' {
                $problem = Get-Problem { $ops | Remove-PgRole t_owner -Confirm:$false }
                Assert-Problem $problem PgCloud.Role.HasDependents InvalidOperation t_owner -Message 'owner of table t_owned\.bills in t_other'
                $problem.Exception.Dependents | Should -BeOfType PgCloud.PgRoleDependent
                @($problem.Exception.Dependents | Where-Object Kind -eq Owner).Count | Should -Be 4
                # What all databases share is in none of them.
                $problem.Exception.Dependents | ForEach-Object { "$($_.Database)" } | Select-Object -Unique | Should -Be '', 'defaultdb', 't_other'
            }

            It 'goes to another role with -ReassignOwnedTo' {
                ($ops | Remove-PgRole t_owner -ReassignOwnedTo t_heir -Confirm:$false -PassThru).Change | Should -Be 'Removed'
                $ops | Get-PgRole t_owner* | Should -BeNullOrEmpty
                foreach ($connection in $ops.Connection, $there) {
                    ($connection | Invoke-PgQuery 'SELECT tableowner::text AS o FROM pg_tables WHERE schemaname = ''t_owned''').o | Should -Be 't_heir'
                }
            }

            It 'goes with it with -DropOwned' {
                $ops | Remove-PgRole t_owner -DropOwned -Confirm:$false
                foreach ($connection in $ops.Connection, $there) {
                    ($connection | Invoke-PgQuery 'SELECT count(*)::int AS n FROM pg_namespace WHERE nspname = ''t_owned''').n | Should -Be 0
                }
            }

            It 'stays with -WhatIf' {
                $ops | Remove-PgRole t_owner -DropOwned -Force -WhatIf
                ($ops | Get-PgRole t_owner).Login | Should -BeTrue
            }

            It 'goes one way or the other' {
                (Get-Problem { $ops | Remove-PgRole t_owner -DropOwned -ReassignOwnedTo t_heir }).FullyQualifiedErrorId | Should -Match AmbiguousParameterSet
                Assert-Problem (Get-Problem { $ops | Remove-PgRole t_owner -ReassignOwnedTo t_owner }) PgCloud.Role.ReassignInvalid InvalidArgument t_owner
                Assert-Problem (Get-Problem { $ops | Remove-PgRole t_owner -ReassignOwnedTo nope }) PgCloud.Role.NotFound ObjectNotFound nope
            }
        }

        It 'refuses the role of the connection' {
            Assert-Problem (Get-Problem { $ops | Remove-PgRole ops -Confirm:$false }) PgCloud.Role.Protected InvalidOperation ops
        }

        It 'never drops what the server or the provider needs' {
            foreach ($name in 'pgcloud_superuser', 'pg_monitor', 'pgcloud_admin') {
                Get-Problem { $ops | Remove-PgRole $name -Confirm:$false } | Should -Not -BeNullOrEmpty
                ($ops | Get-PgRole $name).Name | Should -Be $name
            }
        }
    }
}
