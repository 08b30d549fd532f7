# The manifest, and what importing the module does to a shell.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $manifest = Import-PowerShellDataFile $modulePath
    $assembly = (Get-Command New-PgInstance).ImplementingType.Assembly
    $commands = Get-Command -Module PgCloud -CommandType Cmdlet
    $cmdletTypes = $assembly.GetExportedTypes() | Where-Object {
        -not $_.IsAbstract -and $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)
    }
}

Describe 'A parameter that takes wildcards' {
    # $null is a variable that was never set: it must mean neither all, which may go on into Remove-, nor a defect.
    It 'refuses $null' {
        $accepting = foreach ($command in $commands) {
            foreach ($parameter in $command.Parameters.Values) {
                $attributes = $parameter.Attributes
                if ($attributes.Where({ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }) -and
                    -not $attributes.Where({ $_ -is [System.Management.Automation.ValidateNotNullAttribute] -or
                            $_ -is [System.Management.Automation.ValidateNotNullOrEmptyAttribute] })) {
                    "$($command.Name) -$($parameter.Name)"
                }
            }
        }
        $accepting | Should -BeNullOrEmpty
        { Get-PgProvider -Name $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-PgProvider -Name Local, $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'takes a bracket that nothing closes for itself' {
        Assert-Problem (Get-Problem { Get-PgProvider '[' }) PgCloud.Provider.NotFound ObjectNotFound '['
        Assert-Problem (Get-Problem { Get-PgProvider 'x[]' }) PgCloud.Provider.NotFound ObjectNotFound 'x[]'
    }
}

Describe 'The manifest' {
    It 'is one that PowerShell accepts' {
        $tested = Test-ModuleManifest $modulePath -ErrorAction Stop
        $tested.Name | Should -Be 'PgCloud'
        $tested.PowerShellVersion | Should -Be '7.4'
        $tested.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'exports every public cmdlet class, and nothing that is not one' {
        $classes = $cmdletTypes | ForEach-Object {
            $attribute = $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            "$($attribute.VerbName)-$($attribute.NounName)"
        }
        Compare-Object $manifest.CmdletsToExport $classes | Should -BeNullOrEmpty
        Compare-Object $manifest.CmdletsToExport @((Get-Module PgCloud).ExportedCmdlets.Keys) | Should -BeNullOrEmpty
    }

    It 'lists the cmdlets in alphabetical order' {
        $manifest.CmdletsToExport | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'names no wildcard and exports neither functions nor variables' {
        $manifest.CmdletsToExport + $manifest.AliasesToExport | Should -Not -Match '\*'
        $manifest.ContainsKey('FunctionsToExport') | Should -BeTrue
        $manifest.FunctionsToExport | Should -BeNullOrEmpty
        $manifest.ContainsKey('VariablesToExport') | Should -BeTrue
        $manifest.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'exports the American spelling of every cmdlet whose name has one' {
        $expected = $manifest.CmdletsToExport -match 'Authorised' -replace 'Authorised', 'Authorized'
        $manifest.AliasesToExport | Should -Be $expected
        foreach ($alias in $manifest.AliasesToExport) {
            (Get-Alias $alias).Definition | Should -Be ($alias -replace 'Authorized', 'Authorised')
        }
    }

    It 'names a format file and a type file that are there' {
        @($manifest.FormatsToProcess).Count | Should -BeGreaterThan 0
        @($manifest.TypesToProcess).Count | Should -BeGreaterThan 0
        foreach ($file in $manifest.FormatsToProcess + $manifest.TypesToProcess) {
            Join-Path $repository $file | Should -Exist
        }
    }

    It 'carries tags, licence, project and release notes for the gallery' {
        $data = $manifest.PrivateData.PSData
        'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'PostgreSQL' | ForEach-Object { $data.Tags | Should -Contain $_ }
        $data.Tags | Should -Not -Match '\s'
        [uri]::new($data.LicenseUri).Scheme | Should -Be 'https'
        [uri]::new($data.ProjectUri).Scheme | Should -Be 'https'
        $data.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.Author, $manifest.Description, $manifest.Copyright | Should -Not -BeNullOrEmpty
    }

    It 'has the version of the dll' {
        $assembly.GetName().Version.ToString(3) | Should -Be $manifest.ModuleVersion
    }

    It 'loads the dll as root module and asks for no other assembly' {
        $manifest.RootModule | Should -Be 'bin/PgCloud.dll'
        $manifest.ContainsKey('RequiredAssemblies') | Should -BeFalse
        $manifest.ContainsKey('NestedModules') | Should -BeFalse
    }
}

Describe 'The cmdlets' {
    It 'have approved verbs and nouns that begin with Pg' {
        $approved = (Get-Verb).Verb
        foreach ($command in $commands) {
            $approved | Should -Contain $command.Verb
            $command.Noun | Should -MatchExactly '^Pg([A-Z][A-Za-z]+[a-rt-z]|Prometheus)$' -Because 'nouns are singular; Prometheus is a name'
        }
    }

    It 'are one sealed class each, named after verb and noun' {
        foreach ($type in $cmdletTypes) {
            $attribute = $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            $type.IsSealed | Should -BeTrue -Because $type.Name
            $type.Name | Should -BeExactly "$($attribute.VerbName)$($attribute.NounName)Command"
        }
    }

    It 'take -WhatIf and -Confirm where they change something' {
        foreach ($command in $commands | Where-Object Verb -In 'New', 'Add', 'Remove', 'Start', 'Stop', 'Grant', 'Revoke', 'Reset') {
            $command.Parameters.Keys | Should -Contain 'WhatIf' -Because $command.Name
            $command.Parameters.Keys | Should -Contain 'Confirm' -Because $command.Name
        }
    }

    It 'do not take -WhatIf where they only read' {
        foreach ($command in $commands | Where-Object Verb -In 'Get', 'Test', 'Wait') {
            $command.Parameters.Keys | Should -Not -Contain 'WhatIf' -Because $command.Name
        }
    }

    It 'ask before they destroy something' {
        foreach ($name in 'Remove-PgInstance', 'Remove-PgRole', 'Remove-PgDatabase', 'Remove-PgCloudUser', 'Remove-PgCloudDatabase', 'Remove-PgConnectionPool', 'Reset-PgUserPassword', 'Reset-PgPrometheusCredential') {
            $attribute = (Get-Command $name).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            $attribute.ConfirmImpact | Should -Be 'High' -Because $name
        }
    }

    It 'say what they write' {
        foreach ($command in $commands) {
            $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }

    It 'take -PassThru where they write nothing of themselves' {
        foreach ($command in $commands | Where-Object Verb -In 'Add', 'Remove', 'Start', 'Stop', 'Grant', 'Revoke') {
            $command.Parameters.Keys | Should -Contain 'PassThru' -Because $command.Name
        }
    }

    It 'take -Session where they speak to a provider' {
        foreach ($command in $commands | Where-Object Noun -In 'PgInstance', 'PgAuthorisedIp', 'PgManagerUser', 'PgWriterUser', 'PgCloudUser', 'PgUserPassword', 'PgConnection', 'PgCloudDatabase', 'PgConnectionPool', 'PgLog', 'PgLogKind', 'PgLogUrl', 'PgLogSubscription', 'PgMetric', 'PgPrometheus', 'PgPrometheusCredential') {
            if ($command.Name -notin 'Test-PgConnection', 'Export-PgConnection') {
                $command.Parameters['Session'].ParameterType.Name | Should -Be 'PgCloudSession' -Because $command.Name
            }
        }
    }

    It 'take passwords, keys and tokens as SecureString or PSCredential only, which leaves them out of PSReadLine''s history' {
        foreach ($command in $commands) {
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -match 'Password|Secret|Credential|Passcode|Token$|(Api|Consumer|Private)Key$') {
                $parameter.ParameterType | Should -BeIn ([securestring], [pscredential]) -Because "$($command.Name) -$($parameter.Name)"
            }
        }
    }

    It 'take one kind of pipeline object by value in each parameter set' {
        foreach ($command in $commands) {
            foreach ($set in $command.ParameterSets) {
                # The hidden InputObject takes every object beside it, unconverted, so that nothing competes in the binding.
                @($set.Parameters | Where-Object { $_.ValueFromPipeline -and $_.Name -ne 'InputObject' }).Count |
                    Should -BeLessOrEqual 1 -Because $command.Name
            }
        }
    }
}

Describe 'The lists of the objects' {
    BeforeAll {
        # What the C# compiler makes of [a, b] and of [.. a], which PowerShell cannot index.
        Add-Type -TypeDefinition @'
            using System.Collections.Generic;

            public static class CompilerList
            {
                public static IReadOnlyList<T> Two<T>(T one, T other) => [one, other];

                public static IReadOnlyList<T> Many<T>(IEnumerable<T> items) => [.. items];
            }
'@
        $kinds = [System.Collections.Generic.IEnumerable`1], [System.Collections.Generic.IReadOnlyCollection`1], [System.Collections.Generic.IReadOnlyList`1],
            [System.Collections.Generic.ICollection`1], [System.Collections.Generic.IList`1]
        $lists = $assembly.GetExportedTypes() | Where-Object Namespace -in PgCloud, PgCloud.Errors | ForEach-Object {
            $_.GetProperties('Public, Instance, DeclaredOnly') |
                Where-Object { $_.PropertyType.IsGenericType -and $_.PropertyType.GetGenericTypeDefinition() -in $kinds }
        }
    }

    It 'can be indexed' {
        @($lists).Count | Should -BeGreaterThan 15
        foreach ($property in $lists) {
            $type = $property.PropertyType.GetGenericArguments()[0]
            $one, $other = if ($type -eq [string]) { 'one', 'other' } elseif ($type.IsValueType) { 1, 2 } else {
                1, 2 | ForEach-Object { [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($type) }
            }
            $items = [Array]::CreateInstance($type, 2)
            $items[0] = $one
            $items[1] = $other
            $owner = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($property.DeclaringType)
            foreach ($list in [CompilerList].GetMethod('Two').MakeGenericMethod($type).Invoke($null, $items),
                [CompilerList].GetMethod('Many').MakeGenericMethod($type).Invoke($null, @(, $items))) {
                $list[0] -is [System.Collections.IList] | Should -BeTrue -Because 'otherwise there is nothing left to test'
                $property.SetValue($owner, $list)
                $name = $property.Name
                $because = "$($property.DeclaringType.Name).$name is asked for one item"
                [object]::Equals($owner.$name[0], $one) | Should -BeTrue -Because $because
                [object]::Equals($owner.$name[-1], $other) | Should -BeTrue -Because $because
            }
        }
    }

    It 'can be indexed where they are made on the way' {
        [PgCloud.PgRoleMember]::new().Path.GetType().IsArray | Should -BeTrue
    }
}

Describe 'Importing the module' {
    BeforeAll {
        $pgHome = New-TestDirectory
        $seen = (Invoke-Child -Environment @{ PGCLOUD_HOME = $pgHome } -Script {
            param($Module)
            $ErrorActionPreference = 'Stop'
            $null = 1 | ConvertTo-Json | ConvertFrom-Json
            $result = [ordered]@{}
            function Loaded {
                foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                    foreach ($assembly in $context.Assemblies) { "$($context.Name): $($assembly.GetName().Name)" }
                }
            }
            function Works { @(Get-Command -Module PgCloud -CommandType Cmdlet).Count, "$(Get-PgProvider Local)" -join ' ' }
            $before = Loaded
            Import-Module $Module
            $null = Get-Command -Module PgCloud
            $result.byImport = @(Loaded | Where-Object { $_ -notin $before })
            $result.imported = Works
            $session = Connect-PgCloud Local
            Import-Module $Module -Force
            Import-Module $Module -Force
            $result.forced = Works
            $result.sessionsAfterForce = @(Get-PgCloudSession).Count
            $null = Connect-PgCloud Local
            Remove-Module PgCloud
            $result.afterRemoval = @(Get-Command '*-Pg*' -CommandType Cmdlet, Alias -ErrorAction Ignore | Where-Object Source -eq PgCloud).Count
            Import-Module $Module
            $result.again = Works
            $result.sessionsAfterRemoval = @(Get-PgCloudSession).Count
            $result.tables = "$(Connect-PgCloud Local | Format-Table | Out-String)"
            $result | ConvertTo-Json -Depth 3
        }).Json()
        $count = @($commands).Count
    }

    AfterAll { Remove-Item $pgHome -Recurse -Force }

    It 'loads PgCloud.dll, and nothing of the engine or its packages' {
        $seen.byImport | Should -Contain 'Default: PgCloud'
        $seen.byImport | Should -Not -Match 'PgCloud\.Engine|Npgsql|Newtonsoft|Polly|Microsoft\.Extensions'
    }

    It 'works' { $seen.imported | Should -Be "$count Local" }

    It 'works again with -Force, twice' { $seen.forced | Should -Be "$count Local" }

    It 'leaves no command behind when the module is removed' { $seen.afterRemoval | Should -Be 0 }

    It 'works after Remove-Module' { $seen.again | Should -Be "$count Local" }

    It 'closes the sessions of the runspace when the module is removed' {
        $seen.sessionsAfterForce | Should -Be 0
        $seen.sessionsAfterRemoval | Should -Be 0
    }

    It 'keeps its views when it is imported again' { $seen.tables | Should -Match 'Local\d' }

    It 'says nothing' {
        $said = Invoke-Child { param($Module) Import-Module $Module }
        $said.Output + $said.Error | Should -BeNullOrEmpty
        $said.ExitCode | Should -Be 0
    }
}

Describe 'After a cmdlet has spoken SQL' {
    BeforeAll {
        $pgHome = Enter-PgHome
        $user = New-PgInstance sql | Add-PgAuthorisedIp -Address 127.0.0.1 -PassThru | New-PgManagerUser -Name ops
        $seen = (Invoke-Child -ArgumentList $user.Instance.Port, (Get-Secret $user.Credential) -Script {
            param($Module, $Port, $Password)
            $ErrorActionPreference = 'Stop'
            $null = 1 | ConvertTo-Json | ConvertFrom-Json
            $before = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
            Import-Module $Module
            $null = Connect-PgCloud Local
            $credential = [pscredential]::new('ops', (ConvertTo-SecureString $Password -AsPlainText -Force))
            $answer = (Get-PgConnection sql -Credential $credential | Invoke-PgQuery 'SELECT 42 AS answer').answer
            [ordered]@{
                answer    = $answer
                byDefault = @([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -notin $before })
                fromDeps  = @([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { -not $_.IsDynamic -and $_.Location -match '/deps/' } | ForEach-Object { $_.GetName().Name })
                ours      = @(([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq PgCloud).Assemblies | ForEach-Object { $_.GetName().Name })
            } | ConvertTo-Json
        }).Json()
    }

    AfterAll { Exit-PgHome $pgHome }

    It 'the query was answered' { $seen.answer | Should -Be 42 }

    It 'only PgCloud.dll of the module is in the default context' {
        $seen.byDefault -notmatch '^System\.|^Microsoft\.(Win32|CSharp|PowerShell\.Security)' | Should -Be 'PgCloud'
        $seen.fromDeps | Should -BeNullOrEmpty
    }

    It 'the engine and Npgsql are in the context of the module' {
        'PgCloud.Engine', 'Npgsql' | ForEach-Object { $seen.ours | Should -Contain $_ }
        $seen.ours | Should -Not -Contain 'PgCloud'
    }
}

Describe 'A cmdlet that takes records from the pipeline' {
    It 'works on several at once, where it speaks to a cloud or a server' {
        $takes = $commands | Where-Object {
            # One session is opened, and one terminal is there.
            $_.Name -notin 'Connect-PgCloud', 'Enter-PgSession' -and $_.ImplementingType.BaseType.Name -ne 'PSCmdlet' -and
            ($_.Parameters.Values.ParameterSets.Values | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName })
        }
        @($takes).Count | Should -BeGreaterThan 60
        $takes | Where-Object { -not $_.Parameters.ContainsKey('ThrottleLimit') } | ForEach-Object Name | Should -BeNullOrEmpty
        $takes | ForEach-Object { [Activator]::CreateInstance($_.ImplementingType).ThrottleLimit } | Select-Object -Unique | Should -Be 16
    }
}

Describe 'The fault matrix' {
    # The document's rows are those that are run: FaultMatrixTests.
    BeforeAll {
        $cloud = $null
        $rows = switch -Regex (Get-Content (Join-Path $repository docs/fault-matrix.md)) {
            '^## (\w+)$' { $cloud = $Matches[1] }
            '^\| `([^`]+)` \|' { "$($cloud): $($Matches[1] -replace '\\\|', '|')" }
        }
        # What speaks SQL changes nothing at a cloud's API.
        $changing = @($commands | Where-Object { $_.Parameters.ContainsKey('WhatIf') -and -not $_.Parameters.ContainsKey('Connection') }).Name
    }

    It 'has a row of every cmdlet that changes something at <Cloud>' -ForEach @(
        @{ Cloud = 'Ovh'; NotOffered = 'Lock-PgInstance', 'Restore-PgInstance', 'Start-PgInstance', 'Stop-PgInstance', 'Unlock-PgInstance' }
        @{
            Cloud      = 'Ibm'
            NotOffered = 'Enable-PgInstanceWrite', 'New-PgCloudDatabase', 'New-PgConnectionPool', 'New-PgIntegration', 'New-PgLogSubscription', 'New-PgLogUrl',
                'Remove-PgCloudDatabase', 'Remove-PgConnectionPool', 'Remove-PgIntegration', 'Remove-PgLogSubscription', 'Request-PgCloudConsumerKey',
                'Reset-PgPrometheusCredential', 'Reset-PgQueryStatistic', 'Set-PgConfiguration', 'Set-PgConnectionPool', 'Start-PgInstance',
                'Start-PgMaintenance', 'Stop-PgCurrentQuery', 'Stop-PgInstance'
        }
    ) {
        $changing.Count | Should -BeGreaterThan 30
        $missing = $changing | Where-Object { $name = $_; -not ($rows -match "^$($Cloud): (.*\| )?$name\b") }
        $missing | Sort-Object | Should -Be $NotOffered
    }
}
