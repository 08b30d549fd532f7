@{
    RootModule           = 'bin/PgCloud.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d2d6f0e-3a55-4c39-8c52-2f7c1f0f7c1e'
    Author               = 'PgCloud contributors'
    CompanyName          = 'PgCloud contributors'
    Copyright            = '(c) PgCloud contributors. MIT licence.'
    Description          = 'PostgreSQL in the cloud from PowerShell: provision an instance, let an address in, make the manager user, grant roles, in one pipeline of typed objects.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/PgCloud.Format.ps1xml')
    TypesToProcess       = @('bin/PgCloud.Types.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-PgAuthorisedIp'
        'Connect-PgCloud'
        'Disconnect-PgCloud'
        'Export-PgTable'
        'Get-PgActivity'
        'Get-PgAuthorisedIp'
        'Get-PgCloudSession'
        'Get-PgCloudUser'
        'Get-PgConnection'
        'Get-PgDatabase'
        'Get-PgInstance'
        'Get-PgLog'
        'Get-PgLogKind'
        'Get-PgLogSubscription'
        'Get-PgMetric'
        'Get-PgOffering'
        'Get-PgPrivilege'
        'Get-PgPrometheus'
        'Get-PgProvider'
        'Get-PgRole'
        'Get-PgRoleMember'
        'Grant-PgPrivilege'
        'Grant-PgRole'
        'Import-PgTable'
        'Invoke-PgQuery'
        'New-PgDatabase'
        'New-PgInstance'
        'New-PgLogSubscription'
        'New-PgLogUrl'
        'New-PgManagerUser'
        'New-PgRole'
        'New-PgWriterUser'
        'Remove-PgAuthorisedIp'
        'Remove-PgCloudUser'
        'Remove-PgDatabase'
        'Remove-PgInstance'
        'Remove-PgLogSubscription'
        'Remove-PgRole'
        'Reset-PgPrometheusCredential'
        'Reset-PgUserPassword'
        'Revoke-PgPrivilege'
        'Revoke-PgRole'
        'Set-PgAuthorisedIp'
        'Set-PgDatabase'
        'Set-PgInstance'
        'Set-PgOwner'
        'Set-PgRole'
        'Set-PgRolePassword'
        'Start-PgInstance'
        'Stop-PgBackend'
        'Stop-PgInstance'
        'Test-PgConnection'
        'Wait-PgInstance'
    )
    # The American spelling of the three names that have one.
    AliasesToExport      = @(
        'Add-PgAuthorizedIp'
        'Get-PgAuthorizedIp'
        'Remove-PgAuthorizedIp'
        'Set-PgAuthorizedIp'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('PostgreSQL', 'Postgres', 'DBaaS', 'Cloud', 'OVHcloud', 'IBMCloud', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://github.com/pgcloud/PgCloud'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
