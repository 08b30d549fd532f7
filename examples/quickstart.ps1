# From a bare machine to a granted role, on a real PostgreSQL server of this machine. Nothing is left of it at the end.
# Runs alike in PowerShell and on the cmdlet host in tests/: ./build.sh demo

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../PgCloud.psd1
Connect-PgCloud -Provider Local | Format-Table

Write-Host '1. A PostgreSQL server comes up, this machine is let in, and a manager user is made.'
# An instance, the address that may connect to it, and its manager user. The password travels in the object; it is shown nowhere.
$instance = New-PgInstance -Name quickstart
$instance | Format-Table
Add-PgAuthorisedIp -Instance $instance -Address 127.0.0.1 -Description 'this machine' -PassThru | Format-Table
$ops = New-PgManagerUser -Instance $instance -Name ops
$ops | Format-Table

Write-Host '2. Two roles are made and granted what IBM''s guide gives them. Who has what now?'
# Two roles, each with what IBM's guide gives them.
$ops | New-PgRole -Name joe -Login | Grant-PgRole -Role pg_signal_backend
$password = ConvertTo-SecureString 'only-for-this-demo' -AsPlainText -Force
$mary = $ops | New-PgRole -Name mary -Login -Password $password
$mary | Grant-PgRole -Role pg_monitor
$ops | Get-PgRole | Format-Table

Write-Host '3. mary logs in over verified TLS and reads the monitoring view.'
# mary can log in over verified TLS and read the monitoring view ...
$connection = Get-PgConnection -Instance $instance -Credential $mary.Credential
$test = Test-PgConnection $connection -Detailed
$test.Step | Format-Table
Invoke-PgQuery -Connection $connection -Query "SELECT usename, backend_type, application_name FROM pg_stat_activity WHERE usename = 'mary'" |
    Format-Table

Write-Host '4. From an address that was not authorised she is refused, and told what to do.'
# ... and from an address that was not authorised she is refused.
Test-PgConnection $connection -Detailed -SourceAddress 127.0.0.2 | Format-List

Write-Host '5. All of it is removed again.'
Remove-PgInstance -Instance $instance -Confirm:$false
