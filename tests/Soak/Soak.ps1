# SPDX-License-Identifier: MIT
# Random pipelines against the emulator while a share of all calls goes wrong and PostgreSQL servers are killed. At the end what the emulator has,
# what the servers have, what Get- cmdlets list and what the cmdlets have reported must be the same. The seed, which is printed first, chooses the
# pipelines; how they interleave with crashes is for the machine.

param(
    # How long.
    [double] $Minutes = 10,
    # Which pipelines; without it another one each time.
    [int] $Seed = (Get-Random -Maximum 100000),
    # How many of a hundred calls go wrong.
    [int] $FaultPercent = 20,
    # A Markdown file for the summary.
    [string] $DocumentPath
)

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
. $PSScriptRoot/../Pester/Common.ps1
. $PSScriptRoot/../Pester/Emulator.ps1
Write-Host "Soak: seed $Seed, $Minutes min, faults on $FaultPercent % of the calls."

$random = [Random]::new($Seed)
$http = [Net.Http.HttpClient]::new()
$crashes = [Collections.Generic.List[object]]::new()
$counts = [ordered]@{}
$errorIds = @{}
$flaws = [Collections.Generic.List[string]]::new()

# What the cmdlets have reported: for each instance and kind of object, whether a name is there. $null where the last call about it ended in an
# error, after which the help says that it is either so or so.
$belief = @{}

function Get-Pick([object[]] $From) { $From[$random.Next($From.Count)] }

# Some names of a kind, one to three of them.
function Get-Name([string] $Stem, [int] $Most) {
    $all = 1..$Most | ForEach-Object { "$Stem$_" }
    @($all | Sort-Object { $random.Next() } | Select-Object -First $random.Next(1, 4))
}

function Set-Belief($Instance, [string] $Kind, [string[]] $Name, $Value) {
    foreach ($one in $Name) { $belief["$($Instance.Id)|$Kind|$one"] = $Value }
}

# Runs a pipeline; what it writes is believed, and of what ends in an error nothing is known any more.
function Invoke-Step([string] $What, $Instance, [string] $Kind, [string[]] $Name, [bool] $IsThere, [scriptblock] $Pipeline) {
    if (-not $counts.Contains($What)) { $counts[$What] = [pscustomobject]@{ Operation = $What; Done = 0; Errors = 0 } }
    Set-Belief $Instance $Kind $Name $null
    $failures = @()
    try {
        $written = @(& $Pipeline -ErrorAction Continue 2>&1)
        $failures = @($written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $results = @($written | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        Set-Belief $Instance $Kind @($results | ForEach-Object { "$_" } | Where-Object { $_ -in $Name }) $IsThere
    }
    catch {
        $failures = @($_)
    }
    foreach ($failure in $failures) {
        $id = $failure.FullyQualifiedErrorId.Split(',')[0]
        $errorIds[$id] = 1 + [int] $errorIds[$id]

        # What is not there, and what is there already, is known nevertheless.
        if ($Name.Count -eq 1 -and $id -match '^PgCloud\.(Instance|Database|Pool|User|Role)\.(NotFound|Exists)$') {
            Set-Belief $Instance $Kind $Name ($id -like '*.Exists')
        }
        if ($id -notlike 'PgCloud.*' -or $id -eq 'PgCloud.Unexpected') { $flaws.Add("$What`: $id`: $failure") }
        foreach ($secret in $secrets) {
            if ("$failure $($failure.Exception) $($failure.TargetObject)".Contains($secret)) { $flaws.Add("$What`: a secret is in $id") }
        }
    }
    if ($failures) { $counts[$What].Errors++ } else { $counts[$What].Done++ }
}

# What is listed, asked for until there is an answer.
function Get-Sure([scriptblock] $Query) {
    for ($try = 1; ; $try++) {
        try { return @(& $Query) }
        catch {
            # No variable of its own: the query would see it.
            if ($_.FullyQualifiedErrorId -notlike 'PgCloud.*' -or $try -ge 20) { throw }
        }
    }
}

$emulator = Start-Emulator
$secrets = $emulator.applicationSecret, $emulator.consumerKey, $emulator.clientSecret
try {
    $session = Connect-PgCloud Ovh -Endpoint $emulator.http -TokenUrl $emulator.tokenUrl -Project Orders `
        -ClientCredential (New-Credential $emulator.clientId $emulator.clientSecret)
    $instances = @('north', 'south' | New-PgInstance -Region GRA -Plan essential -AuthorisedIp 127.0.0.1 -Wait)
    $admins = @{}
    foreach ($instance in $instances) {
        $admins[$instance.Id] = $instance | New-PgManagerUser -Name ops
        $secrets += Get-Secret $admins[$instance.Id].Credential
    }

    $null = Invoke-EmulatorControl $emulator Put storm @{ share = $FaultPercent / 100; seed = $Seed }
    $until = [datetime]::UtcNow.AddMinutes($Minutes)
    while ([datetime]::UtcNow -lt $until) {
        $instance = Get-Pick $instances
        $admin = $admins[$instance.Id]
        if ($random.Next(12) -eq 0) {
            # It dies while the next pipelines run.
            $crashes.Add($http.PostAsync("$($emulator.control)/services/$($instance.Id)/crash", $null))
        }
        switch ($random.Next(14)) {
            0 { $n = Get-Name '203.0.113.' 6; Invoke-Step Add-PgAuthorisedIp $instance ip @($n | ForEach-Object { "$_/32" }) $true { Add-PgAuthorisedIp $instance -Address $n } }
            1 { $n = Get-Name '203.0.113.' 6; Invoke-Step Remove-PgAuthorisedIp $instance ip @($n | ForEach-Object { "$_/32" }) $false { Remove-PgAuthorisedIp $instance -Address $n -PassThru } }
            2 { $n = Get-Name base 4; Invoke-Step New-PgCloudDatabase $instance database $n $true { New-PgCloudDatabase $instance -Name $n } }
            3 { $n = @(Get-Name base 4)[0]; Invoke-Step Remove-PgCloudDatabase $instance database $n $false { Remove-PgCloudDatabase $instance -Name $n -PassThru } }
            4 { $n = @(Get-Name pool 3)[0]; Invoke-Step New-PgConnectionPool $instance pool $n $true { New-PgConnectionPool $instance -Name $n -Database defaultdb -Mode Transaction -Size 2 } }
            5 { $n = @(Get-Name pool 3)[0]; Invoke-Step Remove-PgConnectionPool $instance pool $n $false { Remove-PgConnectionPool $instance -Name $n -PassThru } }
            6 { $n = Get-Name writer 3; Invoke-Step New-PgWriterUser $instance user $n $true { New-PgWriterUser $instance -Name $n -AdminCredential $admin.Credential } }
            7 { $n = @(Get-Name writer 3)[0]; Invoke-Step Remove-PgCloudUser $instance user $n $false { Remove-PgCloudUser $instance -Name $n -PassThru } }
            8 { $n = Get-Name soak_ 5; Invoke-Step New-PgRole $instance role $n $true { New-PgRole $n -Connection $admin } }
            9 { $n = @(Get-Name soak_ 5)[0]; Invoke-Step Remove-PgRole $instance role $n $false { Remove-PgRole $n -Connection $admin -PassThru } }
            10 {
                $n = @(Get-Name soak_ 5)[0]
                Invoke-Step 'New-PgRole | Grant-PgRole' $instance role $n $true { New-PgRole $n -Connection $admin | Grant-PgRole -Role pg_monitor -PassThru -Connection $admin | ForEach-Object Member }
            }
            11 {
                # Whether there is none of the name now, one that is being made, or one that is ready: there is never a second.
                $n = @(Get-Name extra 2)[0]
                $nothing = [pscustomobject]@{ Id = 'project' }
                Invoke-Step New-PgInstance $nothing instance $n $true { New-PgInstance $n -Region GRA -Plan essential }
            }
            12 { $n = @(Get-Name extra 2)[0]; Invoke-Step Remove-PgInstance ([pscustomobject]@{ Id = 'project' }) instance $n $false { Remove-PgInstance $n -PassThru } }
            13 {
                $name = $instance.Name
                Invoke-Step Set-PgInstance $instance setting time $true { $null = Set-PgInstance $instance -BackupTime ('{0:00}:00' -f $random.Next(24)) }
            }
        }
        $instances = @($instances | ForEach-Object { $id = $_.Id; $(Get-Sure { Get-PgInstance $id })[0] })
    }

    [void] [Threading.Tasks.Task]::WaitAll($crashes.ToArray(), 60000)
    $storm = Invoke-EmulatorControl $emulator Get storm
    Clear-EmulatorFault $emulator
    Start-Sleep -Seconds 1
    $null = Get-PgInstance | Where-Object Status -NotIn Ready, Removing | Wait-PgInstance -TimeoutSec 60
    Wait-Until { -not (Get-PgInstance | Where-Object Status -EQ Removing) } -TimeoutSec 60

    # The four accounts of it.
    $have = Invoke-EmulatorControl $emulator Get services
    $listed = @(Get-PgInstance)
    function Compare-Account([string] $What, [object[]] $One, [object[]] $Other) {
        $difference = @(Compare-Object @($One | Where-Object { $_ }) @($Other | Where-Object { $_ }) -CaseSensitive)
        if ($difference) { $flaws.Add("$What`: $(($difference | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }) -join ', ')") }
    }
    Compare-Account 'instances, listed and there' $listed.Name $have.name
    foreach ($name in 'extra1', 'extra2') {
        if (@($have.name -eq $name).Count -gt 1) { $flaws.Add("there are several $name") }
        $believed = $belief["project|instance|$name"]
        if ($null -ne $believed -and $believed -ne ($name -in $have.name)) { $flaws.Add("$name was reported as $($believed ? 'there' : 'gone')") }
    }
    $known = 0
    foreach ($instance in $instances) {
        $its = $have | Where-Object id -EQ $instance.Id
        $admin = $admins[$instance.Id]
        $roles = @(Get-PgRole -Connection $admin | Where-Object Name -NotMatch '^(pg_|_)' | ForEach-Object Name)
        Compare-Account "$($instance.Name): addresses, listed and there" @(Get-PgAuthorisedIp $instance).Cidr $its.ips
        Compare-Account "$($instance.Name): users, listed and there" @(Get-PgCloudUser $instance).Name $its.users
        Compare-Account "$($instance.Name): users, there and in the server" @($its.users -like 'writer*') @($its.roles -like 'writer*')
        Compare-Account "$($instance.Name): databases, listed and there" @(Get-PgCloudDatabase $instance).Name $its.databases
        Compare-Account "$($instance.Name): databases, there and in the server" @($its.databases -like 'base*') @($its.serverDatabases -like 'base*')
        Compare-Account "$($instance.Name): pools, listed and there" @(Get-PgConnectionPool $instance | ForEach-Object { "$($_.Name) $($_.Size)" }) $its.pools
        Compare-Account "$($instance.Name): roles, listed and in the server" $roles $its.roles
        $members = @(Get-PgRoleMember -Connection $admin | Where-Object Member -Like 'soak_*' | ForEach-Object { "$($_.Role) $($_.Member)" } | Sort-Object -Unique)
        Compare-Account "$($instance.Name): memberships, listed and in the server" $members $its.members
        $present = @{
            ip = $its.ips; database = $its.serverDatabases; pool = @($its.pools | ForEach-Object { "$_".Split(' ')[0] }); user = $its.roles; role = $its.roles
        }
        foreach ($key in @($belief.Keys | Where-Object { $_.StartsWith("$($instance.Id)|") -and $null -ne $belief[$_] })) {
            $kind, $name = $key.Split('|')[1, 2]
            if (-not $present.ContainsKey($kind)) { continue }
            $known++
            if ($belief[$key] -ne ($name -in $present[$kind])) {
                $flaws.Add("$($instance.Name): $kind $name was reported as $($belief[$key] ? 'there' : 'gone'), and is not")
            }
        }
    }

    $rows = @($counts.Values)
    $lines = @(
        "Seed $Seed, $Minutes minutes, $FaultPercent % of the calls: $(($rows | Measure-Object Done, Errors -Sum | Measure-Object Sum -Sum).Sum) pipelines, $($storm.met) faults met, $($crashes.Count) servers killed."
        ''
        '| Pipeline | Done | Ended in an error |', '|---|---|---|'
        $rows | Sort-Object Operation | ForEach-Object { "| ``$($_.Operation.Replace('|', '\|'))`` | $($_.Done) | $($_.Errors) |" }
        ''
        '| Error | Times |', '|---|---|'
        $errorIds.GetEnumerator() | Sort-Object Value -Descending | ForEach-Object { "| ``$($_.Key)`` | $($_.Value) |" }
        ''
        "At the end $known objects that the cmdlets had reported last as there or gone were compared with the servers and the API: $($flaws.Count) differences."
    )
    $lines | Write-Host
    $flaws | ForEach-Object { Write-Host "WRONG $_" }
    if ($DocumentPath) {
        $head = @(
            '# Chaos soak', ''
            'Random pipelines against the emulator of OVHcloud''s API, each of whose instances is a real PostgreSQL, while a share of all calls goes wrong (429,'
            '5xx with and without the call being done, cut connections, broken and empty answers, pages of a proxy, ended tokens) and servers are killed. At the'
            'end the emulator''s state, the servers'' catalogs, what the `Get-` cmdlets list and what the cmdlets reported are compared. `./build.sh soak --minutes 10`'
            'runs it; CI runs two minutes.', ''
        )
        Set-Content $DocumentPath ($head + $lines)
    }
}
finally {
    Close-Session
    Stop-Emulator $emulator
    $http.Dispose()
}
exit ($flaws.Count -gt 0 ? 1 : 0)
