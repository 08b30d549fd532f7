# SPDX-License-Identifier: MIT
# Starts the emulator of both clouds' APIs for a Pester file, and asks it what it saw. Dot-sourced after Common.ps1.

# The emulator's start line: where it is, and credentials that are good for everything. Its clock runs so many times as fast; its servers are
# those of a directory of programs, or the ones that the module finds.
function Start-Emulator([double] $Speed = 600, [string] $Postgres) {
    $program = 'release', 'debug' |
        ForEach-Object { Join-Path $repository "artifacts/bin/PgCloud.Emulator/$_/PgCloud.Emulator.dll" } |
        Where-Object { Test-Path $_ } | Select-Object -First 1
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $words = @($program, '--speed', $Speed.ToString([cultureinfo]::InvariantCulture)) + ($Postgres ? @('--postgres', $Postgres) : @())
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
    if (-not $Emulator.Process.WaitForExit(30000)) { $Emulator.Process.Kill($true) }
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

function Reset-EmulatorCall($Emulator) { $null = Invoke-RestMethod "$($Emulator.control)/calls" -Method Delete }

# How many calls the API had since the last reset.
function Get-EmulatorCall($Emulator, [string] $Method = '*') {
    $seen = Invoke-RestMethod "$($Emulator.control)/calls"
    [int] ($seen.calls | Where-Object method -Like $Method | Measure-Object count -Sum).Sum
}

# Services that are only listed: no server is started for them.
function Add-EmulatorService($Emulator, [int] $Count, [string] $Name) {
    Invoke-RestMethod "$($Emulator.control)/services" -Method Post -ContentType application/json -Body (@{ count = $Count; description = $Name } | ConvertTo-Json)
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
    $content = $null -eq $Body ? @{} : @{ Body = $Body | ConvertTo-Json -Depth 9; ContentType = 'application/json' }
    Invoke-RestMethod "$($Emulator.control)/$Route" -Method $Method @content
}
