# Export-PgConnection and Enter-PgSession: connections for other programs, tried with psql itself.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $pgHome = Enter-PgHome
    $work = New-TestDirectory
    $target = New-PgInstance target
    $target | Add-PgAuthorisedIp -Address 127.0.0.1
    $ops = New-PgManagerUser target ops
    $password = Get-Secret $ops.Credential
    $psql = @(@(Get-Command psql -ErrorAction Ignore).Source) + @(Get-ChildItem /usr/lib/postgresql/*/bin/psql -ErrorAction Ignore).FullName | Select-Object -First 1

    # Where libpq looks when nothing is said: of this file's own.
    $before = $env:PGSERVICEFILE, $env:PGPASSFILE
    $env:PGSERVICEFILE = Join-Path $work 'service.conf'
    $env:PGPASSFILE = Join-Path $work 'pgpass'
    $certificate = Join-Path $work 'ca.crt'

    function Get-Mode([string] $Path) { [IO.File]::GetUnixFileMode($Path) }
}

AfterAll {
    $env:PGSERVICEFILE, $env:PGPASSFILE = $before
    Exit-PgHome $pgHome
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe 'Export-PgConnection -As' {
    It 'writes a <As> without the password' -ForEach @(
        @{ As = 'Uri'; Expected = 'postgresql://ops@127.0.0.1:{0}/defaultdb?sslmode=verify-full&sslrootcert={2}' }
        @{ As = 'Keyword'; Expected = 'host=127.0.0.1 port={0} dbname=defaultdb user=ops sslmode=verify-full sslrootcert={1}' }
        @{ As = 'Jdbc'; Expected = 'jdbc:postgresql://127.0.0.1:{0}/defaultdb?user=ops&sslmode=verify-full&sslrootcert={2}' }
        @{ As = 'Npgsql'; Expected = 'Host=127.0.0.1;Port={0};Database=defaultdb;SSL Mode=VerifyFull;Username=ops;Root Certificate={1}' }
    ) {
        $text = $ops | Export-PgConnection -As $As -CertificatePath $certificate
        $text | Should -BeExactly ($Expected -f $target.Port, $certificate, [uri]::EscapeDataString($certificate))
        Get-Content $certificate -Raw | Should -BeExactly $target.CaCertificate
    }

    It 'writes a URI where nothing is said' {
        Export-PgConnection $ops -CertificatePath $certificate | Should -BeLike 'postgresql://ops@*'
    }

    It 'writes a table of variables' {
        $table = Export-PgConnection $ops -As Environment -CertificatePath $certificate
        $table.PGHOST, $table.PGPORT, $table.PGDATABASE, $table.PGUSER, $table.PGSSLMODE, $table.PGSSLROOTCERT |
            Should -Be '127.0.0.1', "$($target.Port)", 'defaultdb', 'ops', 'verify-full', $certificate
        $table.Values | Should -Not -Contain $password
    }

    It 'quotes and encodes names that need it' {
        $odd = [PgCloud.PgConnection] @{ HostName = '::1'; Port = 5433; Database = "o'b\ c&d"; UserName = 'a b@c'; TlsMode = 'Require' }
        Export-PgConnection $odd | Should -BeExactly 'postgresql://a%20b%40c@[::1]:5433/o%27b%5C%20c%26d?sslmode=require'
        Export-PgConnection $odd -As Keyword | Should -BeExactly "host=::1 port=5433 dbname='o\'b\\ c&d' user='a b@c' sslmode=require"
        Export-PgConnection $odd -As Jdbc | Should -BeExactly 'jdbc:postgresql://[::1]:5433/o%27b%5C%20c%26d?user=a%20b%40c&sslmode=require'
    }

    It 'writes no file with -WhatIf' {
        $never = Join-Path $work never.crt
        Export-PgConnection $ops -CertificatePath $never -WhatIf | Should -BeLike '*never.crt'
        Test-Path $never | Should -BeFalse
    }

    It 'says where a file cannot be written' {
        $problem = Get-Problem { Export-PgConnection $ops -CertificatePath (Join-Path $certificate below.crt) }
        Assert-Problem $problem PgCloud.Connection.FileFailed WriteError (Join-Path $certificate below.crt)
    }
}

Describe 'Export-PgConnection -ServiceName' -Skip:(-not $IsLinux) {
    BeforeEach { Remove-Item $env:PGSERVICEFILE, $env:PGPASSFILE -ErrorAction Ignore }

    It 'makes a service that psql connects to by its name alone' {
        $service = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate
        $service | Should -BeOfType PgCloud.PgConnectionService
        $service.Change | Should -Be Created
        $service.ServiceFile, $service.PassFile, $service.CertificatePath | Should -Be $env:PGSERVICEFILE, $env:PGPASSFILE, $certificate
        & $psql --no-password --no-psqlrc -Atc 'SELECT current_user, (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())' service=target | Should -Be 'ops|t'
        $LASTEXITCODE | Should -Be 0
    }

    It 'writes files that only their owner can read, and the password into one of them only' {
        $null = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate
        Get-Mode $env:PGPASSFILE | Should -Be 'UserWrite, UserRead'
        Get-Mode $env:PGSERVICEFILE | Should -Be 'UserWrite, UserRead'
        Get-Content $env:PGPASSFILE | Should -BeExactly "127.0.0.1:$($target.Port):*:ops:$password"
        Get-ChildItem $work -File | Where-Object FullName -NE $env:PGPASSFILE | Select-String -SimpleMatch $password | Should -BeNullOrEmpty
        Get-ChildItem $work -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'changes only what differs' {
        $null = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate
        ($ops | Export-PgConnection -ServiceName target -CertificatePath $certificate).Change | Should -Be Unchanged
        $other = Get-PgConnection target -Credential $ops.Credential -Database postgres
        ($other | Export-PgConnection -ServiceName target -CertificatePath $certificate).Change | Should -Be Updated
        Get-Content $env:PGSERVICEFILE | Where-Object { $_ -like 'dbname*' } | Should -Be 'dbname=postgres'
        @(Get-Content $env:PGPASSFILE) | Should -HaveCount 1
    }

    It 'keeps what else is in the files' {
        Set-Content $env:PGSERVICEFILE "# ours`n[first]`nhost=a`n`n[target]`nhost=old`nport=1`n`n# about last`n[last]`nhost=z"
        Set-Content $env:PGPASSFILE "# a comment`nother:5432:*:mary:her:pass\:word`n127.0.0.1:$($target.Port):*:ops:old`n*:*:*:ops:everywhere"
        ($ops | Export-PgConnection -ServiceName target -CertificatePath $certificate).Change | Should -Be Updated
        Get-Content $env:PGSERVICEFILE | Should -Be '# ours', '[first]', 'host=a', '', '[target]', 'host=127.0.0.1', "port=$($target.Port)", 'dbname=defaultdb',
            'user=ops', 'sslmode=verify-full', "sslrootcert=$certificate", '', '# about last', '[last]', 'host=z'
        Get-Content $env:PGPASSFILE | Should -Be '# a comment', 'other:5432:*:mary:her:pass\:word', "127.0.0.1:$($target.Port):*:ops:$password", '*:*:*:ops:everywhere'
    }

    It 'puts the password before a line that would hide it' {
        Set-Content $env:PGPASSFILE '*:*:*:*:wrong'
        $null = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate
        & $psql --no-password --no-psqlrc -Atc 'SELECT current_user' service=target | Should -Be 'ops'
        @(Get-Content $env:PGPASSFILE)[1] | Should -Be '*:*:*:*:wrong'
    }

    It 'escapes what a password file gives a meaning' {
        $odd = $ops | New-PgRole 'a:b\c' -Login -Password (ConvertTo-SecureString 'p:a\s s''w' -AsPlainText -Force)
        Get-PgConnection target -Credential ([pscredential]::new($odd.Name, (ConvertTo-SecureString 'p:a\s s''w' -AsPlainText -Force))) |
            Export-PgConnection -ServiceName odd -CertificatePath $certificate | Should -Not -BeNullOrEmpty
        & $psql --no-password --no-psqlrc -Atc 'SELECT current_user' service=odd | Should -Be 'a:b\c'
    }

    It 'names a password file of its own in the service' {
        $own = Join-Path $work own.pass
        $null = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate -PassFile $own
        Test-Path $env:PGPASSFILE | Should -BeFalse
        & $psql --no-password --no-psqlrc -Atc 'SELECT current_user' service=target | Should -Be 'ops'
    }

    It 'writes no password with -NoPassFile' {
        ($ops | Export-PgConnection -ServiceName target -CertificatePath $certificate -NoPassFile).PassFile | Should -BeNullOrEmpty
        Test-Path $env:PGPASSFILE | Should -BeFalse
    }

    It 'writes through a link, which stays one' {
        $real = Join-Path $work real.conf
        $null = New-Item $real
        $null = New-Item $env:PGSERVICEFILE -ItemType SymbolicLink -Target $real
        $null = $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate -NoPassFile
        (Get-Item $env:PGSERVICEFILE).LinkTarget | Should -Be $real
        Get-Content $real | Should -Contain '[target]'
    }

    It 'refuses a name that cannot stand in the file, and writes nothing: <Name>' -ForEach @{ Name = 'a]b' }, @{ Name = ' a' }, @{ Name = "a`nb" } {
        $authority = Join-Path $work 'unwritten.crt'
        $problem = Get-Problem { $ops | Export-PgConnection -ServiceName $Name -CertificatePath $authority }
        Assert-Problem $problem PgCloud.Connection.ServiceNameInvalid InvalidArgument $Name
        Test-Path $env:PGSERVICEFILE | Should -BeFalse
        Test-Path $env:PGPASSFILE | Should -BeFalse
        Test-Path $authority | Should -BeFalse
    }

    It 'refuses a password with a line end' {
        $two = [pscredential]::new('ops', (ConvertTo-SecureString "a`nb" -AsPlainText -Force))
        $problem = Get-Problem { Get-PgConnection target -Credential $two | Export-PgConnection -ServiceName target -CertificatePath $certificate }
        Assert-Problem $problem PgCloud.Connection.PasswordNotStorable InvalidArgument
        Test-Path $env:PGSERVICEFILE | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        $ops | Export-PgConnection -ServiceName target -CertificatePath $certificate -WhatIf | Should -BeNullOrEmpty
        Test-Path $env:PGSERVICEFILE | Should -BeFalse
        Test-Path $env:PGPASSFILE | Should -BeFalse
    }

    It 'takes a name for each of several connections, of writers at the same time' {
        $connections = 1..20 | ForEach-Object { Get-PgConnection target -Credential $ops.Credential -Database "base$_" }
        $made = $connections | Export-PgConnection -ServiceName { "service-$($_.Database)" } -CertificatePath $certificate
        $made | Should -HaveCount 20
        $made.Change | Should -Be (@('Created') * 20)
        @(Get-Content $env:PGSERVICEFILE | Where-Object { $_ -match '^\[service-base\d+\]$' }) | Should -HaveCount 20
        $jobs = 1..4 | ForEach-Object {
            Start-ThreadJob -ArgumentList $modulePath, $ops.Connection, $_, $certificate {
                param($Module, $Connection, $Number, $Certificate)
                Import-Module $Module
                1..10 | ForEach-Object { Export-PgConnection $Connection -ServiceName "job-$Number-$_" -CertificatePath $Certificate }
            }
        }
        $jobs | Receive-Job -Wait -AutoRemoveJob | Should -HaveCount 40
        @(Get-Content $env:PGSERVICEFILE | Where-Object { $_ -match '^\[' }) | Should -HaveCount 60
    }
}

Describe 'Enter-PgSession' -Skip:(-not $IsLinux) {
    BeforeAll {
        # psql reads what the shell is given to read, and its output is the shell's.
        function Invoke-Session([string] $Text, [scriptblock] $Script, [hashtable] $Environment = @{}) {
            $credential = Join-Path $work credential.xml
            $ops.Connection | Export-Clixml $credential
            $file = Join-Path $work session.ps1
            Set-Content $file ("param(`$Module, `$Path) `$ErrorActionPreference = 'Continue'; Import-Module `$Module; `$ops = Import-Clixml `$Path`n" + $Script)
            $start = [Diagnostics.ProcessStartInfo]::new($pwsh)
            '-NoProfile', '-File', $file, $modulePath, $credential | ForEach-Object { $start.ArgumentList.Add($_) }
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $start.Environment['NO_COLOR'] = '1'
            foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
            $process = [Diagnostics.Process]::Start($start)
            $output = $process.StandardOutput.ReadToEndAsync()
            $errors = $process.StandardError.ReadToEndAsync()
            if ($Text) { $process.StandardInput.Write($Text) }
            $process.StandardInput.Close()
            if (-not $process.WaitForExit(180000)) { $process.Kill($true); throw 'The session did not end.' }
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; Error = $errors.Result }
        }
    }

    It 'opens psql, logged in over verified TLS, which reads what is typed' {
        $ran = Invoke-Session "SELECT 'user ' || current_user || ' ssl ' || ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid();`n\q`n" { Enter-PgSession $ops; "code $LASTEXITCODE" }
        $ran.Output | Should -Match 'user ops ssl true'
        $ran.Output | Should -Match 'code 0'
        $ran.Error | Should -BeNullOrEmpty
    }

    It 'gives the password in no argument, no variable and no file that has a name' {
        $ran = Invoke-Session "\! tr '\0' '\n' < /proc/`$PPID/environ`n\! tr '\0' ' ' < /proc/`$PPID/cmdline`n\! stat -Lc 'mode %a' `$PGPASSFILE`n\! ls -l `$PGPASSFILE`n\! ls /tmp/pgcloud-psql* 2>&1`nSELECT 1;`n" {
            Enter-PgSession $ops
        }
        $ran.Output | Should -Match 'PGUSER=ops'
        $ran.Output | Should -Match 'PGPASSFILE=/proc/\d+/fd/\d+'
        $ran.Output | Should -Not -Match ([regex]::Escape($password))
        $ran.Output | Should -Not -Match 'PGPASSWORD'
        $ran.Output | Should -Match 'mode 600'
        $ran.Output | Should -Match '\(deleted\)'
        $ran.Output | Should -Match 'No such file'
    }

    It 'lets nothing of the shell''s own variables lead elsewhere' {
        $ran = Invoke-Session 'SELECT current_user;' { Enter-PgSession $ops } -Environment @{
            PGHOST = 'nowhere.invalid'; PGHOSTADDR = '192.0.2.1'; PGUSER = 'nobody'; PGPASSWORD = 'wrong'; PGSERVICE = 'none'; PGSSLMODE = 'disable'; PGSSLROOTCERT = '/none'
        }
        $ran.Output | Should -Match '\bops\b'
        $ran.Error | Should -BeNullOrEmpty
    }

    It 'leaves the terminal to psql until that ends, whatever stops the pipeline' {
        $pipeline = Start-Pipeline 'Enter-PgSession $ops -ArgumentList "-Atc", "SELECT pg_sleep(4)"' @{ ops = $ops }
        try {
            $sleeping = { $ops | Invoke-PgQuery "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(4)' AND state = 'active'" -As Scalar }
            Wait-Until $sleeping -What 'psql'
            $stop = $pipeline.Shell.BeginStop($null, $null)
            do { $isOver = $pipeline.Handle.IsCompleted } while ((& $sleeping) -and -not $isOver)
            if ($isOver) { & $sleeping | Should -BeNullOrEmpty }
            Wait-Pipeline $pipeline
            $pipeline.Shell.EndStop($stop)
        }
        finally { Close-Pipeline $pipeline }
    }

    It 'passes arguments on and tells how psql ended' {
        $ran = Invoke-Session '' {
            Enter-PgSession $ops '-Atc', 'SELECT 6 * 7'
            "code $LASTEXITCODE"
            Enter-PgSession $ops -ArgumentList '-c', 'SELEC' -ErrorVariable failed -ErrorAction SilentlyContinue
            "code $LASTEXITCODE $($failed[0].FullyQualifiedErrorId.Split(',')[0]) $($failed[0].CategoryInfo.Category) $($failed[0].TargetObject)"
        }
        $ran.Output | Should -Match '42'
        $ran.Output | Should -Match 'code 0'
        $ran.Output | Should -Match "code 1 PgCloud.Psql.Failed InvalidOperation ops@127.0.0.1:$($target.Port)/defaultdb"
    }
}
