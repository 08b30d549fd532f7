#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The cases of tests/PgCloud.BindingCases on this PowerShell. The cmdlet host runs the same ones (tests/PgCloud.CmdletHost.Tests).

BeforeDiscovery {
    $folder = Join-Path $PSScriptRoot '../PgCloud.BindingCases'
    $cases = Get-Content -Raw (Join-Path $folder 'cases.json') | ConvertFrom-Json -AsHashtable
}

Describe 'Binding as PowerShell does it' {
    BeforeAll {
        $folder = Join-Path $PSScriptRoot '../PgCloud.BindingCases'
        . (Join-Path $folder 'Invoke-Case.ps1')

        # The newest build; the tests do not build anything themselves.
        $module = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../artifacts/bin/PgCloud.BindingCases') -Recurse -Filter PgCloud.BindingCases.dll |
            Sort-Object LastWriteTime | Select-Object -Last 1
        if (-not $module) { throw 'Build tests/PgCloud.BindingCases first.' }
        $manifest = Join-Path $module.DirectoryName 'PgCloud.BindingCases.psd1'
    }

    It '<group>: <name>' -ForEach $cases {
        $outcome = Invoke-BindingCase $manifest ([pscustomobject]@{ text = $text; answer = $answer })
        ($outcome | ConvertTo-Json -Depth 5) | Should -Be ($expect | ConvertTo-Json -Depth 5)
    }
}
