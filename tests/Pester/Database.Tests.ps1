# Get-, New-, Set- and Remove-PgDatabase as a manager user, who is no superuser.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $versions = 15, 18 | Where-Object { Get-ServerBinary $_ }
    if (-not $versions) { $versions = $systemMajor }
}

Describe 'Databases on PostgreSQL <_>' -ForEach $versions {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $major = $_
        $pgHome = Enter-PgHome
        $ops = New-PgInstance databases -BinaryPath (Get-ServerBinary $major) | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
        $null = $ops | New-PgRole app, other
        function Remove-Made { $ops | Get-PgDatabase t_* | Remove-PgDatabase -Force -Confirm:$false }
        function Get-Membership {
            ($ops | Invoke-PgQuery "SELECT string_agg((to_jsonb(m) - 'oid')::text, ',' ORDER BY m.roleid, m.member, m.grantor) AS t FROM pg_auth_members m").t
        }
    }

    AfterAll { Exit-PgHome $pgHome }

    Context 'New-PgDatabase' {
        AfterEach { Remove-Made }

        It 'makes a database for a role that the user made, and leaves no membership behind' {
            $before = Get-Membership
            $made = $ops | New-PgDatabase t_orders -Owner app -ConnectionLimit 5 -Comment 'the shop'
            $made | Should -BeOfType PgCloud.PgDatabase
            $made.Change | Should -Be 'Created'
            $made.Owner, $made.ConnectionLimit, $made.Comment, $made.Encoding | Should -Be 'app', 5, 'the shop', 'UTF8'
            Get-Membership | Should -Be $before
            ($ops | New-PgDatabase t_orders -Owner app).Change | Should -Be 'Unchanged'
            ($ops | New-PgDatabase t_orders -ConnectionLimit 6).Change | Should -Be 'Updated'
        }

        # From 16 on it is the membership that inherits or does not, and a user cannot alter itself.
        if ($_ -lt 16) {
            It 'leaves a membership that was there, even of a user who does not inherit' {
                $ops | Grant-PgRole app ops
                $ops | Set-PgRole ops -Inherit:$false
                try {
                    $before = Get-Membership
                    ($ops | New-PgDatabase t_orders -Owner app).Owner | Should -Be app
                    Get-Membership | Should -Be $before
                }
                finally {
                    $ops | Set-PgRole ops -Inherit
                }

                $ops | Remove-PgDatabase t_orders -Confirm:$false
                $ops | Revoke-PgRole app ops
            }
        }

        It 'writes what leads to the new database' {
            $made = $ops | New-PgDatabase t_orders -Owner app
            $made.Connection.Database | Should -Be 't_orders'
            ($made | Invoke-PgQuery 'SELECT current_database()::text AS d').d | Should -Be 't_orders'
        }

        It 'takes a role that is piped in for its connection, not for its name or owner' {
            $made = $ops | New-PgRole app | New-PgDatabase t_orders
            $made.Name, $made.Owner | Should -Be 't_orders', 'ops'
            ($made | New-PgDatabase t_second).Name | Should -Be 't_second'
        }

        It 'makes several, and goes on after a bad one' {
            $made = $ops | New-PgDatabase t_one, ('t' * 64), t_two -ErrorVariable problem -ErrorAction SilentlyContinue
            $made.Name | Should -Be 't_one', 't_two'
            Assert-Problem $problem PgCloud.Database.NameInvalid InvalidArgument ('t' * 64)
        }

        It 'says how an existing one differs' {
            $null = $ops | New-PgDatabase t_orders
            $problem = Get-Problem { $ops | New-PgDatabase t_orders -Encoding LATIN1 }
            Assert-Problem $problem PgCloud.Database.Differs ResourceExists t_orders 'its encoding is UTF8, not LATIN1'
        }

        It 'shows with -WhatIf what it would run, and runs nothing' {
            $ops | New-PgDatabase t_phantom -Owner app -WhatIf | Should -BeNullOrEmpty
            $ops | Get-PgDatabase t_phantom* | Should -BeNullOrEmpty
            Assert-Problem (Get-Problem { $ops | New-PgDatabase t_phantom -Owner nobody -WhatIf }) PgCloud.Role.NotFound ObjectNotFound nobody
        }

        It 'refuses a provider that the server has not' -Skip:($_ -ge 17) {
            Assert-Problem (Get-Problem { $ops | New-PgDatabase t_builtin -LocaleProvider Builtin -Locale C }) PgCloud.Database.OptionNotSupported NotImplemented t_builtin
        }
    }

    Context 'Get-PgDatabase' {
        BeforeAll { $null = $ops | New-PgDatabase t_one, t_two }
        AfterAll { Remove-Made }

        It 'leaves out templates unless they are asked for' {
            ($ops | Get-PgDatabase).Name | Should -Not -Contain 'template1'
            ($ops | Get-PgDatabase -IncludeTemplate).Name | Should -Contain 'template1'
            ($ops | Get-PgDatabase template1).IsTemplate | Should -BeTrue
        }

        It 'takes wildcards, and says so when there is none of a name' {
            ($ops | Get-PgDatabase t_*).Name | Should -Be 't_one', 't_two'
            Assert-Problem (Get-Problem { $ops | Get-PgDatabase nope }) PgCloud.Database.NotFound ObjectNotFound nope
        }

        It 'measures when it is asked to' {
            ($ops | Get-PgDatabase t_one).SizeBytes | Should -BeNullOrEmpty
            ($ops | Get-PgDatabase t_one -IncludeSize).SizeBytes | Should -BeGreaterThan 1MB
        }
    }

    Context 'Completion' {
        BeforeAll {
            $null = $ops | New-PgDatabase t_one, 't two'
            $global:opsOfCompletion = $ops
            function Get-Offer([string] $Line) {
                @([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, @{}).CompletionMatches |
                    Where-Object ResultType -eq ParameterValue).CompletionText
            }
        }
        AfterAll {
            Remove-Made
            Remove-Variable opsOfCompletion -Scope Global
        }

        It 'offers databases and roles over the connection that is given' {
            Get-Offer 'Get-PgDatabase -Connection $opsOfCompletion -Name t' | Should -Be "'t two'", 'template0', 'template1', 't_one'
            Get-Offer 'New-PgDatabase x -Connection $opsOfCompletion -Owner a' | Should -Be 'app'
            Get-Offer 'Get-PgActivity -Connection $opsOfCompletion -Database defau' | Should -Be 'defaultdb'
            Get-Offer 'Remove-PgCloudUser databases o' | Should -Be 'ops'
        }

        It 'offers them to <_>' -ForEach 'Get-PgRole', 'Remove-PgRole', 'Set-PgRole', 'Set-PgRolePassword', 'Get-PgRoleMember -Member', 'Grant-PgRole',
            'Revoke-PgRole -Member', 'Get-PgPrivilege -Grantee' {
            Get-Offer "$_ a".Insert("$_".Split(' ')[0].Length, ' -Connection $opsOfCompletion') | Should -Be 'app'
        }

        It 'offers them over what Get-PgConnection gave, too' {
            $global:opsOfCompletion = Get-PgConnection databases -Credential $ops.Credential
            Get-Offer 'Get-PgRole -Connection $opsOfCompletion a' | Should -Be 'app'
        }

        It 'offers nothing, and says nothing, without a connection' {
            Get-Offer 'Get-PgDatabase -Connection $nothing -Name t' | Should -BeNullOrEmpty
        }
    }

    Context 'Set-PgDatabase and Remove-PgDatabase' {
        BeforeEach { $null = $ops | New-PgDatabase t_one -Owner app }
        AfterEach { Remove-Made }

        It 'changes what is given, and again nothing' {
            $set = $ops | Get-PgDatabase t_one | Set-PgDatabase -Owner other -Comment moved -PassThru
            $set.Change, $set.Owner, $set.Comment | Should -Be 'Updated', 'other', 'moved'
            ($set | Set-PgDatabase -Owner other -PassThru).Change | Should -Be 'Unchanged'
            $ops | Set-PgDatabase t_one -ConnectionLimit 2 | Should -BeNullOrEmpty
        }

        It 'drops what is piped in, from where it was read' {
            $dropped = $ops | Get-PgDatabase t_one | Remove-PgDatabase -Confirm:$false -PassThru
            $dropped.Change | Should -Be 'Removed'
            Assert-Problem (Get-Problem { $ops | Remove-PgDatabase t_one -Confirm:$false }) PgCloud.Database.NotFound ObjectNotFound t_one
        }

        It 'names who is connected, and ends them with -Force' {
            $pipeline = Start-Pipeline 'Get-PgDatabase t_one -Connection $ops.Connection | Invoke-PgQuery "SELECT pg_sleep(60)"' @{ ops = $ops }
            Wait-Until { $ops | Get-PgActivity -Database t_one -State active }
            Assert-Problem (Get-Problem { $ops | Remove-PgDatabase t_one -Confirm:$false }) PgCloud.Database.InUse InvalidOperation t_one '1 session of ops'
            $ops | Remove-PgDatabase t_one -Force -Confirm:$false
            $ops | Get-PgDatabase t_one* | Should -BeNullOrEmpty
            $null = Wait-Pipeline $pipeline
            Close-Pipeline $pipeline
        }

        It 'does not take the name of a role or user for a database''s' {
            $null = $ops | New-PgRole t_one
            Assert-Problem (Get-Problem { $ops | Get-PgRole t_one | Remove-PgDatabase -Confirm:$false }) PgCloud.Database.NameNotGiven InvalidArgument t_one
            Assert-Problem (Get-Problem { $ops | Set-PgDatabase -ConnectionLimit 1 }) PgCloud.Database.NameNotGiven InvalidArgument ops
            ($ops | Get-PgDatabase t_one).Name | Should -Be 't_one'
            ([pscustomobject] @{ Name = 't_one' } | Remove-PgDatabase -Connection $ops -Confirm:$false -PassThru).Change | Should -Be 'Removed'
            $ops | Remove-PgRole t_one -Confirm:$false
        }

        It 'refuses what must not go: <_>' -ForEach 'postgres', 'template1', 'defaultdb' {
            Assert-Problem (Get-Problem { $ops | Remove-PgDatabase $_ -Confirm:$false }) PgCloud.Database.Protected InvalidOperation $_
        }
    }
}
