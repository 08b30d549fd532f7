# Work on a fleet in parts, as a runbook of Azure Automation (runtime environment PowerShell 7.4, with the module PgCloud in it).
# Make one schedule, and link it to the runbook once for each part with the parameters of that part: Partition 1 and Of 8, Partition 2 and
# Of 8, and so on. The credential assets hold the keys: 'ovh-application' key and secret, 'ovh-consumer' the consumer key as its password.
param(
    [Parameter(Mandatory)] [int] $Partition,
    [Parameter(Mandatory)] [int] $Of,
    [string] $Project = 'orders',
    [string[]] $Address = '203.0.113.7'
)

$ErrorActionPreference = 'Stop'
Import-Module PgCloud
$application = Get-AutomationPSCredential -Name 'ovh-application'
$consumer = Get-AutomationPSCredential -Name 'ovh-consumer'
$null = Connect-PgCloud -Provider Ovh -Project $Project -ApplicationCredential $application -ConsumerKey $consumer.Password

# One instance that fails is in the job's error stream, and the others go on.
Get-PgInstance -Partition $Partition -Of $Of |
    Add-PgAuthorisedIp -Address $Address -Description 'runbook host' -PassThru -Confirm:$false -ErrorAction Continue -ErrorVariable failed |
    Select-Object @{ n = 'Instance'; e = { $_.Instance.Name } }, Cidr, Change

if ($failed) { throw "$($failed.Count) instances of part $Partition of $Of failed." }
