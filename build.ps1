<#
.SYNOPSIS
Builds, tests, documents and packages PgCloud.

.EXAMPLE
pwsh -NoProfile -File build.ps1 -Task Pester
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Demo', 'Bench', 'Docs', 'Package', 'Clean')]
    [string] $Task = 'Build',

    # Demo: which of the files in examples/.
    [string] $Name = 'quickstart',

    # Package: where to.
    [string] $Destination = (Join-Path $PSScriptRoot 'artifacts/package')
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot
$configuration = 'Release'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:DOTNET_NOLOGO = '1'

function Build-Module {
    $publish = '-c', $configuration, '-r', [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier,
        '-p:PublishReadyToRun=true', '--self-contained', 'false', '-v', 'quiet'
    dotnet publish src/PgCloud @publish -o bin
    dotnet publish src/PgCloud.Engine @publish -o bin/deps
    Remove-Item bin/*.pdb, bin/deps/*.pdb, bin/deps/*.runtimeconfig.json -ErrorAction Ignore
    Build-Help
}

function Build-Help {
    dotnet run --project src/PgCloud.HelpBuilder -c $configuration -v quiet -- `
        --assembly bin/PgCloud.dll --maml en-US --markdown docs/cmdlets
    # PowerShell looks for help beside the manifest.
    Copy-Item src/PgCloud/en-US/* en-US
}

switch ($Task) {
    'Build' { Build-Module; dotnet build PgCloud.slnx -c $configuration -v quiet }
    'Docs' { Build-Module }
    'Test' {
        Build-Module
        dotnet build PgCloud.slnx -c $configuration -v quiet
        foreach ($project in Get-ChildItem tests/*.Tests/*.csproj) {
            dotnet test $project.FullName -c $configuration --no-build
        }
        pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1
    }
    'Pester' {
        if (-not (Test-Path bin/PgCloud.dll)) { Build-Module }
        # A process of its own: an assembly that is loaded here could not be built again.
        pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1
    }
    'Demo' {
        if (-not (Test-Path bin/PgCloud.dll)) { Build-Module }
        pwsh -NoProfile -File (Join-Path examples "$Name.ps1")
    }
    'Bench' {
        Build-Module
        dotnet run --project tests/PgCloud.Benchmarks -c $configuration
    }
    'Package' {
        Build-Module
        $target = Join-Path $Destination PgCloud
        Remove-Item $target -Recurse -ErrorAction Ignore
        $null = New-Item $target -ItemType Directory
        Copy-Item PgCloud.psd1, LICENSE, README.md, CHANGELOG.md $target
        Copy-Item bin, en-US, examples $target -Recurse
        Test-ModuleManifest (Join-Path $target PgCloud.psd1)
    }
    'Clean' { Remove-Item bin, en-US, artifacts -Recurse -ErrorAction Ignore }
}
