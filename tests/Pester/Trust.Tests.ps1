# SPDX-License-Identifier: MIT
# Whom the module believes to be the API, and to be the PostgreSQL server; and that nothing is sent to anybody else. Servers with real
# certificates on loopback; the authority is trusted by SSL_CERT_FILE, which a process reads once, so the calls are a process of their own.

BeforeDiscovery {
    $hasSslCertFile = $IsLinux
    $hasOpenSsl = $IsLinux -and (Get-Command openssl -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $work = New-TestDirectory
    $running = [Collections.Generic.List[object]]::new()

    function New-Authority([string] $Name, [datetime] $Until = [datetime]::UtcNow.AddDays(9)) {
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
        $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
        $request.CreateSelfSigned($Until.AddDays(-30), $Until)
    }

    # A server's certificate with its key; without an authority it signs itself.
    function New-ServerCertificate($Authority, [string] $Address = '127.0.0.1', [datetime] $Until = [datetime]::UtcNow.AddDays(1)) {
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=a server', $key, 'SHA256')
        $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $names.AddIpAddress([ipaddress] $Address)
        $request.CertificateExtensions.Add($names.Build())
        $from = $Until.AddDays(-5)
        $made = $Authority ? $request.Create($Authority, $from, $Until, [byte[]] (1..8 | ForEach-Object { Get-Random -Maximum 255 })) : $request.CreateSelfSigned($from, $Until)
        if ($Authority) { $made = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($made, $key) }
        [Security.Cryptography.X509Certificates.X509Certificate2]::new($made.Export('Pkcs12'))
    }

    # A server that does before TLS what its kind does (Api: nothing, Proxy: CONNECT, Postgres: SSLRequest), shakes hands with its certificate,
    # keeps what it then receives, and answers the reply. Without a certificate there is no TLS.
    function Start-Server($Certificate, [string] $Reply = '', [string] $Kind = 'Api', [int] $Port = 0) {
        $state = [hashtable]::Synchronized(@{ Certificate = $Certificate; Reply = $Reply; Kind = $Kind; Received = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new()) })
        $state.Listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, $Port)
        $state.Listener.Start()
        $state.Port = $state.Listener.LocalEndpoint.Port
        $shell = [powershell]::Create().AddScript({
            param($State)
            function Read-Head($Stream) {
                $text = ''
                $buffer = [byte[]]::new(4096)
                # What PostgreSQL's clients send has no such end: what comes first is enough.
                while (-not $text.Contains("`r`n`r`n") -and -not ($text -and $State.Kind -eq 'Postgres')) {
                    $count = $Stream.Read($buffer, 0, $buffer.Length)
                    if ($count -eq 0) { break }
                    $text += [Text.Encoding]::Latin1.GetString($buffer, 0, $count)
                }
                $text
            }
            while ($true) {
                try { $client = $State.Listener.AcceptTcpClient() } catch { break }
                try {
                    $client.ReceiveTimeout = 5000
                    $stream = $client.GetStream()
                    if ($State.Kind -eq 'Proxy') {
                        $head = Read-Head $stream
                        if (-not $head.StartsWith('CONNECT')) { $null = $State.Received.Add($head); continue }
                        $stream.Write([Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`n`r`n"))
                    }
                    if ($State.Kind -eq 'Postgres') {
                        $null = $stream.Read([byte[]]::new(8), 0, 8)
                        $stream.WriteByte([byte][char] ($State.Certificate ? 'S' : 'N'))
                    }
                    if ($State.Certificate) {
                        $stream = [Net.Security.SslStream]::new($stream)
                        $stream.AuthenticateAsServer($State.Certificate)
                    }
                    $head = Read-Head $stream
                    if ($head) { $null = $State.Received.Add($head) }
                    $stream.Write([Text.Encoding]::ASCII.GetBytes($State.Reply))
                }
                catch { $null = $_ }
                finally { $client.Dispose() }
            }
        }).AddArgument($state)
        $null = $shell.BeginInvoke()
        $running.Add(@{ State = $state; Shell = $shell })
        $state
    }

    $authority = New-Authority 'a test authority'
    $caFile = Join-Path $work ca.pem
    Set-Content $caFile $authority.ExportCertificatePem()
    $good = New-ServerCertificate $authority
    $certificates = @{
        CertificateSelfSigned   = New-ServerCertificate $null
        CertificateUntrusted    = New-ServerCertificate (New-Authority 'somebody else')
        CertificateExpired      = New-ServerCertificate $authority -Until ([datetime]::UtcNow.AddHours(-1))
        CertificateNameMismatch = New-ServerCertificate $authority -Address 127.0.0.9
    }

    # The ids, and the messages, with which Connect-PgCloud fails at endpoints, in a process that trusts the authority.
    function Get-ConnectProblem([string[]] $Endpoint, [hashtable] $Environment = @{}) {
        $Environment.SSL_CERT_FILE = $caFile
        $child = Invoke-Child -ArgumentList ($Endpoint -join ' ') -Environment $Environment -TimeoutSec 300 -Script {
            param($Module, $Endpoints)
            Import-Module $Module
            # What turns the check off elsewhere must not do so here.
            [Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
            $PSDefaultParameterValues = @{ '*:SkipCertificateCheck' = $true }
            $token = ConvertTo-SecureString a-t0ken-nobody-may-see -AsPlainText -Force
            $endpoints.Split(' ') | ForEach-Object {
                try { "connected: $((Connect-PgCloud Ovh -Endpoint $_ -AccessToken $token -Project x -ErrorAction Stop).Account)" }
                catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.CategoryInfo.Category) $($_.Exception.Message)" }
            } | ConvertTo-Json -AsArray
        }
        $child.Json()
    }
}

AfterAll {
    foreach ($one in $running) {
        $one.State.Listener.Stop()
        $one.Shell.Dispose()
    }
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe 'The API' -Skip:(-not $hasSslCertFile) {
    BeforeAll {
        $elsewhere = Start-Server $good "HTTP/1.1 200 OK`r`nContent-Length: 2`r`nConnection: close`r`n`r`n[]"
        $plain = Start-Server $null "HTTP/1.1 200 OK`r`nContent-Length: 2`r`nConnection: close`r`n`r`n[]"
        $servers = [ordered]@{}
        foreach ($id in $certificates.Keys) { $servers[$id] = Start-Server $certificates[$id] 'HTTP/1.1 200 OK' }
        $servers.NoTls = Start-Server $null 'HTTP/1.1 400 Bad Request'
        foreach ($place in @{ Name = 'Other'; To = "https://127.0.0.1:$($elsewhere.Port)/1.0/steal?token=a" }, @{ Name = 'Http'; To = "http://127.0.0.1:$($plain.Port)/1.0/steal" }, @{ Name = 'Same'; To = '/moved' }) {
            $servers[$place.Name] = Start-Server $good "HTTP/1.1 302 Found`r`nLocation: $($place.To)`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
        }
        $problems = @{}
        $names = @($servers.Keys)
        $said = Get-ConnectProblem ($names | ForEach-Object { "https://127.0.0.1:$($servers[$_].Port)/1.0" })
        for ($i = 0; $i -lt $names.Count; $i++) { $problems[$names[$i]] = $said[$i] }
    }

    It 'is refused with <_>, and nothing is sent' -ForEach 'CertificateSelfSigned', 'CertificateUntrusted', 'CertificateExpired', 'CertificateNameMismatch' {
        $problems[$_] | Should -BeLike "PgCloud.Cloud.$_ SecurityError *nothing was sent*"
        $servers[$_].Received | Should -BeNullOrEmpty
    }

    It 'says what is wrong with it' {
        $problems.CertificateUntrusted | Should -BeLike "*'CN=somebody else'*"
        $problems.CertificateExpired | Should -BeLike "*'CN=a server' is valid from *"
        $problems.CertificateNameMismatch | Should -BeLike '*127.0.0.9*'
    }

    It 'without TLS is refused with TlsFailed, and is not sent anything that can be read' {
        $problems.NoTls | Should -BeLike 'PgCloud.Cloud.TlsFailed SecurityError *'
        "$($servers.NoTls.Received)" | Should -Not -Match 'GET|t0ken'
    }

    It 'that redirects <Name> is refused with Redirected, and nothing goes there' -ForEach @{ Name = 'Other'; To = 'https://127.0.0.1:*/1.0/steal' }, @{ Name = 'Http'; To = 'http://127.0.0.1:*/1.0/steal' }, @{ Name = 'Same'; To = 'https://127.0.0.1:*/moved' } {
        $problems[$Name] | Should -BeLike "PgCloud.Cloud.Redirected SecurityError *$To*"
        $problems[$Name] | Should -Not -Match 'token=a'
        $servers[$Name].Received | Should -HaveCount 1
        $elsewhere.Received | Should -BeNullOrEmpty
        $plain.Received | Should -BeNullOrEmpty
    }

    It 'behind a proxy that shows a certificate of its own is refused, and the proxy is sent nothing' {
        $proxy = Start-Server $certificates.CertificateSelfSigned 'HTTP/1.1 200 OK' -Kind Proxy
        Get-ConnectProblem 'https://127.0.0.1:9/1.0' @{ HTTPS_PROXY = "http://127.0.0.1:$($proxy.Port)"; NO_PROXY = '' } | Should -BeLike 'PgCloud.Cloud.CertificateSelfSigned *'
        $proxy.Received | Should -BeNullOrEmpty
    }

    It 'on this machine over plain http is not called by a proxy of the environment' {
        $proxy = Start-Server $null "HTTP/1.1 200 OK`r`nContent-Length: 2`r`n`r`n[]" -Kind Proxy
        $api = Start-Server $null "HTTP/1.1 403 Forbidden`r`nContent-Length: 0`r`nConnection: close`r`n`r`n"
        Get-ConnectProblem "http://127.0.0.1:$($api.Port)/1.0" @{ http_proxy = "http://127.0.0.1:$($proxy.Port)"; ALL_PROXY = "http://127.0.0.1:$($proxy.Port)"; NO_PROXY = '' } |
            Should -BeLike 'PgCloud.Cloud.Forbidden *'
        $api.Received | Should -Not -BeNullOrEmpty
        $proxy.Received | Should -BeNullOrEmpty
    }

    It 'of IBM Cloud has the same check' {
        $iam = Start-Server $certificates.CertificateSelfSigned
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ApiKey (New-Secret an-api-key) -Endpoint "https://127.0.0.1:$($iam.Port)" }) PgCloud.Cloud.CertificateSelfSigned SecurityError
        $iam.Received | Should -BeNullOrEmpty
    }
}

Describe 'Plain http to another host' {
    It 'is refused before anything is sent: <_>' -ForEach 'http://api.example.com/1.0', 'http://192.0.2.1/1.0', 'http://localhost.example.com/1.0', 'HTTP://[2001:db8::1]/1.0' {
        Assert-Problem (Get-Problem { Connect-PgCloud Ovh -Endpoint $_ -AccessToken (New-Secret x) -Project x }) PgCloud.Cloud.EndpointInvalid InvalidArgument $_ 'with https'
    }

    It 'is refused as a token URL, and at IBM Cloud, too' {
        $endpoint = 'http://127.0.0.1:9/1.0'
        Assert-Problem (Get-Problem { Connect-PgCloud Ovh -Endpoint $endpoint -TokenUrl http://auth.example.com/token -ClientCredential (New-Credential a b) -Project x }) PgCloud.Cloud.EndpointInvalid InvalidArgument
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ApiKey (New-Secret x) -Endpoint http://cloud.example.com }) PgCloud.Cloud.EndpointInvalid InvalidArgument
        Assert-Problem (Get-Problem { Connect-PgCloud Ibm -ApiKey (New-Secret x) -ServiceUrl @{ Iam = 'http://iam.example.com' } }) PgCloud.Cloud.EndpointInvalid InvalidArgument
    }
}

Describe 'A PostgreSQL server' {
    BeforeAll {
        # Leads to a server that shows a certificate; the connection trusts the test authority alone, as it does the provider's.
        function Get-Connection($Server, [hashtable] $With = @{}) {
            [PgCloud.PgConnection] (@{
                HostName = '127.0.0.1'; Port = $Server.Port; Database = 'x'; UserName = 'ops'
                Credential = New-Credential ops a-pa55word-nobody-may-see; CaCertificate = $authority.ExportCertificatePem()
            } + $With)
        }
    }

    It 'is refused with <_>, and nothing is sent' -ForEach 'CertificateSelfSigned', 'CertificateUntrusted', 'CertificateExpired', 'CertificateNameMismatch' {
        $server = Start-Server $certificates[$_] -Kind Postgres
        Assert-Problem (Get-Problem { Invoke-PgQuery 'SELECT 1' -Connection (Get-Connection $server) }) "PgCloud.Connection.$_" SecurityError
        $server.Received | Should -BeNullOrEmpty
    }

    It 'without TLS is refused with TlsNotOffered' {
        $server = Start-Server $null -Kind Postgres
        Assert-Problem (Get-Problem { Invoke-PgQuery 'SELECT 1' -Connection (Get-Connection $server) }) PgCloud.Connection.TlsNotOffered SecurityError
        $server.Received | Should -BeNullOrEmpty
    }

    It 'is checked less only where that is said by name' {
        $server = Start-Server $certificates.CertificateNameMismatch -Kind Postgres
        # The name is left out, and the server, which is none, then cuts the connection.
        $problem = @(Get-Problem { Invoke-PgQuery 'SELECT 1' -Connection (Get-Connection $server @{ TlsMode = 'VerifyCA' }) })[0]
        $problem.FullyQualifiedErrorId | Should -Not -BeLike '*Certificate*'
        # That the other tests would see it if something were sent.
        "$($server.Received)" | Should -Match 'user\x00ops'
        (Get-Connection $server).TlsMode | Should -Be VerifyFull
    }
}

Describe 'A server in the place of a cloud''s' -Skip:(-not $hasSslCertFile) {
    BeforeAll {
        # It listens where the provider says that the instance is, with a certificate that the machine's trust store vouches for.
        $emulator = Start-Emulator -Fast
        $sessions = @{ Ovh = Connect-Emulator $emulator; Ibm = Connect-IbmEmulator $emulator }
        $null = New-PgInstance there -Session $sessions.Ovh -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1 -Wait
        $null = New-PgInstance there -Session $sessions.Ibm -AuthorisedIp 127.0.0.1 -Wait
        $given = @{ trusted = $caFile; emulator = $emulator | Select-Object -ExcludeProperty Process; urls = Get-IbmServiceUrl $emulator }
        $impostors = @{}
        foreach ($name in 'Ovh', 'Ibm') {
            $ops = New-PgManagerUser there ops -Session $sessions[$name]
            Invoke-PgQuery 'SELECT 1 AS one' -Connection $ops.Connection | ForEach-Object one | Should -Be 1
            $given[$name] = @{ user = $ops.Credential.UserName; password = Get-Secret $ops.Credential; port = $ops.Connection.Port }
        }
        foreach ($name in 'Ovh', 'Ibm') {
            $process = Get-ProcessOf ([IO.Path]::DirectorySeparatorChar) | ForEach-Object { "/proc/$_/cwd" } |
                Where-Object { try { @(Get-Content "$_/postmaster.pid" -ErrorAction Stop)[3] -eq $given[$name].port } catch { $false } } | Select-Object -First 1
            Stop-Process -Id (Get-Content "$process/postmaster.pid")[0] -Force
            Wait-Until { try { $impostors[$name] = Start-Server $good -Kind Postgres -Port $given[$name].port; $true } catch { $false } } -What 'a free port'
        }
        $given | ConvertTo-Json -Depth 5 | Set-Content "$work/given.json"
        $child = Invoke-Child -ArgumentList "$work/given.json" -TimeoutSec 300 -Environment @{
            SSL_CERT_FILE = $caFile
            # What turns the check off, or shows the way to another authority, for libpq.
            PGSSLMODE = 'disable'; PGSSLROOTCERT = $caFile; PGSSLNEGOTIATION = 'postgres'; PGGSSENCMODE = 'disable'; PGSERVICE = 'weak'; PGSERVICEFILE = "$work/pg_service.conf"
        } -Script {
            param($Module, $File)
            Import-Module $Module
            $given = Get-Content $File -Raw | ConvertFrom-Json
            Set-Content $env:PGSERVICEFILE "[weak]`nsslmode=disable`nsslrootcert=system"
            $PSDefaultParameterValues = @{ '*:Confirm' = $false }
            function Secret($Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
            function Failure([scriptblock] $Script) { try { $null = & $Script; 'nothing' } catch { $_.FullyQualifiedErrorId.Split(',')[0] } }
            $ErrorActionPreference = 'Stop'
            $emulator = $given.emulator
            $urls = @{}
            $given.urls.PSObject.Properties | ForEach-Object { $urls[$_.Name] = $_.Value }
            $null = Connect-PgCloud Ovh -Name Ovh -Endpoint $emulator.http -Project Orders -ConsumerKey (Secret $emulator.consumerKey) -ApplicationCredential ([pscredential]::new($emulator.applicationKey, (Secret $emulator.applicationSecret)))
            $null = Connect-PgCloud Ibm -Name Ibm -ApiKey (Secret $emulator.ibmApiKey) -Region ca-mon -ServiceUrl $urls
            'Ovh', 'Ibm' | ForEach-Object {
                $name = $_
                $credential = [pscredential]::new($given.$name.user, (Secret $given.$name.password))
                $connection = Get-PgConnection there -Session $name -Credential $credential
                $loose = [PgCloud.PgConnection] @{ HostName = $connection.HostName; Port = $connection.Port; Database = 'x'; UserName = 'ops'; Credential = [pscredential]::new('ops', (Secret nothing)) }
                $without = [PgCloud.PgConnection] @{ HostName = $connection.HostName; Port = $connection.Port; Database = 'x'; UserName = 'ops'; Credential = $credential; Instance = $connection.Instance }
                [pscustomobject]@{
                    Name    = $name
                    # That the machine's trust store does vouch for it.
                    Machine = Failure { Invoke-PgQuery 'SELECT 1' -Connection $loose }
                    Query   = Failure { Invoke-PgQuery 'SELECT 1' -Connection $connection }
                    Role    = Failure { New-PgRole mary -Login -Password $credential.Password -Connection $connection }
                    Test    = ((Test-PgConnection $connection -Detailed).Step | Where-Object Outcome -EQ Failed).ErrorId
                    User    = Failure { if ($name -eq 'Ovh') { New-PgWriterUser there app -Session $name -AdminCredential $credential } else { Reset-PgUserPassword there ops -Session $name } }
                    Without = $name -eq 'Ovh' ? (Failure { Invoke-PgQuery 'SELECT 1' -Connection $without }) : ''
                }
            } | ConvertTo-Json
        }
        $seen = @{}
        $child.Json() | ForEach-Object { $seen[$_.Name] = $_ }
    }

    AfterAll {
        Close-Session
        Stop-Emulator $emulator
    }

    It 'is refused at <_>, whatever the machine trusts and the environment says' -ForEach 'Ovh', 'Ibm' {
        # The machine's own trust lets it through as far as the login, where it has nothing to say.
        $seen[$_].Machine | Should -Not -BeLike '*Certificate*'
        $seen[$_].Query, $seen[$_].Role, $seen[$_].Test, $seen[$_].User | Should -Be (@('PgCloud.Connection.CertificateUntrusted') * 4)
        # What it got is the start of the one session that trusts it.
        $impostors[$_].Received | Should -HaveCount 1
    }

    It 'is not believed at OVHcloud, either, where the authority is not known' {
        $seen.Ovh.Without | Should -Be 'PgCloud.Connection.CaCertificateMissing'
    }
}

Describe 'TLS 1.1, on a machine whose openssl.cnf allows it' -Skip:(-not $hasOpenSsl) {
    BeforeAll {
        $state = New-TestDirectory
        Set-Content "$work/openssl.cnf" @'
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = low
[low]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
'@
        Set-Content "$work/server.pem" $good.ExportCertificatePem(), ([Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($good)).ExportPkcs8PrivateKeyPem()
        $child = Invoke-Child -ArgumentList $work, $state -TimeoutSec 300 -Environment @{ OPENSSL_CONF = "$work/openssl.cnf"; SSL_CERT_FILE = $caFile } -Script {
            param($Module, $Work, $State)
            Import-Module $Module
            $PSDefaultParameterValues = @{ '*:Confirm' = $false }
            function Failure([scriptblock] $Script) { try { $null = & $Script; 'nothing' } catch { $_.FullyQualifiedErrorId.Split(',')[0] } }
            $ErrorActionPreference = 'Stop'
            $said = @{ Api = @{}; Postgres = @{} }
            foreach ($protocol in 'tls1_1', 'tls1_2') {
                $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
                $listener.Start()
                $port = $listener.LocalEndpoint.Port
                $listener.Stop()
                $server = Start-Process openssl 's_server', '-accept', "127.0.0.1:$port", '-cert', "$Work/server.pem", '-key', "$Work/server.pem", "-$protocol", '-www', '-quiet' -PassThru -RedirectStandardOutput "$Work/s_server.out" -RedirectStandardError "$Work/s_server.err"
                try {
                    for ($i = 0; $i -lt 200; $i++) {
                        try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); break } catch { Start-Sleep -Milliseconds 50 }
                    }
                    $said.Api[$protocol] = Failure { Connect-PgCloud Ovh -Endpoint "https://127.0.0.1:$port/1.0" -AccessToken (ConvertTo-SecureString a-token -AsPlainText -Force) -Project x -MaximumRetryCount 0 }
                }
                finally { Stop-Process $server }
            }
            $null = Connect-PgCloud Local -StateDirectory $State
            $instance = New-PgInstance old
            $null = Add-PgAuthorisedIp old 127.0.0.1
            $connection = (New-PgManagerUser old ops).Connection
            foreach ($version in '1.1', '1.2') {
                Add-Content "$($instance.Detail.Directory)/data/postgresql.conf" "ssl_min_protocol_version = 'TLSv$version'`nssl_max_protocol_version = 'TLSv$version'"
                $null = Stop-PgInstance old
                $null = Start-PgInstance old
                $said.Postgres[$version] = Failure { Invoke-PgQuery 'SELECT 1' -Connection $connection }
            }
            Remove-PgInstance old
            $said | ConvertTo-Json
        }
        $said = $child.Json()
    }

    AfterAll { Remove-Item $state -Recurse -Force -ErrorAction Ignore }

    It 'is not spoken with the API' {
        $said.Api.tls1_1 | Should -Be PgCloud.Cloud.TlsFailed
        $said.Api.tls1_2 | Should -Be PgCloud.Cloud.AnswerInvalid -Because 'what answers there speaks TLS, and is no API'
    }

    It 'is not spoken with PostgreSQL' {
        $said.Postgres.'1.1' | Should -Be PgCloud.Connection.TlsFailed
        $said.Postgres.'1.2' | Should -Be nothing
    }
}
