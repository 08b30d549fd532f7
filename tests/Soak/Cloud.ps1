# SPDX-License-Identifier: MIT
# The soak of one cloud, in a runspace of its own: pipelines in the storm, then the comparison. Writes one report.

param([string] $Cloud, $Emulator, [double] $Minutes, [int] $Seed, [int] $FaultPercent)

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$WarningPreference = 'SilentlyContinue'
. $PSScriptRoot/../Pester/Common.ps1
. $PSScriptRoot/../Pester/Emulator.ps1
. $PSScriptRoot/Steps.ps1
. $PSScriptRoot/SqlSteps.ps1
. $PSScriptRoot/$Cloud.ps1
. $PSScriptRoot/Accounts.ps1

# What the storm of this cloud met: calls, and how many of them went wrong.
function Get-Storm { (Invoke-EmulatorControl $Emulator Get storm).($Cloud.ToLowerInvariant()) }

function Assert-Share($Storm) {
    $share = $FaultPercent / 100
    $expected = $share * $Storm.calls
    if ([Math]::Abs($Storm.met - $expected) -gt 4 * [Math]::Sqrt($expected * (1 - $share))) {
        $flaws.Add("$($Storm.met) of $($Storm.calls) calls went wrong, not $FaultPercent %")
    }
}

$http = [Net.Http.HttpClient]::new()
$crashes = [Collections.Generic.List[object]]::new()
$admins = @{}
$compared = 0
$storm = $null
try {
    $session = Connect-Cloud
    $instances = New-Instance
    foreach ($instance in $instances) {
        $admins[$instance.Id] = $admin = $instance | New-PgManagerUser -Name ops
        $secrets.Add((Get-Secret $admin.Credential))
        Initialize-Sql
    }

    $null = Invoke-EmulatorControl $Emulator Put storm @{ share = $FaultPercent / 100; seed = $Seed; cloud = $Cloud.ToLowerInvariant() }
    $until = [datetime]::UtcNow.AddMinutes($Minutes)
    while ([datetime]::UtcNow -lt $until) {
        $instance = Get-Pick $instances
        $admin = $admins[$instance.Id]
        if ($random.Next(12) -eq 0) {
            # It dies while the next pipelines run.
            $crashes.Add($http.PostAsync("$($Emulator.control)/$stateRoute/$($instance.Id)/crash", $null))
        }
        & (Get-Pick ($cloudSteps + $sqlSteps))
    }

    [void] [Threading.Tasks.Task]::WaitAll($crashes.ToArray(), 60000)
    if ($crashes | Where-Object { -not ($_.IsCompletedSuccessfully -and $_.Result.IsSuccessStatusCode) }) { $flaws.Add('a killed server did not come back') }
    $storm = Get-Storm
    $null = Invoke-EmulatorControl $Emulator Delete "storm?cloud=$($Cloud.ToLowerInvariant())"
    Assert-Share $storm
    Start-Sleep -Seconds 1
    $null = Get-PgInstance | Where-Object Status -NotIn Ready, Removing | Wait-PgInstance -TimeoutSec 60
    Wait-Until { -not (Get-PgInstance | Where-Object Status -EQ Removing) } -TimeoutSec 60
    $compared = Compare-Everything
}
catch {
    $flaws.Add("it ended with $($_.FullyQualifiedErrorId): $_ $($_.ScriptStackTrace)")
}
finally {
    Close-Session
    $http.Dispose()
}

[pscustomobject]@{
    Cloud    = $Cloud
    Rows     = @($counts.Values)
    ErrorIds = $errorIds
    Calls    = [int] $storm.calls
    Met      = [int] $storm.met
    Killed   = $crashes.Count
    Compared = $compared
    Flaws    = $flaws
}
