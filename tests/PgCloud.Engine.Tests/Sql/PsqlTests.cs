// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Sql.Clients;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Sql;

public sealed class PsqlTests
{
    private static readonly SqlTarget Target = new("127.0.0.1", 1, "d", "u", Passwords.FromCharacters("secret"), PgTlsMode.VerifyFull, string.Empty, null);

    [Fact]
    public async Task A_machine_without_psql_is_said_so_with_where_it_was_looked_for()
    {
        PgCloudException failure = await Failure.ExpectAsync("PgCloud.Psql.NotFound", () => Psql.RunAsync(Target, [], "/", _ => null));
        Assert.Contains("PATH", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_psql_that_cannot_be_started_is_said_so()
    {
        string file = Path.GetTempFileName();
        try
        {
            PgCloudException failure = await Failure.ExpectAsync("PgCloud.Psql.NotStarted", () => Psql.RunAsync(Target, [], "/", _ => file));
            Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
