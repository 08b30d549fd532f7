# Get-PgConnection and Test-PgConnection: each step, and each way in which it fails.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    # Every address of loopback is listened on, though the certificate names only some of them.
    $target = New-PgInstance target -ListenAddress *
    $target | Add-PgAuthorisedIp -Address 127.0.0.0/8
    $ops = New-PgManagerUser target ops
    $good = $ops.Connection

    # The one failed step of a test, after asserting what is true of every failure.
    function Assert-Failure($Test, [string] $Step, [string] $Id, [string] $Message) {
        $Test | Should -BeOfType PgCloud.PgConnectionTest
        $Test.Succeeded | Should -BeFalse
        $Test.FailedStep | Should -Be $Step -Because $Test.Message
        $Test.Message | Should -Not -BeNullOrEmpty
        $Test.Action | Should -Not -BeNullOrEmpty
        if ($Message) { $Test.Message | Should -Match $Message }
        $Test.Step.Step | Should -Be ([enum]::GetValues([PgCloud.PgConnectionStep]))
        $failed = @($Test.Step | Where-Object Outcome -eq Failed)
        $failed.Count | Should -Be 1
        $failed[0].ErrorId | Should -BeExactly $Id
        $failed[0].Action | Should -Be $Test.Action
        $failed[0].Milliseconds | Should -BeGreaterOrEqual 0
        $index = [int] [PgCloud.PgConnectionStep] $Step
        for ($i = 0; $i -lt $Test.Step.Count; $i++) {
            $one = $Test.Step[$i]
            if ($i -lt $index) {
                $one.Outcome | Should -BeIn 'Passed', 'Skipped'
                if ($one.Outcome -eq 'Passed') { $one.Milliseconds | Should -BeGreaterOrEqual 0 }
                $one.ErrorId | Should -BeNullOrEmpty
                $one.Action | Should -BeNullOrEmpty
            }
            if ($i -gt $index) {
                $one.Outcome | Should -Be 'Skipped'
                $one.Milliseconds | Should -BeNullOrEmpty
            }
        }
    }

    # An authority and a certificate of it, in PEM.
    function New-Certificate([string] $Name = '127.0.0.1', [datetimeoffset] $Until = [datetimeoffset]::UtcNow.AddDays(1)) {
        $from = [datetimeoffset]::UtcNow.AddDays(-3)
        $hash = [Security.Cryptography.HashAlgorithmName]::SHA256
        $caKey = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
        $caRequest = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Other CA', $caKey, $hash)
        $caRequest.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $true, 0, $true))
        $ca = $caRequest.CreateSelfSigned($from, $Until)
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=other', $key, $hash)
        $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $address = $null
        if ([Net.IPAddress]::TryParse($Name, [ref] $address)) { $names.AddIpAddress($address) } else { $names.AddDnsName($Name) }
        $request.CertificateExtensions.Add($names.Build($false))
        $certificate = $request.Create($ca, $from, $Until, [byte[]] (1..8))
        @{ Ca = $ca.ExportCertificatePem(); Certificate = $certificate.ExportCertificatePem(); Key = $key.ExportPkcs8PrivateKeyPem() }
    }
}

AfterAll { Exit-PgHome $pgHome }

Describe 'Get-PgConnection' {
    It 'says what it takes to connect, from the instance' {
        $made = Get-PgConnection target -Credential $ops.Credential
        $made | Should -BeOfType PgCloud.PgConnection
        $made.HostName | Should -Be $target.HostName
        $made.Port | Should -Be $target.Port
        $made.Database | Should -Be 'defaultdb'
        $made.UserName | Should -Be 'ops'
        $made.TlsMode | Should -Be 'VerifyFull'
        $made.CaCertificate | Should -Be $target.CaCertificate
        "$($made.Instance)" | Should -Be 'target'
    }

    It 'shows user, host, port and database, and no password' {
        $made = Get-PgConnection target -Credential $ops.Credential
        "$made" | Should -Be "ops@127.0.0.1:$($target.Port)/defaultdb"
        $made | Format-List * | Out-String | Should -Not -Match ([regex]::Escape((Get-Secret $ops.Credential)))
    }

    It 'takes the credential out of a user that is piped in' {
        $made = $ops | Get-PgConnection -Database postgres
        $made.UserName | Should -Be 'ops'
        ($made | Invoke-PgQuery 'SELECT current_database()::text AS d').d | Should -Be 'postgres'
    }

    It 'works on several instances, by name and wildcard-free' {
        Assert-Problem (Get-Problem { Get-PgConnection nope }) PgCloud.Instance.NotFound ObjectNotFound nope
    }

    It 'without a credential it can be tested but not used' {
        $bare = Get-PgConnection target
        $bare.Credential | Should -BeNullOrEmpty
        $problem = Get-Problem { $bare | Invoke-PgQuery 'SELECT 1' }
        Assert-Problem $problem PgCloud.Connection.NoCredential AuthenticationError "$bare"
        Test-PgConnection $bare | Should -BeTrue
    }

    It 'a user without its credential ends in the same error' {
        $known = Get-PgCloudUser target ops
        $problem = Get-Problem { $known | Invoke-PgQuery 'SELECT 1' }
        $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.Connection.NoCredential,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem.ErrorDetails.RecommendedAction | Should -Match 'Reset-PgUserPassword|-Credential'
    }

    It 'is named where something else was given for a connection: <what>' -ForEach @(
        @{ what = 'an instance'; given = { $target | Get-PgRole }; says = "instance 'target' is no connection.*Get-PgConnection 'target' -Credential" }
        @{ what = 'an instance as argument'; given = { Test-PgConnection $target }; says = "instance 'target' is no connection" }
        @{ what = 'a name'; given = { Get-PgRole -Connection target }; says = "'target' is a text and no connection.*Get-PgConnection" }
        @{ what = 'a name that is piped in'; given = { 'target' | Invoke-PgQuery 'SELECT 1' }; says = "'target' is a text" }
        @{ what = 'a URI, without its password'; given = { Get-PgRole -Connection postgres://ops:hunter2@h/d }; says = '(?<!hunter2.*)is a text and no connection(?!.*hunter2)' }
        @{ what = 'a table that lacks parts'; given = { Export-PgConnection @{ HostName = 'h' } }; says = 'the table has no Database, UserName' }
        @{ what = 'a variable that was never set'; given = { $null | Get-PgRole }; says = 'it was never set' }
    ) {
        $problem = @(Get-Problem $given)
        $problem.Count | Should -Be 1
        "$problem" | Should -Match $says
    }

    It 'can be made by hand, of a table' {
        $table = @{ HostName = '127.0.0.1'; Port = $target.Port; Database = 'defaultdb'; UserName = 'ops'; Credential = $ops.Credential; TlsMode = 'Require' }
        (Invoke-PgQuery 'SELECT current_user::text AS u' -Connection $table).u | Should -Be 'ops'
        Export-PgConnection @{ HostName = 'h'; Database = 'd'; UserName = 'u' } | Should -Match '^postgresql://u@h:5432/d\?'
    }

    It 'each TLS mode connects: <_>' -ForEach VerifyFull, VerifyCA, Require {
        $made = Get-PgConnection target -Credential $ops.Credential -TlsMode $_
        ($made | Invoke-PgQuery 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()').ssl | Should -BeTrue
    }
}

Describe 'Test-PgConnection of a connection that works' {
    It 'answers $true' {
        $answer = Test-PgConnection $good
        $answer | Should -BeOfType bool
        $answer | Should -BeTrue
    }

    It 'with -Detailed shows each step in order, with its milliseconds' {
        $test = Test-PgConnection $good -Detailed
        $test.Succeeded | Should -BeTrue
        $test.FailedStep | Should -BeNullOrEmpty
        $test.Message + $test.Action | Should -BeNullOrEmpty
        $test.Target | Should -Be "$good"
        $test.Step.Step | Should -Be 'NameResolution', 'Tcp', 'Tls', 'AuthorisedAddress', 'Login', 'Database', 'Query'
        $test.Step.Outcome | Select-Object -Unique | Should -Be 'Passed'
        $test.Step.Milliseconds | ForEach-Object { $_ | Should -BeGreaterOrEqual 0 }
        $test.Step.Message | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        "$test" | Should -Match 'succeeded'
    }

    It 'goes by host name too' {
        Test-PgConnection (Copy-Connection $good @{ HostName = 'localhost' }) | Should -BeTrue
    }

    It 'ends before the login where there is no password, and with -SourceAddress' {
        foreach ($test in (Get-PgConnection target | Test-PgConnection -Detailed), (Test-PgConnection $good -SourceAddress 127.0.0.1 -Detailed)) {
            $test.Succeeded | Should -BeTrue
            ($test.Step | Where-Object Outcome -eq Skipped).Step | Should -Be 'Login', 'Database', 'Query'
            ($test.Step | Where-Object Outcome -eq Skipped).Message | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        }
    }

    It 'takes several by pipeline and answers each' {
        $bad = Copy-Connection $good @{ Database = 'nope' }
        $good, $bad, $good | Test-PgConnection | Should -Be $true, $false, $true
    }

    It 'says with -Verbose what each step took' {
        $verbose = Test-PgConnection $good -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        ($verbose | Where-Object Message -match '^(NameResolution|Tcp|Tls|AuthorisedAddress|Login|Database|Query) passed: \d+ ms$').Count | Should -Be 7
    }

    It 'leaves no session behind at the server' {
        1..3 | ForEach-Object { $null = Test-PgConnection $good; $null = Test-PgConnection $good -SourceAddress 127.0.0.1 }
        Wait-Until -What 'the end of the sessions' -Condition {
            ($good | Invoke-PgQuery "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()").n -eq 0
        }
    }
}

Describe 'Test-PgConnection of one that does not work answers $false, and with -Detailed says that it is' {
    It 'the name, where it cannot be resolved' {
        $bad = Copy-Connection $good @{ HostName = 'no-such-host.invalid' }
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) NameResolution PgCloud.Connection.NameNotResolved 'no-such-host\.invalid'
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.NameNotResolved ConnectionError "$bad"
    }

    It 'TCP, where nothing listens' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start(); $port = $listener.LocalEndpoint.Port; $listener.Stop()
        $bad = Copy-Connection $good @{ Port = $port }
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) Tcp PgCloud.Connection.Refused
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.Refused ConnectionError "$bad"
    }

    It 'TCP, where the server is stopped' {
        Stop-PgInstance target
        try { Assert-Failure (Test-PgConnection $good -Detailed) Tcp PgCloud.Connection.Refused }
        finally { Start-PgInstance target }
    }

    It 'TLS, where something answers that is no PostgreSQL, within the time given' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $silent = Copy-Connection $good @{ Port = $listener.LocalEndpoint.Port }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $test = Test-PgConnection $silent -Detailed -TimeoutSec 1
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 14 -Because 'without that time it takes 15 s'
            Assert-Failure $test Tls PgCloud.Connection.Timeout
        }
        finally { $listener.Stop() }
    }

    It 'TLS, where the certificate is of a foreign authority' {
        $bad = Copy-Connection $good @{ CaCertificate = (New-Certificate).Ca }
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CertificateUntrusted 'PgCloud Local CA'
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CertificateUntrusted SecurityError "$bad"
        Assert-Problem (Get-Problem { Copy-Connection $bad @{ TlsMode = 'VerifyCA' } | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CertificateUntrusted SecurityError
        Test-PgConnection (Copy-Connection $bad @{ TlsMode = 'Require' }) | Should -BeTrue
    }

    It 'TLS, where no authority is given and this machine does not know it' {
        $bad = Copy-Connection $good @{ CaCertificate = ''; Instance = $null }
        Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CertificateUntrusted
    }

    It 'TLS, where the instance has an authority of its own, and the connection does not know it' {
        $bad = Copy-Connection $good @{ CaCertificate = '' }
        Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CaCertificateMissing
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CaCertificateMissing SecurityError "$bad" 'Get-PgConnection|target'
        Test-PgConnection (Copy-Connection $bad @{ TlsMode = 'Require' }) | Should -BeTrue
    }

    It 'TLS, where the authority''s certificate is no certificate' {
        $bad = Copy-Connection $good @{ CaCertificate = 'BEGIN NONSENSE' }
        Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CaCertificateInvalid
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CaCertificateInvalid SecurityError "$bad"
    }

    It 'TLS, where the certificate is for another host' {
        $bad = Copy-Connection $good @{ HostName = '127.0.0.3' }
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CertificateNameMismatch '127\.0\.0\.3.*localhost'
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CertificateNameMismatch SecurityError "$bad"
        Test-PgConnection (Copy-Connection $bad @{ TlsMode = 'VerifyCA' }) | Should -BeTrue
    }

    It 'TLS, where the authority or the certificate is expired' {
        $directory = $target.Detail.Directory
        $before = @{}
        foreach ($file in 'server.crt', 'server.key', 'ca.crt') { $before[$file] = [IO.File]::ReadAllText("$directory/$file") }
        $process = (Get-PgInstance target).Detail.ProcessId
        $expired = New-Certificate -Until ([datetimeoffset]::UtcNow.AddDays(-1))
        try {
            # Written in place: the files stay the server account's.
            [IO.File]::WriteAllText("$directory/server.crt", $expired.Certificate)
            [IO.File]::WriteAllText("$directory/server.key", $expired.Key)
            [IO.File]::WriteAllText("$directory/ca.crt", $expired.Ca)
            kill -HUP $process
            $bad = Get-PgConnection target -Credential $ops.Credential
            Wait-Until { (Test-PgConnection $bad -Detailed).Step[2].ErrorId -ne 'PgCloud.Connection.CertificateUntrusted' } -What 'the reload'
            Assert-Failure (Test-PgConnection $bad -Detailed) Tls PgCloud.Connection.CertificateExpired
            Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.CertificateExpired SecurityError "$bad"
            # What needs the provider's own connection says the same, and does nothing.
            Assert-Problem (Get-Problem { New-PgManagerUser target late }) PgCloud.Connection.CertificateExpired SecurityError
        }
        finally {
            foreach ($file in $before.Keys) { [IO.File]::WriteAllText("$directory/$file", $before[$file]) }
            kill -HUP $process
            Wait-Until { Test-PgConnection $good } -What 'the reload'
        }
    }

    It 'the address, where it is not authorised' {
        Remove-PgAuthorisedIp target 127.0.0.0/8
        try {
            $test = Test-PgConnection $good -Detailed
            Assert-Failure $test AuthorisedAddress PgCloud.Connection.AddressNotAuthorised '127\.0\.0\.1'
            $test.Action | Should -Match "Add-PgAuthorisedIp -Instance 'target' -Address 127\.0\.0\.1"
            Assert-Failure (Test-PgConnection $good -Detailed -SourceAddress 127.0.0.9) AuthorisedAddress PgCloud.Connection.AddressNotAuthorised '127\.0\.0\.9'
        }
        finally { Add-PgAuthorisedIp target 127.0.0.0/8 }
    }

    It 'the login, where the password is wrong' {
        $bad = Get-PgConnection target -Credential (New-Credential ops wrong)
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) Login PgCloud.Connection.LoginFailed
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.LoginFailed AuthenticationError "$bad"
    }

    It 'the login, where there is no such user' {
        $bad = Get-PgConnection target -Credential (New-Credential nobody wrong)
        Assert-Failure (Test-PgConnection $bad -Detailed) Login PgCloud.Connection.LoginFailed
    }

    It 'the login, where the role may not log in' {
        $null = $ops | New-PgRole nologin -Password (New-Secret right)
        $bad = Get-PgConnection target -Credential (New-Credential nologin right)
        Assert-Failure (Test-PgConnection $bad -Detailed) Login PgCloud.Connection.LoginFailed
    }

    It 'the database, where there is none' {
        $bad = $ops | Get-PgConnection -Database 'no such'
        Test-PgConnection $bad | Should -BeFalse
        Assert-Failure (Test-PgConnection $bad -Detailed) Database PgCloud.Connection.DatabaseNotFound 'no such'
        Assert-Problem (Get-Problem { $bad | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.DatabaseNotFound ObjectNotFound "$bad"
    }

    It 'the database, where the user may not connect to it' {
        $null = $ops | New-PgRole visitor -Login -Password (New-Secret right)
        $ops | Invoke-PgQuery 'CREATE DATABASE private'
        $ops | Invoke-PgQuery 'REVOKE CONNECT ON DATABASE private FROM PUBLIC'
        $bad = Get-PgConnection target -Credential (New-Credential visitor right) -Database private
        Assert-Failure (Test-PgConnection $bad -Detailed) Database PgCloud.Connection.DatabaseRefused
    }

    It 'a test is not an error' {
        Get-Problem { Test-PgConnection (Copy-Connection $good @{ Database = 'nope' }) -Detailed } | Should -BeNullOrEmpty
    }
}

Describe 'Test-PgConnection under Ctrl+C' {
    It 'ends at once' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $silent = Copy-Connection $good @{ Port = $listener.LocalEndpoint.Port }
        $pipeline = Start-Pipeline 'Test-PgConnection $c -TimeoutSec 300' @{ c = $silent }
        try {
            Wait-Until { $listener.Pending() } -What 'the connection'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $pipeline.Shell.Stop()
            Wait-Pipeline $pipeline
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
            $pipeline.Output.Count | Should -Be 0
        }
        finally {
            $listener.Stop()
            Close-Pipeline $pipeline
        }
    }
}
