// SPDX-License-Identifier: MIT
namespace PgCloud.CmdletHostTests;

/// <summary>The cmdlet host agrees with PowerShell, whose outcomes cases.json holds.</summary>
public class BindingTests
{
    /// <summary>One case.</summary>
    [Theory]
    [MemberData(nameof(BindingCase.Names), MemberType = typeof(BindingCase))]
    public void Host_agrees_with_PowerShell(string name) => Assert.Equal(BindingCase.All[name].Expected, BindingCase.All[name].Run());
}
