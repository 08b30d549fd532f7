# SPDX-License-Identifier: MIT
# The audit trail: a line for each change of state, whatever the cmdlet, the provider and the outcome.

BeforeDiscovery {
    # A small disk of one's own, that can be filled: it takes a mount.
    $canMount = $false
    if ($IsLinux -and (Get-Command unshare -ErrorAction Ignore)) {
        $null = & unshare -rm sh -c 'mount -t tmpfs -o size=64k tmpfs /mnt' *>&1
        $canMount = $LASTEXITCODE -eq 0
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $work = New-TestDirectory
    $trail = Join-Path $work audit.jsonl
    $emulator = Start-Emulator -Fast
    $env:PGCLOUD_AUDIT = $null
    $null = Connect-Emulator $emulator
    Disconnect-PgCloud
    $session = Connect-PgCloud Ovh -Endpoint $emulator.http -Project Orders -Name audited -AuditPath $trail -ConsumerKey (New-Secret $emulator.consumerKey) -ApplicationCredential (
        New-Credential $emulator.applicationKey $emulator.applicationSecret)
    $made = @(New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -Version 15 -AuthorisedIp 127.0.0.1 -Wait)[0]
    $afterNew = @(Get-Content $trail)
    $ops = New-PgManagerUser orders ops
    # In a database of its own it may make tables.
    $connection = (New-PgDatabase audit -Connection $ops.Connection).Connection

    # For other processes: adds a line to a trail, by the module's own means.
    Set-Content "$work/append.ps1" {
        function Add-Line([string] $Path, [string] $Name) {
            $assembly = [PgCloud.PgInstance].Assembly
            $flags = [Reflection.BindingFlags] 'NonPublic, Public, Instance'
            $trail = [Activator]::CreateInstance($assembly.GetType('PgCloud.Audit.AuditTrail'), $flags, $null, @($Path), $null)
            $target = [Activator]::CreateInstance($assembly.GetType('PgCloud.Audit.AuditTarget'), $flags, $null, @('data/database', ('x' * 500)), $null)
            $list = [Array]::CreateInstance($assembly.GetType('PgCloud.Audit.AuditEvent'), 1)
            $list[0] = [Activator]::CreateInstance($assembly.GetType('PgCloud.Audit.AuditEvent'), $flags, $null, @($Name, $target, 'create'), $null)
            $null = $trail.GetType().GetMethod('Append', $flags).Invoke($trail, @(, $list))
        }
    }

    # What a script added to a trail.
    function Get-Trail([scriptblock] $Script, [string] $Path = $trail) {
        $before = (Test-Path $Path) ? @(Get-Content $Path).Count : 0
        $null = & $Script
        Get-Content $Path -ErrorAction Ignore | Select-Object -Skip $before | ForEach-Object { $_ | ConvertFrom-Json -DateKind String }
    }
    # The same where the script fails.
    function Get-FailureTrail([scriptblock] $Failing) { Get-Trail { Get-Problem $Failing } }
}

AfterAll {
    $env:PGCLOUD_AUDIT = $null
    Close-Session
    Stop-Emulator $emulator
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}

Describe 'A line' {
    It 'is one JSON object in CADF form: who, what, on what, how it ended, how long it took' {
        $afterNew.Count | Should -Be 1
        $line = $afterNew[0] | ConvertFrom-Json -DateKind String
        $line.typeURI | Should -BeExactly 'http://schemas.dmtf.org/cloud/audit/1.0/event'
        $line.eventType, $line.action, $line.outcome, $line.change | Should -BeExactly 'activity', 'create', 'success', 'Created'
        [guid]::Parse($line.id) | Should -Not -Be ([guid]::Empty)
        $line.eventTime | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$'
        $line.initiator.id | Should -Be "$([Environment]::UserName)@$([Environment]::MachineName)"
        $line.initiator.account, $line.initiator.provider | Should -Be $session.Account, 'Ovh'
        $line.target.typeURI, $line.target.name, $line.target.id | Should -BeExactly 'data/database/instance', 'orders', $made.Id
        $line.observer.id, $line.observer.version | Should -Be 'PgCloud', (Get-Module PgCloud).Version.ToString()
        $line.cmdlet, $line.session | Should -BeExactly 'New-PgInstance', 'audited'
        [Xml.XmlConvert]::ToTimeSpan($line.duration) | Should -BeGreaterThan ([timespan]::Zero)
        $line.requestid | Should -Not -BeNullOrEmpty
        $line.PSObject.Properties.Name | Should -Not -Contain reason
    }

    It 'is in a file that its owner alone may read' -Skip:$IsWindows {
        [IO.File]::GetUnixFileMode($trail) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'has the path in the session' { $session.AuditPath | Should -Be $trail }

    It 'is there by the time the cmdlet writes its object' {
        $count = @(Get-Content $trail).Count
        New-PgCloudDatabase orders early | ForEach-Object { @(Get-Content $trail).Count } | Should -Be ($count + 1)
    }
}

Describe 'What was so already, what -WhatIf shows and what is only read' {
    It 'leaves no line' {
        Get-Trail {
            New-PgCloudDatabase orders early
            New-PgCloudDatabase orders never -WhatIf
            Remove-PgInstance orders -WhatIf
            Add-PgAuthorisedIp orders 127.0.0.1
            Get-PgInstance | Get-PgAuthorisedIp
            Get-PgCloudUser orders
            New-PgRole nobody -Connection $connection -WhatIf
            Invoke-PgQuery 'SELECT 1; SHOW work_mem' -Connection $connection
            Invoke-PgQuery 'CREATE TABLE never (id int)' -ReadOnly -Connection $connection -ErrorAction Ignore
            'pg_monitor' | ForEach-Object { Get-PgRole $_ -Connection $connection }
        } | Should -BeNullOrEmpty
    }
}

Describe 'Each object' {
    It 'of <Cmdlet> has a line: <Action>, <Kind>, <Name>' -ForEach @(
        @{ Cmdlet = 'Add-PgAuthorisedIp'; Action = 'create'; Kind = 'data/security/policy/authorised-ip'; Name = '203.0.113.7/32', '203.0.113.8/32'; Script = { Add-PgAuthorisedIp orders 203.0.113.7, 203.0.113.8 } }
        @{ Cmdlet = 'Set-PgAuthorisedIp'; Action = 'create', 'delete', 'delete'; Kind = 'data/security/policy/authorised-ip'; Name = '203.0.113.7/32', '203.0.113.8/32', '203.0.113.9/32'; Script = { Set-PgAuthorisedIp orders 127.0.0.1, 203.0.113.9 } }
        @{ Cmdlet = 'Remove-PgAuthorisedIp'; Action = 'delete'; Kind = 'data/security/policy/authorised-ip'; Name = '203.0.113.9/32'; Script = { Remove-PgAuthorisedIp orders 203.0.113.9 } }
        @{ Cmdlet = 'New-PgCloudDatabase'; Action = 'create'; Kind = 'data/database'; Name = 'shop'; Script = { New-PgCloudDatabase orders shop } }
        @{ Cmdlet = 'New-PgConnectionPool'; Action = 'create'; Kind = 'data/database/pool'; Name = 'web'; Script = { New-PgConnectionPool orders web -Database shop -Mode Transaction -Size 5 } }
        @{ Cmdlet = 'Set-PgConnectionPool'; Action = 'update'; Kind = 'data/database/pool'; Name = 'web'; Script = { Set-PgConnectionPool orders web -Size 6 } }
        @{ Cmdlet = 'Remove-PgConnectionPool'; Action = 'delete'; Kind = 'data/database/pool'; Name = 'web'; Script = { Remove-PgConnectionPool orders web } }
        @{ Cmdlet = 'Remove-PgCloudDatabase'; Action = 'delete'; Kind = 'data/database'; Name = 'shop'; Script = { Remove-PgCloudDatabase orders shop } }
        @{ Cmdlet = 'New-PgWriterUser'; Action = 'create'; Kind = 'data/security/account/user'; Name = 'app'; Script = { New-PgWriterUser orders app -AdminCredential $ops.Credential } }
        @{ Cmdlet = 'Reset-PgUserPassword'; Action = 'update'; Kind = 'data/security/account/user'; Name = 'app'; Script = { Reset-PgUserPassword orders app } }
        @{ Cmdlet = 'Remove-PgCloudUser'; Action = 'delete'; Kind = 'data/security/account/user'; Name = 'app'; Script = { Remove-PgCloudUser orders app } }
        @{ Cmdlet = 'Set-PgInstance'; Action = 'update'; Kind = 'data/database/instance'; Name = 'orders'; Script = { Set-PgInstance orders -BackupTime 03:30 -Wait } }
        @{ Cmdlet = 'Set-PgConfiguration'; Action = 'update'; Kind = 'data/database/instance/configuration'; Name = 'pg.log_min_duration_statement'; Script = { Set-PgConfiguration orders pg.log_min_duration_statement 4321 -Wait } }
        @{ Cmdlet = 'New-PgLogUrl'; Action = 'create'; Kind = 'data/security/credential/log-url'; Name = { @(Get-PgLogKind orders)[0].Kind }; Script = { New-PgLogUrl orders @(Get-PgLogKind orders)[0].Kind } }
        @{ Cmdlet = 'New-PgLogSubscription'; Action = 'create'; Kind = 'data/database/instance/log-subscription'; Name = { @(Get-PgLogKind orders)[0].Kind }; Script = { New-PgLogSubscription orders 8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10 @(Get-PgLogKind orders)[0].Kind } }
        @{ Cmdlet = 'Remove-PgLogSubscription'; Action = 'delete'; Kind = 'data/database/instance/log-subscription'; Name = { @(Get-PgLogKind orders)[0].Kind }; Script = { Get-PgLogSubscription orders | Remove-PgLogSubscription } }
        @{ Cmdlet = 'Reset-PgPrometheusCredential'; Action = 'update'; Kind = 'data/security/credential/prometheus'; Name = $null; Script = { Set-PgInstance orders -Prometheus $true -Wait; Reset-PgPrometheusCredential orders } }
        @{ Cmdlet = 'Reset-PgQueryStatistic'; Action = 'update'; Kind = 'data/database/instance'; Name = 'orders'; Script = { Reset-PgQueryStatistic orders } }
        @{ Cmdlet = 'Enable-PgInstanceWrite'; Action = 'enable'; Kind = 'data/database/instance/write-window'; Name = $null; Script = { Enable-PgInstanceWrite orders } }
        @{ Cmdlet = 'New-PgRole'; Action = 'create'; Kind = 'data/security/role'; Name = 'mary', 'joe'; Script = { New-PgRole mary, joe -Login -Connection $connection } }
        @{ Cmdlet = 'Set-PgRole'; Action = 'update'; Kind = 'data/security/role'; Name = 'mary'; Script = { Set-PgRole mary -ConnectionLimit 3 -Connection $connection } }
        @{ Cmdlet = 'Set-PgRolePassword'; Action = 'update'; Kind = 'data/security/role'; Name = 'mary'; Script = { Set-PgRolePassword mary (New-Secret 'a-S3cret') -Connection $connection } }
        @{ Cmdlet = 'Grant-PgRole'; Action = 'allow'; Kind = 'data/security/role/membership'; Name = 'joe in mary'; Script = { Grant-PgRole mary joe -Connection $connection } }
        @{ Cmdlet = 'Revoke-PgRole'; Action = 'revoke'; Kind = 'data/security/role/membership'; Name = 'joe in mary'; Script = { Revoke-PgRole mary joe -Connection $connection } }
        @{ Cmdlet = 'Invoke-PgQuery'; Action = 'update'; Kind = 'data/database'; Name = 'audit'; Script = { Invoke-PgQuery 'CREATE TABLE t (id int); INSERT INTO t VALUES (1)' -Connection $connection } }
        @{ Cmdlet = 'Grant-PgPrivilege'; Action = 'allow'; Kind = 'data/security/policy/privilege'; Name = 'SELECT on Table public.t to mary'; Script = { Grant-PgPrivilege SELECT -Schema public -Name t -Grantee mary -Connection $connection } }
        @{ Cmdlet = 'Revoke-PgPrivilege'; Action = 'revoke'; Kind = 'data/security/policy/privilege'; Name = 'SELECT on Table public.t to mary'; Script = { Revoke-PgPrivilege SELECT -Schema public -Name t -Grantee mary -Connection $connection } }
        @{ Cmdlet = 'Import-PgTable'; Action = 'update'; Kind = 'data/database/table'; Name = 'public.t'; Script = { 2..4 | ForEach-Object { [pscustomobject]@{ id = $_ } } | Import-PgTable t -Connection $connection } }
        @{ Cmdlet = 'Set-PgOwner'; Action = 'update'; Kind = 'data/security/policy/owner'; Name = 'Table public.t of mary'; Script = { Invoke-PgQuery 'GRANT CREATE ON SCHEMA public TO mary; GRANT mary TO ops' -Connection $connection; Set-PgOwner mary -Schema public -Name t -Connection $connection } }
        @{ Cmdlet = 'New-PgDatabase'; Action = 'create'; Kind = 'data/database'; Name = 'stock'; Script = { New-PgDatabase stock -Connection $connection } }
        @{ Cmdlet = 'Set-PgDatabase'; Action = 'update'; Kind = 'data/database'; Name = 'stock'; Script = { Set-PgDatabase stock -ConnectionLimit 5 -Connection $connection } }
        @{ Cmdlet = 'Remove-PgDatabase'; Action = 'delete'; Kind = 'data/database'; Name = 'stock'; Script = { Remove-PgDatabase stock -Connection $connection } }
        @{ Cmdlet = 'Remove-PgRole'; Action = 'delete'; Kind = 'data/security/role'; Name = 'joe'; Script = { Remove-PgRole joe -Connection $connection } }
    ) {
        $ConfirmPreference = 'None'
        $lines = @(Get-Trail $Script | Where-Object cmdlet -EQ $Cmdlet)
        $expected = @($Name -is [scriptblock] ? (& $Name) : $Name)
        if ($Cmdlet -eq 'Remove-PgLogSubscription') { $expected = @($lines[0].target.name) }
        $lines.Count | Should -Be $expected.Count -Because ($lines | ConvertTo-Json -Depth 5 -Compress)
        $lines.outcome | Should -Be (@('success') * $expected.Count)
        $lines.target.typeURI | Select-Object -Unique | Should -Be $Kind
        $lines.action | Sort-Object | Should -Be (@($Action).Count -eq 1 ? @($Action) * $expected.Count : @($Action))
        if ($expected[0]) { $lines.target.name | Sort-Object | Should -Be ($expected | Sort-Object) }
        $lines.session | Select-Object -Unique | Should -Be 'audited'
        $lines.target.instance | Select-Object -Unique | Should -Be 'orders'
        $lines.target.addresses.url | Select-Object -Unique | Should -BeLike 'postgres://*:*'
        ($lines.target.id | Select-Object -Unique).Count | Should -Be $expected.Count
    }

    It 'by SQL says as whom and in which database, and of SQL no more than the command tags' {
        $lines = Get-Trail { Invoke-PgQuery @'
            -- CREATE ROLE hidden
            CREATE ROLE zebra LOGIN PASSWORD 'c4nary-in-sql';
            SELECT 'DELETE FROM x';
            WITH gone AS (DELETE FROM t RETURNING id) SELECT * FROM gone;
            CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT 1; $x$;
            DROP ROLE "zebra"
'@ -Connection $connection }
        $lines.statements | Should -BeExactly 'CREATE ROLE', 'DELETE', 'CREATE FUNCTION', 'DROP ROLE'
        $lines.initiator.role, $lines.target.database | Should -Be 'ops', 'audit'
        Get-Content $trail -Raw | Select-String -Pattern 'c4nary|zebra|RETURNING|hidden' | Should -BeNullOrEmpty
    }
}

Describe 'What fails' {
    It 'has a line with the error''s id and the API''s own name for it' {
        Set-EmulatorFault $emulator 500 -Path '*/user' -Method POST
        $line = Get-FailureTrail { New-PgManagerUser orders broken -AdminCredential $ops.Credential } | Where-Object outcome -NE success
        Clear-EmulatorFault $emulator
        $line.target.name, $line.action, $line.cmdlet | Should -Be 'broken', 'create', 'New-PgManagerUser'
        $line.outcome | Should -Be 'unknown' -Because 'after a 500 the user may have been made'
        $line.reason.reasonType | Should -Be 'PgCloud.Cloud.OutcomeUnknown'
    }

    It 'is a failure where the API said no' {
        $line = Get-FailureTrail { Set-PgInstance orders -Plan nonsense }
        if ($line) { $line.outcome | Should -Be 'failure' }
        $line = Get-FailureTrail { Remove-PgCloudUser orders avnadmin }
        $line.outcome, $line.action, $line.target.name | Should -Be 'failure', 'delete', 'avnadmin'
        $line.reason.reasonType | Should -BeLike 'PgCloud.*'
        $line.PSObject.Properties.Name | Should -Not -Contain change
    }

    It 'by SQL has its SQLSTATE, and the rest of the records their own lines' {
        $lines = @(Get-FailureTrail { Invoke-PgQuery 'DROP TABLE nowhere' -Connection $connection })
        $lines.Count | Should -Be 1
        $lines[0].outcome, $lines[0].reason.reasonCode, $lines[0].statements | Should -Be 'failure', '42P01', 'DROP TABLE'
        $null = New-PgRole a_member -Connection $connection
        $lines = Get-FailureTrail { [pscustomobject]@{ Role = 'mary'; Member = 'a_member' }, [pscustomobject]@{ Role = 'mary'; Member = 'nobody_here' } | Grant-PgRole -Connection $connection }
        $lines.outcome | Sort-Object | Should -Be 'failure', 'success'
        ($lines | Where-Object outcome -EQ failure).target.name | Should -Be 'nobody_here in mary'
    }

    It 'is written down for all records with -ErrorAction Stop, too' {
        $null = Revoke-PgRole mary a_member -Connection $connection
        $lines = Get-Trail {
            try { [pscustomobject]@{ Role = 'mary'; Member = 'nobody_here' }, [pscustomobject]@{ Role = 'mary'; Member = 'a_member' } | Grant-PgRole -Connection $connection -ErrorAction Stop }
            catch { $_ }
        }
        $lines.outcome | Sort-Object | Should -Be 'failure', 'success'
    }

    It 'is unknown where Ctrl+C came between' {
        $before = @(Get-Content $trail).Count
        $pipeline = Start-Pipeline 'Invoke-PgQuery "CREATE TABLE slow AS SELECT 1 FROM pg_sleep(600)" -Connection $connection' @{ connection = $connection }
        Wait-Until { Get-PgActivity -Connection $ops.Connection | Where-Object Query -Like 'CREATE TABLE slow*' }
        $pipeline.Shell.Stop()
        Close-Pipeline $pipeline
        Wait-Until { @(Get-Content $trail).Count -gt $before } -What 'the line'
        $line = Get-Content $trail | Select-Object -Skip $before | ConvertFrom-Json
        $line.outcome, $line.reason.reasonType, $line.action | Should -Be 'unknown', 'PgCloud.Stopped', 'update'
    }

    It 'afterwards, such as waiting, does not make a failure of the change' {
        $line = Get-FailureTrail { New-PgInstance waiting -Region GRA -Plan business -Flavor db1-7 -Wait -TimeoutSec 0 }
        @($line).Count | Should -Be 1
        $line.outcome, $line.change | Should -Be 'success', 'Created'
        Get-Trail { Remove-PgInstance waiting -Confirm:$false } | ForEach-Object action | Should -Be 'delete'
    }
}

Describe 'Where it goes' {
    It 'is what PGCLOUD_AUDIT says, for a connection without a session, too' {
        $other = Join-Path $work other.jsonl
        $bare = Copy-Connection $connection @{ Instance = $null }
        $env:PGCLOUD_AUDIT = $other
        try {
            $line = Get-Trail { New-PgRole by_env -Connection $bare } $other
            $line.action, $line.target.name, $line.initiator.role | Should -Be 'create', 'by_env', 'ops'
            $line.PSObject.Properties.Name | Should -Not -Contain session
            # The session's own goes first.
            Get-Trail { New-PgRole by_session -Connection $connection } $other | Should -BeNullOrEmpty
            (Connect-Emulator $emulator).AuditPath | Should -Be $other
        }
        finally {
            $env:PGCLOUD_AUDIT = $null
            Get-PgCloudSession | Where-Object Name -NE audited | Disconnect-PgCloud
        }
    }

    It 'leaves nothing without either' {
        $bare = Copy-Connection $connection @{ Instance = $null }
        Get-Trail { New-PgRole unseen -Connection $bare } | Should -BeNullOrEmpty
    }

    It 'is taken from PowerShell''s own location' {
        Push-Location $work
        try { (Connect-PgCloud Local -AuditPath ./here.jsonl -StateDirectory $work/state).AuditPath | Should -Be (Join-Path $work here.jsonl) }
        finally {
            Pop-Location
            Get-PgCloudSession | Where-Object Provider -EQ Local | Disconnect-PgCloud
        }
    }

    It 'is refused by Connect-PgCloud where it cannot be written' {
        $path = Join-Path $work nowhere audit.jsonl
        Assert-Problem (Get-Problem { Connect-PgCloud Local -AuditPath $path }) PgCloud.Audit.Unwritable WriteError $path
        Assert-Problem (Get-Problem { Connect-PgCloud Local -AuditPath $work }) PgCloud.Audit.Unwritable WriteError $work
        $env:PGCLOUD_AUDIT = 'audit.jsonl'
        try { Assert-Problem (Get-Problem { Connect-PgCloud Local }) PgCloud.Audit.PathInvalid InvalidArgument audit.jsonl }
        finally { $env:PGCLOUD_AUDIT = $null }
        Get-PgCloudSession | Should -HaveCount 1
    }

    It 'is refused where nothing is kept: a pipe, read by somebody or by nobody' -Skip:$IsWindows {
        $pipe = Join-Path $work pipe
        mkfifo $pipe
        $reader = $null
        try {
            foreach ($isRead in $false, $true) {
                if ($isRead) { $reader = [Diagnostics.Process]::Start('tail', @('-f', $pipe)) }
                # In a pipeline of its own: what waits for a reader cannot be stopped.
                $connecting = Start-Pipeline 'Connect-PgCloud Local -StateDirectory $directory -AuditPath $pipe' @{ pipe = $pipe; directory = "$work/state" }
                Wait-Pipeline $connecting 30
                Assert-Problem $connecting.Shell.Streams.Error PgCloud.Audit.Unwritable WriteError $pipe 'keeps nothing'
                Close-Pipeline $connecting
            }
        }
        finally { if ($reader) { $reader.Kill() } }
    }

    It 'is where a link leads, and a link that leads nowhere is refused' -Skip:$IsWindows {
        $real, $link, $lost = 'real.jsonl', 'link.jsonl', 'lost.jsonl' | ForEach-Object { Join-Path $work $_ }
        $null = New-Item $lost -ItemType SymbolicLink -Target "$work/nothing"
        Assert-Problem (Get-Problem { Connect-PgCloud Local -StateDirectory $work/state -AuditPath $lost }) PgCloud.Audit.Unwritable WriteError $lost
        Test-Path "$work/nothing" | Should -BeFalse
        Remove-Item $lost
        [IO.File]::WriteAllText($real, '')
        [IO.File]::SetUnixFileMode($real, 'UserRead, UserWrite')
        $null = New-Item $link -ItemType SymbolicLink -Target $real
        $env:PGCLOUD_AUDIT = $link
        try { $null = New-PgRole by_link -Connection (Copy-Connection $connection @{ Instance = $null }) }
        finally { $env:PGCLOUD_AUDIT = $null }
        (Get-Content $real | ConvertFrom-Json).target.name | Should -Be by_link
        (Get-Item $link -Force).LinkType | Should -Be SymbolicLink
    }

    It 'is a new file, for its owner alone, once the old one was moved away' {
        $rotated = Join-Path $work rotated.jsonl
        $bare = Copy-Connection $connection @{ Instance = $null }
        $env:PGCLOUD_AUDIT = $rotated
        try {
            'before', 'after' | ForEach-Object {
                $null = New-PgRole "rotated_$_" -Connection $bare
                if ($_ -eq 'before') { Move-Item $rotated "$rotated.1" }
            }
        }
        finally { $env:PGCLOUD_AUDIT = $null }
        "$rotated.1", $rotated | ForEach-Object { (Get-Content $_ | ConvertFrom-Json).target.name } | Should -Be rotated_before, rotated_after
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($rotated) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
    }

    It 'begins a line of its own after half a one, which a killed writer left' -Skip:$IsWindows {
        $half = Join-Path $work half.jsonl
        [IO.File]::WriteAllText($half, '{"typeURI":"http://schemas')
        $env:PGCLOUD_AUDIT = $half
        try { 'one', 'two' | ForEach-Object { $null = New-PgRole "half_$_" -Connection (Copy-Connection $connection @{ Instance = $null }) } }
        finally { $env:PGCLOUD_AUDIT = $null }
        Get-Content $half | Select-Object -Skip 1 | ForEach-Object { ($_ | ConvertFrom-Json).target.name } | Should -Be half_one, half_two
    }

    It 'stops a change beforehand where the disk is full, and leaves no half line' -Skip:(-not $canMount) {
        $disk = New-Item (Join-Path $work disk) -ItemType Directory
        @{ http = $emulator.http; consumerKey = $emulator.consumerKey; applicationKey = $emulator.applicationKey; applicationSecret = $emulator.applicationSecret } |
            ConvertTo-Json | Set-Content "$work/account.json"
        $child = Invoke-Child -ArgumentList $work -Prefix (@('unshare', '-rm', 'sh', '-c', "mount -t tmpfs -o size=1m tmpfs '$disk' && exec `"`$@`"", 'sh')) -Script {
            param($Module, $Work)
            Import-Module $Module
            $given = Get-Content "$Work/account.json" -Raw | ConvertFrom-Json
            function Secret($Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
            $trail = "$Work/disk/audit.jsonl"
            $null = Connect-PgCloud Ovh -Endpoint $given.http -Project Orders -AuditPath $trail -ConsumerKey (Secret $given.consumerKey) -ApplicationCredential (
                [pscredential]::new($given.applicationKey, (Secret $given.applicationSecret)))
            $null = New-PgCloudDatabase orders before_full
            try { [IO.File]::WriteAllBytes("$Work/disk/filler", [byte[]]::new(2MB)) } catch { $null = $_ }
            $problem = try { $null = New-PgCloudDatabase orders on_full_disk -ErrorAction Stop; 'nothing' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            # What was under way is written, until the disk's last block ends in the midst of a line.
            . $Work/append.ps1
            $failed = try { for ($i = 1; $i -le 500; $i++) { Add-Line $trail "line $i" }; 'nothing' } catch { $_.Exception.InnerException.Message }
            Remove-Item "$Work/disk/filler"
            Add-Line $trail last
            @{ Problem = $problem; Failed = $failed; Lines = @([IO.File]::ReadAllLines($trail)) } | ConvertTo-Json
        }
        Remove-Item "$work/account.json"
        $said = $child.Json()
        $said.Problem | Should -Be PgCloud.Audit.Unwritable
        $said.Failed | Should -BeLike '*could not be written*No space left*'
        $names = $said.Lines | ForEach-Object { ($_ | ConvertFrom-Json).cmdlet }
        $names[0], $names[-1] | Should -Be New-PgCloudDatabase, last
        Get-PgCloudDatabase orders on_full_disk -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'stops a change beforehand where the file has become unwritable' {
        $gone = Join-Path $work gone.jsonl
        $bare = Copy-Connection $connection @{ Instance = $null }
        $null = New-Item $gone -ItemType Directory
        $env:PGCLOUD_AUDIT = $gone
        try {
            Assert-Problem (Get-Problem { New-PgRole never_made -Connection $bare }) PgCloud.Audit.Unwritable WriteError $gone 'nothing was changed'
            Assert-Problem (Get-Problem { Invoke-PgQuery 'CREATE ROLE never_made' -Connection $bare }) PgCloud.Audit.Unwritable WriteError $gone
            Invoke-PgQuery 'SELECT 1 AS one' -Connection $bare | ForEach-Object one | Should -Be 1
        }
        finally { $env:PGCLOUD_AUDIT = $null }
        Get-PgRole never_* -Connection $bare | Should -BeNullOrEmpty
    }

    It 'tells of a line that is missing, beside what was changed' {
        # A disk that is full.
        $bare = Copy-Connection $connection @{ Instance = $null }
        $env:PGCLOUD_AUDIT = '/dev/full'
        try {
            $said = New-PgRole unwritten -Connection $bare -ErrorAction Continue 2>&1
            $said[0].Name, $said[0].Change | Should -Be 'unwritten', 'Created'
            Assert-Problem $said[1] PgCloud.Audit.LineMissing WriteError unwritten 'No space left'
            Assert-Problem (Get-Problem { Grant-PgRole mary unwritten -Connection $bare }) PgCloud.Audit.LineMissing WriteError
        }
        finally { $env:PGCLOUD_AUDIT = $null }
    }
}

Describe 'Many writers' {
    It 'in 16 processes leave every line whole' {
        $many = Join-Path $work many.jsonl
        $children = 1..16 | ForEach-Object {
            Start-Child -ArgumentList $many, "w$_" -Script {
                param($Module, $Path, $Name)
                Import-Module $Module
                . "$(Split-Path $Path)/append.ps1"
                for ($i = 1; $i -le 50; $i++) { Add-Line $Path "$Name-$i" }
            }
        }
        $children | ForEach-Object { (Wait-Child $_ 120).Error | Should -BeNullOrEmpty }
        $lines = Get-Content $many | ForEach-Object { ($_ | ConvertFrom-Json).cmdlet }
        $lines.Count | Should -Be 800
        ($lines | Sort-Object -Unique).Count | Should -Be 800
        [IO.File]::GetUnixFileMode($many) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'in parallel runspaces, through one session, leave a line each' {
        $lines = Get-Trail {
            1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:modulePath
                New-PgRole "par$_" -Connection $using:connection
            }
        }
        $lines.target.name | Sort-Object | Should -Be (1..8 | ForEach-Object { "par$_" })
    }
}

Describe 'What needs a state of its own' {
    It 'is written down: those of a local server' {
        $file = Join-Path $work local.jsonl
        $local = Connect-PgCloud Local -AuditPath $file -StateDirectory (Join-Path $work home) -Name local
        try {
            $lines = Get-Trail {
                $null = New-PgInstance here -Session $local
                Stop-PgInstance here -Session $local -Confirm:$false
                Start-PgInstance here -Session $local
                Start-PgInstance here -Session $local
                Remove-PgInstance here -Session $local -Confirm:$false
            } $file
            $lines.cmdlet | Should -Be 'New-PgInstance', 'Stop-PgInstance', 'Start-PgInstance', 'Remove-PgInstance'
            $lines.action | Should -Be 'create', 'stop', 'start', 'delete'
            $lines.target.name | Select-Object -Unique | Should -Be 'here'
        }
        finally { Disconnect-PgCloud $local }
    }

    It 'is written down: those of the emulated cloud that need a state of their own' {
        $logs = (Add-EmulatorService $emulator 1 logs)[0]
        $lines = Get-Trail {
            $integration = New-PgIntegration orders opensearchLogs -DestinationInstance logs -Confirm:$false
            $integration | Remove-PgIntegration -Confirm:$false
            $pipeline = Start-Pipeline 'Invoke-PgQuery "SELECT pg_sleep(60)" -Connection $connection' @{ connection = $connection }
            Wait-Until { Get-PgCurrentQuery orders -State active | Where-Object Query -Like 'SELECT pg_sleep*' }
            Get-PgCurrentQuery orders -State active | Where-Object Query -Like 'SELECT pg_sleep*' | Stop-PgCurrentQuery -Confirm:$false
            Close-Pipeline $pipeline
            $null = Invoke-EmulatorControl $emulator Post "services/$($made.Id)/maintenances" @{ description = 'an update' }
            Get-PgMaintenance orders | Where-Object Description -EQ 'an update' | Start-PgMaintenance -Wait -Confirm:$false
            $pipeline = Start-Pipeline 'Invoke-PgQuery "SELECT pg_sleep(61)" -Connection $connection' @{ connection = $connection }
            Wait-Until { Get-PgActivity -Connection $connection | Where-Object Query -Like 'SELECT pg_sleep(61)*' }
            Get-PgActivity -Connection $connection | Where-Object Query -Like 'SELECT pg_sleep(61)*' | Stop-PgBackend -Confirm:$false
            Close-Pipeline $pipeline
        }
        $lines.cmdlet | Should -Be 'New-PgIntegration', 'Remove-PgIntegration', 'Stop-PgCurrentQuery', 'Start-PgMaintenance', 'Stop-PgBackend'
        $lines.action | Should -Be 'create', 'delete', 'stop', 'start', 'stop'
        $logs | Should -Not -BeNullOrEmpty
    }
}

Describe 'What is changed on the way' {
    BeforeAll {
        # A session that does not know avnadmin's password.
        function Get-AdminTrail([string] $Name) {
            $other = Connect-PgCloud Ovh -Endpoint $emulator.http -Project Orders -Name $Name -AuditPath "$work/$Name.jsonl" -ConsumerKey (New-Secret $emulator.consumerKey) -ApplicationCredential (
                New-Credential $emulator.applicationKey $emulator.applicationSecret)
            try { Get-Trail { Get-Problem { New-PgWriterUser orders $Name -ResetAdmin -Session $other -Confirm:$false } } $other.AuditPath }
            finally { Disconnect-PgCloud $other }
        }
    }

    It 'has a line of its own: the password of avnadmin, which New-PgWriterUser sets anew' {
        $lines = Get-AdminTrail by_admin
        $lines.action | Should -Be update, create
        $lines.target.name | Should -Be avnadmin, by_admin
        $lines.outcome | Should -Be success, success
        ($lines.target.id | Select-Object -Unique).Count | Should -Be 2
    }

    It 'has it where the rest fails, too' {
        Set-EmulatorFault $emulator 500 -Path '*/user' -Method POST
        try { $lines = Get-AdminTrail by_fault }
        finally { Clear-EmulatorFault $emulator }
        $lines.target.name | Should -Be avnadmin, by_fault
        $lines.outcome | Should -Be success, unknown
    }
}

Describe 'A consumer key' {
    It 'is written down before its owner has said yes, without a secret' {
        $file = Join-Path $work key.jsonl
        $application = New-Credential $emulator.applicationKey $emulator.applicationSecret
        $env:PGCLOUD_AUDIT = $file
        try {
            $key = Request-PgCloudConsumerKey $application -Endpoint $emulator.http -NoWait
            Assert-Problem (Get-Problem { Request-PgCloudConsumerKey $application -Endpoint $emulator.http -TimeoutSec 1 }) PgCloud.Cloud.ConsumerKeyNotValidated OperationTimeout
            Set-EmulatorFault $emulator cut-before -Path /auth/credential -Method POST
            $null = Get-Problem { Request-PgCloudConsumerKey $application -Endpoint $emulator.http -NoWait }
        }
        finally {
            $env:PGCLOUD_AUDIT = $null
            Clear-EmulatorFault $emulator
        }
        $lines = Get-Content $file | ConvertFrom-Json
        $lines.action | Should -Be (@('create') * 3)
        $lines.outcome | Should -Be success, success, unknown
        $lines.target.name | Should -Be (@($emulator.applicationKey) * 3)
        $lines[0].requestid | Should -Not -BeNullOrEmpty
        $text = Get-Content $file -Raw
        $text.Contains(($key.ConsumerKey | ConvertFrom-SecureString -AsPlainText)) | Should -BeFalse
        $text.Contains($emulator.applicationSecret) | Should -BeFalse
        $text | Should -Not -Match 'credentialToken'
    }
}

Describe 'IBM Cloud' {
    It 'is written down with its transaction ids, the end of a removed instance too' {
        $file = Join-Path $work ibm.jsonl
        $ibm = Connect-IbmEmulator $emulator -With @{ AuditPath = $file; Name = 'ibm' }
        try {
            $id = Set-IbmEmulator $emulator ibm/instances @{ count = 1; name = 'kept' } | ForEach-Object { $_ }
            $lines = Get-Trail {
                Lock-PgInstance $id -Session $ibm
                Lock-PgInstance $id -Session $ibm
                Unlock-PgInstance $id -Session $ibm
                Add-PgAuthorisedIp $id 192.0.2.1 -Session $ibm
                Remove-PgInstance $id -Session $ibm -Confirm:$false
                Wait-Until { Get-PgReclaimedInstance kept -Session $ibm -ErrorAction Ignore } -What 'the reclamation'
                Get-PgReclaimedInstance kept -Session $ibm | Restore-PgInstance -Session $ibm -Wait
                Remove-PgInstance $id -Session $ibm -Confirm:$false
                Wait-Until { Get-PgReclaimedInstance kept -Session $ibm -ErrorAction Ignore } -What 'the reclamation'
                Remove-PgInstance kept -Permanent -Session $ibm -Confirm:$false
            } $file
            $lines.cmdlet -replace '-Pg.*' | Should -Be 'Lock', 'Unlock', 'Add', 'Remove', 'Restore', 'Remove', 'Remove'
            $lines.action | Should -Be 'update', 'update', 'create', 'delete', 'restore', 'delete', 'delete'
            $lines.requestid | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
            $lines.initiator.provider | Select-Object -Unique | Should -Be 'Ibm'
            $lines[-1].target.name, $lines[-1].target.id | Should -Be 'kept', "$id"
        }
        finally { Disconnect-PgCloud $ibm }
    }
}

Describe 'No secret' {
    It 'is in the trail' {
        $text = Get-Content $trail -Raw
        $secrets = (Get-Secret $ops.Credential), $emulator.applicationSecret, $emulator.consumerKey, 'a-S3cret', 'SCRAM-SHA-256'
        foreach ($secret in $secrets) { $text.Contains($secret) | Should -BeFalse -Because "$($secret.Substring(0, 4))… was found" }
        $text | Should -Not -Match 'https?://[^"]*(token|key)='
    }
}

Describe 'Every cmdlet that changes something' {
    It 'has left a line in this file''s trails, whichever it is' {
        # Writes a file of this machine, and changes no state of a server.
        $none = 'Export-PgTable', 'Export-PgConnection'
        $seen = Get-ChildItem $work -Filter *.jsonl* -File | Get-Content | Where-Object { $_ -like '{*}' } | ForEach-Object { ($_ | ConvertFrom-Json).cmdlet } | Select-Object -Unique
        # What asks before it acts, and what runs any statement.
        $changing = @(Get-Command -Module PgCloud -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name) + 'Invoke-PgQuery'
        $changing | Where-Object { $_ -notin $seen -and $_ -notin $none } | Should -BeNullOrEmpty
    }

    # In psql and in the text of a query the user says what is done.
    It 'asks before it acts: its verb is none that only looks' {
        $looking = 'Get', 'Test', 'Wait', 'Connect', 'Disconnect'
        Get-Command -Module PgCloud -CommandType Cmdlet | Where-Object { $_.Verb -notin $looking -and -not $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name |
            Should -Be 'Enter-PgSession', 'Invoke-PgQuery'
    }
}
