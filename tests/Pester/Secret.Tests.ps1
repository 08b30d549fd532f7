# SPDX-License-Identifier: MIT
# Canaries, passwords and the credentials of both clouds, go through every cmdlet of the module, by good ways and bad, against the emulator and
# a real server that logs every statement; then everything that was written anywhere is searched for them. Secrets.Tests.ps1 does the same for
# the making of a local instance.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $work = New-TestDirectory
    $temp = New-Item (Join-Path $work temp) -ItemType Directory
    [IO.File]::SetUnixFileMode($temp.FullName, 511) # 0777
    $state = New-TestDirectory
    $emulator = Start-Emulator -Fast
    $canary = 'PgC@nary!' + [guid]::NewGuid().ToString('n').Substring(0, 8)
    $second = 'PgC@nary!' + [guid]::NewGuid().ToString('n').Substring(0, 8)
    $third = 'PgCanary' + [guid]::NewGuid().ToString('n')
    # An API that answers with what it was sent: the body and then the head, in the words of either cloud, or as a page.
    $echo = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $echo.Start()
    $echoing = [powershell]::Create().AddScript({
        param($Listener)
        while ($true) {
            try { $client = $Listener.AcceptTcpClient() } catch { break }
            try {
                $client.ReceiveTimeout = 5000
                $stream = $client.GetStream()
                $buffer = [byte[]]::new(65536)
                $text = ''
                do {
                    $count = $stream.Read($buffer, 0, $buffer.Length)
                    $text += [Text.Encoding]::UTF8.GetString($buffer, 0, $count)
                    $end = $text.IndexOf("`r`n`r`n")
                    $length = $text -match '(?i)content-length: (\d+)' ? [int] $Matches[1] : 0
                } while ($count -and ($end -lt 0 -or $text.Length -lt $end + 4 + $length))
                $isTime = $text -match '^GET \S+/auth/time'
                $said = "$($text.Substring($end + 4)) $($text.Substring(0, $end) -replace '(?m)^(GET|POST|Host|X-Pagination|Pragma|User-Agent|Accept).*\r?\n')"
                $words = @{ class = 'Client::BadRequest'; message = $said; error = $said; errorMessage = $said; error_description = $said; errors = @(@{ code = 'bad'; message = $said }) }
                $body = $isTime ? "$([DateTimeOffset]::UtcNow.ToUnixTimeSeconds())" : $text -match '^\S+ /page' ? "<html><title>$said</title></html>" : ($words | ConvertTo-Json)
                $answer = "HTTP/1.1 $($isTime ? '200 OK' : '400 Bad Request')`r`nContent-Length: $([Text.Encoding]::UTF8.GetByteCount($body))`r`nConnection: close`r`n`r`n$body"
                $stream.Write([Text.Encoding]::UTF8.GetBytes($answer))
            }
            catch { $null = $_ }
            finally { $client.Dispose() }
        }
    }).AddArgument($echo)
    $null = $echoing.BeginInvoke()
    @{
        echo = "http://127.0.0.1:$($echo.LocalEndpoint.Port)"
        canary = $canary; second = $second; api = $emulator.http; http = $emulator.http; applicationKey = $emulator.applicationKey
        applicationSecret = $emulator.applicationSecret; consumerKey = $emulator.consumerKey; clientId = $emulator.clientId
        clientSecret = $emulator.clientSecret; tokenUrl = $emulator.tokenUrl; accessToken = $emulator.accessToken; apiKey = $emulator.ibmApiKey
        serviceUrl = Get-IbmServiceUrl $emulator; control = $emulator.control
        # Answers with a password in them that cannot be read.
        fault = 'broken-json', 'type', 'cut-body' | ForEach-Object { @{ fault = $_; path = '*resource_keys*'; method = 'POST'; count = 1 } | ConvertTo-Json -Compress }
    } | ConvertTo-Json | Set-Content "$work/given.json"

    $script = {
        param($Module, $Work, $State)
        $given = Get-Content "$Work/given.json" -Raw | ConvertFrom-Json
        Remove-Item "$Work/given.json"
        function Secret($Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
        function Credential($Name, $Text) { [pscredential]::new($Name, (Secret $Text)) }
        $null = Start-Transcript "$Work/transcript.txt"
        Import-Module $Module
        $PSDefaultParameterValues = @{ '*-Pg*:Verbose' = $true; '*-Pg*:Debug' = $true; '*-Pg*:Confirm' = $false }
        $DebugPreference = $VerbosePreference = $InformationPreference = 'Continue'
        $everything = [Collections.Generic.List[object]]::new()
        $generated = [Collections.Generic.List[string]]::new()
        function Note($Object) { foreach ($one in $Object) { if ($one.Credential) { $generated.Add($one.Credential.GetNetworkCredential().Password) }; $one } }
        & {
            $canary, $second = $given.canary, $given.second
            # The clouds, by each kind of credential, and by bad ones that the API echoes.
            $application = Credential $given.applicationKey $given.applicationSecret
            Connect-PgCloud Ovh -Endpoint $given.http -Project Orders -ApplicationCredential $application -ConsumerKey (Secret $canary)
            Connect-PgCloud Ovh -Endpoint $given.http -Project Orders -AccessToken (Secret $canary)
            Connect-PgCloud Ovh -Endpoint $given.http -Project Orders -AccessToken (Secret $given.accessToken) -Name token
            Connect-PgCloud Ovh -Endpoint $given.http -TokenUrl $given.tokenUrl -Project Orders -ClientCredential (Credential $given.clientId $canary)
            Connect-PgCloud Ovh -Endpoint $given.http -TokenUrl $given.tokenUrl -Project Orders -ClientCredential (Credential $given.clientId $given.clientSecret) -Name client
            $urls = @{}; $given.serviceUrl.PSObject.Properties | ForEach-Object { $urls[$_.Name] = $_.Value }
            Connect-PgCloud Ibm -ApiKey (Secret $canary) -Region ca-mon -ServiceUrl $urls
            Connect-PgCloud Ibm -Passcode (Secret $canary) -Region ca-mon -ServiceUrl $urls
            $ibm = Connect-PgCloud Ibm -ApiKey (Secret $given.apiKey) -Region ca-mon -ServiceUrl $urls -Name ibm; $ibm
            # An API that tells everybody what it was told.
            foreach ($at in $given.echo, "$($given.echo)/page") {
                Connect-PgCloud Ovh -MaximumRetryCount 0 -Endpoint "$at/1.0" -Project x -AccessToken (Secret $canary)
                Connect-PgCloud Ovh -MaximumRetryCount 0 -Endpoint "$at/1.0" -Project x -ApplicationCredential (Credential an-application $canary) -ConsumerKey (Secret $second)
                Connect-PgCloud Ovh -MaximumRetryCount 0 -Endpoint "$at/1.0" -TokenUrl "$at/token" -Project x -ClientCredential (Credential a-client $canary)
                Connect-PgCloud Ibm -MaximumRetryCount 0 -Endpoint $at -ApiKey (Secret $canary)
                Connect-PgCloud Ibm -MaximumRetryCount 0 -Endpoint $at -Passcode (Secret $canary)
                Connect-PgCloud Ibm -MaximumRetryCount 0 -Endpoint $at -AccessToken (Secret $canary)
                Request-PgCloudConsumerKey (Credential an-application $canary) -Endpoint "$at/1.0" -NoWait
            }
            # What has a secret where none belongs, and a proxy of the environment that has one.
            $nowhere = @{ ApiKey = Secret an-api-key; MaximumRetryCount = 0 }
            "http://me:$env:PGPASSWORD@127.0.0.1:9", "http://me:$env:PGPASSWORD@[no", "me:$env:PGPASSWORD@proxy:9", "ftp://me:$env:PGPASSWORD@proxy:9" |
                ForEach-Object { Connect-PgCloud Ibm @nowhere -Endpoint https://127.0.0.1:9 -Proxy $_ }
            "https://me:$env:PGPASSWORD@127.0.0.1:9", "https:/me:$env:PGPASSWORD@127.0.0.1:9", "me:$env:PGPASSWORD@127.0.0.1", "https://127.0.0.1:9?token=$env:PGPASSWORD" |
                ForEach-Object { Connect-PgCloud Ibm @nowhere -Endpoint $_; Connect-PgCloud Ovh -Project x -Endpoint $_ -AccessToken (Secret a-token); Connect-PgCloud Ibm @nowhere -ServiceUrl @{ Iam = $_ } }
            Connect-PgCloud Ibm @nowhere -Endpoint https://127.0.0.1:9
            Connect-PgCloud Ibm @nowhere -Endpoint https://127.0.0.1:9 -Proxy http://127.0.0.1:9 -ProxyCredential (Credential me $canary)
            Connect-PgCloud Ovh -Project x -Endpoint https://127.0.0.1:9/1.0 -AccessToken (Secret "$canary`nX-Other: $second") -MaximumRetryCount 0
            Set-Content "$Work/ovh.conf" "[default]`nendpoint=ovh-eu`napplication_secret $second"; Push-Location $Work; Connect-PgCloud Ovh -Project x -AccessToken (Secret $canary); Pop-Location; Remove-Item "$Work/ovh.conf"
            Set-Content "$Work/key.json" "{ `"apikey`": `"$second`", $canary"; Connect-PgCloud Ibm -KeyFile "$Work/key.json"; Remove-Item "$Work/key.json"
            New-PgInstance there -Session $ibm -AuthorisedIp 127.0.0.1 -Wait
            $given.fault | ForEach-Object { $null = Invoke-RestMethod "$($given.control)/faults" -Method Post -ContentType application/json -Body $_ }
            $keyed = Note (New-PgManagerUser there ops -Session $ibm); $keyed; Note (New-PgWriterUser there app -Session $ibm); Get-PgCloudUser there -Session $ibm
            $null = Invoke-RestMethod "$($given.control)/faults" -Method Delete
            $keyed = Note (New-PgManagerUser there another -Session $ibm); $keyed; Note (Reset-PgUserPassword there app -Rotate -Session $ibm); $reset = Note (Reset-PgUserPassword there another -Session $ibm -WarningAction Continue); $reset
            Get-PgConnection there -Session $ibm -Credential $reset.Credential; Invoke-PgQuery 'SELECT 1 AS by_reset' -Connection $reset.Connection; Remove-PgInstance there -Session $ibm -PassThru
            Get-PgInstance -Session $ibm; Get-PgReclaimedInstance -Session $ibm; Restore-PgInstance nowhere -Session $ibm
            Lock-PgInstance nowhere -Session $ibm; Unlock-PgInstance nowhere -Session $ibm
            $ovh = Connect-PgCloud Ovh -Endpoint $given.http -Project Orders -ApplicationCredential $application -ConsumerKey (Secret $given.consumerKey) -Name ovh; $ovh
            Request-PgCloudConsumerKey $application -Endpoint $given.http -NoWait
            Get-PgCloudSession; Get-PgCloudProject; Get-PgProvider; Get-PgOffering
            New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1 -Wait
            Set-PgInstance orders -Prometheus $true -Wait -PassThru; Wait-PgInstance orders
            Get-PgAuthorisedIp orders; Add-PgAuthorisedIp orders 192.0.2.1 -PassThru; Set-PgAuthorisedIp orders 127.0.0.1 -PassThru; Remove-PgAuthorisedIp orders 192.0.2.9 -PassThru
            Get-PgBackup orders; Get-PgMaintenance orders; Start-PgMaintenance orders ([guid]::Empty); Get-PgNode orders
            Get-PgConfiguration orders -All; Set-PgConfiguration orders pg.log_min_duration_statement 4321 -PassThru -WarningAction Continue
            Get-PgLog orders; Get-PgLogKind orders; Get-PgLogSubscription orders; Get-PgMetric orders
            $kind = @(Get-PgLogKind orders)[0].Kind; New-PgLogUrl orders $kind; New-PgLogSubscription orders 8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10 $kind; Remove-PgLogSubscription orders ([guid]::Empty)
            Get-PgPrometheus orders; Note (Reset-PgPrometheusCredential orders)
            Get-PgIntegration orders; New-PgIntegration orders nonsense -DestinationInstance nowhere; Remove-PgIntegration orders ([guid]::Empty)
            Get-PgCurrentQuery orders; Stop-PgCurrentQuery orders 4711; Get-PgQueryStatistic orders; Reset-PgQueryStatistic orders -PassThru; Enable-PgInstanceWrite orders
            $ops = Note (New-PgManagerUser orders ops); $ops
            Note (New-PgManagerUser orders made -Password (Secret $canary))
            Note (New-PgWriterUser orders app -AdminCredential $ops.Credential); Note (New-PgWriterUser orders bad -AdminCredential (Credential ops $second))
            Note (Reset-PgUserPassword orders app -Password (Secret $canary)); Note (Reset-PgUserPassword orders app)
            Get-PgCloudUser orders
            New-PgCloudDatabase orders shop; Get-PgCloudDatabase orders; New-PgConnectionPool orders web -Database shop -Mode Transaction -Size 5
            Set-PgConnectionPool orders web -Size 6 -PassThru; Get-PgConnectionPool orders; Get-PgConnection orders -Pool web -Credential $ops.Credential
            Remove-PgConnectionPool orders web -PassThru; Remove-PgCloudDatabase orders shop -PassThru; Remove-PgCloudUser orders app -PassThru
            # A real server that logs every statement.
            $local = Connect-PgCloud Local -StateDirectory $State -Name local; $local
            New-PgInstance secret; $instance = Get-PgInstance secret
            Add-Content "$($instance.Detail.Directory)/data/postgresql.conf" "log_statement = 'all'`nlog_min_messages = 'debug2'`nlog_min_error_statement = 'debug1'`nlog_parameter_max_length = -1`nlog_parameter_max_length_on_error = -1`nlog_error_verbosity = 'verbose'"
            $instance | Stop-PgInstance -PassThru; $instance | Start-PgInstance -PassThru
            Add-PgAuthorisedIp secret 127.0.0.1
            $admin = Note (New-PgManagerUser secret ops -Password (Secret $canary)); $admin
            $connection = Get-PgConnection secret -Credential $admin.Credential; $connection
            $bad = Get-PgConnection secret -Credential (Credential ops $second); $bad
            Test-PgConnection $connection -Detailed; Test-PgConnection $bad -Detailed
            Note (New-PgRole joe -Login -Password (Secret $second) -Connection $connection); Note (New-PgRole ann -Login -Generate -Connection $connection)
            Get-PgRole -Connection $connection; Set-PgRole joe -ConnectionLimit 3 -Connection $connection -PassThru
            Note (Set-PgRolePassword joe (Secret $canary) -PassThru -Connection $connection); Note (Set-PgRolePassword joe -Generate -Connection $connection)
            Set-PgRolePassword nobody (Secret $canary) -Connection $connection; Set-PgRolePassword joe (Secret $canary) -Connection $bad
            Grant-PgRole pg_monitor joe -Connection $connection -PassThru; Get-PgRoleMember pg_monitor -Connection $connection; Revoke-PgRole pg_monitor joe -Connection $connection -PassThru
            New-PgDatabase stock -Connection $connection; Get-PgDatabase -Connection $connection; Set-PgDatabase stock -ConnectionLimit 5 -Connection $connection -PassThru
            Invoke-PgQuery 'CREATE SCHEMA shop; CREATE TABLE shop.t (id int)' -Connection $connection; Invoke-PgQuery 'SELEC' -Connection $connection; Invoke-PgQuery 'SELECT 1' -Connection $bad
            [pscustomobject]@{ id = 1 } | Import-PgTable t -Schema shop -Connection $connection; Export-PgTable t "$Work/t.csv" -Schema shop -Connection $connection
            Grant-PgPrivilege SELECT -Schema shop -Name t -Grantee joe -Connection $connection -PassThru; Get-PgPrivilege -Connection $connection -Grantee joe
            Revoke-PgPrivilege SELECT -Schema shop -Name t -Grantee joe -Connection $connection -PassThru; Set-PgOwner joe -Schema shop -Name t -Connection $connection -PassThru
            Get-PgActivity -Connection $connection; Stop-PgBackend 4711 -Connection $connection
            Enter-PgSession $connection '-Atc', 'SELECT pg_sleep(0.5)'; Enter-PgSession $bad '-c', 'SELECT 1'
            Export-PgConnection $connection -CertificatePath "$Work/ca.crt"; Export-PgConnection $connection -As Environment -CertificatePath "$Work/ca.crt"
            # The passfile is where the password was asked to go.
            Export-PgConnection $connection -ServiceName s -ServiceFile "$Work/service" -PassFile "$Work/passfile" -CertificatePath "$Work/ca.crt"; Remove-Item "$Work/passfile"
            Remove-PgDatabase stock -Connection $connection -PassThru; Remove-PgRole ann -Connection $connection -PassThru
            New-PgManagerUser secret ops -Password $canary; New-PgRole x -Password $canary -Connection $connection; Connect-PgCloud Ibm -ApiKey $canary
            Get-PgConnection secret -Credential $admin.Credential -TlsMode Disable | Invoke-PgQuery 'SELECT 1'
            Remove-PgInstance orders -Session $ovh -PassThru; Disconnect-PgCloud ibm
        } *>&1 | ForEach-Object { $everything.Add($_); $_ }
        $null = Stop-Transcript
        $Error | Format-List * -Force | Out-String -Width 500 | Set-Content "$Work/errors.txt"
        $Error | ForEach-Object { $_.Exception.ToString(); Get-Error -InputObject $_ | Out-String -Width 500 } | Set-Content "$Work/exceptions.txt"
        $objects = $everything | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationalRecord] -and $_ -isnot [Management.Automation.InformationRecord] }
        $objects | ForEach-Object { "$_" } | Set-Content "$Work/strings.txt"
        $objects | Format-List * -Force | Out-String -Width 500 | Set-Content "$Work/lists.txt"
        $objects | Format-Custom -Depth 4 | Out-String -Width 500 | Set-Content "$Work/customs.txt"
        $objects | ForEach-Object { ConvertTo-Json -InputObject $_ -Depth 6 -WarningAction Ignore } | Set-Content "$Work/json.txt"
        $objects | ForEach-Object { [Management.Automation.PSSerializer]::Serialize($_, 5) } | Set-Content "$Work/clixml.txt"
        [Management.Automation.PSSerializer]::Serialize(@($Error), 5) | Set-Content "$Work/errors.clixml.txt"
        Set-Content "$Work/generated" $generated
        $Error | ForEach-Object FullyQualifiedErrorId | Set-Content "$Work/ids.txt"
    }

    # While it runs: what any process that the module started shows of itself, and the files in temporary places.
    $watch = [hashtable]::Synchronized(@{ Go = $true; Shown = [Collections.Concurrent.ConcurrentDictionary[string, string]]::new(); Files = [Collections.Concurrent.ConcurrentDictionary[string, string]]::new(); Places = @($temp.FullName, $state) })
    $watcher = Start-ThreadJob -ArgumentList $watch {
        param($Watch)
        while ($Watch.Go) {
            foreach ($process in [IO.Directory]::EnumerateDirectories('/proc')) {
                if (-not [char]::IsDigit($process[6])) { continue }
                try {
                    $name = [IO.File]::ReadAllText("$process/comm").Trim()
                    $null = $Watch.Shown.TryAdd("$process $name cmdline", [IO.File]::ReadAllText("$process/cmdline"))
                    # That of pwsh itself holds what this test put there.
                    if ($name -match '^(initdb|pg_ctl|postgres|psql|sh|su|setpriv|runuser)$') { $null = $Watch.Shown.TryAdd("$process $name environ", [IO.File]::ReadAllText("$process/environ")) }
                }
                catch { $null = $_ }
            }
            foreach ($place in $Watch.Places) {
                foreach ($file in [IO.Directory]::EnumerateFiles($place, '*.tmp', 'AllDirectories')) {
                    try { $null = $Watch.Files.TryAdd($file, "$([IO.File]::GetUnixFileMode($file))") } catch { $null = $_ }
                }
            }
            [Threading.Thread]::Sleep(10)
        }
    }
    $child = Invoke-Child $script -ArgumentList $work, $state -TimeoutSec 600 -Environment @{
        TMPDIR = $temp.FullName; OVH_CONSUMER_KEY = $third; IC_API_KEY = $third; PGCLOUD_AUDIT = "$work/audit.jsonl"; PGPASSWORD = $third
        HTTPS_PROXY = "http://me:$third@127.0.0.1:9"; NO_PROXY = ''
    }
    $watch.Go = $false
    $null = $watcher | Wait-Job -Timeout 60
    $watcher | Remove-Job -Force
    $generated = @(Get-Content "$work/generated" | Where-Object { $_ })
    Remove-Item "$work/generated"
    $directory = (Get-ChildItem $state -Directory -Recurse | Where-Object { Test-Path "$($_.FullName)/server.log" } | Select-Object -First 1).FullName
    $log = [IO.File]::ReadAllText("$directory/server.log")
    $superuser = [IO.File]::ReadAllText("$directory/superuser.password").Trim()
    $secrets = @($canary, $second, $third, $emulator.applicationSecret, $emulator.consumerKey, $emulator.clientSecret, $emulator.accessToken, $emulator.ibmApiKey, $superuser) + $generated | Select-Object -Unique
    $needles = foreach ($secret in $secrets) {
        $secret
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($secret))
        [Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes($secret)).ToLowerInvariant()
        [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($secret)).ToLowerInvariant()
        [uri]::EscapeDataString($secret)
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("a-client:$secret"))
        $secret.Replace('@', '%40')
        $secret.Replace('!', '%21')
    }

    function Assert-Clean([string] $Text, [string] $Where) {
        $Text | Should -Not -BeNullOrEmpty
        foreach ($needle in $needles) {
            $at = $Text.IndexOf($needle, [StringComparison]::Ordinal)
            if ($at -ge 0) { throw "A secret was found in ${Where}: …$($Text.Substring([Math]::Max(0, $at - 120), [Math]::Min(120, $at)))***" }
        }
    }
}

AfterAll {
    $echo.Stop()
    $echoing.Dispose()
    Stop-Emulator $emulator
    Exit-PgHome $state
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe 'A secret' {
    It 'has been through every cmdlet, by good ways and bad' {
        $child.ExitCode | Should -Be 0
        $text = $script.ToString()
        Get-Command -Module PgCloud -CommandType Cmdlet | Where-Object { $text -notmatch "\b$($_.Name)\b" } | ForEach-Object Name | Should -BeNullOrEmpty
        $ids = Get-Content "$work/ids.txt"
        $ids.Count | Should -BeGreaterThan 40
        # None was kept from its work by a wrong argument, but where that is the bad way, and none by a defect.
        $ids | Where-Object { $_ -notlike 'PgCloud.*' } | Sort-Object | Should -Be @(
            'CannotConvertArgumentNoMessage,PgCloud.Commands.Cloud.ConnectPgCloudCommand', 'CannotConvertArgumentNoMessage,PgCloud.Commands.Role.NewPgRoleCommand'
            'CannotConvertArgumentNoMessage,PgCloud.Commands.User.NewPgManagerUserCommand', 'ParameterArgumentTransformationError,PgCloud.Commands.Cloud.ConnectPgCloudCommand')
        $ids | Where-Object { $_ -like 'PgCloud.Unexpected*' } | Should -BeNullOrEmpty
        $generated.Count | Should -BeGreaterThan 10
        $log | Should -Match 'CREATE ROLE "joe"'
        $log | Should -Match 'SCRAM-SHA-256\$'
        $log | Should -Match 'ALTER ROLE "joe"'
    }

    It 'was answered by an API that tells what it was told' {
        $text = Get-Content "$work/errors.txt" -Raw
        foreach ($told in 'Authorization: B\w+ \*\*\*', 'X-Ovh-Consumer: \*\*\*', 'apikey=\*\*\*', 'passcode=\*\*\*') { $text | Should -Match $told }
    }

    It 'is not in the console, with -Verbose and -Debug' {
        Assert-Clean $child.Output 'the console'
        if ($child.Error) { Assert-Clean $child.Error 'the console' }
    }

    It 'is not in <_>' -ForEach 'transcript.txt', 'errors.txt', 'exceptions.txt', 'errors.clixml.txt', 'strings.txt', 'lists.txt', 'customs.txt', 'json.txt', 'audit.jsonl' {
        Assert-Clean (Get-Content "$work/$_" -Raw) $_
    }

    It 'is in CliXml inside a SecureString and a PSCredential only' {
        $text = Get-Content "$work/clixml.txt" -Raw
        $text | Should -Match '<SS N="Password">'
        Assert-Clean ($text -replace '<SS[^>]*>[^<]*</SS>') 'CliXml'
    }

    It 'is not in the server''s log, though it logs every statement' { Assert-Clean $log 'the server''s log' }

    It 'is in no command line, and in no environment of a process that the module started' {
        $watch.Shown.Keys | Where-Object { $_ -like '* initdb cmdline' } | Should -Not -BeNullOrEmpty
        $watch.Shown.Keys | Where-Object { $_ -like '* postgres environ' } | Should -Not -BeNullOrEmpty
        # The emulator's own servers were started before, and are none of the module's.
        foreach ($shown in $watch.Shown.GetEnumerator() | Where-Object Value) { Assert-Clean $shown.Value $shown.Key }
        foreach ($process in Get-ProcessOf $directory) { Assert-Clean ([IO.File]::ReadAllText("/proc/$process/environ")) "the environment of process $process" }
    }

    It 'leaves no temporary file, and none was open to others' {
        Get-ChildItem $temp -Recurse -File | Where-Object { $_.Name -notlike 'clr-debug-pipe*' -and $_.Name -notlike 'dotnet-diagnostic*' -and $_.Name -notlike 'CoreFxPipe*' } | ForEach-Object {
            Assert-Clean ([Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($_.FullName)) + ' ') $_.FullName
        }
        Get-ChildItem $state -Recurse -File -Filter *.tmp | Should -BeNullOrEmpty
        $watch.Files.Values | Where-Object { $_ -ne 'UserWrite, UserRead' -and $_ -ne 'UserRead, UserWrite' } | Should -BeNullOrEmpty
        [IO.File]::GetUnixFileMode("$directory/superuser.password") | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'lies in no file of the instance, but for the superuser''s own' {
        foreach ($file in Get-ChildItem $directory -Recurse -File | Where-Object Name -NE superuser.password) {
            $bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file.FullName))
            foreach ($secret in $secrets) { $bytes.Contains($secret) | Should -BeFalse -Because "a secret was found in $file" }
        }
    }
}

Describe 'A process that is killed in the midst of writing' {
    It 'leaves a file that the next one removes' {
        $session = Connect-PgCloud Local -StateDirectory $state
        $hba = Get-ChildItem $state -Recurse -File -Filter pg_hba.conf | Select-Object -First 1 -ExpandProperty FullName
        $dead = "$hba.4194305.$([guid]::NewGuid().ToString('n')).tmp"
        $alive = "$hba.$PID.$([guid]::NewGuid().ToString('n')).tmp"
        Set-Content $dead, $alive 'half of it'
        Add-PgAuthorisedIp secret 192.0.2.77 -Session $session
        Test-Path $dead | Should -BeFalse
        Test-Path $alive | Should -BeTrue
        Remove-Item $alive
    }

    It 'leaves an instance that is shown as broken off, its secret for its owner alone, and Remove-PgInstance clears all of it' {
        $own = New-TestDirectory
        try {
            $making = Start-Child -ArgumentList $own -Script {
                param($Module, $State)
                Import-Module $Module
                $null = Connect-PgCloud Local -StateDirectory $State
                New-PgInstance broken
            }
            # In the midst of initdb, which goes on for a while.
            Wait-Until { Test-Path "$own/broken/data/PG_VERSION" } -What initdb
            $making.Process.Kill()
            $null = Wait-Child $making
            [IO.File]::GetUnixFileMode("$own/broken/superuser.password") | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
            $session = Connect-PgCloud Local -StateDirectory $own -Name broken
            (Get-PgInstance broken -Session $session).Status | Should -Be Failed
            Remove-PgInstance broken -Session $session -Confirm:$false
            Get-ChildItem $own -Recurse -Force | Should -BeNullOrEmpty
            Wait-Until { -not (Get-ProcessOf $own) } -What 'the end of initdb'
            Get-ChildItem $own -Recurse -Force | Should -BeNullOrEmpty
        }
        finally { Remove-Item $own -Recurse -Force }
    }

    It 'leaves no whole export behind, either' {
        $target = Join-Path $work half.csv
        $session = Connect-PgCloud Local -StateDirectory $state
        $connection = Get-PgConnection secret -Session $session -Credential (New-Credential ops $canary)
        $exporting = Start-Child -ArgumentList $state, $target, $work -Script {
            param($Module, $State, $Target, $Work)
            Import-Module $Module
            $null = Connect-PgCloud Local -StateDirectory $State
            $connection = (Import-Clixml "$Work/connection.xml")
            Export-PgTable -Query 'SELECT pg_sleep(0.2), g FROM generate_series(1, 1000) g' -Path $Target -Connection $connection
        }
        $connection | Export-Clixml "$work/connection.xml"
        Wait-Until { Get-ChildItem "$target.*.tmp" } -What 'the export'
        (Get-ChildItem "$target.*.tmp").UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        $exporting.Process.Kill()
        $null = Wait-Child $exporting
        Remove-Item "$work/connection.xml"
        Test-Path $target | Should -BeFalse
        Export-PgTable -Query 'SELECT 1 AS one' -Path $target -Connection $connection | ForEach-Object Rows | Should -Be 1
        Get-ChildItem "$target.*.tmp" | Should -BeNullOrEmpty
        Set-Content "$work/other.csv" x
        (Get-Item $target).UnixFileMode | Should -Be (Get-Item "$work/other.csv").UnixFileMode
    }
}
