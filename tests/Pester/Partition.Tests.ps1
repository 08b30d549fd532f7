# SPDX-License-Identifier: MIT
# The parts of a fleet that several workers share.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator
    $null = Connect-Emulator $emulator
    $all = Add-EmulatorService $emulator 200 fleet
    $parts = 1..8 | ForEach-Object { , @(Get-PgInstance -Partition $_ -Of 8).Id }

    # As it is documented, so that another tool can find the part of an instance.
    function Get-Part([string] $Id, [int] $Of) {
        $hash = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($Id))
        [bigint]::Remainder([bigint]::new([byte[]] (, 0 + $hash[0..7])[8..0]), $Of) + 1
    }
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Get-PgInstance -Partition' {
    It 'has every instance in one part' {
        $parts | ForEach-Object { $_ } | Sort-Object | Should -Be ($all | Sort-Object)
    }

    It 'has about as many in each part' {
        $parts | ForEach-Object { $_.Count | Should -BeIn (10..45) }
    }

    It 'is the documented hash of the id' {
        foreach ($number in 1..8) {
            $parts[$number - 1] | ForEach-Object { Get-Part $_ 8 | Should -Be $number }
        }
        # These never change.
        Get-Part '00000000-0000-0000-0000-000000000001' 8 | Should -Be 6
        Get-Part '00000000-0000-0000-0000-000000000001' 1000 | Should -Be 134
    }

    It 'leaves an instance in its part when others come and go' {
        $before = $parts[2]
        $new = Add-EmulatorService $emulator 8 later
        @(Get-PgInstance -Partition 3 -Of 8).Id | Where-Object { $_ -notin $new } | Sort-Object | Should -Be ($before | Sort-Object)
    }

    It 'of one is the whole fleet' {
        @(Get-PgInstance fleet* -Partition 1 -Of 1).Count | Should -Be 200
    }

    It 'goes with names, one of which may be in another part' {
        $id = $all[0]
        $found = 1..4 | ForEach-Object { Get-PgInstance $id -Partition $_ -Of 4 }
        $found.Id | Should -Be $id
    }

    It 'is refused where there is no such part' -ForEach @(
        @{ Partition = 0; Of = 8 }
        @{ Partition = 9; Of = 8 }
        @{ Partition = 1; Of = 0 }
        @{ Partition = -1; Of = -1 }
    ) {
        Assert-Problem (Get-Problem { Get-PgInstance -Partition $Partition -Of $Of }) PgCloud.Instance.PartitionInvalid InvalidArgument $Partition
    }

    It 'needs both parameters' {
        Assert-Problem (Get-Problem { Get-PgInstance -Partition 1 }) PgCloud.Parameter.Incomplete InvalidArgument Partition
        Assert-Problem (Get-Problem { Get-PgInstance -Of 2 }) PgCloud.Parameter.Incomplete InvalidArgument Of
    }
}
