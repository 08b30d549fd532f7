// SPDX-License-Identifier: MIT

using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Logs;

/// <summary>Lists what is measured of an instance, or reads it.</summary>
/// <remarks>
///   Without -Name it lists the names. With -Name it writes one object for each metric and host, with its unit, its points, and their average,
///   minimum, maximum and latest value. While the instance is being changed, the cmdlet waits until that has ended. Provider Ovh offers this;
///   with provider Local read the server's own statistics, by Get-PgActivity or Invoke-PgQuery.
/// </remarks>
/// <example>
///   <code>Get-PgMetric orders -Extended</code>
///   <para>Lists the names of all metrics.</para>
/// </example>
/// <example>
///   <code>Get-PgMetric orders cpu_usage, mem_usage -Period LastDay</code>
///   <para>Shows two metrics of each host over a day.</para>
/// </example>
/// <example>
///   <code>Get-PgMetric orders cpu_usage | Select-Object -ExpandProperty Point | Measure-Object Value -Average -Maximum</code>
///   <para>Reckons with the points of all hosts.</para>
/// </example>
/// <example>
///   <code>(Get-PgInstance | Get-PgMetric -Name disk_*).Point | Export-Csv disk.csv</code>
///   <para>Writes the points of several metrics and hosts into one file.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "PgMetric")]
[OutputType(typeof(PgMetric), typeof(PgMetricName))]
public sealed class GetPgMetricCommand : InstanceCmdlet
{
    /// <summary>The metrics to read; wildcards are allowed. A name without them that does not exist is an error.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.MetricNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>How far back to read.</summary>
    /// <value>LastHour</value>
    [Parameter(Position = 2)]
    public PgMetricPeriod Period { get; set; } = PgMetricPeriod.LastHour;

    /// <summary>Lists more names, or has wildcards stand for more. A name without wildcards is found in either case.</summary>
    [Parameter]
    public SwitchParameter Extended { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation)
    {
        IMetrics metrics = SessionFor(instance).Cloud.Metrics;
        bool isPattern = Array.Exists(Name, WildcardPattern.ContainsWildcardCharacters);
        IReadOnlyList<string> known = Name.Length == 0 || isPattern
            ? await metrics.GetNamesAsync(instance, Extended, Reporter, cancellation)
            : [];
        if (Name.Length == 0)
        {
            await WriteAllAsync(known.Select(name => new PgMetricName { Name = name, Instance = instance }));
            return;
        }

        var names = new NameFilter(Name, StringComparison.Ordinal);
        foreach (string name in known.Where(names.Includes).Union(names.Missing([])))
        {
            await ForEachAsync(async () => await WriteAllAsync(await metrics.GetAsync(instance, name, Period, Reporter, cancellation)));
        }
    }
}
