# Get-PgProvider.

BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Get-PgProvider' {
    It 'lists every provider that Connect-PgCloud takes' {
        (Get-PgProvider).Name | Should -Be ([enum]::GetValues([PgCloud.PgProviderName]))
    }

    It 'needs no session' {
        Close-Session
        Get-Problem { Get-PgProvider } | Should -BeNullOrEmpty
    }

    It 'takes wildcards and does not mind case' {
        "$(Get-PgProvider lo*)" | Should -Be 'Local'
        "$(Get-PgProvider LOCAL)" | Should -Be 'Local'
        Get-Problem { Get-PgProvider x* } | Should -BeNullOrEmpty
    }

    It 'says so when there is no provider of a name' {
        $problem = Get-Problem { Get-PgProvider Nowhere }
        $problem | Should -Not -BeNullOrEmpty
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem.FullyQualifiedErrorId | Should -BeLike 'PgCloud.Provider.*'
    }

    It 'says in a sentence what each provider is' {
        (Get-PgProvider).Description | Should -Match '\w+ .*\.$'
    }

    It 'says of each feature whether and how it is offered, or the way round' {
        foreach ($feature in (Get-PgProvider).Feature) {
            $feature.Name | Should -Not -BeNullOrEmpty
            $feature.Note | Should -Not -BeNullOrEmpty
            $feature.IsOffered | Should -BeOfType bool
        }
    }

    It 'says of <feature> at Local that it is offered: <offered>' -ForEach @(
        @{ feature = 'Instance'; offered = $true }
        @{ feature = 'Start and stop'; offered = $true }
        @{ feature = 'Authorised IP'; offered = $true }
        @{ feature = 'Manager and writer users'; offered = $true }
        @{ feature = 'Password reset'; offered = $true }
        @{ feature = 'Backup and restore'; offered = $false }
    ) {
        ((Get-PgProvider Local).Feature | Where-Object Name -eq $feature).IsOffered | Should -Be $offered
    }

    It 'marks what is not offered when a feature is shown as text' {
        "$((Get-PgProvider Local).Feature | Where-Object Name -eq 'Backup and restore')" | Should -Be '-Backup and restore'
    }
}
