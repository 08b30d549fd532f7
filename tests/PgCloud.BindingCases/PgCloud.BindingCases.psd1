# The module of the binding cases.
@{
    RootModule        = 'PgCloud.BindingCases.dll'
    ModuleVersion     = '1.2.3'
    GUID              = 'b3f7b4a0-2c4e-4a4f-9a55-0f4a3f6f0d11'
    CmdletsToExport   = @(
        'New-CaseItem', 'New-CaseBag', 'Get-CaseLog', 'Clear-CaseLog', 'Test-Echo', 'Test-Numbers', 'Test-Types', 'Test-Lists', 'Test-Switches'
        'Test-Sets', 'Test-DefaultSet', 'Test-ThreeSets', 'Test-InputSets', 'Test-Positions', 'Test-PositionSets', 'Test-Mandatory', 'Test-Empties'
        'Test-Validation', 'Test-Transform', 'Test-ByValue', 'Test-ByName', 'Test-Coercion', 'Test-Rest', 'Test-Names', 'Test-Should'
        'Test-ShouldHigh', 'Test-Streams', 'Test-Failure', 'Write-Numbers', 'Test-Order', 'Test-Bound', 'Test-Object', 'Test-Null'
        'Wait-Stop', 'Test-Choice', 'Test-Optional', 'Test-Either'
    ) # one list, over several lines
    FunctionsToExport = @()
    AliasesToExport   = 'tec', "tec2"
    VariablesToExport = @()
    FormatsToProcess  = 'Cases.Format.ps1xml'
    TypesToProcess    = 'Cases.Types.ps1xml'
    PrivateData       = @{ PSData = @{ Tags = @('a', 'b') } }
}
