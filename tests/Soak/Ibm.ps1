# SPDX-License-Identifier: MIT
# IBM Cloud: its session, its pipelines, and what it has.

$stateRoute = 'ibm/instances'
$extras = 'extra1', 'extra2'
$addresses = 1..6 | ForEach-Object { "203.0.113.$_" }
$bases = 1..4 | ForEach-Object { "base$_" }
$writers = 1..3 | ForEach-Object { "writer$_" }
$managers = 1..2 | ForEach-Object { "manager$_" }
$tags = 1..4 | ForEach-Object { "tag:$_" }

function Connect-Cloud {
    $secrets.Add($Emulator.ibmApiKey)
    Connect-IbmEmulator $Emulator
}

function New-Instance { @('north', 'south' | New-PgInstance -AuthorisedIp 127.0.0.1 | Wait-PgInstance) }

# As the user itself with the password that was told last, or else with the one that its service credential shows.
function Reset-Password([string] $Name, [switch] $Rotate) {
    $known = $credentials[(Get-Key user $Name)] ?? $former[(Get-Key user $Name)]
    $how = @{ Instance = $instance; Name = $Name; Rotate = $Rotate; ErrorAction = 'Stop' }
    if ($known) {
        try { return Reset-PgUserPassword @how -AdminCredential $known.Credential }
        catch { if ($_.FullyQualifiedErrorId -notlike 'PgCloud.Connection.LoginFailed,*') { throw } }
    }
    Reset-PgUserPassword @how
}

# After a rotation that did not come to its end there are two of a name, which their ids tell apart.
function Remove-User([string] $Name) {
    $ids = @(Get-PgCloudUser $instance -ErrorAction Stop | Where-Object Name -EQ $Name).Id
    Remove-PgCloudUser $instance -Name ($ids.Count -gt 1 ? $ids : $Name) -PassThru
}

$cloudSteps = @(
    { $n = Get-Some $addresses; Invoke-Step Add-PgAuthorisedIp ip (Get-Cidr $n) $true { Add-PgAuthorisedIp $instance -Address $n -PassThru } }
    { $n = Get-Some $addresses; Invoke-Step Remove-PgAuthorisedIp ip (Get-Cidr $n) $false { Remove-PgAuthorisedIp $instance -Address $n -PassThru } }
    {
        $n = Get-Some $addresses
        Invoke-Step Set-PgAuthorisedIp ip (Get-Cidr $n) $true {
            Set-PgAuthorisedIp $instance -Address (@($n) + '127.0.0.1') -PassThru
        } -All (Get-Cidr $addresses)
    }
    { $n = Get-Some $bases; Invoke-Step New-PgDatabase database $n $true { New-PgDatabase $n -Connection $admin } }
    { $n = Get-Likely database $bases; Invoke-Step Remove-PgDatabase database $n $false { Remove-PgDatabase $n -Connection $admin -PassThru } }
    { $n = Get-Some $writers; Invoke-Step New-PgWriterUser user $n $true { New-PgWriterUser $instance -Name $n } }
    { $n = Get-Some $managers; Invoke-Step New-PgManagerUser user $n $true { New-PgManagerUser $instance -Name $n } }
    { $n = Get-Likely user ($writers + $managers); Invoke-Step Remove-PgCloudUser user $n $false { Remove-User $n } }
    { $n = Get-Likely user ($writers + $managers); Invoke-Step Reset-PgUserPassword password $n $true { Reset-Password $n } }
    { $n = Get-Likely user ($writers + $managers); Invoke-Step 'Reset-PgUserPassword -Rotate' password $n $true { Reset-Password $n -Rotate } }
    # Whether there is none of the name now, one that is being made, one that is ready, or one that can be had back: there is never a second.
    { $n = Get-Pick $extras; Invoke-Step New-PgInstance instance $n $true { New-PgInstance $n -AuthorisedIp 127.0.0.1 } }
    { $n = Get-Likely instance $extras; Invoke-Step Remove-PgInstance instance $n $false { Remove-PgInstance $n -PassThru } }
    {
        $n = Get-Likely instance $extras
        Invoke-Step 'Remove-PgInstance -Permanent' instance $n $false {
            Remove-PgInstance $n -Permanent -ErrorAction Stop; $n
        }
    }
    { $n = Get-Pick $extras; Invoke-Step Restore-PgInstance instance $n $true { Restore-PgInstance $n } }
    { $n = Get-Some $tags; Invoke-Step Set-PgInstance tag $n $true { $null = Set-PgInstance $instance -Tag $n; $n } -All $tags }
)

# What there is, by the emulator, of each kind that steps are about.
function Get-There($Its) {
    @{
        ip = $Its.ips; user = $Its.users; database = $Its.server.databases; tag = $Its.tags
        role = $Its.server.roles; member = $Its.server.members; privilege = $Its.server.privileges
    }
}

function Compare-Cloud($Its) {
    $twice = @($Its.users | Group-Object | Where-Object Count -GT 1)
    if ($twice -and -not $errorIds['PgCloud.User.RotationIncomplete']) { $flaws.Add("$($instance.Name): there are several $($twice.Name)") }
    $users = @(Get-PgCloudUser $instance)
    Compare-Account 'users, listed and there' $users.Name $Its.users
    Compare-Account 'users, listed and in the server' $users.UserName @($Its.server.roles -like 'ibmcloud_*')
    Compare-Account 'databases, listed and in the server' @(Get-PgDatabase -Connection $admin).Name $Its.server.databases
}

# A zone and a rule for each instance, and none for those that are gone; where a pipeline about them has ended in another error than these there may be.
function Compare-Rest($All) {
    $restrictions = Invoke-EmulatorControl $Emulator Get ibm/restrictions
    $certain = 'PgCloud.Instance.NotFound', 'PgCloud.Instance.Exists', 'PgCloud.Instance.NameReclaimable'
    $isCertain = -not ($counts.Values | Where-Object Operation -Match '^(New|Remove)-PgInstance' | ForEach-Object Ids | Where-Object { $_ -notin $certain })
    $checked = @($All | Where-Object { $isCertain -or $_.id -in $instances.Id }).id
    $ids = @($restrictions.zones; $restrictions.rules) | ForEach-Object { "$_"[-36..-1] -join '' } | Where-Object { $isCertain -or $_ -in $instances.Id }
    Compare-Account 'instances, and the zones and rules of them' @($checked; $checked) $ids
}
