# SPDX-License-Identifier: MIT
# Runs one pipeline and keeps what it has reported.

$random = [Random]::new($Seed)
$counts = [ordered]@{}
$errorIds = @{}
$flaws = [Collections.Generic.List[string]]::new()
$secrets = [Collections.Generic.List[string]]::new()

# What the cmdlets have reported: for each instance and kind of object, whether a name is there. $null where the last call about it ended in an
# error, after which the help says that it is either so or so.
$belief = @{}

# The passwords of users that were told last; after an error the one before it.
$credentials = @{}
$former = @{}

# Kinds whose errors tell by their area whether a name is there.
$areas = @{ instance = 'Instance'; database = 'Database'; pool = 'Pool'; user = 'User'; role = 'Role' }

function Get-Pick([object[]] $From) { $From[$random.Next($From.Count)] }

# Some of them, one to three.
function Get-Some([object[]] $From) { @($From | Sort-Object { $random.Next() } | Select-Object -First $random.Next(1, 4)) }

# One that may well be there, mostly: else most removals would find nothing.
function Get-Likely([string] $Kind, [string[]] $From) {
    $likely = @($From | Where-Object { $key = Get-Key $Kind $_; $belief.ContainsKey($key) -and $belief[$key] -ne $false })
    Get-Pick ($likely -and $random.Next(5) ? $likely : $From)
}

# Instances are the account's, everything else belongs to one of them.
function Get-Key([string] $Kind, [string] $Name) { "$($Kind -eq 'instance' ? 'account' : $instance.Id)|$Kind|$Name" }

function Set-Belief([string] $Kind, [string[]] $Name, $IsThere) {
    foreach ($one in $Name) { $belief[(Get-Key $Kind $one)] = $IsThere }
}

# Runs a pipeline; what it writes is believed, and of what ends in an error nothing is known any more. What ends without one writes all names.
# With -All what is not named is gone then.
function Invoke-Step([string] $What, [string] $Kind, [string[]] $Name, [bool] $IsThere, [scriptblock] $Pipeline, [string[]] $All) {
    $ErrorActionPreference = 'Continue'
    if (-not $counts.Contains($What)) { $counts[$What] = [pscustomobject]@{ Operation = $What; Done = 0; Errors = 0; Ids = @() } }
    Clear-Credential $Kind $Name
    Set-Belief $Kind ($Name + $All) $null
    $results = @()
    try { $results = @(& $Pipeline 2>&1) }
    catch { $results = @($_) }
    $failures = @($results | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    $results = @($results | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
    Set-Belief $Kind @($results | ForEach-Object { "$_" } | Where-Object { $_ -in $Name }) $IsThere
    Save-Credential $results
    foreach ($failure in $failures) { Read-Failure $What $Kind $Name $failure }
    if ($failures) {
        $counts[$What].Errors++
        return
    }
    $counts[$What].Done++
    if ($All) { Set-Belief $Kind @($All | Where-Object { $_ -notin $Name }) $false }
    $unsaid = @($Name | Where-Object { $_ -notin @($results | ForEach-Object { "$_" }) })
    if ($unsaid) { $flaws.Add("$What`: no error, and nothing about $unsaid") }
}

function Read-Failure([string] $What, [string] $Kind, [string[]] $Name, $Failure) {
    $id = $Failure.FullyQualifiedErrorId.Split(',')[0]
    $errorIds[$id] = 1 + [int] $errorIds[$id]
    $counts[$What].Ids += $id

    # What is not there, and what is there already, is known nevertheless.
    if ($Name.Count -eq 1 -and $areas.ContainsKey($Kind) -and $id -match "^PgCloud\.$($areas[$Kind])\.(NotFound|Exists|NameReclaimable)$") {
        Set-Belief $Kind $Name ($id -like '*.Exists')
    }
    if ($id -notlike 'PgCloud.*' -or $id -eq 'PgCloud.Unexpected') { $flaws.Add("$What`: $id`: $Failure") }
    foreach ($secret in $secrets) {
        if ("$Failure $($Failure.Exception) $($Failure.TargetObject)".Contains($secret)) { $flaws.Add("$What`: a secret is in $id") }
    }
}

# A call that may set a password, or make the user anew, leaves its password unknown until it tells one; perhaps it is what it was.
function Clear-Credential([string] $Kind, [string[]] $Name) {
    foreach ($one in $Name) {
        $key = Get-Key user $one
        if ($credentials[$key] -and ($Kind -eq 'password' -or ($Kind -eq 'user' -and $belief[$key] -ne $true))) {
            $former[$key] = $credentials[$key]
            $credentials.Remove($key)
        }
    }
}

# At IBM Cloud a user that was there is told with the password of its service credential, which may be an old one.
function Save-Credential($Results) {
    foreach ($user in $Results | Where-Object { $_ -is [PgCloud.PgCloudUser] -and $_.Credential -and $_.Change -ne 'Unchanged' }) {
        $credentials[(Get-Key user $user.Name)] = $user
        $secrets.Add((Get-Secret $user.Credential))
    }
}
