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

Describe 'The comparison at the end of the soak' {
    BeforeAll {
        $flaws = [Collections.Generic.List[string]]::new()
        $belief = @{ 'north|role|here' = $true; 'north|role|gone' = $false; 'north|role|unknown' = $null }
        $instance = [pscustomobject]@{ Id = 'north'; Name = 'north' }
        . (Join-Path $repository 'tests/Soak/Accounts.ps1')
    }

    BeforeEach { $flaws.Clear() }

    It 'is content where what was reported is so' {
        Compare-Belief north role 'here', 'another' | Should -Be 2
        Compare-Account roles 'a', 'b' 'b', 'a'
        $flaws | Should -BeNullOrEmpty
    }

    It 'finds what was reported as <Reported> and is not' -ForEach @(
        @{ Reported = 'there'; There = @() }
        @{ Reported = 'gone'; There = 'here', 'gone' }
    ) {
        $null = Compare-Belief north role $There
        $flaws.Count | Should -Be 1
        $flaws[0] | Should -Match "was reported as $Reported, and is not"
    }

    It 'finds what one account has and another has not, and what there is twice' {
        Compare-Account roles 'a', 'b' 'a'
        Compare-Account instances 'extra' 'extra', 'extra'
        $flaws.Count | Should -Be 2
    }
}
