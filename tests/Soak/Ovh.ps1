# SPDX-License-Identifier: MIT
# OVHcloud: its session, its pipelines, and what it has.

$stateRoute = 'services'
$extras = 'extra1', 'extra2'
$addresses = 1..6 | ForEach-Object { "203.0.113.$_" }
$bases = 1..4 | ForEach-Object { "base$_" }
$pools = 1..3 | ForEach-Object { "pool$_" }
$writers = 1..3 | ForEach-Object { "writer$_" }
$times = 0..23 | ForEach-Object { '{0:00}:00' -f $_ }

function Connect-Cloud {
    $secrets.AddRange([string[]] ($Emulator.applicationSecret, $Emulator.consumerKey, $Emulator.clientSecret))
    Connect-PgCloud Ovh -Endpoint $Emulator.http -TokenUrl $Emulator.tokenUrl -Project Orders `
        -ClientCredential (New-Credential $Emulator.clientId $Emulator.clientSecret)
}

function New-Instance { @('north', 'south' | New-PgInstance -Region GRA -Plan essential -AuthorisedIp 127.0.0.1 -Wait) }

function Reset-Password([string] $Name) { Reset-PgUserPassword $instance -Name $Name }

$cloudSteps = @(
    { $n = Get-Some $addresses; Invoke-Step Add-PgAuthorisedIp ip (Get-Cidr $n) $true { Add-PgAuthorisedIp $instance -Address $n -PassThru } }
    { $n = Get-Some $addresses; Invoke-Step Remove-PgAuthorisedIp ip (Get-Cidr $n) $false { Remove-PgAuthorisedIp $instance -Address $n -PassThru } }
    {
        $n = Get-Some $addresses
        Invoke-Step Set-PgAuthorisedIp ip (Get-Cidr $n) $true {
            Set-PgAuthorisedIp $instance -Address (@($n) + '127.0.0.1') -PassThru
        } -All (Get-Cidr $addresses)
    }
    { $n = Get-Some $bases; Invoke-Step New-PgCloudDatabase database $n $true { New-PgCloudDatabase $instance -Name $n } }
    { $n = Get-Likely database $bases; Invoke-Step Remove-PgCloudDatabase database $n $false { Remove-PgCloudDatabase $instance -Name $n -PassThru } }
    {
        $n = Get-Pick $pools
        Invoke-Step New-PgConnectionPool pool $n $true {
            New-PgConnectionPool $instance -Name $n -Database defaultdb -Mode Transaction -Size 2
        }
    }
    { $n = Get-Likely pool $pools; Invoke-Step Remove-PgConnectionPool pool $n $false { Remove-PgConnectionPool $instance -Name $n -PassThru } }
    { $n = Get-Some $writers; Invoke-Step New-PgWriterUser user $n $true { New-PgWriterUser $instance -Name $n -AdminCredential $admin.Credential } }
    { $n = Get-Likely user $writers; Invoke-Step Remove-PgCloudUser user $n $false { Remove-PgCloudUser $instance -Name $n -PassThru } }
    { $n = Get-Likely user $writers; Invoke-Step Reset-PgUserPassword password $n $true { Reset-Password $n } }
    # Whether there is none of the name now, one that is being made, or one that is ready: there is never a second.
    { $n = Get-Pick $extras; Invoke-Step New-PgInstance instance $n $true { New-PgInstance $n -Region GRA -Plan essential } }
    { $n = Get-Likely instance $extras; Invoke-Step Remove-PgInstance instance $n $false { Remove-PgInstance $n -PassThru } }
    { $n = Get-Pick $times; Invoke-Step Set-PgInstance backup $n $true { $null = Set-PgInstance $instance -BackupTime $n; $n } -All $times }
)

# What there is, by the emulator, of each kind that steps are about.
function Get-There($Its) {
    @{
        ip = $Its.ips; user = $Its.users; database = $Its.databases; pool = @($Its.pools | ForEach-Object { "$_".Split(' ')[0] }); backup = @($Its.backupTime)
        role = $Its.server.roles; member = $Its.server.members; privilege = $Its.server.privileges
    }
}

function Compare-Cloud($Its) {
    Compare-Account 'users, listed and there' @(Get-PgCloudUser $instance).Name $Its.users
    Compare-Account 'users, there and in the server' @($Its.users -like 'writer*') @($Its.server.roles -like 'writer*')
    Compare-Account 'databases, listed and there' @(Get-PgCloudDatabase $instance).Name $Its.databases
    Compare-Account 'databases, there and in the server' @($Its.databases -like 'base*') @($Its.server.databases -like 'base*')
    Compare-Account 'pools, listed and there' @(Get-PgConnectionPool $instance | ForEach-Object { "$($_.Name) $($_.Size)" }) $Its.pools
}

function Compare-Rest($All) { }
