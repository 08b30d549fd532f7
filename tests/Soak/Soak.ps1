# SPDX-License-Identifier: MIT
# Random pipelines against the emulator of both clouds, side by side, while a share of all calls goes wrong and PostgreSQL servers are killed. At
# the end what the emulator has, what the servers have, what Get- cmdlets list and what the cmdlets have reported must be the same. The seed,
# which is printed first, chooses the pipelines; how they interleave with crashes is for the machine.

param(
    # How long.
    [double] $Minutes = 10,
    # Which pipelines; without it another one each time.
    [int] $Seed = (Get-Random -Maximum 100000),
    # How many of a hundred calls go wrong.
    [int] $FaultPercent = 20,
    # Which clouds.
    [ValidateSet('Ovh', 'Ibm')]
    [string[]] $Cloud = @('Ovh', 'Ibm'),
    # A Markdown file for the summary.
    [string] $DocumentPath
)

$ErrorActionPreference = 'Stop'
. $PSScriptRoot/../Pester/Common.ps1
. $PSScriptRoot/../Pester/Emulator.ps1
. $PSScriptRoot/Summary.ps1
Write-Host "Soak: seed $Seed, $Minutes min, faults on $FaultPercent % of the calls."

$emulator = Start-Emulator
try {
    $how = @{ Emulator = $emulator; Minutes = $Minutes; Seed = $Seed; FaultPercent = $FaultPercent }
    $script = "$PSScriptRoot/Cloud.ps1"
    $reports = @($Cloud | ForEach-Object -Parallel {
            $arguments = $using:how
            & $using:script -Cloud $_ @arguments
        } | Sort-Object { [array]::IndexOf($Cloud, $_.Cloud) })
}
finally {
    Stop-Emulator $emulator
}

$flaws = @($reports | ForEach-Object { $report = $_; $report.Flaws | ForEach-Object { "$($report.Cloud): $_" } })
$flaws += @($Cloud | Where-Object { $_ -notin $reports.Cloud } | ForEach-Object { "$_`: it ended without a report" })
$summary = Get-Summary $reports $flaws.Count
$summary | Write-Host
$flaws | ForEach-Object { Write-Host "WRONG $_" }
if ($DocumentPath) { Set-Content $DocumentPath ((Get-Introduction $Seed $Minutes $FaultPercent) + $summary) }
exit ($flaws ? 1 : 0)
