// SPDX-License-Identifier: MIT

using System.Reflection;
using Xunit.Sdk;

namespace PgCloud.Engine.Tests.Sql.Servers;

/// <summary>Runs a theory on a server of one version, with further arguments; where that version is not installed it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
[DataDiscoverer("Xunit.Sdk.DataDiscoverer", "xunit.core")]
public sealed class ServerAttribute : DataAttribute
{
    private readonly object?[] _row;

    public ServerAttribute(int version, params object?[] arguments)
    {
        _row = [version, .. arguments];
        Version = version;
        if (ServerBinaries.Find(version) is null)
        {
            Skip = $"PostgreSQL {version} is not installed: run tests/servers/install.sh, or name its directory in PGCLOUD_TEST_PG_BINS.";
        }
    }

    public int Version { get; }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [_row];
}
