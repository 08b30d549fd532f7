# A canary password goes through every cmdlet, by its good ways and its bad; then everything that was written anywhere is searched for it.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $work = New-TestDirectory
    # The canaries go by file: an argument or a variable of the environment would be seen by others.
    $canary = 'PgC@nary!' + [guid]::NewGuid().ToString('n').Substring(0, 8)
    $second = 'PgC@nary!' + [guid]::NewGuid().ToString('n').Substring(0, 8)
    Set-Content "$work/canaries" $canary, $second

    # While the instance is made, everything any process shows of itself is noted.
    $watch = @{ Go = $true; Rounds = 0; Seen = [System.Collections.Generic.HashSet[string]]::new() }
    $watcher = Start-ThreadJob -ArgumentList $watch -ScriptBlock {
        param($Watch)
        while ($Watch.Go) {
            foreach ($process in [IO.Directory]::EnumerateDirectories('/proc')) {
                if ([char]::IsDigit($process[6])) {
                    foreach ($file in 'cmdline', 'environ') {
                        try { $null = $Watch.Seen.Add([IO.File]::ReadAllText("$process/$file")) } catch { $null = $_ }
                    }
                }
            }
            $Watch.Rounds++
        }
    }
    Wait-Until { $watch.Rounds } -What 'the watcher'
    $null = New-PgInstance secret
    $watch.Go = $false
    $watcher | Wait-Job -Timeout 60 | Remove-Job -Force
    $instance = Get-PgInstance secret
    $directory = $instance.Detail.Directory
    $superuser = [IO.File]::ReadAllText("$directory/superuser.password").Trim()

    # The server logs all it can.
    Add-Content "$directory/data/postgresql.conf" @'
log_statement = 'all'
log_min_messages = 'debug2'
log_min_error_statement = 'debug1'
log_connections = on
log_parameter_max_length = -1
log_parameter_max_length_on_error = -1
log_error_verbosity = 'verbose'
'@
    $instance | Stop-PgInstance
    $instance | Start-PgInstance

    $child = Invoke-Child -ArgumentList $work -TimeoutSec 300 -Script {
        param($Module, $Work)
        $canary, $second = Get-Content "$Work/canaries"
        Remove-Item "$Work/canaries"
        function Secret($Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
        $null = Start-Transcript "$Work/transcript.txt"
        Import-Module $Module
        $PSDefaultParameterValues = @{ '*-Pg*:Verbose' = $true; '*-Pg*:Debug' = $true; '*-Pg*:Confirm' = $false }
        $DebugPreference = $VerbosePreference = $InformationPreference = 'Continue'
        $everything = [System.Collections.Generic.List[object]]::new()
        $generated = [System.Collections.Generic.List[string]]::new()
        & {
            Connect-PgCloud Local
            Get-PgInstance secret
            Add-PgAuthorisedIp secret 127.0.0.1 -PassThru
            $ops = New-PgManagerUser secret ops -Password (Secret $canary); $ops
            $app = New-PgWriterUser secret app -Password (Secret $canary); $app
            $own = New-PgWriterUser secret own; $own
            $generated.Add($own.Credential.GetNetworkCredential().Password)
            New-PgManagerUser secret ops -Password (Secret $canary)
            $ops = Reset-PgUserPassword secret ops -Password (Secret $second); $ops
            $reset = Reset-PgUserPassword secret own; $reset
            $generated.Add($reset.Credential.GetNetworkCredential().Password)
            Get-PgCloudUser secret
            $connection = Get-PgConnection secret -Credential $ops.Credential; $connection
            Test-PgConnection $connection
            Test-PgConnection $connection -Detailed
            Get-PgConnection secret -Credential ([pscredential]::new('ops', (Secret $canary))) | Test-PgConnection -Detailed
            Invoke-PgQuery 'SELECT @a::text AS a' @{ a = 1 } -Connection $connection
            New-PgRole joe -Login -Password (Secret $canary) -Connection $connection
            New-PgRole joe -Login -Password (Secret $second) -Connection $connection
            Get-PgRole joe -Connection $connection
            Grant-PgRole -Role pg_monitor -Member joe -Connection $connection -PassThru
            Revoke-PgRole -Role pg_monitor -Member joe -Connection $connection -PassThru
            # And by the bad ways.
            Invoke-PgQuery 'SELECT 1' -Connection $app
            Get-PgConnection secret -Credential ([pscredential]::new('ops', (Secret $canary))) | Invoke-PgQuery 'SELECT 1'
            Get-PgConnection secret -Credential ([pscredential]::new('ops', (Secret $second))) -Database nope | Invoke-PgQuery 'SELECT 1'
            Get-PgConnection secret -Credential ([pscredential]::new('ops', (Secret $second))) -TlsMode Disable | Invoke-PgQuery 'SELECT 1'
            Invoke-PgQuery 'SELEC' -Connection $connection
            Invoke-PgQuery 'SELECT @p' @{ p = (Secret $canary) } -Connection $connection
            New-PgRole public -Password (Secret $canary) -Connection $connection
            New-PgRole ('x' * 64) -Password (Secret $canary) -Connection $connection
            New-PgRole pgcloud_admin -Password (Secret $canary) -Connection $app
            New-PgRole denied -Password (Secret $canary) -Connection $app
            New-PgRole ops -Password (Secret $canary) -CreateRole:$false -Connection $app
            New-PgManagerUser secret app -Password (Secret $canary)
            New-PgManagerUser nowhere ops -Password (Secret $canary)
            New-PgManagerUser secret ops -Password $canary
            Reset-PgUserPassword secret nope -Password (Secret $canary)
            Remove-PgRole joe -Connection $connection -PassThru
            Remove-PgCloudUser secret app -PassThru
            Remove-PgAuthorisedIp secret 127.0.0.1 -PassThru
            Invoke-PgQuery 'SELECT 1' -Connection $connection
        } *>&1 | ForEach-Object { $everything.Add($_); $_ }
        $null = Stop-Transcript
        $Error | Format-List * -Force | Out-String -Width 500 | Set-Content "$Work/errors.txt"
        $Error | ForEach-Object { $_.Exception.ToString(); $_.Exception.Data | Out-String; Get-Error -InputObject $_ | Out-String -Width 500 } | Set-Content "$Work/exceptions.txt"
        $objects = $everything
        $objects | ForEach-Object { "$_" } | Set-Content "$Work/strings.txt"
        $objects | Format-List * -Force | Out-String -Width 500 | Set-Content "$Work/lists.txt"
        $objects | Format-Table | Out-String -Width 500 | Set-Content "$Work/tables.txt"
        $objects | Format-Custom -Depth 4 | Out-String -Width 500 | Set-Content "$Work/customs.txt"
        $objects | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.InformationalRecord] } |
            ForEach-Object { ConvertTo-Json -InputObject $_ -Depth 5 -WarningAction Ignore } | Set-Content "$Work/json.txt"
        $objects | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | ConvertTo-Csv -ErrorAction Ignore | Set-Content "$Work/csv.txt"
        Set-Content "$Work/generated" $generated
        "errors: $($Error.Count)"
    }
    $generated = Get-Content "$work/generated"
    Remove-Item "$work/generated"
    $log = [IO.File]::ReadAllText("$directory/server.log")
    $secrets = @($canary, $second) + $generated + $superuser
    # As itself, and as somebody might have encoded it.
    $needles = foreach ($secret in $secrets) {
        $secret
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))
        [Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes($secret)).ToLowerInvariant()
        [uri]::EscapeDataString($secret)
    }

    function Assert-Clean([string] $Text, [string] $Where) {
        $Text | Should -Not -BeNullOrEmpty
        foreach ($needle in $needles) { $Text.Contains($needle) | Should -BeFalse -Because "a password was found in $Where" }
    }
}

AfterAll {
    Exit-PgHome $pgHome
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe 'A password' {
    It 'has been through all of it, by good ways and bad' {
        $child.ExitCode | Should -Be 0
        [int] [regex]::Match($child.Output, 'errors: (\d+)').Groups[1].Value | Should -BeGreaterThan 14
        $secrets.Count | Should -Be 5
        $secrets | ForEach-Object { $_.Length | Should -BeGreaterThan 10 }
        $log | Should -Match 'CREATE ROLE "ops"'
        $log | Should -Match 'SCRAM-SHA-256\$'
    }

    It 'is not in the console, with -Verbose and -Debug' {
        Assert-Clean $child.Output 'the console'
        Assert-Clean $child.Error 'the console'
    }

    It 'is not in the transcript' {
        Assert-Clean (Get-Content "$work/transcript.txt" -Raw) 'the transcript'
    }

    It 'is not in <_>' -ForEach 'errors.txt', 'exceptions.txt', 'strings.txt', 'lists.txt', 'tables.txt', 'customs.txt', 'json.txt', 'csv.txt' {
        Assert-Clean (Get-Content "$work/$_" -Raw) $_
    }

    It 'is not in the server''s log, though it logs every statement' {
        Assert-Clean $log 'the server''s log'
    }

    It 'of the superuser is in no command line and no environment while the instance is made' {
        $watch.Seen.Count | Should -BeGreaterThan 20
        $seen = $watch.Seen -join "`n"
        $seen | Should -Match 'initdb'
        Assert-Clean $seen 'the process table'
    }

    It 'is in no command line and no environment of the server' {
        $shown = foreach ($process in Get-ProcessOf $directory) { [IO.File]::ReadAllText("/proc/$process/cmdline"); [IO.File]::ReadAllText("/proc/$process/environ") }
        Assert-Clean ($shown -join "`n") 'the server''s processes'
    }

    It 'lies in no file of the instance, but for the superuser''s own' {
        foreach ($file in Get-ChildItem $directory -Recurse -File | Where-Object Name -ne 'superuser.password') {
            $bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName))
            foreach ($secret in $secrets) { $bytes.Contains($secret) | Should -BeFalse -Because "a password was found in $file" }
        }
    }

    It 'is in the objects that carry it, for those who ask' {
        $user = New-PgWriterUser secret carried -Password (New-Secret $canary)
        Get-Secret $user.Credential | Should -BeExactly $canary
        Get-Secret $user.Connection.Credential | Should -BeExactly $canary
    }
}
