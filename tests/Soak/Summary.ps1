# SPDX-License-Identifier: MIT
# What a soak has come to, in Markdown.

$titles = @{ Ovh = 'OVHcloud'; Ibm = 'IBM Cloud' }

function Get-Introduction([int] $Seed, [double] $Minutes, [int] $FaultPercent) {
    '# Chaos soak', ''
    'Random pipelines against the emulator of OVHcloud''s and IBM Cloud''s APIs, both at once, each of whose instances is a real PostgreSQL, while a share of'
    'all calls goes wrong (429, 5xx with and without the call being done, cut connections, broken and empty answers, pages of a proxy, ended tokens) and'
    'servers are killed. At the end the emulator''s state, the servers'' catalogs and rules, what the `Get-` cmdlets list and what the cmdlets reported are'
    'compared, and passwords are tried. `./build.sh soak --minutes 10` runs it; CI runs two minutes.', ''
    "Seed $Seed, $Minutes minutes, faults on $FaultPercent % of the calls.", ''
}

function Get-Summary($Reports, [int] $Flaws) {
    '| | Pipelines | Calls | Met a fault | Share | Servers killed |', '|---|---|---|---|---|---|'
    foreach ($report in $Reports) {
        $pipelines = ($report.Rows | Measure-Object Done, Errors -Sum | Measure-Object Sum -Sum).Sum
        $share = $report.Calls ? 100 * $report.Met / $report.Calls : 0
        '| {0} | {1} | {2} | {3} | {4:0.0} % | {5} |' -f $titles[$report.Cloud], $pipelines, $report.Calls, $report.Met, $share, $report.Killed
    }
    ''
    "| Pipeline | $(($Reports | ForEach-Object { "$($titles[$_.Cloud]): done | ended in an error" }) -join ' | ') |"
    '|---|' + ('---|---|' * $Reports.Count)
    foreach ($operation in $Reports.Rows.Operation | Sort-Object -Unique) {
        $cells = $Reports | ForEach-Object {
            $row = $_.Rows | Where-Object Operation -EQ $operation
            $row ? "$($row.Done) | $($row.Errors)" : '– | –'
        }
        "| ``$($operation.Replace('|', '\|'))`` | $($cells -join ' | ') |"
    }
    ''
    "| Error | $(($Reports | ForEach-Object { $titles[$_.Cloud] }) -join ' | ') |"
    '|---|' + ('---|' * $Reports.Count)
    $ids = @($Reports | ForEach-Object { $_.ErrorIds.Keys } | Sort-Object -Unique)
    foreach ($id in $ids | Sort-Object { -($Reports | ForEach-Object { [int] $_.ErrorIds[$_] } | Measure-Object -Sum).Sum }, { $_ }) {
        "| ``$id`` | $(($Reports | ForEach-Object { [int] $_.ErrorIds[$id] }) -join ' | ') |"
    }
    ''
    "At the end $(($Reports | Measure-Object Compared -Sum).Sum) objects whose last report was certain were compared with the servers and the APIs: $Flaws differences."
}
