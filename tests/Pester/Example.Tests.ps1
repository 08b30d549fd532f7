# The examples that ./build.sh demo runs, and what README.md shows of provider Local.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $hasPsql = [bool] (Get-Command psql -ErrorAction Ignore)
    $versions = 15, 18 | Where-Object { Get-ServerBinary $_ }
    if (-not $versions) { $versions = $systemMajor }
}

BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'An example' {
    It '<name> ends at its first error' -ForEach ('access', 'clouds', 'ibm', 'ovh', 'quickstart' | ForEach-Object { @{ name = $_ } }) {
        $child = Invoke-Child -ArgumentList "$repository/examples/$name.ps1" -Script {
            param($Module, $Example)
            function Connect-PgCloud { Write-Error 'There is no session.' }
            & $Example Local
            'It went on.'
        }
        $child.Error | Should -Match 'There is no session'
        $child.Output | Should -Not -Match 'went on|2\.'
        $child.ExitCode | Should -Not -Be 0
    }
}

Describe 'README.md' {
    It 'shows a walk that runs as it stands, on PostgreSQL <_>' -ForEach $versions -Skip:(-not $hasPsql) {
        $folder = New-TestDirectory
        try {
            $child = Invoke-Child -ArgumentList $repository, $folder -Environment @{
                HOME = $folder; PGSERVICEFILE = "$folder/services"; PGPASSFILE = "$folder/passwords"
                PGCLOUD_HOME = (New-Item "$folder/state" -ItemType Directory).FullName; PGCLOUD_PG_BIN = Get-ServerBinary $_
            } -Script {
                param($Module, $Repository, $Folder)
                $ErrorActionPreference = 'Stop'
                $ConfirmPreference = 'None'
                Import-Module $Module
                Set-Location $Folder
                Set-Content orders.csv 'id,total', '1,9.50', '2,20'
                function Read-Host { ConvertTo-SecureString 'password of mary' -AsPlainText -Force }
                $blocks = [regex]::Matches((Get-Content -Raw "$Repository/README.md"), '(?s)```powershell\n(.*?)```') | Select-Object -First 2
                try {
                    $null = foreach ($block in $blocks) { . ([scriptblock]::Create($block.Groups[1].Value)) }
                    "rows: $(($orders | Invoke-PgQuery 'SELECT count(*)::int AS n FROM shop.orders').n)"
                    "roles: $(($ops | Get-PgRole app, mary -ErrorAction Ignore).Name)"
                }
                finally { Get-PgInstance | Remove-PgInstance }
            }
            $child.Error | Should -BeNullOrEmpty
            $child.ExitCode | Should -Be 0
            $child.Output | Should -Match 'What if: .*/orders:'
            $child.Output | Should -Match 'rows: 2\s+roles: app\s*$'
        }
        finally { Remove-Item $folder -Recurse -Force }
    }
}
