# SPDX-License-Identifier: MIT
# Metrics of provider Ovh, and the access by which Prometheus fetches them.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Emulator.ps1
    $emulator = Start-Emulator -Fast
    $session = Connect-Emulator $emulator
    # Metrics need no server, so that none is started.
    $id = Add-EmulatorService $emulator 1 orders
    $orders = Get-PgInstance $id
}

AfterAll {
    Close-Session
    Stop-Emulator $emulator
}

Describe 'Get-PgMetric' {
    It 'lists names, and more of them' {
        (Get-PgMetric orders).Name | Should -Be 'cpu_usage', 'disk_usage', 'load_5', 'mem_usage'
        ($orders | Get-PgMetric -Extended).Name | Should -Contain 'net_receive'
        (Get-PgMetric orders)[0].Instance.Name | Should -Be 'orders'
        @(Get-PgMetric orders | ForEach-Object { Get-PgMetric $_.Instance $_.Name }).Count | Should -Be 4
    }

    It 'reads points that can be reckoned with' {
        $metric = @(Get-PgMetric orders cpu_usage)
        $metric.Count | Should -Be $orders.NodeCount
        $metric[0].Unit, $metric[0].Period, $metric[0].Point.Count | Should -Be 'PERCENT', 'LastHour', 12
        $measured = $metric[0] | Select-Object -ExpandProperty Point | Measure-Object Value -Average -Maximum
        $measured.Average, $measured.Maximum | Should -Be $metric[0].Average, $metric[0].Maximum
        $metric[0].Point[0].Name, $metric[0].Point[0].HostName | Should -Be 'cpu_usage', $metric[0].HostName
        $csv = $metric.Point | ConvertTo-Csv
        $csv[0] | Should -Be '"Timestamp","Value","Name","Unit","HostName"'
        $csv.Count | Should -Be (1 + 12 * $metric.Count)
    }

    It 'reads the <Period> back to its beginning' -ForEach @(
        @{ Period = 'LastHour'; Hours = 1 }, @{ Period = 'LastDay'; Hours = 24 }, @{ Period = 'LastWeek'; Hours = 168 }
        @{ Period = 'LastMonth'; Hours = 720 }, @{ Period = 'LastYear'; Hours = 8760 }
    ) {
        $point = (Get-PgMetric orders cpu_usage $Period)[0].Point
        ($point[-1].Timestamp - $point[0].Timestamp).TotalHours | Should -BeGreaterThan ($Hours * 0.9)
        ($point[-1].Timestamp - $point[0].Timestamp).TotalHours | Should -BeLessOrEqual $Hours
    }

    It 'takes wildcards, and names that are extended' {
        (Get-PgMetric orders disk_* -Extended).Name | Select-Object -Unique | Should -Be 'disk_iops_read', 'disk_iops_write', 'disk_usage'
        (Get-PgMetric orders disk_*).Name | Select-Object -Unique | Should -Be 'disk_usage'
        (Get-PgMetric orders net_receive).Name | Select-Object -Unique | Should -Be 'net_receive'
    }

    It 'says which names there are, and reads the others' {
        Assert-Problem (Get-Problem { Get-PgMetric orders cpu }) PgCloud.Cloud.MetricNotFound ObjectNotFound cpu 'cpu_usage'
        (Get-PgMetric orders cpu, mem_usage -ErrorAction Ignore).Name | Select-Object -Unique | Should -Be 'mem_usage'
    }

    It 'completes names and periods' {
        Get-Offer 'Get-PgMetric orders -Name disk_i' | Should -Be 'disk_iops_read', 'disk_iops_write'
        Get-Offer 'Get-PgMetric orders cpu_usage -Period ' | Should -Be 'LastDay', 'LastHour', 'LastMonth', 'LastWeek', 'LastYear'
    }
}

Describe 'Prometheus' {
    It 'is not enabled from the start, and the error says how' {
        $access = Get-PgPrometheus orders
        $access.IsEnabled, $access.Target.Count, $access.Instance.Name | Should -Be $false, 0, 'orders'
        $problem = Get-Problem { Reset-PgPrometheusCredential orders -Confirm:$false }
        Assert-Problem $problem PgCloud.Metric.PrometheusDisabled InvalidOperation orders
        $problem.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape("Set-PgInstance 'orders' -Prometheus `$true"))
    }

    It 'is asked about, with the highest impact' {
        $attribute = (Get-Command Reset-PgPrometheusCredential).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        $attribute.ConfirmImpact | Should -Be 'High'
        Reset-EmulatorCall $emulator
        Reset-PgPrometheusCredential orders -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -Method POST | Should -Be 0
    }

    It 'tells its password once, as a credential, and nowhere else' {
        $output = Set-PgInstance orders -Prometheus $true -PassThru | Reset-PgPrometheusCredential -Confirm:$false -Verbose -Debug *>&1
        $access = $output | Where-Object { $_ -is [PgCloud.PgPrometheus] }
        $access.IsEnabled, $access.UserName, $access.Change | Should -Be $true, 'prometheus', 'Updated'
        $access.Credential.UserName | Should -Be 'prometheus'
        $secret = Get-Secret $access.Credential
        $secret.Length | Should -Be 24
        foreach ($text in ($output | Out-String), ($access | Format-List | Out-String), "$access", ($access | ConvertTo-Json -Depth 4 -WarningAction Ignore)) {
            $text | Should -Not -Match $secret
        }
        (Get-PgPrometheus orders).Credential | Should -BeNullOrEmpty
        Get-Secret (Reset-PgPrometheusCredential orders -Confirm:$false).Credential | Should -Not -Be $secret
    }

    It 'tells its targets' {
        $target = (Get-PgInstance | Get-PgPrometheus).Target
        $target.Count | Should -Be $orders.NodeCount
        (Get-PgPrometheus orders).Target[0].HostName | Should -Be $target[0].HostName
        "$($target[0])" | Should -Be "$($target[0].HostName):20188"
    }
}

Describe 'Provider Local' {
    BeforeAll {
        $pgHome = New-TestDirectory
        $local = Connect-PgCloud Local -StateDirectory $pgHome
        # The provider answers before any server is asked.
        $null = New-Item "$pgHome/shop" -ItemType Directory
        Set-Content "$pgHome/shop/instance.json" '{}'
    }

    AfterAll { Remove-Item $pgHome -Recurse }

    It 'offers no <_>, and says the way round' -ForEach 'Get-PgMetric', 'Get-PgPrometheus', 'Reset-PgPrometheusCredential' {
        $name = $_
        $problem = Get-Problem { & $name shop -Session $local }
        Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local
        $problem.ErrorDetails.RecommendedAction | Should -Match 'pg_stat_database|postgres_exporter'
    }
}
