# SPDX-License-Identifier: MIT
# Backups, restoring them, maintenance, nodes and the time to write on a full disk: provider Ovh against the emulator.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $null = Connect-Emulator $emulator
    $orders = New-PgInstance orders -Region GRA -Plan business -Flavor db1-7 -AuthorisedIp 127.0.0.1 -Wait
    $ops = New-PgManagerUser orders -Name ops
    $null = $ops | New-PgDatabase shop
    $shop = Copy-Connection $ops.Connection @{ Database = 'shop' }
    $shop | Invoke-PgQuery 'CREATE TABLE item (id int); INSERT INTO item SELECT generate_series(1, 1000)'
    # Services without a server, whose lists are long and whose states can be set.
    $seeded, $other, $broken = Add-EmulatorService $emulator 3 | ForEach-Object { Get-PgInstance $_ }

    # How many rows of before a restored instance has, for a manager user of its own.
    function Get-RestoredCount($Instance) {
        $user = New-PgManagerUser $Instance -Name ops
        (Copy-Connection $user.Connection @{ Database = 'shop' } | Invoke-PgQuery 'SELECT count(*) AS n FROM item').n
    }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Get-PgBackup' {
    It 'lists the newest first, and says what each is' {
        $all = Get-PgBackup $seeded.Id
        $all.Count | Should -Be 3
        $all.CreatedAt | Should -Be ($all.CreatedAt | Sort-Object -Descending)
        $all[0].CreatedAt.Offset | Should -Be ([timespan]::Zero)
        $all[0].Type, $all[0].Status, $all[0].SizeBytes, "$($all[0].Instance.Id)" | Should -Be 'automatic', 'Ready', 7864320, $seeded.Id
        $all[0].Regions | Should -Be 'GRA', 'SBG'
    }

    It 'takes ids, wildcards and -Newest' {
        $all = Get-PgBackup $seeded.Id
        (Get-PgBackup $seeded.Id $all[1].Id.ToUpperInvariant()).Id | Should -Be $all[1].Id
        (Get-PgBackup $seeded.Id "$($all[2].Id.Substring(0, 8))*").Id | Should -Be $all[2].Id
        ($seeded | Get-PgBackup -Newest).Id | Should -Be $all[0].Id
        $problem = Get-Problem { Get-PgBackup $seeded.Id ([guid]::Empty) }
        Assert-Problem $problem PgCloud.Cloud.BackupNotFound ObjectNotFound ([guid]::Empty) $all[0].Id
    }

    It 'lists those of all instances that are piped in' {
        ($seeded, $other | Get-PgBackup -Newest).Instance.Id | Sort-Object | Should -Be ($seeded.Id, $other.Id | Sort-Object)
    }
}

Describe 'A restore' {
    It 'of the newest backup that is piped in has the data' {
        Get-PgBackup orders | Select-Object -First 1 | New-PgInstance -Name from-pipe -AuthorisedIp 127.0.0.1 -Wait -OutVariable restored
        $restored.Change, $restored.Plan, $restored.Flavor, $restored.Region | Should -Be 'Created', 'business', 'db1-7', 'GRA'
        (Get-PgAuthorisedIp from-pipe).Cidr | Should -Be '127.0.0.1/32'
        (Get-PgCloudUser from-pipe).Name | Should -Be 'avnadmin'
        Get-RestoredCount $restored | Should -Be 1000
    }

    It 'to a point in time has the data' {
        $restored = New-PgInstance at-once -FromInstance orders -PointInTime ([DateTimeOffset]::UtcNow) -AuthorisedIp 127.0.0.1 -Wait
        Get-RestoredCount $restored | Should -Be 1000
    }

    It 'takes a backup by its id or the newest, and lets nobody in' {
        $null = New-PgInstance by-id -FromInstance orders -FromBackup (Get-PgBackup orders -Newest).Id
        $null = New-PgInstance newest -FromInstance $orders
        $restored = 'by-id', 'newest' | Wait-PgInstance
        $restored.Status | Should -Be 'Ready', 'Ready'
        $restored | Get-PgAuthorisedIp | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        Reset-EmulatorCall $emulator
        Get-PgBackup orders -Newest | New-PgInstance -Name what -WhatIf
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'of a backup that is not the instance''s is refused and names the newest' {
        Reset-EmulatorCall $emulator
        $foreign = Get-PgBackup $other.Id -Newest
        $problem = Get-Problem { New-PgInstance wrong -FromInstance $seeded -FromBackup $foreign }
        Assert-Problem $problem PgCloud.Cloud.BackupNotFound ObjectNotFound $foreign.Id (Get-PgBackup $seeded.Id -Newest).Id
        Assert-Problem (Get-Problem { New-PgInstance wrong -FromInstance $seeded -FromBackup nonsense }) PgCloud.Cloud.BackupNotFound ObjectNotFound nonsense
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'to a moment <Days> days from now is refused and says what is allowed' -ForEach @(@{ Days = -5 }, @{ Days = 1 }) {
        Reset-EmulatorCall $emulator
        $moment = [DateTimeOffset]::UtcNow.AddDays($Days)
        $problem = Get-Problem { New-PgInstance never -FromInstance $seeded -PointInTime $moment }
        Assert-Problem $problem PgCloud.Instance.PointInTimeInvalid InvalidArgument $moment 'allowed: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ until now'
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'needs a name, and a source where the backup does not know its own' {
        Assert-Problem (Get-Problem { Get-PgBackup orders -Newest | New-PgInstance }) PgCloud.Parameter.Incomplete InvalidArgument FromBackup '-Name'
        Assert-Problem (Get-Problem { New-PgInstance x -FromBackup $orders.Id }) PgCloud.Parameter.Incomplete InvalidArgument FromBackup '-FromInstance'
        $problem = Get-Problem { Get-PgBackup orders -Newest | New-PgInstance -Name x -PointInTime ([DateTimeOffset]::UtcNow) }
        Assert-Problem $problem PgCloud.Parameter.Conflict InvalidArgument FromBackup
    }
}

Describe 'The regions of backups' {
    It 'change to one or two, one of them the instance''s own' {
        (Set-PgInstance $seeded.Id -BackupRegion gra, DE -PassThru -Wait).Detail.BackupRegions | Should -Be 'GRA, DE'
        Reset-EmulatorCall $emulator
        (Set-PgInstance $seeded.Id -BackupRegion de, gra -PassThru).Change | Should -Be 'Unchanged'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
    }

    It 'are refused before the call where they are <Regions>' -ForEach @(
        @{ Regions = 'SBG'; Target = 'SBG' }, @{ Regions = 'GRA', 'XXX'; Target = 'XXX' }, @{ Regions = 'GRA', 'DE', 'UK'; Target = 'GRA, DE, UK' }
    ) {
        Reset-EmulatorCall $emulator
        Assert-Problem (Get-Problem { Set-PgInstance $seeded.Id -BackupRegion $Regions }) PgCloud.Backup.RegionInvalid InvalidArgument $Target 'allowed: GRA'
        Get-EmulatorCall $emulator -Method PUT | Should -Be 0
        if ($Target -ne 'XXX') {
            Assert-Problem (Get-Problem { New-PgInstance new -Region GRA -BackupRegion $Regions }) PgCloud.Backup.RegionInvalid InvalidArgument $Target
        }
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }
}

Describe 'Maintenance' {
    It 'is applied once, and waited for' {
        $due = Get-PgMaintenance $seeded.Id
        $due.Status, "$($due.Instance.Id)", $due.AppliedAt | Should -Be 'Pending', $seeded.Id, $null
        $due | Start-PgMaintenance -WhatIf
        (Get-PgMaintenance $seeded.Id $due.Id).Status | Should -Be 'Pending'
        $applied = $due | Start-PgMaintenance -Wait -PassThru
        $applied.Status, $applied.Change, $applied.AppliedAt.Offset | Should -Be 'Applied', 'Updated', ([timespan]::Zero)
        Reset-EmulatorCall $emulator
        ($due | Start-PgMaintenance -Wait -PassThru).Change | Should -Be 'Unchanged'
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'is refused where it has failed, and the next is applied' {
        $null = Invoke-EmulatorControl $emulator Post "services/$($broken.Id)/maintenances" @{ description = 'broken'; status = 'ERROR' }
        $all = Get-PgMaintenance $broken.Id
        $problem = Get-Problem { $all | Sort-Object Status | Start-PgMaintenance -Wait }
        Assert-Problem $problem PgCloud.Maintenance.NotApplicable InvalidOperation 'broken (Error)' 'Error'
        (Get-PgMaintenance $broken.Id | Where-Object Description -ne broken).Status | Should -Be 'Applied'
    }

    It 'shows when it is to come, before what was done' {
        $null = Invoke-EmulatorControl $emulator Post "services/$($broken.Id)/maintenances" @{ description = 'later'; scheduledAt = '2030-01-02T03:04:05Z' }
        $first = @(Get-PgMaintenance $broken.Id)[0]
        $first.Description, $first.Status, "$($first.ScheduledAt.UtcDateTime.ToString('u'))" | Should -Be 'later', 'Scheduled', '2030-01-02 03:04:05Z'
    }

    It 'that does not exist is an error' {
        Assert-Problem (Get-Problem { Get-PgMaintenance $seeded.Id nonsense }) PgCloud.Maintenance.NotFound ObjectNotFound nonsense
        Assert-Problem (Get-Problem { Start-PgMaintenance $seeded.Id nonsense }) PgCloud.Maintenance.NotFound ObjectNotFound nonsense
        Assert-Problem (Get-Problem { Start-PgMaintenance $seeded.Id ([guid]::Empty) }) PgCloud.Maintenance.NotFound ObjectNotFound ([guid]::Empty)
    }
}

Describe 'Nodes' {
    It 'are those of the plan' {
        $nodes = Get-PgNode orders
        $nodes.Count, $orders.NodeCount | Should -Be 2, 2
        $nodes[0].Region, $nodes[0].Flavor, $nodes[0].Status, $nodes[0].Port, "$($nodes[0].Instance)" | Should -Be 'GRA', 'db1-7', 'Ready', $orders.Port, 'orders'
        (Get-PgNode orders *-2.*).Name | Should -BeLike '*-2.*'
        (Get-PgNode orders $nodes[1].Id).Name | Should -Be $nodes[1].Name
        Assert-Problem (Get-Problem { $orders | Get-PgNode -Name none }) PgCloud.Cloud.NodeNotFound ObjectNotFound none
    }
}

Describe 'Enable-PgInstanceWrite' {
    It 'tells until when writes are allowed' {
        Reset-EmulatorCall $emulator
        Enable-PgInstanceWrite $other.Id -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
        $window = $other | Enable-PgInstanceWrite
        "$($window.Instance.Id)", $window.Until.Offset | Should -Be $other.Id, ([timespan]::Zero)
        ($window.Until - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 14
    }
}

Describe 'Completion' {
    It 'offers backups by their date, the newest first' {
        $backups = Get-PgBackup $seeded.Id
        $offered = Get-Completion "New-PgInstance x -FromInstance $($seeded.Id) -FromBackup "
        $offered.CompletionText | Should -Be $backups.Id
        $offered[0].ListItemText | Should -Be "$($backups[0].CreatedAt.ToString('u')) $($backups[0].Id)"
        Get-Offer "Get-PgBackup $($seeded.Id) $($backups[1].Id.Substring(0, 8))" | Should -Be $backups[1].Id
    }

    It 'offers maintenance and regions' {
        Get-Offer 'Start-PgMaintenance orders ' | Should -Be (Get-PgMaintenance orders).Id
        Get-Offer 'Set-PgInstance orders -BackupRegion S' | Should -Be 'SBG'
        Get-Offer 'New-PgInstance orders -BackupRegion W' | Should -Be 'WAW'
    }
}

Describe 'Provider Local' {
    It 'does not offer <Command>, and says the way round' -ForEach @(
        @{ Command = 'Get-PgBackup'; Way = 'pg_dump' }
        @{ Command = 'Get-PgMaintenance'; Way = 'Start-PgInstance' }
        @{ Command = 'Get-PgNode'; Way = 'Get-PgInstance' }
        @{ Command = 'Get-PgConfiguration'; Way = 'Set-PgRole' }
        @{ Command = 'Enable-PgInstanceWrite'; Way = 'space' }
    ) {
        $path = New-TestDirectory
        $local = Connect-PgCloud Local -StateDirectory $path -Name local
        try {
            # One that was never started: no server is needed to be told no.
            $null = New-Item "$path/half" -ItemType Directory
            Set-Content "$path/half/instance.json" "{`"id`":`"$([guid]::NewGuid())`"}"
            $problem = Get-Problem { & $Command half -Session $local }
            Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local
            $problem.ErrorDetails.RecommendedAction | Should -BeLike "*$Way*"
        }
        finally {
            Disconnect-PgCloud $local
            Remove-Item $path -Recurse
        }
    }
}
