// SPDX-License-Identifier: MIT
using System.Reflection;

namespace PgCloud.CmdletHostTests;

/// <summary>What the host offers to tests beyond running text.</summary>
public sealed class HostTests : IDisposable
{
    private readonly CmdletHost _host = NewHost();

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();

    /// <summary>Named arguments keep their types.</summary>
    [Fact]
    public void Invoke_binds_named_arguments()
    {
        HostResult result = _host.Invoke("Test-Numbers", new Dictionary<string, object?> { ["Int"] = 5, ["Bool"] = true });
        Assert.Null(result.TerminatingError);
        Assert.Equal(["Bool=Boolean:True Int=Int32:5"], result.Output);
    }

    /// <summary>Input comes by pipeline; no input at all is still input.</summary>
    [Fact]
    public void Invoke_takes_input()
    {
        Assert.Equal(["Number=Int32:1", "Number=Int32:2"], _host.Invoke("Test-ByValue", input: [1, "2"]).Output);
        Assert.Empty(_host.Invoke("Test-ByValue", input: []).Output);
    }

    /// <summary>Variables go in and come out.</summary>
    [Fact]
    public void Variables_are_shared_with_text()
    {
        _host.SetVariable("x", 4);
        HostResult result = _host.Run("$y = Test-Echo $x\n$y");
        Assert.Equal(_host.GetVariable("y"), PSObject.AsPSObject(result.Output.Single()!));
    }

    /// <summary>Output is bare; the objects keep what was added to them.</summary>
    [Fact]
    public void Output_is_unwrapped()
    {
        HostResult result = _host.Run("New-CaseBag Tagged");
        Assert.Equal("PgCloud.BindingCases.CaseItem", result.Output.Single()!.GetType().FullName);
        Assert.Equal("more", result.Objects.Single()!.Properties["Extra"]!.Value);
    }

    /// <summary>Stop reaches a running cmdlet from another thread, and the result says so.</summary>
    [Fact]
    public async Task Stop_ends_a_running_pipeline()
    {
        Task<HostResult> run = Task.Run(() => _host.Run("Wait-Stop | Test-Order after"));
        while (!run.IsCompleted)
        {
            _host.Stop();
            await Task.Delay(20);
        }

        HostResult result = await run;
        Assert.True(result.Stopped);
        Assert.Null(result.TerminatingError);
        Assert.Equal(["after:begin", "after:dispose", "wait:PipelineStoppedException", "wait:begin", "wait:dispose", "wait:stop"],
            _host.Run("Get-CaseLog").Output.Cast<string>().Order(StringComparer.Ordinal));
    }

    /// <summary>Hosts in one process know nothing of each other.</summary>
    [Fact]
    public void Hosts_are_independent()
    {
        Parallel.For(0, 16, i =>
        {
            using CmdletHost host = NewHost();
            host.SetVariable("me", i);
            host.Run($"Write-Numbers {i % 4} | Out-Null");
            string[] log = [.. host.Run("Get-CaseLog").Output.Cast<string>()];
            Assert.Equal((i % 4) + 3, log.Length);
            Assert.Equal(i, host.GetVariable("me"));
        });
    }

    /// <summary>A removed module's commands are gone.</summary>
    [Fact]
    public void Removed_module_is_gone()
    {
        _host.RemoveModule("PgCloud.BindingCases");
        Assert.Equal("CommandNotFoundException", _host.Run("Test-Echo").TerminatingError!.FullyQualifiedErrorId);
    }

    /// <summary>A command the manifest does not export is not there.</summary>
    [Fact]
    public void Unexported_command_is_not_there() =>
        Assert.Equal("CommandNotFoundException", _host.Run("Test-Unexported").TerminatingError!.FullyQualifiedErrorId);

    /// <summary>What needs PowerShell is refused by line and column.</summary>
    [Theory]
    [InlineData("Test-Echo a\nTest-Echo (1)", 2, 11)]
    [InlineData("if ($true) { }", 1, 1)]
    [InlineData("$x = @{ a = 1 }", 1, 6)]
    [InlineData("Test-Echo @(1)", 1, 11)]
    [InlineData("Test-Echo \"$(1)\"", 1, 12)]
    [InlineData("Test-Echo 'open", 1, 11)]
    [InlineData("Test-Echo a > file", 1, 13)]
    [InlineData("& Test-Echo", 1, 1)]
    [InlineData("Test-Echo a && Test-Echo b", 1, 13)]
    [InlineData("[int]5", 1, 1)]
    [InlineData("$x.Method()", 1, 10)]
    [InlineData("Test-Echo { 1 }", 1, 11)]
    public void Other_language_is_refused(string text, int line, int column)
    {
        ScriptException thrown = Assert.Throws<ScriptException>(() => _host.Run(text));
        Assert.Equal((line, column), (thrown.Line, thrown.Column));
    }

    /// <summary>Every member of the engine that a module uses is one the host has.</summary>
    [Fact]
    public void Members_a_module_uses_exist()
    {
        Module module = Assembly.LoadFrom(Path.Combine(BindingCase.Folder, "PgCloud.BindingCases.dll")).ManifestModule;
        List<string> missing = [];
        for (int token = 0x0A000001; ; token++)
        {
            try
            {
                module.ResolveMember(token);
            }
            catch (ArgumentException)
            {
                break;
            }
            catch (Exception e) when (e is MissingMemberException or TypeLoadException)
            {
                missing.Add(e.Message);
            }
        }

        Assert.Empty(missing);
    }

    private static CmdletHost NewHost()
    {
        CmdletHost host = new();
        host.ImportModule(Path.Combine(BindingCase.Folder, "PgCloud.BindingCases.psd1"));
        return host;
    }
}
