# SPDX-License-Identifier: MIT
# What Get-Help says is compared with what PowerShell itself knows about the cmdlets.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../PgCloud.psd1')
    $cmdlets = Get-Command -Module PgCloud -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
    $topics = Get-ChildItem (Join-Path $PSScriptRoot '../../src/PgCloud/en-US/about_*.help.txt') |
        ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$'; Path = $_.FullName } }
    $errorSources = Get-ChildItem (Join-Path $PSScriptRoot '../../src/PgCloud/Errors/PgErrors*.cs')
    $errorIds = [regex]::Matches(($errorSources | Get-Content -Raw), '"(PgCloud\.[\w.]+)",\s*(?:PgErrorKind\.(\w+)|(\w+\.Kind))') |
        ForEach-Object { @{ Id = $_.Groups[1].Value; Kind = $_.Groups[2].Value } }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    Import-Module (Join-Path $root 'PgCloud.psd1')
    $hidden = [System.Management.Automation.Cmdlet]::CommonParameters

    # The parameters a user is meant to see.
    function Get-ShownParameter([System.Management.Automation.CommandInfo] $Command) {
        $Command.Parameters.Values | Where-Object {
            $_.Name -notin $hidden -and -not ($_.Attributes | Where-Object { $_ -is [Parameter] -and $_.DontShow })
        }
    }

    # What is wrong with a piece of PowerShell: its syntax, commands that do not exist, parameters that do not bind.
    function Get-CodeProblem([string] $Code) {
        $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
        $errors | ForEach-Object Message
        foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            if (-not (Get-Command $call.GetCommandName() -ErrorAction Ignore)) {
                "there is no command $($call.GetCommandName())"
                continue
            }

            $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
            $bound.BindingExceptions.Values | ForEach-Object { "$call`: $($_.BindingException.Message)" }
        }
    }

    # Names of our cmdlets in a text that do not exist.
    function Get-UnknownCmdlet([string] $Text) {
        [regex]::Matches($Text, '\b[A-Z][a-z]+-Pg[A-Z]\w+') | ForEach-Object Value | Sort-Object -Unique |
            Where-Object { -not (Get-Command $_ -Module PgCloud -ErrorAction Ignore) }
    }
}

Describe 'Get-Help <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $described = @{}
        $help.parameters.parameter | Where-Object { $_ } | ForEach-Object { $described[$_.name] = $_ }
        $parameters = @(Get-ShownParameter $Command)
    }

    # What it says of the clouds is checked by the fault matrix of the engine's tests.
    It 'says what is certain after an error, where it changes something' {
        if ($Command.Parameters.ContainsKey('WhatIf')) { "$($help.description.Text)" | Should -MatchExactly '(^|\. |\n)\s*After an error ' }
    }

    It 'has a synopsis and a description' {
        # Without a help file the synopsis is the syntax.
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        ($help.description.Text -join '').Trim() | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter, and no other' {
        $described.Keys | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
        $described.Values | Where-Object { -not ($_.description.Text -join '').Trim() } | ForEach-Object name | Should -BeNullOrEmpty
    }

    It 'says truly how each parameter is bound' {
        foreach ($parameter in $parameters) {
            $binding = @($parameter.ParameterSets.Values)[0]
            $pipeline = @(if ($binding.ValueFromPipeline) { 'ByValue' }; if ($binding.ValueFromPipelineByPropertyName) { 'ByPropertyName' })
            $shown = $described[$parameter.Name]
            $because = "of -$($parameter.Name)"
            $shown.required | Should -Be ([string] $binding.IsMandatory).ToLowerInvariant() -Because $because
            $shown.position | Should -Be $(if ($binding.Position -lt 0) { 'named' } else { "$($binding.Position)" }) -Because $because
            $shown.pipelineInput | Should -Be $(if ($pipeline) { "True ($($pipeline -join ', '))" } else { 'False' }) -Because $because
            $shown.aliases | Should -Be $(if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }) -Because $because
        }
    }

    It 'tells the default values that the parameters really have' {
        $cmdlet = [Activator]::CreateInstance($Command.ImplementingType)
        foreach ($parameter in $parameters | Where-Object { $_.Name -notin 'WhatIf', 'Confirm' -and -not @($_.ParameterSets.Values)[0].IsMandatory }) {
            $actual = $cmdlet.($parameter.Name)
            # A null, an empty list and a 0 that nobody asked for are "none".
            $text = if ($actual -is [System.Collections.IDictionary]) { '' } else { $actual -join ', ' }
            $neutral = $text -eq '' -or $text -eq '0' -or $actual -is [DateTimeOffset]
            $told = $described[$parameter.Name].defaultValue
            if (-not ($neutral -and $told -eq 'None')) { $told | Should -Be $text -Because "of -$($parameter.Name)" }
        }
    }

    It 'has a syntax for every parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $Command.ParameterSets.Count
    }

    It 'has examples that parse and bind' {
        $examples = @($help.examples.example | Where-Object { $_ })
        $examples.Count | Should -BeGreaterThan 0
        foreach ($example in $examples) {
            ($example.remarks.Text -join '').Trim() | Should -Not -BeNullOrEmpty
            Get-CodeProblem $example.code | Should -BeNullOrEmpty
            $example.code | Should -Match ([regex]::Escape($Name))
        }
    }

    It 'says what comes out' {
        $Command.OutputType.Count | Should -BeGreaterThan 0
        $told = $help.returnValues.returnValue.type.name | ForEach-Object { "$_".Trim() }
        $told | Should -Be @($Command.OutputType.Name -replace '^System\.Void$', 'None')
    }

    It 'names and links only what there is' {
        Get-UnknownCmdlet ($help | Out-String) | Should -BeNullOrEmpty
        foreach ($link in $help.relatedLinks.navigationLink.linkText) {
            Get-Help $link -ErrorAction Stop | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'Help about the module' {
    It '<Topic> is found by Get-Help' -ForEach $topics {
        $text = Get-Help $Topic -ErrorAction Stop | Out-String
        $text | Should -Match 'SHORT DESCRIPTION'
        $text | Should -Be ((Get-Content $Path -Raw) + [Environment]::NewLine)
    }

    It '<Topic> names only cmdlets that exist, and fits 80 columns' -ForEach $topics {
        Get-UnknownCmdlet (Get-Content $Path -Raw) | Should -BeNullOrEmpty
        Get-Content $Path | Where-Object Length -gt 80 | Should -BeNullOrEmpty
    }

    It 'about_PgCloud_Errors has <Id> with its category' -ForEach $errorIds {
        $line = Get-Content (Join-Path $root 'src/PgCloud/en-US/about_PgCloud_Errors.help.txt') | Where-Object { $_ -match "^    $([regex]::Escape($Id))\s" }
        $line | Should -HaveCount 1
        if ($Kind) {
            $type = [PgCloud.PgInstance].Assembly.GetType('PgCloud.Errors.ErrorRecords')
            $category = $type.GetMethod('CategoryOf', [System.Reflection.BindingFlags] 'Static, NonPublic').Invoke($null, @([PgCloud.Errors.PgErrorKind] $Kind))
            $line | Should -Match "\s$category$"
        }
    }

    It 'about_PgCloud_Errors has no error that is gone' -ForEach @{ Ids = $errorIds.Id } {
        $told = Get-Content (Join-Path $root 'src/PgCloud/en-US/about_PgCloud_Errors.help.txt') |
            ForEach-Object { if ($_ -match '^    (PgCloud\.[\w.]+)\s') { $Matches[1] } }
        $told | Where-Object { $_ -notin $Ids } | Should -BeNullOrEmpty
    }
}

Describe 'The help builder' {
    BeforeAll {
        $documentation = Join-Path $root 'bin/PgCloud.xml'
        function Invoke-HelpBuilder {
            dotnet run --project (Join-Path $root 'src/PgCloud.HelpBuilder') -c Release -v quiet -- --assembly (Join-Path $root 'bin/PgCloud.dll') @args 2>&1
        }
    }

    It 'finds docs/cmdlets as the source has it' {
        $made = Join-Path $TestDrive 'cmdlets'
        Invoke-HelpBuilder --markdown $made | Out-Host
        $LASTEXITCODE | Should -Be 0
        $committed = Join-Path $root 'docs/cmdlets'
        (Get-ChildItem $committed).Name | Should -Be (Get-ChildItem $made).Name
        foreach ($page in Get-ChildItem $made) {
            Get-Content (Join-Path $committed $page.Name) -Raw | Should -BeExactly (Get-Content $page.FullName -Raw) -Because "of $($page.Name); run build.ps1 -Task Docs"
        }
    }

    It 'writes no link that leads nowhere' {
        foreach ($page in Get-ChildItem (Join-Path $root 'docs/cmdlets')) {
            foreach ($link in [regex]::Matches((Get-Content $page.FullName -Raw), '\]\(([^)#]+)\)')) {
                Join-Path $page.DirectoryName $link.Groups[1].Value | Should -Exist -Because "$($page.Name) links it"
            }
        }
    }

    It 'refuses <What> and names it' -ForEach @(
        @{ What = 'a cmdlet without a summary'; Member = 'T:PgCloud.Commands.Role.GetPgRoleCommand'; Part = 'summary'; Message = '*Get-PgRole: no summary*' }
        @{ What = 'a cmdlet without an example'; Member = 'T:PgCloud.Commands.Role.GetPgRoleCommand'; Part = 'example'; Message = '*Get-PgRole: no example*' }
        @{ What = 'an inherited parameter without a summary'; Member = 'P:PgCloud.Pipeline.CloudCmdlet.Session'; Part = 'summary'; Message = '*Get-PgInstance: parameter Session has no summary*' }
    ) {
        $xml = [xml]::new()
        $xml.Load($documentation)
        foreach ($node in @($xml.SelectNodes("//member[@name='$Member']/$Part"))) { [void] $node.ParentNode.RemoveChild($node) }
        $broken = Join-Path $TestDrive 'broken.xml'
        $xml.Save($broken)
        $output = Invoke-HelpBuilder --documentation $broken --markdown (Join-Path $TestDrive 'none') | Out-String
        $LASTEXITCODE | Should -Be 1
        $output | Should -BeLike $Message
        Join-Path $TestDrive 'none' | Should -Not -Exist
    }
}
