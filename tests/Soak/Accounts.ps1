# SPDX-License-Identifier: MIT
# The four accounts of what there is, and whether they agree: the emulator's, the servers', what is listed, and what was reported.

function Get-Cidr([string[]] $Address) { @($Address | ForEach-Object { "$_/32" }) }

function Compare-Account([string] $What, [object[]] $One, [object[]] $Other) {
    $difference = @(Compare-Object @($One | Where-Object { $_ }) @($Other | Where-Object { $_ }) -CaseSensitive)
    if ($difference) {
        $flaws.Add("$($instance.Name): $What`: $(($difference | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }) -join ', ')")
    }
}

# Whether what was reported last of names of a kind is so; says how many.
function Compare-Belief([string] $Owner, [string] $Kind, [string[]] $There) {
    $prefix = "$Owner|$Kind|"
    $known = @($belief.Keys | Where-Object { $_.StartsWith($prefix) -and $null -ne $belief[$_] })
    foreach ($key in $known) {
        $name = $key.Substring($prefix.Length)
        if ($belief[$key] -ne ($name -cin $There)) {
            $flaws.Add("$($instance.Name): $Kind $name was reported as $($belief[$key] ? 'there' : 'gone'), and is not")
        }
    }
    $known.Count
}

# The password that was told last logs in; where none is known another can be set, and that one does.
function Compare-Password([string] $Name) {
    $user = $credentials[(Get-Key user $Name)]
    $what = 'the password that was told'
    try {
        if (-not $user) {
            $what = 'a new password'
            $user = Reset-Password $Name
        }
        $who = Invoke-PgQuery 'SELECT current_user AS who' -Connection $user
        if ($who.who -ne $user.UserName) { $flaws.Add("$($instance.Name): $what of $Name logs in as $($who.who)") }
    }
    catch { $flaws.Add("$($instance.Name): $what of $Name`: $($_.FullyQualifiedErrorId): $_") }
}

function Compare-Instance($Its) {
    $admin = $admins[$instance.Id]
    Compare-Account 'addresses, listed and there' @(Get-PgAuthorisedIp $instance).Cidr $Its.ips
    Compare-Account 'addresses, there and let in by the server' $Its.ips $Its.server.letIn
    Compare-Account 'roles, listed and in the server' @(Get-PgRole -Connection $admin | Where-Object Name -NotMatch '^(pg_|_)').Name $Its.server.roles
    $members = @(Get-PgRoleMember -Connection $admin | ForEach-Object { "$_" } | Sort-Object -Unique)
    Compare-Account 'memberships, listed and in the server' $members $Its.server.members
    $privileges = @(Get-PgPrivilege -Schema public -Name orders -Connection $shops[$instance.Id] | Where-Object Grantee -In $readers | ForEach-Object { "$_" })
    Compare-Account 'privileges, listed and in the server' $privileges $Its.server.privileges
    Compare-Cloud $Its
    $there = Get-There $Its
    foreach ($kind in $there.Keys) { Compare-Belief $instance.Id $kind $there[$kind] }
    $single = $Its.users | Group-Object | Where-Object Count -EQ 1 | ForEach-Object Name
    foreach ($name in $single | Where-Object { $_ -match '^(writer|manager)' }) { Compare-Password $name; 1 }
}

# What there is. The servers follow a change of the rules some time later.
function Get-State {
    for ($look = 1; ; $look++) {
        $all = @(Invoke-EmulatorControl $Emulator Get $stateRoute | ForEach-Object { $_ })
        $late = $all | Where-Object { $_.id -in $instances.Id -and (Compare-Object $_.ips $_.server.letIn) }
        if (-not $late -or $look -ge 100) { return $all }
        Start-Sleep -Milliseconds 200
    }
}

# Compares everything, and says how many objects whose last report was certain.
function Compare-Everything {
    $all = @(Get-State)
    $active = @($all | Where-Object { $_.state -in $null, 'active' })
    $instance = [pscustomobject]@{ Name = 'instances' }
    Compare-Account 'listed and there' @(Get-PgInstance).Name $active.name
    Compare-Account 'of one name' @($all.name | Sort-Object -Unique) $all.name
    Compare-Rest $all
    $compared = @(Compare-Belief account instance $active.name)
    foreach ($instance in @($instances | ForEach-Object { Get-PgInstance $_.Id })) {
        $compared += @(Compare-Instance ($all | Where-Object id -EQ $instance.Id))
    }
    [int] ($compared | Measure-Object -Sum).Sum
}
