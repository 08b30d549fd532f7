// SPDX-License-Identifier: MIT

using Newtonsoft.Json.Linq;
using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Api;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Configuration;

/// <summary>
///   The advanced configuration of instances: a map of texts. The control panel sends the whole map at every change, and whether the API keeps
///   what is left out is said nowhere; so does this.
/// </summary>
internal sealed class OvhAdvancedConfiguration(OvhProject project, OvhPatience patience) : IInstanceConfiguration
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgConfiguration>> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        (IReadOnlyDictionary<string, OvhParameter> parameters, Dictionary<string, string> present) = await ReadAsync(instance, reporter, cancellation);

        // What is set and no longer offered is shown all the same.
        IEnumerable<OvhParameter> gone = present.Keys.Where(n => !parameters.ContainsKey(n)).Select(n => new OvhParameter { Name = n });
        return [.. parameters.Values.Concat(gone)
            .Select(p => p.Describe(present.GetValueOrDefault(p.Name), instance))
            .OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ConfigurationChange>> CompareAsync(
        PgInstance instance, IReadOnlyList<ConfigurationSetting> settings, IReporter reporter, CancellationToken cancellation)
    {
        (IReadOnlyDictionary<string, OvhParameter> parameters, Dictionary<string, string> present) = await ReadAsync(instance, reporter, cancellation);
        return [.. settings.Select(s => Compare(s, parameters, present, instance))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PgConfiguration>> SetAsync(
        PgInstance instance, IReadOnlyList<ConfigurationChange> changes, IReporter reporter, CancellationToken cancellation)
    {
        if (changes.Any(c => c.IsDifferent))
        {
            await patience.RunAsync(instance, () => PutAsync(instance, changes, reporter, cancellation), reporter, cancellation);
        }

        return [.. changes.Select(Describe)];
    }

    private static ConfigurationChange Compare(
        ConfigurationSetting setting,
        IReadOnlyDictionary<string, OvhParameter> parameters,
        Dictionary<string, string> present,
        PgInstance instance)
    {
        if (!parameters.TryGetValue(setting.Name, out OvhParameter? parameter))
        {
            return new ConfigurationChange(
                setting,
                null,
                string.Empty,
                PgErrors.ConfigurationNameNotFound(setting.Name, instance.Name, parameters.Keys));
        }

        PgConfiguration described = parameter.Describe(present.GetValueOrDefault(parameter.Name), instance);
        try
        {
            string text = parameter.Write(setting.Value);
            return new ConfigurationChange(setting, described, text, null) { IsDifferent = !parameter.Read(text).Equals(described.Value) };
        }
        catch (PgCloudException exception)
        {
            return new ConfigurationChange(setting, described, string.Empty, exception);
        }
    }

    private static PgConfiguration Describe(ConfigurationChange change)
    {
        PgConfiguration present = change.Present!;
        var parameter = new OvhParameter { Type = new OvhEnum<OvhParameterType>(present.Type) };
        return new PgConfiguration
        {
            Name = present.Name,
            Value = parameter.Read(change.Text),
            Type = present.Type,
            Minimum = present.Minimum,
            Maximum = present.Maximum,
            AllowedValue = present.AllowedValue,
            Description = present.Description,
            IsSet = true,
            PreviousValue = present.Value,
            Instance = present.Instance,
            Change = change.IsDifferent ? PgChange.Updated : PgChange.Unchanged,
        };
    }

    private async Task PutAsync(
        PgInstance instance, IReadOnlyList<ConfigurationChange> changes, IReporter reporter, CancellationToken cancellation)
    {
        // Read again at every attempt: another may have set something meanwhile, or the one before was done and its answer lost.
        Dictionary<string, string> present = await ReadPresentAsync(instance, reporter, cancellation);
        ConfigurationChange[] open = [.. changes.Where(c => c.IsDifferent && present.GetValueOrDefault(c.Present!.Name) != c.Text)];
        if (open.Length == 0)
        {
            return;
        }

        foreach (ConfigurationChange change in open)
        {
            present[change.Present!.Name] = change.Text;
        }

        using var step = new StepTimer(reporter, $"Set {string.Join(", ", open.Select(c => $"{c.Present!.Name}={c.Text}"))} of {instance.Name}");
        await project.Client.PutAsync(PathOf(instance), JObject.FromObject(present), reporter, cancellation);
    }

    private async Task<(IReadOnlyDictionary<string, OvhParameter> Parameters, Dictionary<string, string> Present)> ReadAsync(
        PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        Task<OvhParameter[]> parameters = project.Client.GetAsync<OvhParameter[]>(
            project.PathOf(instance, "/capabilities/advancedConfiguration"), reporter, cancellation);
        Task<Dictionary<string, string>> present = ReadPresentAsync(instance, reporter, cancellation);
        await Task.WhenAll(parameters, present);
        return ((await parameters).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase), await present);
    }

    private Task<Dictionary<string, string>> ReadPresentAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        project.Client.GetAsync<Dictionary<string, string>>(PathOf(instance), reporter, cancellation);

    private string PathOf(PgInstance instance) => project.PathOf(instance, "/advancedConfiguration");
}
