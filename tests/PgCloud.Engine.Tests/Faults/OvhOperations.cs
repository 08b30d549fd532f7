// SPDX-License-Identifier: MIT

using System.Globalization;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Providers.Ovh.Logs;
using PgCloud.Engine.Sql;
using PgCloud.Errors;

namespace PgCloud.Engine.Tests.Faults;

/// <summary>What provider Ovh can change.</summary>
internal static class OvhOperations
{
    private const string Stream = "8f3b0c5e-5d0c-4c1e-9a56-2f1d3f7b9a10";

    internal static IEnumerable<MatrixOperation> All =>
    [
        Of("New-PgInstance", nameof(ICloudProvider.CreateInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.CreateInstanceAsync(new NewInstanceRequest(c.Name) { Region = "GRA" }, c.Heard, c.End),
            Look = async c => $"{(await c.Admin.GetInstancesAsync(c.Heard, c.End)).Count(i => i.Name == c.Name)} of the name",
        },
        Of("New-PgInstance -FromInstance", nameof(ICloudProvider.CreateInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.CreateInstanceAsync(
                new NewInstanceRequest(c.Name) { FromInstance = c.Instance, PointInTime = DateTimeOffset.UtcNow.AddHours(-1) }, c.Heard, c.End),
            Look = async c => $"{(await c.Admin.GetInstancesAsync(c.Heard, c.End)).Count(i => i.Name == c.Name)} of the name",
        },
        Of("Set-PgInstance", nameof(ICloudProvider.SetInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.SetInstanceAsync(
                c.Instance, new InstanceChangeRequest { NewName = "renamed", DeletionProtection = true, BackupTime = new TimeSpan(3, 25, 0) }, c.Heard, c.End),
            Look = async c => await c.Admin.FindInstanceAsync(c.Instance.Id, c.Heard, c.End) is { } i
                ? $"{(i.Name == "renamed" ? "new name" : "old name")}, {i.Detail["DeletionProtection"]}, {(i.Detail["BackupTime"].ToString()!.StartsWith("03:25", StringComparison.Ordinal) ? "new time" : "old time")}"
                : "gone",
        },
        Of("Set-PgInstance -Plan -Flavor", nameof(ICloudProvider.SetInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.SetInstanceAsync(
                c.Instance, new InstanceChangeRequest { Plan = "business", Flavor = "db1-15", Timeout = TimeSpan.FromSeconds(10) }, c.Heard, c.End),
            Look = async c => await c.Admin.FindInstanceAsync(c.Instance.Id, c.Heard, c.End) is { } i ? $"{i.Plan} {i.Flavor}" : "gone",
        },
        Of("Remove-PgInstance", nameof(ICloudProvider.RemoveInstanceAsync)) with
        {
            Run = (c, p) => p.Cloud.RemoveInstanceAsync(c.Instance, c.Heard, c.End),
            Look = async c => await c.Admin.FindInstanceAsync(c.Instance.Id, c.Heard, c.End) is null ? "gone" : "there",
        },
        Of("Add-PgAuthorisedIp", nameof(ICloudProvider.AddAuthorisedIpsAsync)) with
        {
            Run = (c, p) => p.Cloud.AddAuthorisedIpsAsync(c.Instance, [Range(1), Range(2)], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("Set-PgAuthorisedIp", nameof(ICloudProvider.SetAuthorisedIpsAsync)) with
        {
            Prepare = c => c.Admin.AddAuthorisedIpsAsync(c.Instance, [Range(1)], c.Heard, c.End),
            Run = (c, p) => p.Cloud.SetAuthorisedIpsAsync(c.Instance, [Range(2), Range(3)], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("Remove-PgAuthorisedIp", nameof(ICloudProvider.RemoveAuthorisedIpsAsync)) with
        {
            Prepare = c => c.Admin.AddAuthorisedIpsAsync(c.Instance, [Range(1), Range(2)], c.Heard, c.End),
            Run = (c, p) => p.Cloud.RemoveAuthorisedIpsAsync(c.Instance, [Range(1).Address], c.Heard, c.End),
            Look = AddressesAsync,
        },
        Of("New-PgManagerUser", nameof(ICloudProvider.CreateUserAsync)) with
        {
            NeedsServer = true,
            Run = async (c, p) => await ThrowIfLockedOutAsync(c, await p.Cloud.CreateUserAsync(
                c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Manager, null) { Admin = AdminOf(c) }, c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("New-PgWriterUser", nameof(ICloudProvider.CreateUserAsync)) with
        {
            NeedsServer = true,
            Run = async (c, p) => await ThrowIfLockedOutAsync(c, await p.Cloud.CreateUserAsync(
                c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Writer, null) { Admin = AdminOf(c) }, c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("Reset-PgUserPassword", nameof(ICloudProvider.ResetPasswordAsync)) with
        {
            NeedsServer = true,
            Prepare = c => c.Admin.CreateUserAsync(
                c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Writer, null) { Admin = AdminOf(c) }, c.Heard, c.End),
            Run = async (c, p) => await ThrowIfLockedOutAsync(c, await p.Cloud.ResetPasswordAsync(c.Instance, c.Name, null, c.Heard, c.End)),
            Look = UsersAsync,
        },
        Of("Remove-PgCloudUser", nameof(ICloudProvider.RemoveUserAsync)) with
        {
            NeedsServer = true,
            Prepare = c => c.Admin.CreateUserAsync(
                c.Instance, new NewUserRequest(c.Name, PgCloudUserKind.Writer, null) { Admin = AdminOf(c) }, c.Heard, c.End),
            Run = (c, p) => p.Cloud.RemoveUserAsync(c.Instance, c.Name, c.Heard, c.End),
            Look = UsersAsync,
        },
        Of("Enable-PgInstanceWrite", nameof(ICloudProvider.EnableWritesAsync)) with
        {
            Run = (c, p) => p.Cloud.EnableWritesAsync(c.Instance, c.Heard, c.End),
            Look = ThereAsync,
        },
        Of("New-PgCloudDatabase", "ICloudDatabases.CreateAsync") with
        {
            Run = (c, p) => p.Cloud.Databases.CreateAsync(c.Instance, "shop", c.Heard, c.End),
            Look = DatabasesAsync,
        },
        Of("Remove-PgCloudDatabase", "ICloudDatabases.RemoveAsync") with
        {
            Prepare = c => c.Admin.Databases.CreateAsync(c.Instance, "shop", c.Heard, c.End),
            Run = (c, p) => p.Cloud.Databases.RemoveAsync(c.Instance, "shop", c.Heard, c.End),
            Look = DatabasesAsync,
        },
        Of("New-PgConnectionPool", "IConnectionPools.CreateAsync") with
        {
            Run = (c, p) => p.Cloud.ConnectionPools.CreateAsync(c.Instance, NewPool, c.Heard, c.End),
            Look = PoolsAsync,
        },
        Of("Set-PgConnectionPool", "IConnectionPools.SetAsync") with
        {
            Prepare = c => c.Admin.ConnectionPools.CreateAsync(c.Instance, NewPool, c.Heard, c.End),
            Run = (c, p) => p.Cloud.ConnectionPools.SetAsync(c.Instance, "web", new PoolChangeRequest { Size = 5 }, c.Heard, c.End),
            Look = PoolsAsync,
        },
        Of("Remove-PgConnectionPool", "IConnectionPools.RemoveAsync") with
        {
            Prepare = c => c.Admin.ConnectionPools.CreateAsync(c.Instance, NewPool, c.Heard, c.End),
            Run = (c, p) => p.Cloud.ConnectionPools.RemoveAsync(c.Instance, "web", c.Heard, c.End),
            Look = PoolsAsync,
        },
        Of("Start-PgMaintenance", "IMaintenances.ApplyAsync") with
        {
            Prepare = async c => c.Item = (await c.Admin.Maintenances.GetAsync(c.Instance, c.Heard, c.End))[0].Id,
            Run = (c, p) => p.Cloud.Maintenances.ApplyAsync(c.Instance, (string)c.Item!, TimeSpan.FromSeconds(10), c.Heard, c.End),
            Look = async c => string.Join(", ", (await c.Admin.Maintenances.GetAsync(c.Instance, c.Heard, c.End)).Select(m => m.Status)),
        },
        Of("Set-PgConfiguration", "IInstanceConfiguration.SetAsync") with
        {
            Run = async (c, p) => await p.Cloud.Configuration.SetAsync(
                c.Instance,
                await p.Cloud.Configuration.CompareAsync(c.Instance, [new ConfigurationSetting("pg.deadlock_timeout", 2000)], c.Heard, c.End),
                c.Heard,
                c.End),
            Look = async c => string.Join(
                ", ", (await c.Admin.Configuration.GetAsync(c.Instance, c.Heard, c.End)).Where(s => s.Name == "pg.deadlock_timeout").Select(s => s.Value)),
        },
        Of("Stop-PgCurrentQuery", "ICurrentQueries.StopAsync") with
        {
            NeedsServer = true,
            Prepare = async c => c.Item = await SleepingQuery.BeginAsync(
                Target(c.Instance, c.ServerAdmin!.User.UserName, c.ServerAdmin.Password!), c.End),
            Run = (c, p) => p.Cloud.CurrentQueries.StopAsync(
                c.Instance, new StopQueryRequest(((SleepingQuery)c.Item!).ProcessId, null, null, Terminate: true), c.Heard, c.End),
            Look = async c => (await c.Admin.CurrentQueries.GetAsync(c.Instance, c.Heard, c.End))
                .Any(q => q.ProcessId == ((SleepingQuery)c.Item!).ProcessId) ? "runs" : "stopped",
            Clear = c => ((SleepingQuery)c.Item!).DisposeAsync().AsTask(),
        },
        Of("Reset-PgQueryStatistic", "IQueryStatistics.ResetAsync") with
        {
            NeedsServer = true,
            Run = (c, p) => p.Cloud.QueryStatistics.ResetAsync(c.Instance, c.Heard, c.End),
            Look = ThereAsync,
        },
        Of("New-PgIntegration", "IIntegrations.CreateAsync") with
        {
            Prepare = async c => c.Item = await c.Cloud.SeedAsync(PgProviderName.Ovh),
            Run = (c, p) => p.Cloud.Integrations.CreateAsync(c.Instance, NewIntegration(c), c.Heard, c.End),
            Look = IntegrationsAsync,
        },
        Of("Remove-PgIntegration", "IIntegrations.RemoveAsync") with
        {
            Prepare = async c =>
            {
                c.Item = await c.Cloud.SeedAsync(PgProviderName.Ovh);
                c.Item = (await c.Admin.Integrations.CreateAsync(c.Instance, NewIntegration(c), c.Heard, c.End)).Id;
            },
            Run = (c, p) => p.Cloud.Integrations.RemoveAsync(c.Instance, (string)c.Item!, c.Heard, c.End),
            Look = IntegrationsAsync,
        },
        Of("New-PgLogUrl", "ILogSubscriptions.CreateUrlAsync") with
        {
            Run = (c, p) => p.Cloud.LogSubscriptions.CreateUrlAsync(c.Instance, "customer_logs", c.Heard, c.End),
            Look = ThereAsync,
        },
        Of("New-PgLogSubscription", "ILogSubscriptions.CreateAsync") with
        {
            Run = (c, p) => Subscriptions(p.Project!).CreateAsync(c.Instance, Stream, "customer_logs", c.Heard, c.End),
            Look = SubscriptionsAsync,
        },
        Of("Remove-PgLogSubscription", "ILogSubscriptions.RemoveAsync") with
        {
            Prepare = async c =>
                c.Item = (await c.Admin.LogSubscriptions.CreateAsync(c.Instance, Stream, "customer_logs", c.Heard, c.End)).SubscriptionId,
            Run = (c, p) => Subscriptions(p.Project!).RemoveAsync(c.Instance, (string)c.Item!, c.Heard, c.End),
            Look = SubscriptionsAsync,
        },
        Of("Reset-PgPrometheusCredential", "IPrometheus.ResetAsync") with
        {
            Prepare = c => c.Admin.SetInstanceAsync(c.Instance, new InstanceChangeRequest { Prometheus = true }, c.Heard, c.End),
            Run = (c, p) => p.Cloud.Prometheus.ResetAsync(c.Instance, c.Heard, c.End),
            Look = ThereAsync,
        },
        Of("Request-PgCloudConsumerKey", nameof(IEngine.RequestConsumerKeyAsync)) with
        {
            Run = (c, p) => OvhConsumerKeys.RequestAsync(c.Cloud.NewKey(PageOf(c)), c.Heard, c.End, p.Options),
            Look = async c => $"{await c.Cloud.CountKeysAsync(PageOf(c))} keys",
        },
    ];

    private static string PageOf(MatrixCell cell) => $"https://matrix.example/{cell.Name}";

    private static NewPoolRequest NewPool => new("web", "defaultdb", PgPoolMode.Transaction, 3) { UserName = "avnadmin" };

    /// <summary>Fails where the password that a call answered does not let its user in.</summary>
    internal static async Task ThrowIfLockedOutAsync(MatrixCell cell, UserWithPassword user)
    {
        try
        {
            await using NpgsqlSqlSession session = await NpgsqlSqlSession.OpenAsync(
                Target(cell.Instance, user.User.UserName, user.Password!), cell.Heard, cell.End);
        }
        catch (PgCloudException exception)
        {
            throw new InvalidOperationException($"the password that was answered lets nobody in: {exception.Message}", exception);
        }
    }

    internal static SqlTarget Target(PgInstance instance, string user, System.Security.SecureString password) => new(
        instance.HostName, instance.Port, instance.Database, user, password, PgTlsMode.VerifyFull, instance.CaCertificate, instance.Name);

    private static MatrixOperation Of(string cmdlet, string method) => new(PgProviderName.Ovh, cmdlet, method)
    {
        Run = (_, _) => throw new NotSupportedException(),
        Look = _ => throw new NotSupportedException(),
    };

    private static AuthorisedIpRequest Range(int last) => new(string.Create(CultureInfo.InvariantCulture, $"203.0.113.{last}/32"), "matrix", null);

    private static DatabaseCredential AdminOf(MatrixCell cell) => new(cell.ServerAdmin!.User.UserName, cell.ServerAdmin.Password!);

    private static NewIntegrationRequest NewIntegration(MatrixCell cell) => new("opensearchLogs", null, (string)cell.Item!, null);

    // How long what an operation makes is waited for is a matter of minutes otherwise.
    private static OvhLogSubscriptions Subscriptions(OvhProject project) => new(
        project, new OvhPatience(project, new OvhInstances(project)), new OvhLogOperations(project)) { AppearanceTimeout = TimeSpan.FromMilliseconds(300) };

    private static async Task<string> ThereAsync(MatrixCell cell) =>
        await cell.Admin.FindInstanceAsync(cell.Instance.Id, cell.Heard, cell.End) is null ? "gone" : "there";

    private static async Task<string> AddressesAsync(MatrixCell cell) => string.Join(
        ", ", (await cell.Admin.GetAuthorisedIpsAsync(cell.Instance, cell.Heard, cell.End)).Select(i => i.Cidr).Order(StringComparer.Ordinal));

    private static async Task<string> UsersAsync(MatrixCell cell) =>
        $"{(await cell.Admin.GetUsersAsync(cell.Instance, cell.Heard, cell.End)).Count(u => u.Name == cell.Name)} of the name";

    private static async Task<string> DatabasesAsync(MatrixCell cell) =>
        string.Join(", ", (await cell.Admin.Databases.GetAsync(cell.Instance, cell.Heard, cell.End)).Select(d => d.Name));

    private static async Task<string> PoolsAsync(MatrixCell cell) =>
        string.Join(", ", (await cell.Admin.ConnectionPools.GetAsync(cell.Instance, cell.Heard, cell.End)).Select(p => $"{p.Name} {p.Size}"));

    private static async Task<string> IntegrationsAsync(MatrixCell cell) =>
        string.Join(", ", (await cell.Admin.Integrations.GetAsync(cell.Instance, cell.Heard, cell.End)).Select(i => i.Type));

    private static async Task<string> SubscriptionsAsync(MatrixCell cell) =>
        string.Join(", ", (await cell.Admin.LogSubscriptions.GetAsync(cell.Instance, cell.Heard, cell.End)).Select(s => s.Kind));
}
