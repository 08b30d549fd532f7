// SPDX-License-Identifier: MIT
namespace PgCloud.CmdletHostTests;

/// <summary>Scripts print what PowerShell prints.</summary>
public class FormattingTests
{
    private const string Import = "Import-Module $PSScriptRoot/PgCloud.BindingCases.psd1\n";

    /// <summary>The module's own views; the expected text is a real PowerShell's.</summary>
    [Theory]
    [InlineData("New-CaseItem a,longer-than-twelve 3 -Words x,y", "\nName            No Words\n----            -- -----\na                3 {x, y}\nlonger-than…     3 {x, y}\n\n")]
    [InlineData("New-CaseItem a 3 | Format-List", "\nName     : a\nHow many : 3\nWords    : {}\n\n")]
    [InlineData("New-CaseItem a,b 3 | Select-Object Name,Count", "\nName Count\n---- -----\na        3\nb        3\n\n")]
    [InlineData("New-CaseItem a 3 -Words 1,2,3,4,5 | Select-Object * | Format-List Name,Words", "\nName  : a\nWords : {1, 2, 3, 4…}\n\n")]
    [InlineData("'text',1,2.5,$true", "text\n1\n2.5\nTrue\n")]
    [InlineData("Write-Host hello", "hello\n")]
    [InlineData("Test-Should a -WhatIf | Out-Null", "What if: Performing the operation \"Test\" on target \"a\".\n")]
    [InlineData("$x = New-CaseItem a\nTest-Echo $x.Name | Out-Null", "")]
    public void Output_looks_like_PowerShell(string script, string expected) => Assert.Equal((expected, "", 0), Run(Import + script));

    /// <summary>Errors go to the other stream, with what to do; a bad record does not end a script.</summary>
    [Fact]
    public void Errors_are_concise() => Assert.Equal(("went on\n", "Test-Failure: better message\n  Recommendation: try again\n", 0), Run(Import + "Test-Failure Error"));

    /// <summary>A terminating error ends its statement; a preference of Stop ends the script.</summary>
    [Theory]
    [InlineData("Test-Failure Throw\nTest-Echo b | Out-Null\n'on'", "on\n", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'\nTest-Failure Throw\n'on'", "", 1)]
    [InlineData("Test-Failure Error -ErrorAction Stop\n'on'", "", 1)]
    public void Errors_end_what_they_end_in_PowerShell(string script, string output, int exitCode)
    {
        (string written, string errors, int code) = Run(Import + script);
        Assert.Equal((output, exitCode), (written, code));
        Assert.NotEmpty(errors);
    }

    private static (string Output, string Errors, int ExitCode) Run(string script)
    {
        string file = Path.Combine(BindingCase.Folder, $"{Guid.NewGuid():N}.ps1");
        File.WriteAllText(file, script);
        try
        {
            using StringWriter output = new() { NewLine = "\n" };
            using StringWriter errors = new() { NewLine = "\n" };
            using CmdletHost host = new() { Console = output, ErrorConsole = errors };
            HostResult result = host.RunScript(file);
            return (output.ToString(), errors.ToString(), result.TerminatingError is null ? 0 : 1);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
