// SPDX-License-Identifier: MIT

using PgCloud.Contracts;
using PgCloud.Engine.Providers.Ovh.Instances;
using PgCloud.Engine.Sql.Credentials;
using PgCloud.Errors;

namespace PgCloud.Engine.Providers.Ovh.Metrics;

/// <summary>The access for Prometheus, which is there once the service's enablePrometheus is set.</summary>
internal sealed class OvhPrometheus(OvhProject project, OvhInstances instances, OvhPatience patience) : IPrometheus
{
    /// <inheritdoc/>
    public async Task<PgPrometheus> GetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        await IsEnabledAsync(instance, reporter, cancellation)
            ? await ReadAsync(instance, PgChange.None, reporter, cancellation)
            : new PgPrometheus { Instance = instance };

    /// <inheritdoc/>
    public async Task<PrometheusWithPassword> ResetAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation)
    {
        if (!await IsEnabledAsync(instance, reporter, cancellation))
        {
            throw PgErrors.PrometheusDisabled(instance.Name);
        }

        // What must not fail once the old password is gone comes first.
        PgPrometheus access = await ReadAsync(instance, PgChange.Updated, reporter, cancellation);
        using var step = new StepTimer(reporter, $"Set a new password for Prometheus of {instance.Name}");

        // Repeated, it makes another password, and the last one counts: the one that is answered.
        AccessRecord told = await patience.RunAsync(
            instance,
            () => project.Client.PostAsync<AccessRecord>(
                project.PathOf(instance, "/prometheus/credentials/reset"), null, reporter, cancellation, isRepeatable: true),
            reporter,
            cancellation);
        return string.IsNullOrEmpty(told.Password)
            ? throw PgErrors.PrometheusPasswordNotTold(instance.Name)
            : new PrometheusWithPassword(
                new PgPrometheus
                {
                    IsEnabled = true,
                    UserName = told.Username ?? access.UserName,
                    Target = access.Target,
                    Instance = instance,
                    Change = PgChange.Updated,
                },
                Passwords.FromCharacters(told.Password));
    }

    private async Task<bool> IsEnabledAsync(PgInstance instance, IReporter reporter, CancellationToken cancellation) =>
        (await instances.ReadAsync(instance, reporter, cancellation)).EnablePrometheus == true;

    private async Task<PgPrometheus> ReadAsync(PgInstance instance, PgChange change, IReporter reporter, CancellationToken cancellation)
    {
        EndpointRecord record = await patience.RunAsync(
            instance,
            () => project.Client.GetAsync<EndpointRecord>(project.PathOf(instance, "/prometheus"), reporter, cancellation),
            reporter,
            cancellation);
        return new PgPrometheus
        {
            IsEnabled = true,
            UserName = record.Username ?? string.Empty,
            Target = [.. (record.Targets ?? []).Select(t => new PgPrometheusTarget { HostName = t.Host ?? string.Empty, Port = t.Port })],
            Instance = instance,
            Change = change,
        };
    }

    private sealed record EndpointRecord(string? Username, IReadOnlyList<TargetRecord>? Targets);

    private sealed record TargetRecord(string? Host, int Port);

    // A class and not a record: a record's ToString would show the password.
    private sealed class AccessRecord
    {
        public string? Username { get; init; }

        public string? Password { get; init; }
    }
}
