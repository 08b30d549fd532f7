# From an order at OVHcloud to a granted role. ./build.sh demo ovh runs it against an emulator of OVHcloud's API, whose instances are real
# PostgreSQL servers of this machine; with a credential of your own in OVH_* or ovh.conf it would order, and cost, the real thing.

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../PgCloud.psd1

Write-Host '1. A session to the account. The credential and the project come from the environment.'
Connect-PgCloud -Provider Ovh | Format-List

Write-Host '2. What can be had in Gravelines for PostgreSQL 15 with the plan business?'
Get-PgOffering -Region GRA -Version 15 -Plan business | Format-Table

Write-Host '3. An instance is ordered and becomes ready; an address is let in, and a manager user made, whose rights are given by SQL.'
$instance = New-PgInstance -Name orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -Wait
$instance | Format-List
Add-PgAuthorisedIp -Instance $instance -Address 127.0.0.1, 109.190.200.59 -Description 'runbook host' -PassThru | Format-Table
$ops = New-PgManagerUser -Instance $instance -Name ops
$ops | Format-List

Write-Host '4. A role for mary, who may read the monitoring views. Nothing of this differs from any other PostgreSQL.'
$ops | New-PgRole -Name mary -Login | Grant-PgRole -Role pg_monitor -PassThru | Format-Table

Write-Host '5. The connection over verified TLS, step by step.'
$test = $ops | Get-PgConnection | Test-PgConnection -Detailed
$test.Step | Format-Table

Write-Host '6. More memory, and protection against removal; then the same again, which changes nothing.'
Set-PgInstance -Instance $instance -Flavor db1-15 -DeletionProtection $true -Wait -PassThru | Format-Table
Set-PgInstance -Instance $instance -Flavor db1-15 -DeletionProtection $true -PassThru | Format-Table

Write-Host '7. All of it is removed again.'
Set-PgInstance -Instance $instance -DeletionProtection $false -Wait
Remove-PgInstance -Instance $instance -Wait -Confirm:$false
