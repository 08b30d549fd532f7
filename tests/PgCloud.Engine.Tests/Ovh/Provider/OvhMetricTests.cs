// SPDX-License-Identifier: MIT

using System.Net;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Metrics;
using PgCloud.Errors;
using Xunit;

namespace PgCloud.Engine.Tests.Ovh.Provider;

/// <summary>Metrics, and the access by which Prometheus fetches them.</summary>
public sealed class OvhMetricTests(EmulatedCloud cloud) : IClassFixture<EmulatedCloud>
{
    private readonly Heard _heard = new();

    [Theory]
    [InlineData(PgMetricPeriod.LastHour)]
    [InlineData(PgMetricPeriod.LastDay)]
    [InlineData(PgMetricPeriod.LastWeek)]
    [InlineData(PgMetricPeriod.LastMonth)]
    [InlineData(PgMetricPeriod.LastYear)]
    public async Task Every_period_is_understood(PgMetricPeriod period)
    {
        PgMetric metric = Assert.Single(await cloud.Provider.Metrics.GetAsync(cloud.Orders, "cpu_usage", period, _heard, CancellationToken.None));
        Assert.Equal((period, "PERCENT", 12), (metric.Period, metric.Unit, metric.Point.Count));
        Assert.Equal(metric.Point.OrderBy(p => p.Timestamp), metric.Point);
        Assert.Equal((12.5, 15), (metric.Minimum, metric.Maximum));
        Assert.Equal(metric.Point[^1].Value, metric.Latest);
    }

    [Fact]
    public async Task While_the_instance_changes_metrics_are_waited_for()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1, "busy"))[0]);
        await cloud.Provider.SetInstanceAsync(instance, new InstanceChangeRequest { Flavor = "db1-7" }, _heard, CancellationToken.None);
        Assert.Equal(PgInstanceStatus.Updating, (await FindAsync(instance.Id)).Status);
        Assert.NotEmpty(await cloud.Provider.Metrics.GetAsync(instance, "cpu_usage", PgMetricPeriod.LastHour, _heard, CancellationToken.None));
        Assert.Equal(PgInstanceStatus.Ready, (await FindAsync(instance.Id)).Status);
    }

    [Fact]
    public async Task A_name_that_no_metric_has_is_named_with_those_that_are()
    {
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Cloud.MetricNotFound",
            () => cloud.Provider.Metrics.GetAsync(cloud.Orders, "cpu", PgMetricPeriod.LastHour, _heard, CancellationToken.None));
        Assert.Equal("cpu", failure.Target);
        Assert.Contains("cpu_usage, disk_iops_read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_and_points_that_nobody_knows_harm_nothing()
    {
        using var scripted = new ScriptedCloud(_ => Reply.Json(
            """{"name":"m","units":"PARSECS","metrics":[{"hostname":"a","dataPoints":[{"timestamp":2,"value":1},{"timestamp":1,"value":null},{"timestamp":0,"value":3}]},{"hostname":"b"}]}"""));
        IReadOnlyList<PgMetric> metrics = await new OvhMetrics(scripted.Project, scripted.Patience).GetAsync(
            scripted.Instance, "m", PgMetricPeriod.LastHour, _heard, CancellationToken.None);
        Assert.Equal(["a", "b"], metrics.Select(m => m.HostName));
        Assert.Equal("PARSECS", metrics[0].Unit);
        Assert.Equal([3, 1], metrics[0].Point.Select(p => p.Value));
        Assert.Null(metrics[1].Average);
    }

    [Fact]
    public async Task Without_Prometheus_no_password_is_asked_for()
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1))[0]);
        Assert.False((await cloud.Provider.Prometheus.GetAsync(instance, _heard, CancellationToken.None)).IsEnabled);
        PgCloudException? failure = null;
        Assert.Equal(1, await cloud.CallsAsync(async () => failure = await Ovh.FailsAsync(
            "PgCloud.Metric.PrometheusDisabled", () => cloud.Provider.Prometheus.ResetAsync(instance, _heard, CancellationToken.None))));
        Assert.Contains("Set-PgInstance", failure!.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Prometheus $true", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500-done")]
    [InlineData("cut-body")]
    public async Task The_password_is_in_the_result_and_nowhere_else(string fault)
    {
        PgInstance instance = await FindAsync((await cloud.SeedAsync(1))[0]);
        await cloud.Provider.SetInstanceAsync(instance, new InstanceChangeRequest { Prometheus = true }, _heard, CancellationToken.None);
        await cloud.FailNextAsync(fault, "POST", "*/prometheus/credentials/reset");
        PrometheusWithPassword told = await cloud.Provider.Prometheus.ResetAsync(instance, _heard, CancellationToken.None);
        string password = new NetworkCredential(string.Empty, told.Password).Password;
        Assert.Equal(24, password.Length);
        Assert.Equal(("prometheus", PgChange.Updated), (told.Access.UserName, told.Access.Change));
        Assert.NotEmpty(told.Access.Target);
        string all = string.Join('\n', [.. _heard.Steps, $"{told}", $"{told.Access}"]);
        Assert.DoesNotContain(password, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_tells_no_password()
    {
        using var scripted = new ScriptedCloud(call => call switch
        {
            "GET " => Reply.Json("""{"id":"x","status":"READY","enablePrometheus":true}"""),
            "GET /prometheus" => Reply.Json("""{"username":"prometheus","targets":[]}"""),
            _ => Reply.Json("""{"username":["prometheus"],"password":"s3cret-of-prometheus"}"""),
        });
        var prometheus = new OvhPrometheus(scripted.Project, new(scripted.Project), scripted.Patience);
        PgCloudException failure = await Ovh.FailsAsync(
            "PgCloud.Cloud.AnswerInvalid", () => prometheus.ResetAsync(scripted.Instance, _heard, CancellationToken.None));
        Assert.DoesNotContain("s3cret", failure + string.Join('\n', _heard.Steps), StringComparison.Ordinal);
    }

    private async Task<PgInstance> FindAsync(string id) => (await cloud.Provider.FindInstanceAsync(id, _heard, CancellationToken.None))!;
}
