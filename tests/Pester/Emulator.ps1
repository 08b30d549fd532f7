# SPDX-License-Identifier: MIT
# Starts the emulator of both clouds' APIs for a Pester file, and asks it what it saw. Dot-sourced after Common.ps1.

# The emulator's start line: where it is, and credentials that are good for everything. Its clock runs 600 times as fast as the clouds'; with
# -Fast so fast that what is changed is so at the first look, as the pauses between looks are those for the real APIs. Its servers are those of
# a directory of programs, or the ones that the module finds.
function Start-Emulator([switch] $Fast, [string] $Postgres) {
    $program = 'release', 'debug' |
        ForEach-Object { Join-Path $repository "artifacts/bin/PgCloud.Emulator/$_/PgCloud.Emulator.dll" } |
        Where-Object { Test-Path $_ } | Select-Object -First 1
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $words = @($program, '--speed', ($Fast ? 1000000 : 600)) + ($Postgres ? @('--postgres', $Postgres) : @())
    $words | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $emulator = $process.StandardOutput.ReadLine() | ConvertFrom-Json
    $emulator | Add-Member Process $process
    $emulator
}

# Standard input's end is the emulator's; it removes its servers first.
function Stop-Emulator($Emulator) {
    if (-not $Emulator) { return }
    $Emulator.Process.StandardInput.Close()
    if (-not $Emulator.Process.WaitForExit(120000)) { $Emulator.Process.Kill($true) }
    $Emulator.Process.Dispose()
}

function Connect-Emulator($Emulator, $Project = 'Orders') {
    $account = @{
        Provider              = 'Ovh'
        Endpoint              = $Emulator.http
        ApplicationCredential = New-Credential $Emulator.applicationKey $Emulator.applicationSecret
        ConsumerKey           = New-Secret $Emulator.consumerKey
    }
    if ($Project) { $account.Project = $Project }
    Connect-PgCloud @account
}

# Has something happen at the cloud, by a control route of the emulator.
function Invoke-EmulatorControl($Emulator, [string] $Method, [string] $Path, $Body) {
    $content = $null -eq $Body ? @{} : @{ ContentType = 'application/json'; Body = $Body | ConvertTo-Json -Depth 9 }
    Invoke-RestMethod "$($Emulator.control)/$Path" -Method $Method @content
}

# Has the next calls go wrong.
function Set-EmulatorFault($Emulator, [string] $Fault, [string] $Path = '*', [int] $Count = 1, [string] $Method = '*') {
    $null = Invoke-EmulatorControl $Emulator Post faults @{ fault = $Fault; path = $Path; count = $Count; method = $Method }
}
function Clear-EmulatorFault($Emulator) { $null = Invoke-EmulatorControl $Emulator Delete faults }

# Gives a service a status that stays.
function Set-EmulatorStatus($Emulator, [string] $Id, [string] $Status) {
    $null = Invoke-EmulatorControl $Emulator Put "services/$Id" @{ status = $Status }
}

function Reset-EmulatorCall($Emulator) { $null = Invoke-EmulatorControl $Emulator Delete calls }

# How many calls the API had since the last reset.
function Get-EmulatorCall($Emulator, [string] $Method = '*') {
    $seen = Invoke-EmulatorControl $Emulator Get calls
    [int] ($seen.calls | Where-Object method -Like $Method | Measure-Object count -Sum).Sum
}

# Services that are only listed: no server is started for them.
function Add-EmulatorService($Emulator, [int] $Count, [string] $Name) {
    Invoke-EmulatorControl $Emulator Post services @{ count = $Count; description = $Name }
}

# A session to IBM Cloud; the emulator serves each service at a URL of its own.
function Connect-IbmEmulator($Emulator, [string] $ApiKey = $Emulator.ibmApiKey, [hashtable] $With = @{}) {
    Connect-PgCloud Ibm -ApiKey (New-Secret $ApiKey) -Region ca-mon -ServiceUrl (Get-IbmServiceUrl $Emulator) @With
}

function Get-IbmServiceUrl($Emulator) {
    @{
        Iam = $Emulator.ibmIam; ResourceController = $Emulator.ibmResourceController; ResourceManager = $Emulator.ibmResourceManager
        GlobalCatalog = $Emulator.ibmGlobalCatalog; GlobalTagging = $Emulator.ibmTagging
        ContextBasedRestrictions = $Emulator.ibmContextBasedRestrictions
    }
}

# Something befalls IBM Cloud: a fault, a passcode, an instance without a server, by a control route.
function Set-IbmEmulator($Emulator, [string] $Route, $Body, [string] $Method = 'Post') {
    Invoke-EmulatorControl $Emulator $Method $Route $Body
}
