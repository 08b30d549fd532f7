# Get-, Grant- and Revoke-PgPrivilege and Set-PgOwner as a manager user, who is no superuser.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $versions = 15, 18 | Where-Object { Get-ServerBinary $_ }
    if (-not $versions) { $versions = $systemMajor }
}

Describe 'Privileges on PostgreSQL <_>' -ForEach $versions {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $major = $_
        $pgHome = Enter-PgHome
        $ops = New-PgInstance privileges -BinaryPath (Get-ServerBinary $major) | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru |
            New-PgManagerUser -Name ops
        $app = $ops | New-PgRole app -Login -Generate
        $web = $ops | New-PgRole web -Login -Generate
        $null = $ops | New-PgRole mary, team
        $db = $ops | New-PgDatabase orders -Owner app
        $asApp = Get-PgConnection privileges -Credential $app.Credential -Database orders
        $asWeb = Get-PgConnection privileges -Credential $web.Credential -Database orders

        # When the rows that hold privileges were written: a repeated command must leave even that alone.
        function Get-Written {
            ($db | Invoke-PgQuery "SELECT md5(string_agg(x, ',' ORDER BY x)) AS x FROM (
                SELECT 'c' || oid || xmin || ctid AS x FROM pg_class UNION ALL SELECT 'n' || oid || xmin || ctid FROM pg_namespace
                UNION ALL SELECT 'm' || roleid || member || xmin FROM pg_auth_members UNION ALL SELECT 'd' || oid || xmin FROM pg_default_acl) t").x
        }
        function Test-Statement($Connection, [string] $Sql) {
            $problem = Get-Problem { $Connection | Invoke-PgQuery $Sql }
            if (-not $problem) { return $true }
            if ($problem.FullyQualifiedErrorId -like 'PgCloud.Sql.PermissionDenied,*') { return $false }
            throw $problem
        }
        function Get-Privilege { $db | Get-PgPrivilege -Schema shop @args | ForEach-Object { "$_" } }
    }

    BeforeEach {
        $asApp | Invoke-PgQuery 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id serial PRIMARY KEY, price int);
            CREATE TABLE shop.customer (id int, name text, secret text); CREATE VIEW shop.prices AS SELECT price FROM shop.orders;
            CREATE FUNCTION shop.total(integer) RETURNS int LANGUAGE sql AS ''SELECT 1''; CREATE FUNCTION shop.total(text) RETURNS int LANGUAGE sql AS ''SELECT 2'';
            CREATE PROCEDURE shop.close(integer, text) LANGUAGE sql AS ''SELECT 1'''
    }

    AfterEach {
        $db | Get-PgPrivilege -Default | Revoke-PgPrivilege
        $db | Set-PgOwner app -ObjectType Schema -Name shop
        $db | Set-PgOwner app -ObjectType Table -Schema shop -All
        $asApp | Invoke-PgQuery 'DROP SCHEMA shop CASCADE' 6>$null
        $db | Get-PgPrivilege -ObjectType Database -Grantee web, mary | Revoke-PgPrivilege
    }

    AfterAll { Exit-PgHome $pgHome }

    Context 'Presets' {
        It 'ReadOnly reads what there is and what the owner will make, and writes nothing' {
            $granted = $db | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Owner app -Grantee web -PassThru
            $granted | Should -BeOfType PgCloud.PgPrivilege
            $granted.Change | Select-Object -Unique | Should -Be Created
            $asApp | Invoke-PgQuery 'CREATE TABLE shop.later AS SELECT 1 AS n'
            foreach ($table in 'orders', 'customer', 'prices', 'later') { Test-Statement $asWeb "SELECT * FROM shop.$table" | Should -BeTrue -Because $table }
            Test-Statement $asWeb 'INSERT INTO shop.orders (price) VALUES (1)' | Should -BeFalse
            Test-Statement $asWeb "SELECT nextval('shop.orders_id_seq')" | Should -BeFalse
        }

        It 'is Unchanged the second time, and nothing is written' {
            $db | Grant-PgPrivilege -Preset ReadWrite -Schema shop -Owner app -Grantee web
            $written = Get-Written
            ($db | Grant-PgPrivilege -Preset ReadWrite -Schema shop -Owner app -Grantee web -PassThru).Change | Select-Object -Unique |
                Should -Be Unchanged
            Get-Written | Should -Be $written
        }

        It 'ReadWrite works with the data, but not with its structure' {
            $db | Grant-PgPrivilege -Preset ReadWrite -Schema shop -Owner app -Grantee web
            Test-Statement $asWeb 'INSERT INTO shop.orders (price) VALUES (1); UPDATE shop.orders SET price = 2; DELETE FROM shop.orders' | Should -BeTrue
            Test-Statement $asWeb 'TRUNCATE shop.orders' | Should -BeFalse
            Test-Statement $asWeb 'CREATE TABLE shop.mine (n int)' | Should -BeFalse
        }

        It 'Owner has everything on a schema' {
            $db | Grant-PgPrivilege -Preset Owner -Schema shop -Owner app -Grantee web
            Test-Statement $asWeb 'TRUNCATE shop.orders; CREATE TABLE shop.mine (n int); DROP TABLE shop.mine' | Should -BeTrue
        }

        It 'is for the whole database without -Schema' {
            $granted = $db | Grant-PgPrivilege -Preset ReadOnly -Owner app -Grantee web -PassThru
            $granted | Where-Object ObjectType -eq Database | ForEach-Object { "$($_.Privilege) $($_.Name)" } | Should -Be 'CONNECT orders'
            Test-Statement $asWeb 'SELECT * FROM shop.orders' | Should -BeTrue
        }

        It 'says that objects made later are left out, when no owner is named' {
            $warning = $db | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Grantee web 3>&1
            "$warning" | Should -Match 'made later are not included.*-Owner'
        }

        It 'is taken back by Revoke-PgPrivilege' {
            $before = Get-Privilege
            $db | Grant-PgPrivilege -Preset ReadWrite -Schema shop -Owner app -Grantee web
            ($db | Revoke-PgPrivilege -Preset ReadWrite -Schema shop -Owner app -Grantee web -PassThru).Change | Select-Object -Unique | Should -Be Removed
            # What was built in (an empty ACL) is the same in words now.
            Get-Privilege | Should -Be $before
            Test-Statement $asWeb 'SELECT * FROM shop.orders' | Should -BeFalse
        }
    }

    Context 'One by one' {
        It 'grants on a table, and shows who granted' {
            $one = $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -PassThru
            $one.Change, $one.ObjectType, $one.ObjectName, $one.Grantor, $one.Owner | Should -Be Created, Table, shop.orders, app, app
            "$($one.Connection)" | Should -Be "$($db.Connection)"
            $read = $db | Get-PgPrivilege orders -Schema shop -Grantee web
            "$read" | Should -Be "$one"
            $read.Grantor | Should -Be app
        }

        It 'grants on columns only' {
            $db | Grant-PgPrivilege -Privilege SELECT -ObjectType Schema -Name shop -Grantee web -ErrorAction SilentlyContinue
            $db | Grant-PgPrivilege USAGE -ObjectType Schema -Name shop -Grantee web
            $columns = $db | Grant-PgPrivilege SELECT -Schema shop -Name customer -Column id, name -Grantee web -PassThru
            $columns.ObjectName | Should -Be shop.customer.id, shop.customer.name
            Get-Privilege -Grantee web -ObjectType Column | Should -Be 'SELECT on Column shop.customer.id to web', 'SELECT on Column shop.customer.name to web'
            Test-Statement $asWeb 'SELECT id, name FROM shop.customer' | Should -BeTrue
            Test-Statement $asWeb 'SELECT secret FROM shop.customer' | Should -BeFalse
        }

        It 'finds a routine by its argument types' {
            $db | Grant-PgPrivilege EXECUTE -ObjectType Procedure -Schema shop -Name 'close(integer, text)' -Grantee web
            ($db | Grant-PgPrivilege EXECUTE -ObjectType Function -Schema shop -Name 'total(integer)' -Grantee web -PassThru).Name | Should -Be 'total(integer)'
            Get-Privilege -Grantee web -ObjectType Function, Procedure |
                Should -Be 'EXECUTE on Function shop.total(integer) to web', 'EXECUTE on Procedure shop.close(integer, text) to web'
            $db | Get-PgPrivilege -Grantee web -ObjectType Function, Procedure | Revoke-PgPrivilege
            Get-Privilege -Grantee web -ObjectType Function, Procedure | Should -BeNullOrEmpty
        }

        It 'grants to everybody' {
            $one = $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee public -PassThru
            $one.Grantee, $one.IsPublic | Should -Be PUBLIC, $true
            ($db | Revoke-PgPrivilege SELECT -Schema shop -Name orders -Grantee PUBLIC -PassThru).Change | Should -Be Removed
        }

        It 'takes EXECUTE on functions to come from everybody' {
            $db | Revoke-PgPrivilege EXECUTE -ObjectType Routine -Default -Owner app -Grantee public
            $asApp | Invoke-PgQuery 'CREATE FUNCTION shop.hidden() RETURNS int LANGUAGE sql RETURN 1'
            Get-Privilege hidden -Grantee public | Should -BeNullOrEmpty
            Get-Privilege total -Grantee public | Should -HaveCount 2
        }

        It 'grants with grant option, and revokes that alone' {
            ($db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -WithGrantOption -PassThru).IsGrantable | Should -BeTrue
            $db | Grant-PgPrivilege USAGE -ObjectType Schema -Name shop -Grantee web
            $asWeb | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee mary
            $problem = Get-Problem { $db | Revoke-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -GrantOption }
            Assert-Problem $problem PgCloud.Privilege.HasDependents InvalidOperation
            $db | Revoke-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -GrantOption -Cascade
            Get-Privilege -ObjectType Table -Grantee web, mary | Should -Be 'SELECT on Table shop.orders to web'
            ($db | Get-PgPrivilege -Schema shop -ObjectType Table -Grantee web).IsGrantable | Should -BeFalse
        }

        It 'grants on all of a kind, and on those to come' {
            $all = $db | Grant-PgPrivilege SELECT -ObjectType Table -Schema shop -All -Default -Owner app -Grantee web -PassThru
            $all.ObjectName | Should -Be shop.customer, shop.orders, shop.prices, 'future tables of "app" in "shop"'
            $default = $db | Get-PgPrivilege -Default
            "$default" | Should -Be 'SELECT on Table future tables of "app" in "shop" to web'
            $default.Owner, $default.IsDefault | Should -Be app, $true
        }
    }

    Context 'Pipelines' {
        It 'take a role as the grantee' {
            $made = $ops | Get-PgRole mary, team | Grant-PgPrivilege SELECT -Schema shop -Name orders -Connection $db -PassThru
            $made.Grantee | Should -Be mary, team
        }

        It 'take a database as the object, and a user for its connection' {
            $one = $db | Grant-PgPrivilege TEMP -Grantee mary -PassThru
            "$one" | Should -Be 'TEMPORARY on Database orders to mary'
            ($ops | Grant-PgPrivilege CONNECT -ObjectType Database -Name orders -Grantee mary -PassThru).Name | Should -Be orders
        }

        It 'carry privileges from one database to another' {
            $null = $ops | New-PgDatabase copy -Owner app
            $there = $ops | Get-PgDatabase copy
            Get-PgConnection privileges -Credential $app.Credential -Database copy |
                Invoke-PgQuery 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id int); CREATE TABLE shop.customer (id int, name text)'
            $db | Grant-PgPrivilege SELECT -Schema shop -Name customer -Column id -Grantee web
            $db | Grant-PgPrivilege INSERT, SELECT -Schema shop -Name orders -Grantee mary -WithGrantOption
            $db | Grant-PgPrivilege SELECT -ObjectType Table -Default -Owner app -Schema shop -Grantee web
            $db | Get-PgPrivilege -Schema shop -Grantee web, mary | Grant-PgPrivilege -Connection $there
            $there | Get-PgPrivilege -Schema shop -Grantee web, mary | ForEach-Object { "$_ $($_.IsGrantable)" } |
                Should -Be @($db | Get-PgPrivilege -Schema shop -Grantee web, mary | ForEach-Object { "$_ $($_.IsGrantable)" })
            $ops | Remove-PgDatabase copy -Force -Confirm:$false
        }

        It 'take the rows of a file, and go on after a bad one' {
            $rows = @'
Privilege,ObjectType,Schema,Name,Grantee
SELECT,Table,shop,orders,web
SELECT,Tabel,shop,orders,web
SELECT,Table,shop,order,web
USAGE,Schema,,shop,web
'@ | ConvertFrom-Csv
            $made = $rows | Grant-PgPrivilege -Connection $db -PassThru -ErrorVariable problem -ErrorAction SilentlyContinue
            $made | ForEach-Object { "$_" } | Should -Be 'SELECT on Table shop.orders to web', 'USAGE on Schema shop to web'
            $problem.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Select-Object -Unique |
                Should -Be PgCloud.Privilege.ArgumentInvalid, PgCloud.Privilege.ObjectNotFound
        }

        It 'refuse what a role has by others' {
            $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee team
            $ops | Grant-PgRole team mary
            $problem = Get-Problem { $db | Get-PgPrivilege orders -ObjectType Table -Effective -Grantee mary | Revoke-PgPrivilege }
            Assert-Problem $problem PgCloud.Privilege.NotDirect InvalidOperation -Message 'mary > team'
            $ops | Revoke-PgRole team mary
        }
    }

    Context 'Get-PgPrivilege' {
        It 'shows an empty ACL as what it means' {
            $built = $db | Get-PgPrivilege 'total' -Schema shop -Grantee public
            $built.IsBuiltIn | Should -Be $true, $true
            $built.Privilege | Should -Be EXECUTE, EXECUTE
        }

        It 'says with -Effective why a role can do something' {
            $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee team
            $ops | Grant-PgRole team mary
            $way = $db | Get-PgPrivilege orders -ObjectType Table -Effective -Grantee mary
            $way.Via | Should -Be mary, team
            $ops | Revoke-PgRole team mary
            $db | Get-PgPrivilege orders -ObjectType Table -Effective -Grantee mary | Should -BeNullOrEmpty
        }

        It 'says which role is not there' {
            Assert-Problem (Get-Problem { $db | Get-PgPrivilege -Effective -Grantee nobody }) PgCloud.Role.NotFound ObjectNotFound nobody
        }
    }

    Context '-WhatIf' {
        It 'prints statements that psql runs, and writes nothing' {
            $written = Get-Written
            $text = Invoke-Child -Environment @{ PGCLOUD_HOME = $pgHome; TEST_USER = $ops.Name; TEST_PASSWORD = (Get-Secret $ops.Credential) } -Script {
                param($Module)
                Import-Module $Module
                $null = Connect-PgCloud -Provider Local
                $credential = [pscredential]::new($env:TEST_USER, (ConvertTo-SecureString $env:TEST_PASSWORD -AsPlainText))
                Get-PgConnection privileges -Credential $credential -Database orders |
                    Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -WhatIf
            }
            Get-Written | Should -Be $written
            $script = $text.Output -replace '(?s)^What if: On [^\r\n]+\r?\n'
            $script | Should -Match 'GRANT SELECT ON TABLE "shop"\."orders" TO "web";'
            $db | Invoke-PgQuery $script
            Get-Privilege -Grantee web | Should -Be 'SELECT on Table shop.orders to web'
        }
    }

    Context 'Set-PgOwner' {
        It 'gives all tables of a schema to another role, and their sequences with them' {
            $db | Grant-PgPrivilege CREATE -ObjectType Schema -Name shop -Grantee mary
            $set = $db | Set-PgOwner mary -ObjectType Table -Schema shop -All -PassThru
            $set | Should -BeOfType PgCloud.PgObjectOwner
            $set | ForEach-Object { "$($_.ObjectName) $($_.PreviousOwner) $($_.Owner) $($_.Change)" } |
                Should -Be 'shop.customer app mary Updated', 'shop.orders app mary Updated', 'shop.prices app mary Updated'
            ($db | Invoke-PgQuery "SELECT DISTINCT relowner::regrole::text AS o FROM pg_class WHERE relnamespace = 'shop'::regnamespace").o | Should -Be mary
            $written = Get-Written
            ($db | Set-PgOwner mary -ObjectType Table -Schema shop -All -PassThru).Change | Select-Object -Unique | Should -Be Unchanged
            Get-Written | Should -Be $written
            ($set | Set-PgOwner app -PassThru).Change | Select-Object -Unique | Should -Be Updated
        }

        It 'takes an object once from a pipeline of privileges' {
            $db | Grant-PgPrivilege CREATE -ObjectType Schema -Name shop -Grantee mary
            $set = $db | Get-PgPrivilege orders -Schema shop | Set-PgOwner mary -PassThru
            @($set).Count | Should -Be 1
            $set.ObjectName | Should -Be shop.orders
        }

        It 'gives a database to another role' {
            ($db | Set-PgOwner mary -PassThru | ForEach-Object { "$_ $($_.Change)" }) | Should -Be 'Database orders of mary Updated'
            $db | Set-PgOwner app
        }

        It 'says what the new owner is missing' {
            Assert-Problem (Get-Problem { $db | Set-PgOwner mary -Schema shop -Name orders }) PgCloud.Owner.CannotCreate PermissionDenied shop.orders `
                -Message "'mary' cannot own Table shop\.orders.*schema shop"
        }
    }

    Context 'Bad input' {
        It '<id>: <script>' -ForEach @(
            @{ script = { $db | Grant-PgPrivilege -Grantee web }; id = 'PgCloud.Privilege.ArgumentInvalid'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Name orders -Grantee web }; id = 'PgCloud.Privilege.ArgumentInvalid'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee web -Owner app }
                id = 'PgCloud.Privilege.ArgumentInvalid'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -ObjectType Table -Default -Grantee web }
                id = 'PgCloud.Privilege.ArgumentInvalid'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Schema shop -Name ('x' * 64) -Grantee web }
                id = 'PgCloud.Privilege.NameInvalid'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Schema shop -Name 'orders; DROP TABLE shop.orders' -Grantee web }
                id = 'PgCloud.Privilege.ObjectNotFound'; category = 'ObjectNotFound' }
            @{ script = { $db | Grant-PgPrivilege EXECUTE -ObjectType Function -Schema shop -Name total -Grantee web }
                id = 'PgCloud.Privilege.Ambiguous'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELEKT -Schema shop -Name orders -Grantee web }
                id = 'PgCloud.Privilege.NotApplicable'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee public -WithGrantOption }
                id = 'PgCloud.Privilege.GrantOptionToPublic'; category = 'InvalidArgument' }
            @{ script = { $db | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee nobody }; id = 'PgCloud.Role.NotFound'; category = 'ObjectNotFound' }
            @{ script = { $asWeb | Grant-PgPrivilege SELECT -Schema shop -Name orders -Grantee mary }
                id = 'PgCloud.Privilege.NotGranted'; category = 'PermissionDenied' }
            @{ script = { $db | Set-PgOwner nobody -Schema shop -Name orders }; id = 'PgCloud.Role.NotFound'; category = 'ObjectNotFound' }
            @{ script = { $db | Set-PgOwner web -ObjectType Parameter -Name work_mem }; id = 'PgCloud.Owner.NotApplicable'; category = 'InvalidArgument' }
            @{ script = { $asWeb | Set-PgOwner web -Schema shop -Name orders }; id = 'PgCloud.Owner.NotChanged'; category = 'PermissionDenied' }
        ) {
            $before = Get-Written
            Assert-Problem (Get-Problem $script) $id $category
            Get-Written | Should -Be $before
        }

        It 'says from which version on there is MAINTAIN' {
            $problem = Get-Problem { $db | Grant-PgPrivilege MAINTAIN -Schema shop -Name orders -Grantee web }
            if ($major -ge 17) { $problem | Should -BeNullOrEmpty }
            else { Assert-Problem $problem PgCloud.Privilege.VersionTooOld NotImplemented MAINTAIN -Message 'PostgreSQL 17' }
        }
    }
}
