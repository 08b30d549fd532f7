# Who may do what: the SQL that the clouds leave to their users, on a real PostgreSQL server of this machine. Nothing is left of it at the end.
# Runs alike in PowerShell and on the cmdlet host in tests/: ./build.sh demo access

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../PgCloud.psd1
Connect-PgCloud -Provider Local | Out-Null
$instance = New-PgInstance -Name access
Add-PgAuthorisedIp -Instance $instance -Address 127.0.0.1
$ops = New-PgManagerUser -Instance $instance -Name ops

Write-Host '1. Roles, as in the guides: GRANT pg_signal_backend TO joe, GRANT pg_monitor TO mary.'
$app = $ops | New-PgRole -Name app -Login -Generate
$joe = $ops | New-PgRole -Name joe -Login
$mary = $ops | New-PgRole -Name mary -Login -Generate
$joe | Grant-PgRole -Role pg_signal_backend
$mary | Grant-PgRole -Role pg_monitor
$ops | Get-PgRole | Format-Table

Write-Host '2. A database for app, who is not the manager user, with a schema and a table.'
$orders = $ops | New-PgDatabase -Name orders -Owner app
$asApp = Get-PgConnection -Instance $instance -Credential $app.Credential -Database orders
Invoke-PgQuery -Connection $asApp -Query 'CREATE SCHEMA shop; CREATE TABLE shop.invoice (id int PRIMARY KEY, total numeric)'
Invoke-PgQuery -Connection $asApp -Query 'INSERT INTO shop.invoice VALUES (1, 9.50), (2, 20)'

Write-Host '3. mary shall read everything in it, and what app will make. What would be written?'
$orders | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Owner app -Grantee mary -WhatIf
$orders | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Owner app -Grantee mary -PassThru | Format-Table

Write-Host '4. Once more: nothing is left to do.'
$orders | Grant-PgPrivilege -Preset ReadOnly -Schema shop -Owner app -Grantee mary -PassThru | Format-Table

Write-Host '5. What can mary do in that schema, and why?'
$orders | Get-PgPrivilege -Effective -Grantee mary -Schema shop | Format-Table Privilege, ObjectType, ObjectName, Via

Write-Host '6. She reads a table that was made after the grant.'
Invoke-PgQuery -Connection $asApp -Query 'CREATE TABLE shop.customer AS SELECT 1 AS id, ''Smith'' AS name'
$asMary = Get-PgConnection -Instance $instance -Credential $mary.Credential -Database orders
Invoke-PgQuery -Connection $asMary -Query 'SELECT id, name FROM shop.customer' | Format-Table

Write-Host '7. Her password is reset (ALTER ROLE ... PASSWORD). Only the verifier of the new one went to the server.'
$reset = $ops | Get-PgRole -Name mary | Set-PgRolePassword -Generate -Confirm:$false
$again = Get-PgConnection -Instance $instance -Credential $reset.Credential -Database orders
$test = Test-PgConnection $again -Detailed
$test.Step | Format-Table

Write-Host '8. All of it is removed again.'
Remove-PgInstance -Instance $instance -Confirm:$false
