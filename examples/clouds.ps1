# One script, three clouds: its only parameter is the provider. Account, project and endpoint come from the environment, as each cloud's own
# tools read them. ./build.sh demo clouds runs it on this machine, at an emulated OVHcloud and at an emulated IBM Cloud: the same table each time.
param([Parameter(Mandatory)] [string] $Provider)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../PgCloud.psd1
$null = Connect-PgCloud -Provider $Provider

# Where the instance shall stand is the one thing that differs.
$place = switch ($Provider) {
    'Ovh' { @{ Region = 'GRA'; Plan = 'essential' } }
    'Ibm' { @{ Region = 'ca-mon' } }
    default { @{} }
}
$instance = New-PgInstance -Name clouds @place -Wait
Add-PgAuthorisedIp -Instance $instance -Address 127.0.0.1
$ops = New-PgManagerUser -Instance $instance -Name ops
$mary = $ops | New-PgRole -Name mary -Login
$null = $ops | New-PgRole -Name joe -Login
$ops | Grant-PgRole -Role pg_monitor -Member mary
$ops | Grant-PgRole -Role pg_signal_backend -Member joe

$login = Get-PgConnection -Instance $instance -Credential $ops.Credential
$roles = $ops | Get-PgRole -Name joe, mary
$rows = @(
    [pscustomobject]@{ What = 'instance'; Name = $instance.Name; Is = "$($instance.Status)" }
    [pscustomobject]@{ What = 'authorised address'; Name = (Get-PgAuthorisedIp -Instance $instance).Cidr; Is = 'let in' }
    [pscustomobject]@{ What = 'manager user'; Name = $ops.Name; Is = "logs in with $($login.TlsMode): $(Test-PgConnection $login)" }
    foreach ($role in $roles) { [pscustomobject]@{ What = 'role'; Name = $role.Name; Is = "member of $($role.MemberOf -join ', ')" } }
    [pscustomobject]@{ What = 'manager user again'; Name = $ops.Name; Is = "$((New-PgManagerUser -Instance $instance -Name ops).Change)" }
)
$rows | Format-Table

Remove-PgInstance -Instance $instance -Recurse -Wait -Confirm:$false
