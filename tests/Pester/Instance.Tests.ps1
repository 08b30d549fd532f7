# New-, Get-, Start-, Stop-, Wait- and Remove-PgInstance at provider Local, with real servers.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $isRoot = -not $IsWindows -and (id -u) -eq 0
    $otherVersions = 15, 16, 17, 18 | Where-Object { $_ -ne $systemMajor -and (Get-ServerBinary $_) }
    $canBecomePostgres = $isRoot -and (Get-Command setpriv -ErrorAction Ignore) -and (id -u postgres 2>$null)
    # The names are given as code: some could not be told in a test's title.
    $badNames = @(
        @{ what = 'is empty'; name = '' }
        @{ what = 'is a space'; name = ' ' }
        @{ what = 'has a space in it'; name = 'two words' }
        @{ what = 'has a single quote in it'; name = "o'hara" }
        @{ what = 'has a double quote in it'; name = 'or"ders' }
        @{ what = 'begins with a dot'; name = '.hidden' }
        @{ what = 'is two dots'; name = '..' }
        @{ what = 'leads out of the directory'; name = '../x' }
        @{ what = 'has a slash in it'; name = 'a/b' }
        @{ what = 'has a backslash in it'; name = 'a\b' }
        @{ what = 'is an absolute path'; name = '/tmp/x' }
        @{ what = 'begins with a minus sign'; name = '-rf' }
        @{ what = 'is an emoji'; name = "`u{1F418}" }
        @{ what = 'has an umlaut in it'; name = 'gr' + [char] 0xFC + 'n' }
        @{ what = 'has NUL in it'; name = "a`0b" }
        @{ what = 'has a line feed at its end'; name = "orders`n" }
        @{ what = 'has 64 characters'; name = 'a' * 64 }
        @{ what = 'has 5000 characters'; name = 'a' * 5000 }
        @{ what = 'has a wildcard in it'; name = 'or*' }
        @{ what = 'has a dollar sign in it'; name = 'a$b' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $tools = New-TestDirectory
    # Where the scripts that stand in for server programs leave their marks: any account may write here.
    $marks = New-TestDirectory
    [IO.File]::SetUnixFileMode($marks, 511)
    $streams = New-PgInstance orders -Verbose 4>&1
    $steps = $streams | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
    $orders = $streams | Where-Object { $_ -is [PgCloud.PgInstance] }

    function Get-HomeContent { Get-ChildItem $pgHome -Force | ForEach-Object Name | Sort-Object }
    function New-Mark { Join-Path $marks ([guid]::NewGuid().ToString('n')) }
}

AfterAll {
    Exit-PgHome $pgHome
    Remove-Item $tools, $marks -Recurse -Force -ErrorAction Ignore
}

Describe 'New-PgInstance' {
    It 'makes an instance that is ready' {
        $orders | Should -BeOfType PgCloud.PgInstance
        $orders.Name | Should -Be 'orders'
        $orders.Status | Should -Be 'Ready'
        $orders.Change | Should -Be 'Created'
        $orders.Provider | Should -Be 'Local'
        [guid]::Parse($orders.Id) | Should -Not -Be ([guid]::Empty)
        $orders.Version | Should -Match '^\d+\.\d+$'
        $orders.HostName | Should -Be '127.0.0.1'
        $orders.Database | Should -Be 'defaultdb'
        ([datetimeoffset]::UtcNow - $orders.CreatedAt).TotalMinutes | Should -BeLessThan 5
    }

    It 'takes a free port on which a server listens' {
        $client = [Net.Sockets.TcpClient]::new()
        $client.Connect('127.0.0.1', $orders.Port)
        $client.Connected | Should -BeTrue
        $client.Dispose()
    }

    It 'comes back with the certificate of its own authority, whose key is nowhere' {
        $authority = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($orders.CaCertificate)
        $authority.Subject | Should -Match 'orders'
        $authority.NotAfter | Should -BeGreaterThan ([datetime]::Now.AddYears(1))
        $keys = Get-ChildItem $orders.Detail.Directory -File | Where-Object { (Get-Content $_ -Raw) -match 'PRIVATE KEY' }
        $keys.Name | Should -Be 'server.key'
    }

    It 'has this machine''s names and addresses in the server''s certificate' {
        $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem(
            [IO.File]::ReadAllText((Join-Path $orders.Detail.Directory 'server.crt')))
        $names = ($certificate.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.17' }).Format($false)
        foreach ($name in 'localhost', [Environment]::MachineName, '127.0.0.1') { $names | Should -Match ([regex]::Escape($name)) }
    }

    It 'demands TLS and SCRAM of everybody and trusts nobody' {
        $rules = Get-Content (Join-Path $orders.Detail.Directory 'data/pg_hba.conf') | Where-Object { $_ -notmatch '^\s*(#|$)' }
        $rules | Should -Not -Match '\b(trust|peer|ident|password|md5)\b'
        $rules | Where-Object { $_ -notmatch 'reject' } | Should -Match '^hostssl .* scram-sha-256'
    }

    It 'has checksums' {
        & $systemBinaries/pg_controldata (Join-Path $orders.Detail.Directory 'data') |
            Where-Object { $_ -match 'checksum version' } | Should -Match '[1-9]'
    }

    It 'keeps secrets and data from other accounts' -Skip:$IsWindows {
        foreach ($file in 'superuser.password', 'server.key') {
            [IO.File]::GetUnixFileMode((Join-Path $orders.Detail.Directory $file)) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        }
        "$([IO.File]::GetUnixFileMode((Join-Path $orders.Detail.Directory 'data')))" | Should -Not -Match 'Other'
    }

    It 'runs the server under an unprivileged account, though the user is root' -Skip:(-not $isRoot) {
        $account = (stat -c %U "/proc/$($orders.Detail.ProcessId)")
        $account | Should -BeIn 'postgres', 'nobody'
    }

    It 'lets nobody in at first' {
        Get-PgAuthorisedIp orders | Should -BeNullOrEmpty
    }

    It 'says each step in one verbose line with the time it took' {
        $steps | Where-Object { $_ -match '^initdb of PostgreSQL .*: \d+ ms$' } | Should -HaveCount 1
        $steps | Where-Object { $_ -match '^Start the server on port \d+: \d+ ms$' } | Should -HaveCount 1
        foreach ($step in $steps | Where-Object { $_ -notmatch '^Performing the operation' }) { $step | Should -Match ': \d+ ms$' }
    }

    It 'shows its progress when it takes longer than a second, and takes it away' {
        $slow = New-FakeBinary "$tools/slow" @{ initdb = "sleep 1.2; exec $systemBinaries/initdb `"`$@`"" }
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; New-PgInstance slow -BinaryPath $slow | Remove-PgInstance -Confirm:$false' @{ slow = $slow }
        Wait-Pipeline $pipeline
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        $records = $pipeline.Shell.Streams.Progress | Where-Object Activity -match slow
        $records | Where-Object RecordType -eq Processing | Should -Not -BeNullOrEmpty
        ($records | Select-Object -Last 1).RecordType | Should -Be 'Completed'
        $records.PercentComplete | ForEach-Object { $_ | Should -BeLessOrEqual 100 }
        Close-Pipeline $pipeline
    }

    It 'makes nothing with -WhatIf' {
        $before = Get-HomeContent
        New-PgInstance one, two -WhatIf | Should -BeNullOrEmpty
        Get-HomeContent | Should -Be $before
    }

    It 'refuses a name that exists and leaves that instance as it is' {
        Assert-Problem (Get-Problem { New-PgInstance orders }) PgCloud.Instance.Exists ResourceExists orders
        $now = Get-PgInstance orders
        $now.Id | Should -Be $orders.Id
        $now.Detail.ProcessId | Should -Be $orders.Detail.ProcessId
    }

    It 'refuses a name that <what>' -ForEach $badNames {
        $before = Get-HomeContent
        Assert-Problem (Get-Problem { New-PgInstance $name }) PgCloud.Instance.NameInvalid InvalidArgument $name
        Get-HomeContent | Should -Be $before
    }

    It 'refuses a name whose case alone differs where the disk does not tell them apart, and takes it where it does' -Skip:(-not $IsLinux) {
        Get-Problem { New-PgInstance ORDERS -BinaryPath $tools } | ForEach-Object {
            $_.FullyQualifiedErrorId | Should -Match 'BinariesNotFound' -Because 'the name itself is a different one'
        }
    }

    It 'goes on with the next name after a bad one' {
        $problems = Get-Problem { New-PgInstance '../x', orders, 'a b' }
        $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } |
            Should -Be 'PgCloud.Instance.NameInvalid', 'PgCloud.Instance.Exists', 'PgCloud.Instance.NameInvalid'
    }

    It 'refuses a port in use and leaves nothing behind' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $port = $listener.LocalEndpoint.Port
            $before = Get-HomeContent
            Assert-Problem (Get-Problem { New-PgInstance ported -Port $port }) PgCloud.Instance.PortInUse ResourceUnavailable $port
            Get-HomeContent | Should -Be $before
        }
        finally { $listener.Stop() }
    }

    It 'refuses the port of another instance' {
        Assert-Problem (Get-Problem { New-PgInstance ported -Port $orders.Port }) PgCloud.Instance.PortInUse ResourceUnavailable $orders.Port
    }

    It 'refuses a port taken between the look and the start, and leaves nothing behind' {
        # The stand-in for initdb takes its time; meanwhile the port is taken.
        $mark = New-Mark
        $late = New-FakeBinary "$tools/late" @{ initdb = "$systemBinaries/initdb `"`$@`"; touch $mark; while [ ! -e $mark.go ]; do sleep 0.05; done" }
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start(); $port = $probe.LocalEndpoint.Port; $probe.Stop()
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; New-PgInstance late -Port $port -BinaryPath $late' @{ late = $late; port = $port }
        try {
            Wait-Until { Test-Path $mark } -What 'initdb'
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $port)
            $listener.Start()
            $null = New-Item "$mark.go"
            Wait-Pipeline $pipeline
            Assert-Problem $pipeline.Shell.Streams.Error PgCloud.Instance.PortInUse ResourceUnavailable $port
        }
        finally {
            if ($listener) { $listener.Stop() }
            Close-Pipeline $pipeline
        }
        Join-Path $pgHome late | Should -Not -Exist
    }

    It 'refuses <address> as an address to listen on' -ForEach @{ address = 'nowhere' }, @{ address = '300.1.1.1' }, @{ address = "127.0.0.1' #" } {
        Assert-Problem (Get-Problem { New-PgInstance listening -ListenAddress $address }) PgCloud.Instance.ListenAddressInvalid InvalidArgument $address
        Join-Path $pgHome listening | Should -Not -Exist
    }

    It 'refuses an address that is not this machine''s, and leaves nothing behind' {
        $problem = Get-Problem { New-PgInstance listening -ListenAddress 192.0.2.250 }
        # PostgreSQL itself starts as long as it can listen on one of its addresses: that is an instance that is not what was asked for.
        Get-PgInstance listening* | Remove-PgInstance -Confirm:$false
        $problem | Should -Not -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.Instance.*'
        Join-Path $pgHome listening | Should -Not -Exist
    }
}

Describe 'New-PgInstance and the server programs' {
    It 'refuses PostgreSQL 12' {
        $old = New-FakeBinary "$tools/12" @{ postgres = 'echo "postgres (PostgreSQL) 12.22"'; initdb = 'exit 1'; pg_ctl = 'exit 1' }
        Assert-Problem (Get-Problem { New-PgInstance twelve -BinaryPath $old }) PgCloud.Instance.VersionUnsupported NotImplemented $old -Message '12\.22'
        Join-Path $pgHome twelve | Should -Not -Exist
    }

    It 'says what was searched and how to install where there are none' {
        $empty = (New-Item "$tools/empty" -ItemType Directory).FullName
        Assert-Problem (Get-Problem { New-PgInstance none -BinaryPath $empty }) PgCloud.Instance.BinariesNotFound NotInstalled $empty -Message ([regex]::Escape($empty))
        (Get-Problem { New-PgInstance none -BinaryPath $empty }).ErrorDetails.RecommendedAction | Should -Match 'install'
        Join-Path $pgHome none | Should -Not -Exist
    }

    It 'says the same of a directory there is not' {
        Assert-Problem (Get-Problem { New-PgInstance none -BinaryPath "$tools/nowhere" }) PgCloud.Instance.BinariesNotFound NotInstalled "$tools/nowhere"
    }

    It 'reads -BinaryPath from the present location' {
        Push-Location $tools
        try { Assert-Problem (Get-Problem { New-PgInstance none -BinaryPath ./nowhere }) PgCloud.Instance.BinariesNotFound NotInstalled "$tools/nowhere" }
        finally { Pop-Location }
    }

    It 'says so where the programs cannot be executed' {
        $plain = New-FakeBinary "$tools/plain"
        Get-ChildItem $plain | ForEach-Object { [IO.File]::SetUnixFileMode($_.FullName, 420) } # 0644
        Assert-Problem (Get-Problem { New-PgInstance plain -BinaryPath $plain }) PgCloud.Instance.BinariesNotExecutable PermissionDenied $plain
    }

    It 'says so where the server''s account may not go to them' -Skip:(-not $isRoot) {
        $closed = New-FakeBinary "$tools/closed/bin"
        [IO.File]::SetUnixFileMode("$tools/closed", 448) # 0700
        Assert-Problem (Get-Problem { New-PgInstance closed -BinaryPath $closed }) PgCloud.Instance.BinariesNotExecutable PermissionDenied $closed
    }

    It 'refuses a version that is not installed and names those that are' {
        Assert-Problem (Get-Problem { New-PgInstance future -Version 42 }) PgCloud.Instance.VersionNotInstalled NotInstalled 42 -Message ([regex]::Escape($orders.Version))
        Join-Path $pgHome future | Should -Not -Exist
    }

    It 'refuses a version that is not that of -BinaryPath' {
        Assert-Problem (Get-Problem { New-PgInstance other -Version 14 -BinaryPath $systemBinaries }) PgCloud.Instance.VersionNotInstalled NotInstalled 14
    }

    It 'takes no number for another that begins with it' {
        Assert-Problem (Get-Problem { New-PgInstance other -Version 1 }) PgCloud.Instance.VersionNotInstalled NotInstalled 1
    }

    It 'leaves nothing behind where initdb fails, and says what it said' {
        $broken = New-FakeBinary "$tools/broken" @{ initdb = 'echo "initdb: error: the stars are not right" >&2; exit 1' }
        Assert-Problem (Get-Problem { New-PgInstance broken -BinaryPath $broken }) PgCloud.Instance.Failed InvalidOperation broken -Message 'the stars are not right'
        Join-Path $pgHome broken | Should -Not -Exist
    }

    It 'makes an instance of the version asked for: <_>' -ForEach $systemMajor {
        $made = New-PgInstance "v$_" -Version $_
        $made.Version | Should -BeLike "$_.*"
        $made.Status | Should -Be 'Ready'
        $made | Remove-PgInstance -Confirm:$false
    }

    It 'finds PostgreSQL <_> by $env:PGCLOUD_PG_BIN' -ForEach $otherVersions {
        $env:PGCLOUD_PG_BIN = Get-ServerBinary $_
        try {
            $made = New-PgInstance "v$_"
            $made.Version | Should -BeLike "$_.*"
            $made.Status | Should -Be 'Ready'
            $made.Detail.BinaryPath | Should -Be $env:PGCLOUD_PG_BIN
        }
        finally {
            Remove-Item Env:PGCLOUD_PG_BIN
            if ($made) { $made | Remove-PgInstance -Confirm:$false }
        }
    }
}

Describe 'New-PgInstance and the disk' {
    It 'leaves a directory that is not ours untouched' {
        $theirs = New-Item (Join-Path $pgHome theirs) -ItemType Directory
        Set-Content "$theirs/diary.txt" 'mine'
        Assert-Problem (Get-Problem { New-PgInstance theirs }) PgCloud.Instance.DirectoryNotOurs InvalidOperation $theirs.FullName
        (Get-ChildItem $theirs -Force).Name | Should -Be 'diary.txt'
        Get-Content "$theirs/diary.txt" | Should -Be 'mine'
        Assert-Problem (Get-Problem { Remove-PgInstance theirs -Confirm:$false }) PgCloud.Instance.NotFound ObjectNotFound theirs
        "$theirs/diary.txt" | Should -Exist
        Get-PgInstance | ForEach-Object Name | Should -Not -Contain 'theirs'
        Remove-Item $theirs -Recurse
    }

    It 'says so where a file has the name' {
        $file = Join-Path $pgHome taken
        Set-Content $file 'mine'
        $problem = Get-Problem { New-PgInstance taken }
        Assert-Problem $problem $problem.FullyQualifiedErrorId.Split(',')[0] $problem.CategoryInfo.Category $file
        $problem.FullyQualifiedErrorId | Should -Match 'PgCloud\.Instance\.Directory(NotOurs|NotWritable)'
        Get-Content $file | Should -Be 'mine'
        Remove-Item $file
    }

    It 'says so where the server''s account may not enter the state directory, and leaves nothing behind' -Skip:(-not $isRoot) {
        $closed = New-TestDirectory
        [IO.File]::SetUnixFileMode($closed, 448) # 0700
        try {
            $session = Connect-PgCloud Local -StateDirectory $closed -Name closed
            Assert-Problem (Get-Problem { New-PgInstance shut -Session $session }) PgCloud.Instance.DirectoryNotWritable PermissionDenied (Join-Path $closed shut)
            Get-ChildItem $closed -Force | Should -BeNullOrEmpty
        }
        finally {
            Disconnect-PgCloud closed
            Remove-Item $closed -Recurse -Force
        }
    }

    It 'says so where an ordinary user may not write, and leaves nothing behind' -Skip:(-not $canBecomePostgres) {
        $place = New-TestDirectory
        $child = Invoke-Child -Prefix setpriv, '--reuid=postgres', '--regid=postgres', '--init-groups', '--' -Environment @{ HOME = $marks; PGCLOUD_HOME = $place } -Script {
            param($Module)
            Import-Module $Module
            $null = Connect-PgCloud Local
            New-PgInstance shut -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.CategoryInfo.Category) $($_.TargetObject)" }
        }
        $child.Output.Trim() | Should -Be "PgCloud.Instance.DirectoryNotWritable PermissionDenied $place/shut"
        Get-ChildItem $place -Force | Should -BeNullOrEmpty
        Remove-Item $place -Force
    }

    It 'says so where the disk is full, and leaves nothing behind' -Skip:(-not $isRoot) {
        $small = New-TestDirectory
        mount -t tmpfs -o size=12m,mode=0755 pgcloud-pester $small 2>$null
        if ($LASTEXITCODE -ne 0) {
            Remove-Item $small
            Set-ItResult -Skipped -Because 'no file system can be mounted here'
            return
        }
        try {
            $session = Connect-PgCloud Local -StateDirectory $small -Name small
            Assert-Problem (Get-Problem { New-PgInstance big -Session $session }) PgCloud.Instance.DiskFull ResourceUnavailable
            Get-ChildItem $small -Force | Should -BeNullOrEmpty
        }
        finally {
            Disconnect-PgCloud small
            umount $small
            Remove-Item $small
        }
    }

    It 'works for an ordinary user, under that user''s own account' -Skip:(-not $canBecomePostgres) {
        $place = New-TestDirectory
        chown postgres $place
        $child = Invoke-Child -Prefix setpriv, '--reuid=postgres', '--regid=postgres', '--init-groups', '--' -Environment @{ HOME = $marks; PGCLOUD_HOME = $place } -Script {
            param($Module)
            $ErrorActionPreference = 'Stop'
            Import-Module $Module
            $null = Connect-PgCloud Local
            $made = New-PgInstance mine
            "$($made.Status) $(stat -c %U "/proc/$($made.Detail.ProcessId)") $((New-PgManagerUser mine ops).Change)"
            Remove-PgInstance mine -Confirm:$false
        }
        $child.Output.Trim() | Should -Be 'Ready postgres Created' -Because $child.Error
        Get-ChildItem $place -Force | Should -BeNullOrEmpty
        Remove-Item $place -Recurse -Force
    }
}

Describe 'A creation that is broken off' {
    It 'leaves nothing behind when it is stopped (Ctrl+C) while initdb works' {
        $mark = New-Mark
        $slow = New-FakeBinary "$tools/hang" @{ initdb = "touch $mark; exec sleep 300" }
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; New-PgInstance stopped -BinaryPath $slow' @{ slow = $slow }
        try {
            Wait-Until { Test-Path $mark } -What 'initdb'
            (Get-PgInstance stopped).Status | Should -Be 'Creating'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $pipeline.Shell.Stop()
            Wait-Pipeline $pipeline
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60 -Because 'it does not wait for initdb'
            $pipeline.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { Close-Pipeline $pipeline }
        Wait-Until { -not (Test-Path (Join-Path $pgHome stopped)) } -What 'the end of the tidying up, which a slow machine does when the prompt is back'
        Get-ProcessOf (Join-Path $pgHome stopped) | Should -BeNullOrEmpty
    }

    It 'leaves nothing behind when it is stopped after the server has started' {
        $mark = New-Mark
        $slow = New-FakeBinary "$tools/hang2" @{ pg_ctl = "$systemBinaries/pg_ctl `"`$@`" || exit; if [ `"`$1`" = start ]; then touch $mark; exec sleep 120; fi" }
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; New-PgInstance stopped -BinaryPath $slow' @{ slow = $slow }
        try {
            Wait-Until { Test-Path $mark } -What 'the start of the server'
            Get-ProcessOf (Join-Path $pgHome stopped) | Should -Not -BeNullOrEmpty
            $pipeline.Shell.Stop()
            Wait-Pipeline $pipeline
        }
        finally { Close-Pipeline $pipeline }
        Wait-Until { -not (Test-Path (Join-Path $pgHome stopped)) } -What 'the end of the tidying up, which a slow machine does when the prompt is back'
        Get-ProcessOf (Join-Path $pgHome stopped) | Should -BeNullOrEmpty
    }

    It 'is shown as Failed when its process was killed in initdb, is not started, and can be removed' {
        $mark = New-Mark
        $slow = New-FakeBinary "$tools/hang3" @{ initdb = "touch $mark; exec sleep 60" }
        $child = Start-Child -ArgumentList $slow -Script {
            param($Module, $Slow)
            Import-Module $Module
            $null = Connect-PgCloud Local
            New-PgInstance half -BinaryPath $Slow
        }
        try {
            Wait-Until { Test-Path $mark } -What 'initdb'
            $creating = Get-PgInstance half
        }
        finally { Stop-Process -Id $child.Process.Id -Force }
        $null = $child.Process.WaitForExit(60000)
        Remove-Item $child.File -ErrorAction Ignore
        $creating.Status | Should -Be 'Creating'
        $half = Get-PgInstance half
        $half.Status | Should -Be 'Failed'
        $half.StatusDetail | Should -Not -BeNullOrEmpty
        Assert-Problem (Get-Problem { New-PgInstance half }) PgCloud.Instance.Exists ResourceExists half
        Assert-Problem (Get-Problem { Start-PgInstance half }) PgCloud.Instance.NotReady InvalidOperation half
        Assert-Problem (Get-Problem { Wait-PgInstance half -TimeoutSec 30 }) PgCloud.Instance.NotReady InvalidOperation half
        Assert-Problem (Get-Problem { New-PgManagerUser half ops }) PgCloud.Instance.NotReady InvalidOperation half
        Assert-Problem (Get-Problem { Add-PgAuthorisedIp half 127.0.0.1 }) PgCloud.Instance.NotReady InvalidOperation half
        Remove-PgInstance half -Confirm:$false
        Join-Path $pgHome half | Should -Not -Exist
    }

    It 'can be removed when its process was killed after the server had started, server and all' {
        $mark = New-Mark
        $slow = New-FakeBinary "$tools/hang4" @{ pg_ctl = "$systemBinaries/pg_ctl `"`$@`" || exit; if [ `"`$1`" = start ]; then touch $mark; exec sleep 60; fi" }
        $child = Start-Child -ArgumentList $slow -Script {
            param($Module, $Slow)
            Import-Module $Module
            $null = Connect-PgCloud Local
            New-PgInstance half -BinaryPath $Slow
        }
        try { Wait-Until { Test-Path $mark } -What 'the start of the server' }
        finally { Stop-Process -Id $child.Process.Id -Force }
        $null = $child.Process.WaitForExit(60000)
        Remove-Item $child.File -ErrorAction Ignore
        (Get-PgInstance half).Status | Should -Be 'Failed'
        Get-ProcessOf (Join-Path $pgHome half) | Should -Not -BeNullOrEmpty
        Get-PgInstance half | Remove-PgInstance -Confirm:$false
        Join-Path $pgHome half | Should -Not -Exist
        Get-ProcessOf (Join-Path $pgHome half) | Should -BeNullOrEmpty
    }
}

Describe 'Two processes that create the same name at once' {
    BeforeAll {
        $script = {
            param($Module, $Go)
            Import-Module $Module
            $null = Connect-PgCloud Local
            $null = Get-PgInstance
            while (-not (Test-Path $Go)) { [Threading.Thread]::Sleep(1) }
            $made = New-PgInstance race -ErrorVariable problem -ErrorAction SilentlyContinue
            $answer = $made ? "made $($made.Id)" : ($problem.FullyQualifiedErrorId.Split(',')[0], $problem[0].CategoryInfo.Category, $problem[0].TargetObject -join ' ')
            $answer
        }
        $go = New-Mark
        $children = 1..2 | ForEach-Object { Start-Child $script @($go) }
        Start-Sleep -Milliseconds 1500
        $null = New-Item $go
        $answers = $children | ForEach-Object { (Wait-Child $_).Output.Trim() }
    }

    It 'one wins' { @($answers -like 'made *').Count | Should -Be 1 }

    It 'the other is told that it exists' {
        $answers -notlike 'made *' | Should -Be 'PgCloud.Instance.Exists ResourceExists race'
    }

    It 'the server outlives both shells' {
        $race = Get-PgInstance race
        $race.Status | Should -Be 'Ready'
        "made $($race.Id)" | Should -BeIn $answers
        Remove-PgInstance race -Confirm:$false
    }
}

Describe 'Get-PgInstance' {
    It 'shows the instance as it is' {
        $now = Get-PgInstance orders
        $now.Status | Should -Be 'Ready'
        $now.Change | Should -Be 'None'
        $now.Port | Should -Be $orders.Port
        $now.Version | Should -Be $orders.Version
        $now.CaCertificate | Should -Be $orders.CaCertificate
    }

    It 'finds it by id' { (Get-PgInstance $orders.Id).Name | Should -Be 'orders' }

    It 'takes wildcards in names only: an id that happens to match is nobody''s name' {
        Get-PgInstance "$($orders.Id.Substring(0, 8))*" | Should -BeNullOrEmpty
        Get-PgInstance '*-*-*-*-*' | Should -BeNullOrEmpty
    }

    It 'takes wildcards' {
        (Get-PgInstance ord*).Name | Should -Be 'orders'
        (Get-PgInstance '[op]rder?').Name | Should -Be 'orders'
        Get-Problem { Get-PgInstance x* } | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline, by value and by property name' {
        ('orders' | Get-PgInstance).Id | Should -Be $orders.Id
        ([pscustomobject]@{ Name = 'orders' } | Get-PgInstance).Id | Should -Be $orders.Id
        ($orders | Get-PgInstance).Id | Should -Be $orders.Id
    }

    It 'says so when there is none of a name, and shows the others' {
        $found = Get-PgInstance nope, orders -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'orders'
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound nope
    }

    It 'compares names exactly' {
        Assert-Problem (Get-Problem { Get-PgInstance ORDERS }) PgCloud.Instance.NotFound ObjectNotFound ORDERS
    }

    It 'does not mind files and directories that are not ours' {
        Set-Content (Join-Path $pgHome 'a file') ''
        $null = New-Item (Join-Path $pgHome 'a directory') -ItemType Directory
        Get-Problem { Get-PgInstance } | Should -BeNullOrEmpty
        (Get-PgInstance).Name | Should -Not -Contain 'a directory'
        Remove-Item (Join-Path $pgHome 'a file'), (Join-Path $pgHome 'a directory')
    }

    It 'ends with the first object where no more are wanted' {
        @(Get-PgInstance | Select-Object -First 1).Count | Should -Be 1
    }
}

Describe 'The life of an instance' {
    BeforeAll {
        $life = New-PgInstance life
        $life | Add-PgAuthorisedIp -Address 127.0.0.1
        $ops = New-PgManagerUser $life ops
        $ops | Invoke-PgQuery 'CREATE TABLE kept AS SELECT 42 AS answer'
    }

    It 'Stop-PgInstance stops it' {
        $stopped = Stop-PgInstance life -PassThru
        $stopped.Status | Should -Be 'Stopped'
        $stopped.Change | Should -Be 'Updated'
        Get-ProcessOf $life.Detail.Directory | Should -BeNullOrEmpty
        $now = Get-PgInstance life
        $now.Status | Should -Be 'Stopped'
        $now.Port | Should -Be $life.Port
        $now.Detail.Keys | Should -Not -Contain 'ProcessId'
    }

    It 'stopping it again is Unchanged' {
        (Stop-PgInstance life -PassThru).Change | Should -Be 'Unchanged'
    }

    It 'what needs the server says that it is stopped, and what to do' {
        foreach ($script in { New-PgManagerUser life x }, { Get-PgCloudUser life }, { Reset-PgUserPassword life ops }, { Remove-PgCloudUser life ops }) {
            $problem = Get-Problem $script
            Assert-Problem $problem PgCloud.Instance.NotReady InvalidOperation life
            $problem.ErrorDetails.RecommendedAction | Should -Match 'Start-PgInstance'
            $problem.TargetObject | Should -BeOfType PgCloud.PgInstance
        }
    }

    It 'SQL to it is refused with an error that says to look whether it runs' {
        Assert-Problem (Get-Problem { $ops | Invoke-PgQuery 'SELECT 1' }) PgCloud.Connection.Refused ConnectionError "$($ops.Connection)"
    }

    It 'addresses can be authorised while it is stopped, and count when it starts' {
        (Add-PgAuthorisedIp life 127.0.0.2 -PassThru).Change | Should -Be 'Created'
        Get-PgAuthorisedIp life | ForEach-Object { "$_" } | Should -Be '127.0.0.1/32', '127.0.0.2/32'
    }

    It '-WhatIf starts nothing' {
        Start-PgInstance life -WhatIf
        (Get-PgInstance life).Status | Should -Be 'Stopped'
    }

    It 'Wait-PgInstance gives up when the time is up, and the error carries the instance as last seen' {
        $problem = Get-Problem { Wait-PgInstance life -TimeoutSec 1 }
        Assert-Problem $problem PgCloud.Instance.WaitTimeout OperationTimeout life
        $problem.TargetObject.Status | Should -Be 'Stopped'
    }

    It 'Wait-PgInstance with no time looks once' {
        Assert-Problem (Get-Problem { Wait-PgInstance life -TimeoutSec 0 }) PgCloud.Instance.WaitTimeout OperationTimeout life
        (Wait-PgInstance life -Status Stopped -TimeoutSec 0).Name | Should -Be 'life'
    }

    It 'Ctrl+C ends a Wait-PgInstance, and the waiting only' {
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; "begins"; Wait-PgInstance life'
        Wait-Until { $pipeline.Output.Count -gt 0 } -What 'the waiting'
        Start-Sleep -Milliseconds 700
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $pipeline.Shell.Stop()
        Wait-Pipeline $pipeline
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        $pipeline.Output | Should -Be 'begins'
        Close-Pipeline $pipeline
        (Get-PgInstance life).Status | Should -Be 'Stopped'
    }

    It 'Wait-PgInstance sees that another process has started it' {
        $pipeline = Start-Pipeline '$null = Connect-PgCloud Local; "begins"; Wait-PgInstance life -TimeoutSec 300'
        Wait-Until { $pipeline.Output.Count -gt 0 } -What 'the waiting'
        Start-PgInstance life
        Wait-Pipeline $pipeline
        $pipeline.Shell.Streams.Error | Should -BeNullOrEmpty
        $pipeline.Output[1].Status | Should -Be 'Ready'
        $pipeline.Output[1].Name | Should -Be 'life'
        Close-Pipeline $pipeline
    }

    It 'Start-PgInstance has started it with its data' {
        ($ops | Invoke-PgQuery 'SELECT answer FROM kept').answer | Should -Be 42
    }

    It 'starting it again is Unchanged and leaves the server alone' {
        $process = (Get-PgInstance life).Detail.ProcessId
        $again = Start-PgInstance life -PassThru
        $again.Change | Should -Be 'Unchanged'
        $again.Status | Should -Be 'Ready'
        $again.Detail.ProcessId | Should -Be $process
    }

    It '-WhatIf stops and removes nothing' {
        Stop-PgInstance life -WhatIf
        Remove-PgInstance life -WhatIf
        (Get-PgInstance life).Status | Should -Be 'Ready'
    }

    It 'a server that was killed is Stopped, with the reason, and is ready again when it is started' {
        $process = (Get-PgInstance life).Detail.ProcessId
        kill -9 $process
        Wait-Until { -not (Test-Path "/proc/$process") } -What 'the end of the server'
        $now = Get-PgInstance life
        $now.Status | Should -Be 'Stopped'
        $now.StatusDetail | Should -Match 'without a shutdown'
        (Start-PgInstance life -PassThru).Status | Should -Be 'Ready'
        ($ops | Invoke-PgQuery 'SELECT answer FROM kept').answer | Should -Be 42
    }

    It 'a server that hangs is not called Ready' {
        $process = (Get-PgInstance life).Detail.ProcessId
        kill -STOP $process
        try { $now = Get-PgInstance life }
        finally { kill -CONT $process }
        $now.Status | Should -Be 'Failed'
        $now.StatusDetail | Should -Match "$process"
        (Wait-PgInstance life -TimeoutSec 120).Status | Should -Be 'Ready'
    }

    It 'a stale process number that belongs to another program is not believed' {
        Stop-PgInstance life
        $file = Join-Path $life.Detail.Directory 'data/postmaster.pid'
        Set-Content $file $PID
        try { (Get-PgInstance life).Status | Should -Be 'Stopped' }
        finally { Remove-Item $file }
    }

    It 'an instance whose data is gone is Failed' {
        $data = Join-Path $life.Detail.Directory data
        Rename-Item $data data.away
        try {
            $now = Get-PgInstance life
            Assert-Problem (Get-Problem { Start-PgInstance life }) PgCloud.Instance.NotReady InvalidOperation life
        }
        finally { Rename-Item "$data.away" data }
        $now.Status | Should -Be 'Failed'
        $now.StatusDetail | Should -Match 'gone'
        (Get-PgInstance life).Status | Should -Be 'Stopped'
    }

    It 'a start that fails says what the server said' {
        $settings = Join-Path $life.Detail.Directory 'data/postgresql.conf'
        $before = [IO.File]::ReadAllText($settings)
        Add-Content $settings "max_connections = -7"
        try { Assert-Problem (Get-Problem { Start-PgInstance life }) PgCloud.Instance.Failed InvalidOperation life -Message 'max_connections|configuration' }
        finally { [IO.File]::WriteAllText($settings, $before) }
        (Get-PgInstance life).Status | Should -Be 'Stopped'
    }

    It 'a start on a port that was taken meanwhile says so' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $life.Port)
        $listener.Start()
        try { Assert-Problem (Get-Problem { Start-PgInstance life }) PgCloud.Instance.PortInUse ResourceUnavailable $life.Port }
        finally { $listener.Stop() }
        (Get-PgInstance life).Status | Should -Be 'Stopped'
    }

    It 'an instance whose record is damaged is Failed, and can be removed' {
        Stop-PgInstance life
        Set-Content (Join-Path $life.Detail.Directory 'instance.json') '{ "Format": '
        $now = Get-PgInstance life
        $now.Status | Should -Be 'Failed'
        $now.StatusDetail | Should -Match 'instance\.json'
        $removed = Remove-PgInstance life -Confirm:$false -PassThru
        $removed.Change, $removed.Status | Should -Be 'Removed', 'Removed'
        $life.Detail.Directory | Should -Not -Exist
    }
}

Describe 'Remove-PgInstance' {
    It 'does not remove without an answer: a shell that cannot ask ends in an error' {
        $child = Invoke-Child {
            param($Module)
            Import-Module $Module
            $null = Connect-PgCloud Local
            Remove-PgInstance orders
            "survived: $(Get-PgInstance orders)"
        }
        $child.Output | Should -Match 'survived: orders'
        $child.Error | Should -Not -BeNullOrEmpty
    }

    It 'takes no wildcards: the star is nobody''s name' {
        Get-Problem { Remove-PgInstance * } | Should -Not -BeNullOrEmpty
        (Get-PgInstance orders).Status | Should -Be 'Ready'
    }

    It 'refuses a name that leads out of the directory' {
        Assert-Problem (Get-Problem { Remove-PgInstance "../$(Split-Path $pgHome -Leaf)/orders" }) PgCloud.Instance.NameInvalid InvalidArgument
        (Get-PgInstance orders).Status | Should -Be 'Ready'
    }

    It 'leaves nothing on disk and nothing in the process table' {
        $gone = New-PgInstance gone
        $gone | Remove-PgInstance -Confirm:$false | Should -BeNullOrEmpty
        $gone.Detail.Directory | Should -Not -Exist
        Get-ProcessOf $gone.Detail.Directory | Should -BeNullOrEmpty
        { [Net.Sockets.TcpClient]::new().Connect('127.0.0.1', $gone.Port) } | Should -Throw
        Get-ChildItem $pgHome -Force | Where-Object Name -match gone | Should -BeNullOrEmpty
    }

    It 'ends a server that has clients, with their sessions' {
        $busy = New-PgInstance busy
        $busy | Add-PgAuthorisedIp -Address 127.0.0.1
        $user = New-PgManagerUser $busy ops
        $pipeline = Start-Pipeline '$user | Invoke-PgQuery "SELECT pg_sleep(600) /* busy */"' @{ user = $user }
        Wait-Until { ($user | Invoke-PgQuery "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%/* busy */' AND pid <> pg_backend_pid() AND state = 'active'").n } -What 'the query'
        Remove-PgInstance busy -Confirm:$false
        Wait-Pipeline $pipeline
        Assert-Problem $pipeline.Shell.Streams.Error PgCloud.Connection.Lost ResourceUnavailable
        Close-Pipeline $pipeline
        $busy.Detail.Directory | Should -Not -Exist
    }

    It 'says so when there is none of the name, and goes on with the next' {
        Assert-Problem (Get-Problem { Remove-PgInstance nope -Confirm:$false }) PgCloud.Instance.NotFound ObjectNotFound nope
    }

    It 'says so for an object whose instance is gone meanwhile' {
        $problem = Get-Problem { $gone = [PgCloud.PgInstance]@{ Name = 'gone'; Id = [guid]::NewGuid(); Provider = 'Local'; Status = 'Ready' }; $gone | Remove-PgInstance -Confirm:$false }
        Assert-Problem $problem PgCloud.Instance.NotFound ObjectNotFound gone
    }

    It 'does not take a new instance for an old one of the same name' {
        $impostor = [PgCloud.PgInstance]@{ Name = 'orders'; Id = [guid]::NewGuid(); Provider = 'Local'; Status = 'Ready' }
        Assert-Problem (Get-Problem { $impostor | Remove-PgInstance -Confirm:$false }) PgCloud.Instance.NotFound ObjectNotFound orders
        (Get-PgInstance orders).Status | Should -Be 'Ready'
    }
}
