// SPDX-License-Identifier: MIT

using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OtherNpgsql;

/// <summary>Connects with the Npgsql this module brings, asks the server something and says which versions answered.</summary>
[Cmdlet(VerbsOther.Use, "OtherNpgsql")]
[OutputType(typeof(PackageUse))]
public sealed class UseOtherNpgsqlCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public int Port { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential Credential { get; set; } = null!;

    protected override void EndProcessing()
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = "postgres",
            Username = Credential.UserName,
            Password = Credential.GetNetworkCredential().Password,
            SslMode = SslMode.Require,
            Pooling = false,
        };
        using var source = NpgsqlDataSource.Create(settings);
        using NpgsqlCommand command = source.CreateCommand("SELECT 6 * 7");
        bool works = command.ExecuteScalar() is 42;
        WriteObject(new PackageUse(typeof(NpgsqlConnection).Assembly, works));
        WriteObject(new PackageUse(typeof(ILogger).Assembly, works));
    }
}

/// <summary>A package that was used.</summary>
public sealed class PackageUse(Assembly assembly, bool works)
{
    public string Name { get; } = assembly.GetName().Name!;

    public string Version { get; } = assembly.GetName().Version!.ToString();

    public string Context { get; } = AssemblyLoadContext.GetLoadContext(assembly)!.Name!;

    public bool Works { get; } = works;
}
