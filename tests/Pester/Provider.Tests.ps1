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

    It 'offers of what Local does not offer a way round that Local has: <_>' -ForEach 'Change of an instance', 'Removed instances', 'Lock' {
        $feature = (Get-PgProvider Local).Feature | Where-Object Name -EQ $_
        $feature.IsOffered | Should -BeExactly $false
        $feature.Note | Should -Not -Match 'Set-PgInstance|Get-PgBackup|-FromInstance'
    }

    It 'says the same in the error' {
        $folder = New-TestDirectory
        $session = Connect-PgCloud Local -StateDirectory $folder
        try {
            $problem = Get-Problem { Get-PgReclaimedInstance -Session $session }
            Assert-Problem $problem PgCloud.Provider.NotSupported NotImplemented Local
            $problem.ErrorDetails.RecommendedAction | Should -Match 'gone at once' -Because 'Get-PgBackup is not offered either'
        }
        finally {
            $session | Disconnect-PgCloud
            Remove-Item $folder -Recurse
        }
    }

    It 'says how OVHcloud''s services of other engines are kept apart' {
        $guard = (Get-PgProvider Ovh).Feature | Where-Object Name -EQ 'Engine guard'
        $guard.IsOffered | Should -BeTrue
        $guard.Note | Should -Match 'another engine.*older version'
    }

    It 'marks what is not offered when a feature is shown as text' {
        "$((Get-PgProvider Local).Feature | Where-Object Name -eq 'Backup and restore')" | Should -Be '-Backup and restore'
    }
}

Describe 'docs/ovh.md' {
    BeforeAll {
        $page = Get-Content (Join-Path $repository docs/ovh.md) -Raw
        $told = [regex]::Matches($page, '(?m)^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \| (.+) \|$') | ForEach-Object {
            $route = $_.Groups[2].Value -replace '^…', '~/postgresql' -replace '^~', '/cloud/project/{serviceName}/database'
            [pscustomobject]@{ Route = "$($_.Groups[1].Value) $route"; Cmdlet = $_.Groups[3].Value }
        }
    }

    It 'names every route of the API, with its cmdlet or the reason that there is none' {
        $schema = Get-ChildItem (Join-Path $repository tests/PgCloud.Emulator) -Recurse -Filter ovh-database-schema.json |
            Where-Object FullName -NotMatch '/(bin|obj)/' | Get-Content -Raw | ConvertFrom-Json
        $routes = foreach ($path in $schema.paths) { foreach ($operation in $path.operations) { "$($operation.method) $($path.path)" } }
        $routes.Count | Should -BeGreaterThan 50
        $told.Route | Sort-Object | Should -Be ($routes | Sort-Object)
        $told | Where-Object Cmdlet -NotMatch '-Pg[A-Z]|^not offered(:|, as above)|^as ' | Should -BeNullOrEmpty
    }

    It 'names no cmdlet that does not exist' {
        [regex]::Matches($page, '\b[A-Z][a-z]+-Pg[A-Z]\w+') | ForEach-Object Value | Sort-Object -Unique |
            Where-Object { -not (Get-Command $_ -Module PgCloud -ErrorAction Ignore) } | Should -BeNullOrEmpty
    }
}
