# SPDX-License-Identifier: MIT
# Pipelines that speak SQL, alike for every cloud.

$readers = 'reader1', 'reader2'
$roleNames = 1..5 | ForEach-Object { "soak_$_" }
$groups = 'pg_monitor', 'pg_signal_backend'
$rights = 'SELECT', 'INSERT', 'UPDATE', 'DELETE'

# For each instance a database with a table.
$shops = @{}

# What is there all the time.
function Initialize-Sql {
    $null = New-PgRole $readers -Connection $admin
    $null = New-PgDatabase shop -Connection $admin
    $shops[$instance.Id] = $admin | Get-PgConnection -Database shop
    $null = Invoke-PgQuery 'CREATE TABLE public.orders (id int)' -Connection $shops[$instance.Id]
}

function Get-Member([string[]] $Role, [string[]] $Member) {
    @(foreach ($r in $Role) { foreach ($m in $Member) { "$m in $r" } })
}

function Get-Privilege([string[]] $Right, [string[]] $Grantee) {
    @(foreach ($r in $Right) { foreach ($g in $Grantee) { "$r on Table public.orders to $g" } })
}

$sqlSteps = @(
    { $n = Get-Some $roleNames; Invoke-Step New-PgRole role $n $true { New-PgRole $n -Connection $admin } }
    { $n = Get-Likely role $roleNames; Invoke-Step Remove-PgRole role $n $false { Remove-PgRole $n -Connection $admin -PassThru } }
    {
        $n = Get-Pick $roleNames
        Invoke-Step 'New-PgRole | Grant-PgRole' role $n $true {
            New-PgRole $n -Connection $admin | Grant-PgRole -Role pg_monitor -PassThru -Connection $admin | ForEach-Object Member
        }
    }
    {
        $r = Get-Some $groups; $m = Get-Some $readers
        Invoke-Step Grant-PgRole member (Get-Member $r $m) $true {
            Grant-PgRole -Role $r -Member $m -Connection $admin -PassThru
        }
    }
    {
        $r = Get-Some $groups; $m = Get-Some $readers
        Invoke-Step Revoke-PgRole member (Get-Member $r $m) $false {
            Revoke-PgRole -Role $r -Member $m -Connection $admin -PassThru
        }
    }
    {
        $r = Get-Some $rights; $g = Get-Some $readers
        Invoke-Step Grant-PgPrivilege privilege (Get-Privilege $r $g) $true {
            Grant-PgPrivilege $r -Schema public -Name orders -Grantee $g -Connection $shops[$instance.Id] -PassThru
        }
    }
    {
        $r = Get-Some $rights; $g = Get-Some $readers
        Invoke-Step Revoke-PgPrivilege privilege (Get-Privilege $r $g) $false {
            Revoke-PgPrivilege $r -Schema public -Name orders -Grantee $g -Connection $shops[$instance.Id] -PassThru
        }
    }
)
