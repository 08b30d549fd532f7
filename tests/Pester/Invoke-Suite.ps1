# Runs all Pester files of this directory and names what was skipped.
param([string] $CountsPath)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.3)) {
    Write-Output 'Pester did not run: the module Pester 5.3 or newer is not installed for this pwsh.'
    if ($CountsPath) { Set-Content -Path $CountsPath -Value '0 0 0' }
    exit 0
}

Import-Module Pester -MinimumVersion 5.3
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

$result.Skipped + $result.NotRun | ForEach-Object { "skipped: $($_.ExpandedPath)" }
# A file that does not even run counts as a failed test.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
if ($CountsPath) {
    Set-Content -Path $CountsPath -Value "$($result.PassedCount) $failed $($result.SkippedCount + $result.NotRunCount)"
}

"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0)
