# SPDX-License-Identifier: MIT
# Two minutes of the chaos soak of both clouds at once, which ./build.sh soak runs for longer.

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Random pipelines while calls go wrong and servers are killed' {
    It 'end with everybody of one mind about what there is' {
        $output = & $pwsh -NoProfile -NonInteractive -File (Join-Path $repository 'tests/Soak/Soak.ps1') -Minutes 2 -Seed 1128 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $output
        $output | Should -Match ': 0 differences\.'
        foreach ($cloud in 'OVHcloud', 'IBM Cloud') {
            $output | Should -Match "\| $cloud \| [1-9]\d* \| [1-9]\d* \| [1-9]\d* \|" -Because 'pipelines ran, calls were made, and some of them met a fault'
        }
    }
}
