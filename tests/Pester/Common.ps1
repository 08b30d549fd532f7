# What the Pester files share. Each dot-sources it in BeforeAll, calls Enter-PgHome there and Exit-PgHome in AfterAll.

$repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$modulePath = Join-Path $repository 'PgCloud.psd1'
$pwsh = $env:PGCLOUD_PWSH ?? (Get-Process -Id $PID).Path
Import-Module $modulePath -ErrorAction Stop

# What goes wrong in a test ends it, however the file is run.
$ErrorActionPreference = 'Stop'

# The newest server programs that the system itself has, and their version.
$systemBinaries = Get-ChildItem /usr/lib/postgresql/*/bin -ErrorAction Ignore | Sort-Object { [int] $_.Parent.Name } | Select-Object -Last 1 | ForEach-Object FullName
$systemMajor = [int] (($systemBinaries ?? '0') -replace '\D')

# The directory of the server programs of a version; $null where this machine has none.
function Get-ServerBinary([int] $Major) {
    "/usr/lib/postgresql/$Major/bin", (Join-Path $repository "tests/servers/node_modules/postgresql-$Major/native/bin") |
        Where-Object { Test-Path (Join-Path $_ 'initdb') } |
        Select-Object -First 1
}

# A directory that the server's account may enter.
function New-TestDirectory {
    $path = Join-Path ([IO.Path]::GetTempPath()) "pgcloud-pester-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
    $null = New-Item $path -ItemType Directory
    if (-not $IsWindows) { [IO.File]::SetUnixFileMode($path, 493) } # 0755
    $path
}

# A state directory of the file's own, with a session to it.
function Enter-PgHome {
    $path = New-TestDirectory
    $script:homeBefore = $env:PGCLOUD_HOME
    $env:PGCLOUD_HOME = $path
    $null = Connect-PgCloud -Provider Local
    $path
}

# Removes every instance, ends what would outlive that, and leaves nothing behind.
function Exit-PgHome([string] $Path) {
    if (-not $Path) { return }
    try {
        $session = Connect-PgCloud -Provider Local -StateDirectory $Path
        Get-PgInstance -Session $session | Remove-PgInstance -Confirm:$false
    }
    finally {
        Get-ProcessOf $Path | ForEach-Object { Stop-Process -Id $_ -Force -ErrorAction Ignore }
        Remove-Item $Path -Recurse -Force -ErrorAction Ignore
        Close-Session
        $env:PGCLOUD_HOME = $script:homeBefore
    }
}

function Close-Session { @(Get-PgCloudSession) | Disconnect-PgCloud }

# The ids of the processes whose command line names something below a path: servers, initdb, pg_ctl.
function Get-ProcessOf([string] $Path) {
    foreach ($directory in [IO.Directory]::EnumerateDirectories('/proc')) {
        $id = 0
        if ([int]::TryParse([IO.Path]::GetFileName($directory), [ref] $id) -and $id -ne $PID) {
            try {
                if ([IO.File]::ReadAllText("$directory/cmdline").Contains($Path)) { $id }
            }
            catch [IO.IOException], [UnauthorizedAccessException] {
                # It has ended.
            }
        }
    }
}

# The error records that a script writes or throws.
function Get-Problem([scriptblock] $Script) {
    $ErrorActionPreference = 'Continue'
    $ConfirmPreference = 'None'
    try {
        & $Script 2>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
    }
    catch {
        $_
    }
}

# Asserts that there is exactly one error, and everything that a runbook relies on in it.
function Assert-Problem($Problem, [string] $Id, [System.Management.Automation.ErrorCategory] $Category, $Target, [string] $Message) {
    $all = @($Problem | Where-Object { $_ })
    $all.Count | Should -Be 1 -Because "one error was expected, not: $($all -join ' | ')"
    $one = $all[0]
    $one.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly $Id -Because "the message is: $one"
    $one.CategoryInfo.Category | Should -Be $Category
    if ($PSBoundParameters.ContainsKey('Target')) {
        if ($null -eq $Target) { $one.TargetObject | Should -BeNullOrEmpty }
        else { "$($one.TargetObject)" | Should -BeExactly "$Target" }
    }
    if ($Message) { "$one" | Should -Match $Message }
    $one.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
}

# Runs a script in a PowerShell process of its own; the module's path is its first argument. Its output is text; a child that answers with
# ConvertTo-Json is read with .Json().
function Invoke-Child {
    param(
        [scriptblock] $Script,
        [string[]] $ArgumentList = @(),
        [string[]] $Prefix = @(),
        [hashtable] $Environment = @{},
        [int] $TimeoutSec = 180
    )
    $child = Start-Child $Script $ArgumentList $Prefix $Environment
    Wait-Child $child $TimeoutSec
}

function Start-Child([scriptblock] $Script, [string[]] $ArgumentList = @(), [string[]] $Prefix = @(), [hashtable] $Environment = @{}) {
    $file = Join-Path ([IO.Path]::GetTempPath()) "pgcloud-pester-$([guid]::NewGuid().ToString('n').Substring(0, 12)).ps1"
    Set-Content -Path $file -Value $Script.ToString()
    $words = $Prefix + @($pwsh, '-NoProfile', '-NonInteractive', '-File', $file, $modulePath) + $ArgumentList
    $start = [Diagnostics.ProcessStartInfo]::new($words[0])
    $words | Select-Object -Skip 1 | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.WorkingDirectory = [IO.Path]::GetTempPath()
    $start.Environment['POWERSHELL_TELEMETRY_OPTOUT'] = '1'
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    [pscustomobject]@{
        Process = $process
        File    = $file
        Output  = $process.StandardOutput.ReadToEndAsync()
        Error   = $process.StandardError.ReadToEndAsync()
    }
}

function Wait-Child($Child, [int] $TimeoutSec = 180) {
    try {
        # The wait is for the pipes too: a server that kept one open would hang a caller.
        $ended = $Child.Process.WaitForExit($TimeoutSec * 1000) -and
            [Threading.Tasks.Task]::WaitAll(@($Child.Output, $Child.Error), 30000)
        if (-not $ended) {
            $Child.Process.Kill($true)
            throw "The child process did not end, or something it started holds its output, after $TimeoutSec s."
        }
    }
    finally {
        Remove-Item $Child.File -ErrorAction Ignore
    }
    $result = [pscustomobject]@{
        ExitCode = $Child.Process.ExitCode
        Output   = $Child.Output.Result
        Error    = $Child.Error.Result
    }
    $result | Add-Member Json -MemberType ScriptMethod -Value {
        if (-not $this.Output.Trim()) { throw "The child wrote nothing, but: $($this.Error)" }
        try { $this.Output | ConvertFrom-Json }
        catch { throw "The child did not answer in JSON: $($this.Output) $($this.Error)" }
    }
    $result
}

# A pipeline in a runspace of its own that is begun and can be stopped, as Ctrl+C does.
function Start-Pipeline([string] $Text, [hashtable] $Variable = @{}) {
    $state = [initialsessionstate]::CreateDefault2()
    $null = $state.ImportPSModule($modulePath)
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    foreach ($name in $Variable.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variable[$name]) }
    $shell = [powershell]::Create($runspace)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $nothing.Complete()
    $handle = $shell.AddScript($Text).BeginInvoke($nothing, $output)
    [pscustomobject]@{ Shell = $shell; Runspace = $runspace; Handle = $handle; Output = $output }
}

# Waits for the end of such a pipeline.
function Wait-Pipeline($Pipeline, [int] $TimeoutSec = 180) {
    if (-not $Pipeline.Handle.AsyncWaitHandle.WaitOne($TimeoutSec * 1000)) {
        throw "The pipeline did not end within $TimeoutSec s."
    }
    try { $Pipeline.Shell.EndInvoke($Pipeline.Handle) }
    catch [System.Management.Automation.PipelineStoppedException] {
        # That is what was asked for.
    }
}

function Close-Pipeline($Pipeline) {
    if ($Pipeline) {
        $Pipeline.Shell.Dispose()
        $Pipeline.Runspace.Dispose()
    }
}

# Asks again and again until it is so.
function Wait-Until([scriptblock] $Condition, [int] $TimeoutSec = 120, [string] $What = 'what was waited for') {
    $until = [datetime]::UtcNow.AddSeconds($TimeoutSec)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $until) { throw "$What did not come about within $TimeoutSec s." }
        Start-Sleep -Milliseconds 20
    }
}

# What is offered at the end of a line: values and names of parameters, as objects and as texts.
function Get-Completion([string] $Line) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, @{}).CompletionMatches |
        Where-Object ResultType -In ParameterValue, ParameterName
}
function Get-Offer([string] $Line) { @(Get-Completion $Line).CompletionText }

function New-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

function New-Credential([string] $UserName, [string] $Password) { [pscredential]::new($UserName, (New-Secret $Password)) }

function Get-Secret([pscredential] $Credential) { $Credential.GetNetworkCredential().Password }

# A directory of server programs that are scripts: by default they hand on to the real ones of the system.
function New-FakeBinary([string] $Path, [hashtable] $Script = @{}) {
    $null = New-Item $Path -ItemType Directory -Force
    foreach ($program in 'initdb', 'pg_ctl', 'postgres') {
        $text = $Script.ContainsKey($program) ? $Script[$program] : "exec $systemBinaries/$program `"`$@`""
        $file = Join-Path $Path $program
        [IO.File]::WriteAllText($file, "#!/bin/sh`n$text`n")
        [IO.File]::SetUnixFileMode($file, 493) # 0755
    }
    $Path
}

# psql of this machine, over verified TLS as any other client would come.
function Invoke-Psql($Instance, [string] $UserName, [string] $Password, [string] $Query = 'SELECT current_user', [string] $HostName = '127.0.0.1') {
    $ca = Join-Path ([IO.Path]::GetTempPath()) "pgcloud-pester-$([guid]::NewGuid().ToString('n').Substring(0, 12)).crt"
    Set-Content $ca $Instance.CaCertificate
    $before = $env:PGPASSWORD, $env:PGSSLMODE, $env:PGSSLROOTCERT
    $env:PGPASSWORD, $env:PGSSLMODE, $env:PGSSLROOTCERT = $Password, 'verify-full', $ca
    try {
        $text = & psql -X -A -t -w -h $HostName -p $Instance.Port -U $UserName -d defaultdb -c $Query 2>&1 | Out-String
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $text.Trim() }
    }
    finally {
        $env:PGPASSWORD, $env:PGSSLMODE, $env:PGSSLROOTCERT = $before
        Remove-Item $ca
    }
}

# The same connection with something else about it.
function Copy-Connection([PgCloud.PgConnection] $Connection, [hashtable] $With = @{}) {
    $values = @{}
    foreach ($name in 'HostName', 'Port', 'Database', 'UserName', 'Credential', 'TlsMode', 'CaCertificate', 'Instance') {
        $values[$name] = $With.ContainsKey($name) ? $With[$name] : $Connection.$name
    }
    [PgCloud.PgConnection] $values
}
