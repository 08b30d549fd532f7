// SPDX-License-Identifier: MIT

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PgCloud.Contracts;
using PgCloud.Errors;
using PgCloud.Pipeline;

namespace PgCloud.Commands.Instance;

/// <summary>Sets parameters of an instance's server through its provider.</summary>
/// <remarks>
///   Names and values are checked against what the cloud allows first; if one of an instance is wrong, all that are wrong are errors and none is
///   set. What is so already is Unchanged and is not sent; the others go in one call, also those that are piped in. The instance is Updating
///   meanwhile, and some parameters need a restart of the server. OVHcloud cannot reset a parameter to its initial value once it is set; that is
///   warned of. Where another change is under way, it is waited for. Offered by provider Ovh; by provider Local not at all: Set-PgRole -Setting is
///   for the sessions of a role.
///   After an error either all settings that were sent are set or none; run again it sends what differs.
/// </remarks>
/// <example>
///   <code>Set-PgConfiguration orders -Name pg.deadlock_timeout -Value 2000 -Wait</code>
///   <para>Sets one parameter and waits until the instance is ready again.</para>
/// </example>
/// <example>
///   <code>Set-PgConfiguration orders -Setting @{ 'pg.jit' = $false; 'pg.log_min_duration_statement' = 1000 } -WhatIf</code>
///   <para>Shows from what to what each parameter would be set, and sets nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "PgConfiguration", DefaultParameterSetName = OneSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PgConfiguration))]
public sealed class SetPgConfigurationCommand : InstanceCmdlet
{
    private const string OneSet = "One";
    private const string SeveralSet = "Several";

    private readonly List<(InstanceArgument Instance, ConfigurationSetting Setting)> _asked = [];

    /// <summary>The parameter's name, such as pg.deadlock_timeout.</summary>
    [Parameter(ParameterSetName = OneSet, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.ConfigurationCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its value: a number, $true or $false, or a text.</summary>
    [Parameter(ParameterSetName = OneSet, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(Completion.ConfigurationCompleter))]
    public object? Value { get; set; }

    /// <summary>Several names, each with its value.</summary>
    [Parameter(ParameterSetName = SeveralSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary Setting { get; set; } = new Hashtable();

    /// <summary>Waits until the instance is ready again.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits at most, in seconds.</summary>
    /// <value>2400</value>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; } = 2400;

    /// <summary>Writes the parameters.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override async Task ProcessAsync(CancellationToken cancellation)
    {
        await ForEachAsync(() =>
        {
            ConfigurationSetting[] settings = ParameterSetName == SeveralSet
                ? [.. Setting.Cast<DictionaryEntry>().Select(e => Ask(Convert.ToString(e.Key, CultureInfo.InvariantCulture)!, e.Value))]
                : [Ask(Name, Value)];
            _asked.AddRange(Instance.SelectMany(i => settings.Select(s => (i, s))));
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    private protected override int Parallelism => 1;

    /// <inheritdoc/>
    private protected override async Task EndAsync(CancellationToken cancellation)
    {
        // An instance takes one change at a time, each of which takes a while: what is asked of it goes together.
        var options = new ParallelOptions { MaxDegreeOfParallelism = ThrottleLimit, CancellationToken = cancellation };
        await Parallel.ForEachAsync(_asked.GroupBy(a => a.Instance.NameOrId), options, async (asked, token) =>
        {
            ConfigurationSetting[] settings = [.. asked
                .GroupBy(a => a.Setting.Name, StringComparer.OrdinalIgnoreCase)
                .Select(g => g.Last().Setting)
                .OrderBy(s => s.Name, StringComparer.Ordinal)];
            await WorkOnAsync(asked.First().Instance, (instance, _) => SetAsync(instance, settings, token), token);
        });
    }

    /// <inheritdoc/>
    private protected override Task ProcessInstanceAsync(PgInstance instance, CancellationToken cancellation) => Task.CompletedTask;

    private async Task SetAsync(PgInstance instance, ConfigurationSetting[] settings, CancellationToken cancellation)
    {
        PgCloudSession session = SessionFor(instance);
        IReadOnlyList<ConfigurationChange> changes =
            await session.Cloud.Configuration.CompareAsync(instance, settings, Reporter, cancellation);
        ConfigurationChange[] wrong = [.. changes.Where(c => c.Error is not null)];
        foreach (ConfigurationChange change in wrong)
        {
            await WriteErrorAsync(change.Error!);
        }

        if (wrong.Length > 0)
        {
            return;
        }

        string[] first = [.. changes.Where(c => c.IsDifferent && !c.Present!.IsSet).Select(c => c.Present!.Name)];
        if (first.Length > 0)
        {
            Reporter.Warning($"On '{instance.Name}' {string.Join(", ", first)} cannot be reset to the initial value later: it can only be set to another one.");
        }

        List<ConfigurationChange> approved = [];
        foreach (ConfigurationChange change in changes)
        {
            if (!change.IsDifferent || await ShouldProcessAsync(instance.Name, Describe(change)))
            {
                approved.Add(change);
            }
        }

        About<PgConfiguration>(string.Join(", ", approved.Where(a => a.IsDifferent).Select(a => a.Setting.Name)));
        IReadOnlyList<PgConfiguration> set = await session.Cloud.Configuration.SetAsync(instance, approved, Reporter, cancellation);
        foreach (PgConfiguration parameter in set)
        {
            parameter.Instance = instance;
        }

        Record(set);
        if (Wait && set.Any(s => s.Change == PgChange.Updated))
        {
            PgInstance seen = await ResolveAsync(new InstanceArgument(instance), cancellation);
            await WaitForAsync(seen, session, PgInstanceStatus.Ready, TimeSpan.FromSeconds(TimeoutSec), cancellation);
        }

        await WriteAllAsync(PassThru ? set : []);
    }

    private static ConfigurationSetting Ask(string name, object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is { } given
        ? new ConfigurationSetting(name, given)
        : throw PgErrors.ConfigurationValueMissing(name);

    private static string Describe(ConfigurationChange change) => string.Create(
        CultureInfo.InvariantCulture,
        $"Set {change.Present!.Name} to {change.Text} ({(change.Present.IsSet ? $"now {change.Present.Value}" : "not set yet")})");
}
