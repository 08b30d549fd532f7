# IBM's Gen 2 tutorial: an instance, its restrictions, its Manager and Writer users, and what they grant. ./build.sh demo ibm runs it against an
# emulator of IBM Cloud's API, whose instances are real PostgreSQL servers of this machine; with IC_API_KEY of your own it would order, and cost,
# the real thing.

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../PgCloud.psd1

Write-Host '1. A session to the account. The API key comes from the environment.'
Connect-PgCloud -Provider Ibm -Region ca-mon | Format-List

Write-Host '2. Where is Gen 2 offered, and within which bounds?'
Get-PgOffering -Flavor bx3d.8x40 | Format-Table

Write-Host '3. An instance is provisioned with the parameters of the guide.'
$instance = New-PgInstance -Name orders -Parameter '{"storage_gb":40,"members":3,"host_flavor":"bx3d.8x40"}' -Tag demo -Wait
$instance | Format-List

Write-Host '4. What the service refuses, it refuses in its own words.'
New-PgInstance -Name never -Parameter '{"members":5}' -ErrorAction Continue

Write-Host '5. A context-based restriction lets one address in, and nobody else.'
Add-PgAuthorisedIp -Instance $instance -Address 127.0.0.1 -PassThru | Format-Table

Write-Host '6. Manager and Writer users are service credentials. The manager grants.'
$manager = New-PgManagerUser -Instance $instance -Name manager
$writer = New-PgWriterUser -Instance $instance -Name writer
$manager, $writer | Format-Table
$manager | New-PgRole -Name joe -Login | Grant-PgRole -Role pg_signal_backend
$manager | New-PgRole -Name mary -Login | Grant-PgRole -Role pg_monitor
$manager | Get-PgRole | Format-Table Name, CreateRole, Login, MemberOf

Write-Host '7. The service resets no password: it is done by SQL. A rotation makes a new credential instead.'
$manager = Reset-PgUserPassword -Instance $instance -Name manager -Confirm:$false
$manager | Test-PgConnection
$writer = Reset-PgUserPassword -Instance $instance -Name writer -Rotate -Confirm:$false
$writer | Test-PgConnection

Write-Host '8. A locked instance is not removed; a removed one can be had back, until it is ended for good.'
Lock-PgInstance -Instance $instance
Remove-PgInstance -Instance $instance -Recurse -Confirm:$false -ErrorAction Continue
Unlock-PgInstance -Instance $instance
Remove-PgInstance -Instance $instance -Recurse -Confirm:$false
Restore-PgInstance -Name orders -Wait | Format-Table
Remove-PgInstance -Instance orders -Permanent -Confirm:$false
