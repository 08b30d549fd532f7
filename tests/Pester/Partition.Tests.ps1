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

Describe 'The examples for schedulers' {
    BeforeAll {
        $environment = @{
            OVH_ENDPOINT = $emulator.http; OVH_APPLICATION_KEY = $emulator.applicationKey; OVH_APPLICATION_SECRET = $emulator.applicationSecret
            OVH_CONSUMER_KEY = $emulator.consumerKey; OVH_CLOUD_PROJECT_SERVICE = $emulator.project
        }

        # The script that a YAML file has in a block, for this module.
        function Get-Block([string] $File, [string] $Before) {
            $lines = Get-Content "$repository/examples/fleet/$File"
            $first = [array]::IndexOf($lines, $Before) + 1
            $indent = $lines[$first].Length - $lines[$first].TrimStart().Length
            $text = $lines[$first..($lines.Count - 1)] | ForEach-Object { $_.Length -ge $indent ? $_.Substring($indent) : $_ }
            "param(`$Module) Import-Module `$Module`n" + (($text -replace '^Import-Module.*') -join "`n")
        }

        # The instances that let the address of the examples in.
        function Get-Authorised { (Get-PgInstance | Get-PgAuthorisedIp | Where-Object Cidr -EQ 203.0.113.7/32).Instance.Id | Sort-Object }
    }

    BeforeEach { Get-PgInstance | Set-PgAuthorisedIp -Address @() -Confirm:$false -ThrottleLimit 64 }

    It 'is a Job of Kubernetes' {
        $script = [scriptblock]::Create((Get-Block kubernetes-job.yaml '            - |'))
        $done = Invoke-Child $script -Environment ($environment + @{ JOB_COMPLETION_INDEX = '29'; PARTS = '30' })
        $done.ExitCode | Should -Be 0 -Because $done.Error
        Get-Authorised | Should -Be ((Get-PgInstance -Partition 30 -Of 30).Id | Sort-Object)
    }

    It 'is a matrix of CI' {
        $script = [scriptblock]::Create((Get-Block ci-matrix.yml '        run: |'))
        $done = Invoke-Child $script -Environment ($environment + @{ PART = '2'; PARTS = '30' })
        $done.ExitCode | Should -Be 0 -Because $done.Error
        Get-Authorised | Should -Be ((Get-PgInstance -Partition 2 -Of 30).Id | Sort-Object)
    }

    It 'is a runbook of Azure Automation' {
        $text = (Get-Content "$repository/examples/fleet/azure-automation.ps1" -Raw) -replace '(?m)^Import-Module.*'
        function global:Get-AutomationPSCredential([string] $Name) {
            $Name -eq 'ovh-consumer' ? (New-Credential consumer $emulator.consumerKey) : (New-Credential $emulator.applicationKey $emulator.applicationSecret)
        }
        $before = $env:OVH_ENDPOINT
        $env:OVH_ENDPOINT = $emulator.http
        try {
            $rows = & ([scriptblock]::Create($text)) -Partition 5 -Of 30 -Project $emulator.project
        }
        finally {
            $env:OVH_ENDPOINT = $before
            Remove-Item function:Get-AutomationPSCredential
        }
        $rows.Change | Select-Object -Unique | Should -Be Created
        Get-Authorised | Should -Be ((Get-PgInstance -Partition 5 -Of 30).Id | Sort-Object)
    }
}
