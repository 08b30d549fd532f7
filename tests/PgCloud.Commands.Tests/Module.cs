// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Hosting;
using Xunit;

namespace PgCloud.Commands.Tests;

/// <summary>A host with the module imported and a session of its own to a directory of its own.</summary>
public sealed class Module : IDisposable
{
    public Module()
    {
        // As root the server runs under another account, which must be able to enter.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(StateDirectory, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        Host.ImportModule(Path.Combine(Root, "PgCloud.psd1"));
        Run($"Connect-PgCloud Local -StateDirectory '{StateDirectory}'");
    }

    public CmdletHost Host { get; } = new();

    public string StateDirectory { get; } = Directory.CreateTempSubdirectory("pgcloud-test-").FullName;

    private static string Root { get; } = FindRoot();

    /// <summary>Runs a pipeline that must succeed and gives what it wrote.</summary>
    public IReadOnlyList<PSObject> Run(string text)
    {
        HostResult result = Host.Run(text);
        Assert.Null(result.TerminatingError);
        Assert.Empty(result.Errors);
        return [.. result.Objects.OfType<PSObject>()];
    }

    /// <summary>Runs a pipeline that must write one object.</summary>
    public PSObject One(string text) => Assert.Single(Run(text));

    /// <summary>Runs a pipeline that must end in one error, and gives it.</summary>
    public ErrorRecord Fails(string text, string errorId, ErrorCategory category)
    {
        HostResult result = Host.Run(text);
        ErrorRecord error = Assert.Single(result.TerminatingError is { } ending ? [.. result.Errors, ending] : result.Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        return error;
    }

    public void Dispose()
    {
        Host.Run("Get-PgInstance | Remove-PgInstance -Confirm:$false");
        Host.Dispose();
        Directory.Delete(StateDirectory, recursive: true);
    }

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "PgCloud.psd1")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("PgCloud.psd1 is not above the tests.");
    }
}

/// <summary>Reads properties as a script would.</summary>
internal static class Properties
{
    internal static object? Get(this PSObject value, string property) => value.Properties[property]?.Value;

    internal static string Text(this PSObject value, string property) => value.Get(property)?.ToString() ?? string.Empty;
}
