# Runs Pester files, by default all of this directory, and names what was skipped.
param(
    # Where to write "passed failed skipped".
    [string] $CountsPath,

    # Only says whether Pester is there.
    [switch] $Check,

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$pester = Get-Module Pester -ListAvailable | Where-Object Version -GE 5.3 | Select-Object -First 1 -ExpandProperty Path
if (-not $pester) {
    # Not installed for this pwsh: the package of that name is as good.
    $project = Join-Path $PSScriptRoot PesterPackage.csproj
    if ($Check) { $null = dotnet restore $project -v quiet }
    $package = dotnet msbuild $project -getProperty:PkgPester
    if ($LASTEXITCODE -ne 0 -or -not $package) {
        Write-Output 'Pester did not run: the module Pester 5.3 or newer is not installed for this pwsh, and its package is not to be had.'
        exit 1
    }

    $pester = Join-Path $package tools/Pester.psd1
}

if ($Check) { exit 0 }

Import-Module $pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

$result.Skipped + $result.NotRun | ForEach-Object { "skipped: $($_.ExpandedPath)" }
# A file that does not even run counts as a failed test.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
$counts = "$($result.PassedCount) $failed $($result.SkippedCount + $result.NotRunCount)"
if ($CountsPath) { Set-Content -Path $CountsPath -Value $counts }
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0)
