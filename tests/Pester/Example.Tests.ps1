# The examples that ./build.sh demo runs.

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
